using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games.QuickDraw;

/// <summary>
/// Quick draw: one takes a word out of three and draws it, the others say what it is. Whoever gets it has 50 points,
/// and up to 100 more for the time that was left; who draws has as many as those who guess have on average. Everybody
/// draws once in each lap.
/// </summary>
public static class Rules
{
    /// <summary>How long one may choose, in milliseconds; then it is the first word.</summary>
    public const long ChoosingMs = 15_000;

    /// <summary>How long it is drawn and guessed, in milliseconds.</summary>
    public const long DrawingMs = 80_000;

    /// <summary>How long the word is shown, in milliseconds.</summary>
    public const long ShownMs = 6_000;

    /// <summary>Points for the word.</summary>
    public const int Points = 50;

    /// <summary>Points at most for being quick.</summary>
    public const int Bonus = 100;

    /// <summary>Words to choose from.</summary>
    public const int Choices = 3;

    /// <summary>Pieces of lines in one turn at most, also those that are taken back.</summary>
    public const int MaxPieces = 1_000;

    /// <summary>Guesses of one player in one turn at most.</summary>
    public const int MaxTries = 60;

    /// <summary>The game.</summary>
    public static AnyGame Game { get; } =
        new KnownGame<State, Move, Event, View>(
            new(
                new GameInfo("quick_draw", 1, 2, 16, DeckKind.Words, 3),
                Start,
                Decide,
                TimeUp,
                (state, who) => new Event.Entered(who),
                (state, who) => new Event.Gone(who),
                Follows,
                Folding.Evolve,
                Due,
                Showing.Look,
                Showing.Show,
                Showing.MoveOf,
                state => Tally.Of(state.Scores),
                state => state.Deal.Used(state.Words, Choices * state.Turn),
                IsOver
            )
        );

    private static State Start(Deal deal) =>
        new(
            deal,
            deal.Order("words", All(deal).Count),
            Laps.Of(deal),
            0,
            Stage.Shown,
            null,
            null,
            deal.At,
            Empty,
            0,
            Empty,
            Empty,
            Empty,
            [],
            Tally.Zero(deal.Seats)
        );

    private static Either<Refusal, Event> Decide(State state, Instant now, PersonId by, Move move) =>
        move switch
        {
            Move.Guess guess => Guess(state, now, by, guess.Text),
            Move.Choose choose => Turn(state, by).Bind(_ => Choose(state, by, choose.Index)),
            Move.Draw draw => Sheet(state, now, by).Bind(_ => Draw(state, draw.Stroke)),
            Move.Undo => Sheet(state, now, by).Bind(_ => Drawn(state, new Event.Undone())),
            Move.Wipe => Sheet(state, now, by).Bind(_ => Drawn(state, new Event.Wiped())),
        };

    private static Either<Refusal, Unit> Turn(State state, PersonId by) =>
        by == state.Drawer && state.Stage is not Stage.Shown
            ? Right<Refusal, Unit>(unit)
            : Left<Refusal, Unit>(new Refusal.Forbidden(["quick_draw.not_your_turn"]));

    private static Either<Refusal, Unit> Sheet(State state, Instant now, PersonId by) =>
        Turn(state, by)
            .Bind(_ =>
                state.Stage is Stage.Drawing && now <= state.Since.Plus(DrawingMs)
                    ? Right<Refusal, Unit>(unit)
                    : Left<Refusal, Unit>(new Refusal.TooLate("quick_draw.not_drawing"))
            );

    private static Either<Refusal, Event> Draw(State state, Stroke stroke) =>
        state.Pieces >= MaxPieces ? Refused(new Refusal.Full("quick_draw.pieces"))
        : stroke.IsWithin ? new Event.Drawn(stroke)
        : Refused(new Refusal.Malformed(["stroke: points, width and ink within their bounds"]));

    private static Either<Refusal, Event> Drawn(State state, Event happened) =>
        state.Strokes.IsEmpty ? Refused(new Refusal.NotFound("quick_draw.nothing_drawn")) : happened;

    private static Either<Refusal, Event> Choose(State state, PersonId by, int index) =>
        state.Stage is not Stage.Choosing ? Refused(new Refusal.TooLate("quick_draw.chosen"))
        : index is < 0 or >= Choices ? Refused(new Refusal.Malformed(["index: 0 to 2"]))
        : Chosen(state, index, by);

