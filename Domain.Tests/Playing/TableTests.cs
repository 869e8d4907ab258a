using Chat.Domain.Games;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static Chat.Domain.Tests.Playing.Party;

namespace Chat.Domain.Tests.Playing;

/// <summary>What happens around a game, whichever it is.</summary>
public sealed class TableTests
{
    [Fact]
    public void WhoDoesNotShowWhatTheySealedHasLostTheSeat()
    {
        var party = new Party();
        party.Do(Ann, new Command.Offer("trivia", "creatures", 5));
        foreach (var who in new[] { Ann, Bob, Cid })
            Assert.Equal("ok", party.Sit(who));
        party.Do(Ann, new Command.Begin());
        Assert.Equal("ok", party.Unseal(Ann));
        Assert.Equal("ok", party.Unseal(Bob));
        Assert.Equal("seal.other", party.Ask(Cid, new Command.Unseal(Drawn(Ann))));
        Assert.Equal(Phase.Unsealing, party.State.Phase);
        party.WaitUntilDue();
        Assert.Equal(Phase.Playing, party.State.Phase);
        Assert.Equal([Ann, Bob], party.State.Seats.ToList());
        // They may come back in the middle, with nothing left to contribute to.
        Assert.Equal("ok", party.Sit(Cid));
    }

    [Fact]
    public void BelowTheLeastItEndsWithThePointsOfWhatWasFinished()
    {
        var party = new Party().Begin("trivia", "creatures", 5, Ann, Bob);
        party.WaitUntilDue();
        Assert.Equal("ok", party.Make(Ann, new Games.Trivia.Move.Answer(0)));
        party.Do(Bob, new Command.GetUp());
        Assert.Equal(Ending.TooFew, party.State.Ended!.Why);
        Assert.All(party.State.Ended.Scores, score => Assert.Equal(0, score.Points));
        Assert.IsType<Verdict.Sound>(party.Table.Verify(party.Log));
    }

    [Fact]
    public void AGameThatNobodyBeginsLapses()
    {
        var party = new Party();
        party.Do(Ann, new Command.Offer("potluck", "potluck", 5));
        Assert.Equal("ok", party.Sit(Ann));
        Assert.Equal("game.too_few", party.Ask(Ann, new Command.Begin()));
        Assert.Equal("game.running", party.Ask(Bob, new Command.Offer("trivia", "creatures", 5)));
        party.WaitUntilDue();
        Assert.Equal(Ending.Lapsed, party.State.Ended!.Why);
        // Where nobody even sits down the table is soon free again.
        party.Do(Ann, new Command.Again());
        var offered = party.Now;
        party.WaitUntilDue();
        Assert.Equal((Phase.Over, 60_000), (party.State.Phase, party.Now.Since(offered)));
    }

    [Fact]
    public void ARematchIsAnotherDeal()
    {
        var party = new Party().Begin("heads_up", "everyday", 1, Ann, Bob);
        party.RunOut();
        var first = party.State;
        party.Do(Bob, new Command.Again());
        Assert.Equal((2, first.Plan), (party.State.Number, party.State.Plan));
        Assert.NotEqual(first.Commitment, party.State.Commitment);
        // What was sealed for the first is no seal for the second.
        Assert.Equal("ok", party.Sit(Ann));
        var old = Sealing.Seal(Place, 1, Bob, Drawn(Bob));
        party.Do(Bob, new Command.Sit(old));
        party.Do(Ann, new Command.Begin());
        Assert.Equal("seal.other", party.Unseal(Bob));
    }

    [Fact]
    public void ARematchBringsOtherCardsAsLongAsThereAreAny()
    {
        var party = new Party().Begin("trivia", "creatures", 15, Ann, Bob);
        var asked = new List<string>();
        for (var game = 1; game <= 3; game++)
        {
            while (party.State.IsBusy)
            {
                party.WaitUntilDue();
                if (
                    party.Table.View(party.State, null).Play is Games.Trivia.View
                    {
                        Stage: Games.Trivia.Stage.Open
                    } view
                )
                    asked.Add(view.Text!);
            }
            Assert.IsType<Verdict.Sound>(party.Table.Verify(party.LastLog));
            party.Do(Ann, new Command.Again());
            party.SitDown(Ann, Bob);
        }
        Assert.Equal(45, asked.Count);
        // Of 35 questions 30 are asked in two games, the other five first in the third.
        Assert.Equal(35, asked.Distinct().Count());
    }

    [Fact]
    public void AnAnswerThatTheHostChangesIsFound()
    {
        var party = new Party().Begin("trivia", "creatures", 2, Ann, Bob);
        party.WaitUntilDue();
        var right = party.Table.View(party.State, Ann);
        Assert.Equal("ok", party.Make(Ann, new Games.Trivia.Move.Answer(1)));
        Assert.Equal("ok", party.Make(Bob, new Games.Trivia.Move.Answer(2)));
        party.RunOut();
        var log = party.Log;
        var at = log.ToList().FindIndex(one => one.Entry.What is Event.Played { What: Games.Trivia.Event.Answered });
        var changed = log[at].Entry with { What = new Event.Played(new Games.Trivia.Event.Answered(Ann, 3)) };
        var forged = Listing.From(log.Select((one, index) => index == at ? one with { Entry = changed } : one));
        Assert.Equal(new Verdict.Broken(at, "link.other"), party.Table.Verify(forged));
        Assert.IsType<Verdict.Sound>(party.Table.Verify(log, new Seen(right.Index, right.Link)));
    }

    [Fact]
    public void WithoutItsDeckALogSaysNothing()
    {
        var party = new Party().Begin("trivia", "creatures", 1, Ann, Bob);
        party.RunOut();
        var bare = Table.With(new Games.Decks.Shelf([]));
        Assert.Equal(new Verdict.Unknown("deck.unknown"), bare.Verify(party.Log));
    }

    [Fact]
    public void ADeckThatIsGoneEndsTheGame()
    {
        var party = new Party().Begin("trivia", "creatures", 1, Ann, Bob);
        var bare = Table.With(new Games.Decks.Shelf([]));
        var state = party.Entries.Aggregate(State.Initial, bare.Evolve);
        Assert.Null(state.Play);
        var asking = new Asking(Ann, bare.Due(state).IfNone(default(Instant)), Place, default);
        var ended = bare.Decide(state, asking, new Command.Elapse()).IfLeft(LanguageExt.Seq<Event>.Empty);
        Assert.Equal(Ending.Lapsed, Assert.IsType<Event.Ended>(Assert.Single(ended)).Why);
    }

    [Fact]
    public void NobodyIsGivenTheLogBeforeTheEnd()
    {
        var party = new Party().Begin("potluck", "potluck", 1, Ann, Bob, Cid);
        Assert.Empty(party.Log);
        Assert.IsType<Verdict.Unfinished>(
            party.Table.Verify(Listing.From(party.Entries.Select(one => new LogEntry(one, default)).Take(0)))
        );
        party.RunOut();
        Assert.Equal(party.Entries.Count, party.Log.Count);
    }
}
