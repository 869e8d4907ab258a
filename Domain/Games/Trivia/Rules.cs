using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games.Trivia;

/// <summary>
/// Trivia: a question to all, four answers, some seconds. Whoever is right has 100 points, and up to 100 more for the
/// time that was left. A question is closed when everybody has answered, or time is up; nobody knows before what others
/// chose, or what is right.
/// </summary>
public static class Rules
{
    /// <summary>How long before the first question, in milliseconds.</summary>
    public const long ReadyMs = 3_000;

    /// <summary>How long a question is open, in milliseconds.</summary>
    public const long OpenMs = 20_000;

    /// <summary>How long the answer is shown, in milliseconds.</summary>
    public const long ShownMs = 6_000;

    /// <summary>Points for a right answer, and as many at most for being quick.</summary>
    public const int Points = 100;

    private const int Choices = 4;

    /// <summary>The game.</summary>
    public static AnyGame Game { get; } =
        new KnownGame<State, Move, Event, View>(
            new(
                new GameInfo("trivia", 1, 2, 16, DeckKind.Questions, 20),
                Start,
                Decide,
                state => TimeUp(state),
                (state, who) => new Event.Entered(who),
                (state, who) => new Event.Gone(who),
                Follows,
                Evolve,
                Due,
                Look,
                Show,
                MoveOf,
                state => Tally.Of(state.Scores),
                state => state.Deal.Used(state.Order, state.Number),
                IsOver
            )
        );

    private static State Start(Deal deal) =>
        new(
            deal,
            deal.Order("questions", All(deal).Count),
            Stage.Ready,
            0,
            deal.At,
            toSet(deal.Seats),
            Empty,
            Empty,
            [],
            Tally.Zero(deal.Seats)
        );

    private static Either<Refusal, Event> Decide(State state, Instant now, PersonId by, Move move) =>
        move switch
        {
            Move.Answer answer => state.Stage is not Stage.Open ? Refused(new Refusal.TooLate("trivia.not_open"))
            : !state.In.Contains(by) ? Refused(new Refusal.Forbidden(["trivia.next_question"]))
            : now > state.Since.Plus(OpenMs) ? Refused(new Refusal.TooLate("trivia.not_open"))
            : state.Answers.ContainsKey(by) ? Refused(new Refusal.Forbidden(["trivia.answered"]))
            : answer.Choice is < 0 or >= Choices ? Refused(new Refusal.Malformed(["choice: 0 to 3"]))
            : new Event.Answered(by, answer.Choice),
        };

    private static Event TimeUp(State state) =>
        state.Stage is Stage.Open ? Closed(state) : new Event.Asked(state.Number + 1);

    private static Option<Event> Follows(State state) =>
        state.Stage is Stage.Open && state.In.ForAll(who => state.Answers.ContainsKey(who))
            ? Some<Event>(Closed(state))
            : None;

    private static Event.Closed Closed(State state)
    {
        var right = Options(state).IndexOf(0);
        return new(
            right,
            Listing.From(
                state
                    .Answers.AsEnumerable()
                    .Select(one => new Gain(
                        one.Key,
                        one.Value.Choice,
                        one.Value.Choice == right ? Points + Bonus(one.Value.LeftMs) : 0
                    ))
            )
        );
    }

    private static int Bonus(long leftMs) => (int)(Points * leftMs / OpenMs);

    private static State Evolve(State state, Instant at, Event happened) =>
        happened switch
        {
            Event.Asked asked => state with
            {
                Stage = Stage.Open,
                Number = asked.Number,
                Since = at,
                In = state.Seats,
                Answers = Empty,
                Gains = [],
            },
            Event.Answered answered => state with
            {
                Answers = state.Answers.AddOrUpdate(
                    answered.Who,
                    new Given(answered.Choice ?? -1, Math.Clamp(OpenMs - at.Since(state.Since), 0, OpenMs))
                ),
            },
            Event.Closed closed => state with
            {
                Stage = Stage.Shown,
                Since = at,
                Gains = closed.Gains,
                Scores = closed.Gains.Aggregate(
                    state.Scores,
                    (scores, gain) => Tally.Add(scores, gain.Who, gain.Points)
                ),
            },
            Event.Entered entered => state with
            {
                Seats = state.Seats.AddOrUpdate(entered.Who),
                Scores = Tally.Add(state.Scores, entered.Who, 0),
            },
            Event.Gone gone => state with { Seats = state.Seats.Remove(gone.Who), In = state.In.Remove(gone.Who) },
        };

    private static Option<Instant> Due(State state) =>
        IsOver(state)
            ? None
            : Some(
                state.Since.Plus(
                    state.Stage switch
                    {
                        Stage.Open => OpenMs,
                        Stage.Shown => ShownMs,
                        _ => ReadyMs,
                    }
                )
            );

    private static bool IsOver(State state) => state.Stage is Stage.Shown && state.Number >= state.Deal.Rounds;

    private static View Look(State state, PersonId? who)
    {
        var question = Question(state);
        var isShown = state.Stage is Stage.Shown;
        return new(
            state.Stage,
            state.Number,
            state.Deal.Rounds,
            question?.Text,
            question is null ? [] : Listing.From(Options(state).Select(at => Answer(question, at))),
            Listing.From(state.Answers.Keys),
            who is { } one ? state.Answers.Find(one).Map(given => given.Choice).ToNullable() : null,
            isShown ? Options(state).IndexOf(0) : null,
            isShown ? question?.Note : null,
            state.Gains
        );
    }

    private static Option<Event> Show(State state, PersonId? who, Event happened) =>
        Some(happened is Event.Answered answered && answered.Who != who ? answered with { Choice = null } : happened);

    private static Option<Move> MoveOf(Event happened) =>
        happened is Event.Answered { Choice: { } choice } ? Some<Move>(new Move.Answer(choice)) : None;

    private static Listing<Question> All(Deal deal) => (deal.Deck as Deck.Questions)?.All ?? [];

    private static Question? Question(State state) =>
        state.Number < 1 || state.Number > state.Order.Count ? null : All(state.Deal)[state.Order[state.Number - 1]];

    // The right answer is the first of the card, so its place among these is where the 0 is.
    private static List<int> Options(State state) => [.. state.Deal.Shuffle($"answers/{state.Number}", Choices)];

    private static string Answer(Question question, int at) => at == 0 ? question.Right : question.Wrong[at - 1];

    private static Either<Refusal, Event> Refused(Refusal refusal) => Left<Refusal, Event>(refusal);
}
