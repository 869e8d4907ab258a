using Chat.Client;
using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Values;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Leaving = Chat.Domain.Rooms.Command.Leave;
using Trivia = Chat.Domain.Games.Trivia;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>A game in a room, from outside: sealed, played to its end, and proved by its log.</summary>
[Collection(ChatUp.Collection)]
public sealed class GameTests(ChatUp chat)
{
    [Fact]
    public async Task Three_play_trivia_to_its_end_and_the_log_proves_the_deal()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, yuki);
        var room = await mia.LightAsync("Kitchen");
        await noor.EnterAsync(room);
        await yuki.EnterAsync(room);
        Assert.Equal("game.none", Must.Refuse(await mia.Client.PlayAsync(room, new Command.Begin())).Because.Last());
        Guest[] players = [mia, noor, yuki];
        await DealAsync(room, players);
        var kept = await mia.TableAsync(room);
        // One leaves in the middle, and the others play on.
        await AnswerAsync(players, room, 1);
        await yuki.DoAsync(room, new Leaving());
        await AnswerAsync([mia, noor], room, 2);
        await Eventually.HoldsAsync(
            async () => (await mia.TableAsync(room)).Phase is Phase.Over,
            "the game has ended",
            40
        );

        var (log, verdict) = Must.Accept(await noor.Client.GameLogAsync(room));
        Assert.Equal(new Verdict.Sound((await mia.TableAsync(room)).Ended!.Scores), verdict);
        // Whoever has the log and the deck judges alone, by a link of its own besides.
        var table = Domain.Rooms.Playing.Table;
        Assert.IsType<Verdict.Sound>(table.Verify(log, new Seen(kept.Index, kept.Link)));
        Assert.IsType<Verdict.Broken>(table.Verify(log, new Seen(kept.Index, Bits256.Of(new byte[32]))));
        Assert.Contains(log, one => one.Entry.What is Event.GotUp gotUp && gotUp.Who == yuki.Person);
        await mia.PlayAsync(room, new Command.Again());
        Assert.Equal(2, (await noor.TableAsync(room)).Number);
    }

    private static async Task AnswerAsync(Guest[] players, RoomId room, int number)
    {
        Trivia.View? open = null;
        await Eventually.HoldsAsync(
            async () =>
                (open = (await players[0].TableAsync(room)).Play as Trivia.View) is { Stage: Trivia.Stage.Open } view
                && view.Number == number,
            $"question {number} is asked",
            40
        );
        Assert.Null(open!.Right);
        foreach (var (index, player) in players.Index())
        {
            await player.PlayAsync(room, new Command.Make(new Trivia.Move.Answer(index)));
            // Nobody is told what another answered before it is closed.
            if (index + 1 < players.Length)
                Assert.Null(((Trivia.View)(await players[^1].TableAsync(room)).Play!).Mine);
        }
    }
}
