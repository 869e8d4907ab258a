namespace Chat.Domain.Calls;

/// <summary>
/// The line between two people as a decider: a call rings, is taken or not, and ends. The places of both change in the
/// same append, so that nobody is on two calls, and their conversation keeps how each call ended.
/// </summary>
public static class Line
{
    /// <summary>How long a call rings, in milliseconds.</summary>
    public const long RingMs = 45_000;

    /// <summary>How long a call lasts at most, in milliseconds: a device may be gone without a word.</summary>
    public const long MaxMs = 12 * 3_600_000;

    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Recording.Needs,
            Decide,
            Evolve,
            EvolveFacts: (facts, _, _) => facts,
            Due: state => Optional(state.Current).Map(call => (call.Until, (AnyCommand)new Command.Elapse())),
            Mark: (_, _, _) => Left<Refusal, Marks>(new Refusal.Unsupported("call.has_no_marks")),
            React: _ => Empty
        );

    /// <summary>A line on which nobody has called.</summary>
    public static AnyStream New { get; } = new Stream<State, Command, Event>(Decider, State.Initial, 0, new Instant(0));

    /// <summary>
    /// Whether a call is heard by whoever is called: not where they mute the caller, nor in their quiet hours. The
    /// caller hears it ring as always.
    /// </summary>
    public static bool IsHeard(Places.State callee, PersonId caller, Instant now) =>
        !callee.Muted.Contains(caller) && callee.Quiet?.Covers(now) is not true;

    /// <summary>
    /// Why something is not passed on to the other of a call; nothing where it is. Before it is taken nothing goes:
    /// what devices tell each other tells where they are. After that only from the two devices that are on it.
    /// </summary>
    /// <param name="line">The line of the two.</param>
    /// <param name="person">Who passes it on.</param>
    /// <param name="device">From which device.</param>
    /// <param name="number">On which call.</param>
    public static Option<Refusal> NotPassed(State line, PersonId person, DeviceId device, long number) =>
        Numbered(line, number).Case is not Call call ? new Refusal.NotFound("call.unknown")
        : call.Over is not null ? new Refusal.TooLate("call.over")
        : call.AnsweredAt is null ? new Refusal.Forbidden(["call.not_taken"])
        : device != (person == call.Caller ? call.From : call.On) ? new Refusal.Forbidden(["call.other_device"])
        : None;

    private static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        command switch
        {
            Command.Ring ring => Ring(context, ring, state, facts),
            Command.Accept accept => Rung(
                context,
                state,
                accept.Number,
                call =>
                    call.Over is not null ? Refused(new Refusal.TooLate("call.over"))
                    : call.AnsweredAt is null ? Answer(context)
                    : call.On == context.Device ? Decision.Nothing
                    : Refused(new Refusal.TooLate("call.taken"))
            ),
            Command.Decline decline => Rung(
                context,
                state,
                decline.Number,
                call =>
                    call.Over is not null ? Decision.Nothing
                    : call.AnsweredAt is not null ? Refused(new Refusal.TooLate("call.taken"))
                    : Recording.End(context, call, Ending.Declined, facts)
            ),
            Command.HangUp { Number: { } number } when Numbered(state, number).IsNone => Refused(
                new Refusal.NotFound("call.unknown")
            ),
            Command.HangUp => state.Current is not { } call || !call.IsOf(context.Person)
                ? Decision.Nothing
                : Recording.End(
                    context,
                    call,
                    call.AnsweredAt is not null ? Ending.HungUp
                        : call.Caller == context.Person ? Ending.Cancelled
                        : Ending.Declined,
                    facts
                ),
            Command.Elapse => state.Current is { } call && call.Until <= context.Now
                ? Recording.End(context, call, call.AnsweredAt is null ? Ending.Missed : Ending.HungUp, facts)
                : Decision.Nothing,
        };

    // Whoever is called answers, and nobody else.
    private static Either<Refusal, Decision> Rung(
        Context context,
        State state,
        long number,
        Func<Call, Either<Refusal, Decision>> answer
    ) =>
        Numbered(state, number).Case is not Call call ? Refused(new Refusal.NotFound("call.unknown"))
        : call.Callee != context.Person ? Refused(new Refusal.Forbidden(["call.not_yours"]))
        : answer(call);

    private static Option<Call> Numbered(State state, long number) =>
        Optional(state.Last).Filter(call => call.Number == number);

    private static Either<Refusal, Decision> Ring(Context context, Command.Ring ring, State state, Facts facts)
    {
        if (ring.Other == context.Person)
            return Refused(new Refusal.Malformed(["id: somebody else"]));
        // Both call: they have each other.
        if (state.Current is { } call)
            return call.AnsweredAt is null && call.Callee == context.Person ? Answer(context) : Decision.Nothing;
        var pair = StreamKey.Of(context.Tenant, context.Person, ring.Other);
        if (facts.Stream(pair).Case is not AnyStream { State: Pairs.State { AreFriends: true } } between)
            return Refused(new Refusal.NotFound("friend.unknown"));
        if (Recording.IsOnCall(context, context.Person, facts))
            return Refused(new Refusal.Forbidden(["call.on_another"]));
        var rung = new Event.Rung(context.Stamp, ring.Other, context.Device, ring.IsVideo);
        var begun = Evolve(state, rung).Last!;
        return (
            Recording.IsOnCall(context, ring.Other, facts)
                ? Recording.End(context, begun, Ending.Busy, facts)
                : Recording.Begin(context, begun, facts)
        ).Map(decision =>
            decision with
            {
                Events = rung.Cons(decision.Events),
                Guards = decision.Guards.Add(new Guard(pair, between.Version)),
            }
        );
    }

    private static Either<Refusal, Decision> Answer(Context context) =>
        Decision.Accept(new Event.Answered(context.Stamp, context.Device));

    private static State Evolve(State state, Event happened) =>
        happened switch
        {
            Event.Rung rung => new State(
                new Call((state.Last?.Number ?? 0) + 1, rung.By, rung.Other, rung.Device, rung.IsVideo, rung.At)
            ),
            Event.Answered taken => new State(
                state.Current is { } call ? call with { AnsweredAt = taken.At, On = taken.Device } : state.Last
            ),
            Event.Ended ended => new State(
                state.Current is { } call ? call with { Over = (ended.How, ended.At) } : state.Last
            ),
        };

    private static Either<Refusal, Decision> Refused(Refusal refusal) => Left<Refusal, Decision>(refusal);
}
