using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games.Potluck;

/// <summary>
/// Potluck: everybody brings a card. There is a prompt, everyone but the judge plays the card of their hand that fits
/// it best, or worst, the cards come on the table without names, and the judge picks one: a point for whose it was.
/// The next judges the next.
/// </summary>
public static class Rules
{
    /// <summary>Cards in a hand.</summary>
    public const int Hand = 7;

    /// <summary>Players that there is room for.</summary>
    public const int Most = 8;

    /// <summary>How long cards may be played, in milliseconds.</summary>
    public const long PlayingMs = 75_000;

    /// <summary>How long the judge may take, in milliseconds; then nobody has the point.</summary>
    public const long JudgingMs = 60_000;

    /// <summary>How long it is shown whose they were, in milliseconds.</summary>
    public const long ShownMs = 8_000;

    /// <summary>The game.</summary>
    public static AnyGame Game { get; } =
        new KnownGame<State, Move, Event, View>(
            new(
                new GameInfo("potluck", 1, 3, Most, DeckKind.Cards, 20),
                Start,
                Decide,
                TimeUp,
                Came,
                (state, who) => new Event.Gone(who),
                Follows,
                Folding.Evolve,
                Due,
                Look,
                Show,
                MoveOf,
                state => Tally.Of(state.Scores),
                state => state.Deal.Used(state.Prompts, state.Number),
                IsOver
            )
        );

    private static State Start(Deal deal)
    {
        var cards = deal.Deck as Deck.Cards;
        var bare = new State(
            deal,
            deal.Order("prompts", cards?.Prompts.Count ?? 0),
            deal.Shuffle("answers", cards?.Answers.Count ?? 0),
            0,
            Laps.Of(deal),
            0,
            Stage.Shown,
            deal.At,
            null,
            Empty,
            Empty,
            Empty,
            [],
            null,
            [],
            Tally.Zero(deal.Seats)
        );
        return deal.Seats.Aggregate(bare, (state, who) => Folding.Filled(state, who));
    }

    private static Either<Refusal, Event> Decide(State state, Instant now, PersonId by, Move move) =>
        move switch
        {
            Move.Put put => Put(state, now, by, put.Card),
            Move.Pick pick => state.Stage is not Stage.Judging || now > state.Since.Plus(JudgingMs)
                ? Refused(new Refusal.TooLate("potluck.not_judging"))
            : by != state.Judge ? Refused(new Refusal.Forbidden(["potluck.not_the_judge"]))
            : pick.Index < 0 || pick.Index >= state.Table.Count
                ? Refused(new Refusal.Malformed(["index: one of those on the table"]))
            : new Event.Judged(by, pick.Index, PlayersOf(state)),
        };

    private static Either<Refusal, Event> Put(State state, Instant now, PersonId by, int card) =>
        state.Stage is not Stage.Playing || now > state.Since.Plus(PlayingMs)
            ? Refused(new Refusal.TooLate("potluck.not_playing"))
        : by == state.Judge ? Refused(new Refusal.Forbidden(["potluck.judge"]))
        : !state.In.Contains(by) ? Refused(new Refusal.Forbidden(["potluck.next_round"]))
        : state.Played.ContainsKey(by) ? Refused(new Refusal.Forbidden(["potluck.played"]))
        : !HandOf(state, by).Contains(card) ? Refused(new Refusal.NotFound("potluck.card"))
        : new Event.Submitted(by, card);

    // Whoever comes leaves enough for those who are here: no hand is ever short of a card.
    private static Either<Refusal, Event> Came(State state, PersonId who)
    {
        var kept = (state.Deal.Rounds - state.Number + 1) * (Most - 1);
        return state.Hands.ContainsKey(who) || state.Pile.Count - state.Drawn >= Hand + kept
            ? new Event.Entered(who)
            : Refused(new Refusal.Full("potluck.cards"));
    }

    private static Option<Event> TimeUp(State state) =>
        state.Stage switch
        {
            Stage.Playing => Some(Table(state)),
            Stage.Judging => Some<Event>(new Event.Judged(null, null, PlayersOf(state))),
            _ => Round(state),
        };

    private static Option<Event> Round(State state) =>
        state.Number >= state.Deal.Rounds
            ? None
            : state
                .Laps.Next(int.MaxValue)
                .Map(next => (Event)new Event.RoundCame(state.Number + 1, next.Who, next.Lap));

    private static Option<Event> Follows(State state) =>
        state.Stage is Stage.Shown ? (state.Number == 0 ? Round(state) : None)
        : state.Judge is { } judge && !state.Laps.Order.Contains(judge) ? Some<Event>(new Event.Voided())
        : state.Stage is Stage.Playing && state.In.ForAll(who => state.Played.ContainsKey(who)) ? Some(Table(state))
        : None;

    private static Event Table(State state) =>
        state.Played.IsEmpty
            ? new Event.Voided()
            : new Event.Laid(Listing.From(PlayersOf(state).Select(who => state.Played.Find(who).IfNone(-1))));

    // The order of those on the table: by chance, so that it does not tell who was first.
    private static Listing<PersonId> PlayersOf(State state)
    {
        var people = state.Played.Keys.ToList();
        return Listing.From(state.Deal.Shuffle($"table/{state.Number}", people.Count).Select(at => people[at]));
    }

    private static Option<Instant> Due(State state) =>
        IsOver(state)
            ? None
            : Some(
                state.Since.Plus(
                    state.Stage switch
                    {
                        Stage.Playing => PlayingMs,
                        Stage.Judging => JudgingMs,
                        _ => ShownMs,
                    }
                )
            );

    private static bool IsOver(State state) => state.Stage is Stage.Shown && Round(state).IsNone;

    private static View Look(State state, PersonId? who) =>
        new(
            state.Stage,
            state.Number,
            state.Deal.Rounds,
            state.Judge,
            Prompt(state),
            Cards(state, who is { } one ? HandOf(state, one) : []),
            who is { } me ? state.Played.Find(me).ToNullable() : null,
            Listing.From(state.Played.Keys),
            Cards(state, state.Table),
            state.Pick,
            state.Players,
            state.Laps.Order
        );

    private static Option<Event> Show(State state, PersonId? who, Event happened) =>
        Some(happened is Event.Submitted submitted && submitted.Who != who ? submitted with { Card = null } : happened);

    private static Option<Move> MoveOf(Event happened) =>
        happened switch
        {
            Event.Submitted { Card: { } card } => Some<Move>(new Move.Put(card)),
            Event.Judged { By: not null, Pick: { } pick } => Some<Move>(new Move.Pick(pick)),
            Event.Submitted
            or Event.Judged
            or Event.RoundCame
            or Event.Laid
            or Event.Voided
            or Event.Entered
            or Event.Gone => None,
        };

    private static Listing<int> HandOf(State state, PersonId who) => state.Hands.Find(who).IfNone([]);

    private static string? Prompt(State state) =>
        state.Deal.Deck is Deck.Cards cards && state.Number >= 1 && state.Number <= state.Prompts.Count
            ? cards.Prompts[state.Prompts[state.Number - 1]]
            : null;

    private static Listing<Card> Cards(State state, Listing<int> numbers) =>
        state.Deal.Deck is Deck.Cards cards
            ? Listing.From(
                numbers
                    .Where(one => one >= 0 && one < cards.Answers.Count)
                    .Select(one => new Card(one, cards.Answers[one]))
            )
            : [];

    private static Either<Refusal, Event> Refused(Refusal refusal) => Left<Refusal, Event>(refusal);
}
