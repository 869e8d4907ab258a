using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Games.Decks;
using Chat.Domain.Values;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Playing.LongWord;

/// <summary>A fifth game, whole: everybody is dealt a word, lays it down, and the longest has a point.</summary>
public abstract record Move : Domain.Games.Move
{
    private Move() { }

    public sealed record Lay : Move;
}

public abstract record Event : GameEvent
{
    private Event() { }

    public sealed record Laid(PersonId Who, string Word, bool IsForced) : Event;

    public sealed record Entered(PersonId Who) : Event;

    public sealed record Gone(PersonId Who) : Event;
}

public sealed record View(string? Mine, Listing<string> Table) : GameView;

public sealed record State(Deal Deal, Listing<PersonId> Players, Map<PersonId, string> Laid, Instant Since);

public static class Rules
{
    public static AnyGame Game { get; } =
        new KnownGame<State, Move, Event, View>(
            new(
                new GameInfo("long_word", 1, 2, 4, DeckKind.Words, 1),
                deal => new State(deal, deal.Seats, Map<PersonId, string>(), deal.At),
                (state, now, by, move) =>
                    state.Laid.ContainsKey(by) || !state.Players.Contains(by)
                        ? Left<Refusal, Event>(new Refusal.Forbidden(["long_word.laid"]))
                        : Right<Refusal, Event>(new Event.Laid(by, WordOf(state, by), false)),
                state => Next(state).Map(who => (Event)new Event.Laid(who, WordOf(state, who), true)),
                (state, who) => Left<Refusal, Event>(new Refusal.TooLate("long_word.dealt")),
                (state, who) => new Event.Gone(who),
                state => None,
                Evolve,
                state => Next(state).Map(_ => state.Since.Plus(10_000)),
                (state, who) => new View(who is { } one ? WordOf(state, one) : null, Listing.From(state.Laid.Values)),
                (state, who, happened) => Some(happened),
                happened => happened is Event.Laid { IsForced: false } ? Some<Move>(new Move.Lay()) : None,
                Scores,
                state => [],
                state => Next(state).IsNone
            )
        );

    private static State Evolve(State state, Instant at, Event happened) =>
        happened switch
        {
            Event.Laid laid => state with { Laid = state.Laid.AddOrUpdate(laid.Who, laid.Word), Since = at },
            Event.Gone gone => state with { Players = Listing.From(state.Players.Where(who => who != gone.Who)) },
            Event.Entered => state,
        };

    private static Option<PersonId> Next(State state) =>
        state.Players.Where(who => !state.Laid.ContainsKey(who)).Select(who => Some(who)).FirstOrDefault();

    private static string WordOf(State state, PersonId who)
    {
        var seat = state.Deal.Seats.ToList().IndexOf(who);
        var words = ((Deck.Words)state.Deal.Deck).All;
        return seat < 0 ? "" : words[state.Deal.Shuffle("words", words.Count)[seat]].Text;
    }

    private static Listing<Score> Scores(State state)
    {
        var longest = state.Laid.IsEmpty ? 0 : state.Laid.Values.Max(word => word.Length);
        return Listing.From(
            state.Laid.AsEnumerable().Select(one => new Score(one.Key, one.Value.Length == longest ? 1 : 0))
        );
    }
}