    private static Event Chosen(State state, int index, PersonId? by) =>
        new Event.Chosen(index, by, Guesses.Pattern(WordAt(state, index).Text));

    private static Either<Refusal, Event> Guess(State state, Instant now, PersonId by, string text)
    {
        if (state.Stage is not Stage.Drawing || now > state.Since.Plus(DrawingMs))
            return Refused(new Refusal.TooLate("quick_draw.not_drawing"));
        if (!state.In.Contains(by))
            return Refused(new Refusal.Forbidden([by == state.Drawer ? "quick_draw.drawer" : "quick_draw.next_turn"]));
        if (state.Guessed.ContainsKey(by))
            return Refused(new Refusal.Forbidden(["quick_draw.guessed"]));
        if (!Guesses.IsGuess(text))
            return Refused(new Refusal.Malformed([$"text: 1 to {Guesses.MaxLength} characters on one line"]));
        if (state.Tries.Find(by).IfNone(0) >= MaxTries)
            return Refused(new Refusal.Full("quick_draw.tries"));
        var nearness = Guesses.Judge(WordOf(state), text);
        var left = Math.Clamp(state.Since.Plus(DrawingMs).Since(now), 0, DrawingMs);
        return new Event.Guessed(
            by,
            text,
            nearness,
            nearness is Nearness.Right ? Points + (int)(Bonus * left / DrawingMs) : 0
        );
    }

    private static Option<Event> TimeUp(State state) =>
        state.Stage switch
        {
            Stage.Choosing => Some(Chosen(state, 0, null)),
            Stage.Drawing => Some(Over(state)),
            _ => NextTurn(state),
        };

    private static Option<Event> NextTurn(State state) =>
        state.Laps.Next(state.Deal.Rounds).Map(next => (Event)new Event.TurnCame(next.Who, next.Lap));

    private static Option<Event> Follows(State state) =>
        state.Stage is Stage.Shown ? (state.Turn == 0 ? NextTurn(state) : None)
        : state.Drawer is { } drawer && !state.Laps.Order.Contains(drawer) ? Some(Over(state))
        : state.Stage is Stage.Drawing && state.In.ForAll(who => state.Guessed.ContainsKey(who)) ? Some(Over(state))
        : None;

    // Who leaves while they draw has nothing of it; who guessed it keeps what they have.
    private static Event Over(State state)
    {
        var guessed = state.Guessed.AsEnumerable().Select(one => new Score(one.Key, one.Value));
        var drawn =
            state.Guessed.IsEmpty || !state.Laps.Order.Contains(state.Drawer!.Value)
                ? 0
                : state.Guessed.Values.Sum() / Math.Max(state.In.Count, state.Guessed.Count);
        var gains = drawn == 0 ? guessed : guessed.Append(new Score(state.Drawer!.Value, drawn));
        return new Event.TurnOver(
            state.Choice is null ? null : WordOf(state).Text,
            Listing.From(gains.OrderBy(one => one.Who))
        );
    }

    private static Option<Instant> Due(State state) =>
        IsOver(state)
            ? None
            : Some(
                state.Since.Plus(
                    state.Stage switch
                    {
                        Stage.Choosing => ChoosingMs,
                        Stage.Drawing => DrawingMs,
                        _ => ShownMs,
                    }
                )
            );

    private static bool IsOver(State state) => state.Stage is Stage.Shown && NextTurn(state).IsNone;

    /// <summary>The word that is drawn.</summary>
    internal static Word WordOf(State state) => WordAt(state, state.Choice ?? 0);

    /// <summary>One of those to choose from.</summary>
    internal static Word WordAt(State state, int index) =>
        state.Words.Count == 0 || state.Turn < 1 || index is < 0 or >= Choices
            ? new Word("", [])
            : All(state.Deal)[state.Words[((Choices * (state.Turn - 1)) + index) % state.Words.Count]];

    private static Listing<Word> All(Deal deal) => (deal.Deck as Deck.Words)?.All ?? [];

    private static Either<Refusal, Event> Refused(Refusal refusal) => Left<Refusal, Event>(refusal);
}
