using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games.HeadsUp;

/// <summary>
/// Heads-up: one guesses, and everyone else sees the card and explains it. Whoever hears it said marks it, the guesser
/// may pass; each card that was guessed in the time of the turn is a point for the guesser. Everybody has a turn in
/// each lap.
/// </summary>
public static class Rules
{
    /// <summary>How long a guesser may take to be ready, in milliseconds; then it begins without it.</summary>
    public const long ReadyMs = 15_000;

    /// <summary>How long a turn is, in milliseconds.</summary>
    public const long TurnMs = 60_000;

    /// <summary>Cards in one turn at most; then it is over.</summary>
    public const int MaxCards = 40;

    /// <summary>The game.</summary>
    public static AnyGame Game { get; } =
        new KnownGame<State, Move, Event, View>(
            new(
                new GameInfo("heads_up", 1, 2, 16, DeckKind.Words, 4),
                Start,
                Decide,
                TimeUp,
                (state, who) => new Event.Entered(who),
                (state, who) => new Event.Gone(who),
                Follows,
                Evolve,
                Due,
                Look,
                (state, who, happened) => Some(happened),
                MoveOf,
                state => Tally.Of(state.Scores),
                state => state.Deal.Used(state.Words, state.Number),
                IsOver
            )
        );

    private static State Start(Deal deal) =>
        new(
            deal,
            deal.Order("words", All(deal).Count),
            Laps.Of(deal),
            null,
            false,
            deal.At,
            1,
            [],
            Tally.Zero(deal.Seats)
        );

    private static Either<Refusal, Event> Decide(State state, Instant now, PersonId by, Move move) =>
        move switch
        {
            Move.Ready => by != state.Guesser ? Refused(new Refusal.Forbidden(["heads_up.not_your_turn"]))
            : state.IsRunning ? Refused(new Refusal.TooLate("heads_up.running"))
            : new Event.Started(by),
            Move.Got got => by == state.Guesser
                ? Refused(new Refusal.Forbidden(["heads_up.guesser"]))
                : Mark(state, now, by, got.Card, isRight: true),
            Move.Pass pass => by != state.Guesser
                ? Refused(new Refusal.Forbidden(["heads_up.not_your_turn"]))
                : Mark(state, now, by, pass.Card, isRight: false),
        };

    private static Either<Refusal, Event> Mark(State state, Instant now, PersonId by, int card, bool isRight) =>
        !state.IsRunning || now > state.Since.Plus(TurnMs) || card != state.Number
            ? Refused(new Refusal.TooLate("heads_up.card"))
            : new Event.Marked(by, card, isRight);

    private static Option<Event> TimeUp(State state) =>
        state.Guesser is not { } guesser ? None
        : state.IsRunning ? Some(Over(state, guesser))
        : Some<Event>(new Event.Started(null));

    private static Option<Event> Follows(State state) =>
        state.Guesser is not { } guesser
            ? state.Laps.Next(state.Deal.Rounds).Map(next => (Event)new Event.TurnCame(next.Who, next.Lap))
        : !state.Laps.Order.Contains(guesser) || IsFull(state) ? Some(Over(state, guesser))
        : None;

    private static Event Over(State state, PersonId guesser) =>
        new Event.TurnOver(guesser, state.IsRunning ? state.Cards.Count(card => card.IsRight is true) : 0);

    private static bool IsFull(State state) => state.IsRunning && state.Cards.Count >= MaxCards;

    private static State Evolve(State state, Instant at, Event happened) =>
        happened switch
        {
            Event.TurnCame came => state with
            {
                Laps = state.Laps.Began(came.Who, came.Lap),
                Guesser = came.Who,
                IsRunning = false,
                Since = at,
            },
            Event.Started => state with { IsRunning = true, Since = at, Cards = [] },
            Event.Marked marked => Out(state, marked.IsRight),
            Event.TurnOver over => (state.IsRunning && !IsFull(state) ? Out(state, null) : state) with
            {
                Guesser = null,
                IsRunning = false,
                Since = at,
                Scores = Tally.Add(state.Scores, over.Who, over.Points),
            },
            Event.Entered entered => state with
            {
                Laps = state.Laps.With(entered.Who),
                Scores = Tally.Add(state.Scores, entered.Who, 0),
            },
            Event.Gone gone => state with { Laps = state.Laps.Without(gone.Who) },
        };

    // Everybody but one has seen it, so that it is no card for the next.
    private static State Out(State state, bool? isRight) =>
        state with
        {
            Cards = state.Cards.Add(new Card(state.Number, Text(state), isRight)),
            Number = state.Number + 1,
        };

    private static Option<Instant> Due(State state) =>
        IsOver(state) ? None : Some(state.Since.Plus(state.IsRunning ? TurnMs : ReadyMs));

    private static bool IsOver(State state) => state.Guesser is null && state.Laps.Next(state.Deal.Rounds).IsNone;

    private static View Look(State state, PersonId? who) =>
        new(
            state.Laps.Lap,
            state.Deal.Rounds,
            state.Guesser,
            state.IsRunning,
            state.Number,
            state.IsRunning && !IsFull(state) && who is { } one && one != state.Guesser ? Text(state) : null,
            state.Cards,
            state.Laps.Order
        );

    private static Option<Move> MoveOf(Event happened) =>
        happened switch
        {
            Event.Started { By: not null } => Some<Move>(new Move.Ready()),
            Event.Marked marked => Some<Move>(marked.IsRight ? new Move.Got(marked.Card) : new Move.Pass(marked.Card)),
            Event.Started or Event.TurnCame or Event.TurnOver or Event.Entered or Event.Gone => None,
        };

    private static Listing<Word> All(Deal deal) => (deal.Deck as Deck.Words)?.All ?? [];

    private static string Text(State state) =>
        state.Words.Count == 0 || state.Number < 1
            ? ""
            : All(state.Deal)[state.Words[(state.Number - 1) % state.Words.Count]].Text;

    private static Either<Refusal, Event> Refused(Refusal refusal) => Left<Refusal, Event>(refusal);
}
