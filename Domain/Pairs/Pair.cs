using Closing = Chat.Domain.Conversations.Command;

namespace Chat.Domain.Pairs;

/// <summary>
/// Two people as a decider: friendship, and block. One stream for each unordered pair; what one of the two learns is
/// their <see cref="View"/> and nothing else.
/// </summary>
public static class Pair
{
    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Needs,
            Decide,
            Bonds.Evolve,
            EvolveFacts: (facts, _, _) => facts,
            Due: _ => None,
            Mark: (_, _, _) => Left<Refusal, Marks>(new Refusal.Unsupported("pair.has_no_marks")),
            React: _ => Empty
        )
        {
            Behind = Behind,
        };

    /// <summary>Two people between whom nothing is yet.</summary>
    public static AnyStream New { get; } = new Stream<State, Command, Event>(Decider, State.Initial, 0, new Instant(0));

    // A block closes the direct conversation in the same transaction, and ends the call that there is.
    private static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command switch
        {
            Command.Block => Seq<AnyFactKey>(
                new StreamFactKey(DirectOf(context, command)),
                new StreamFactKey(LineOf(context, command))
            ),
            Command.Unblock => Seq1<AnyFactKey>(new StreamFactKey(DirectOf(context, command))),
            Command.Request or Command.Accept or Command.Decline or Command.Cancel or Command.Remove => Empty,
        };

    private static StreamKey DirectOf(Context context, Command command) =>
        StreamKey.Of(context.Tenant, context.Person, command.Other).Direct;

    private static StreamKey LineOf(Context context, Command command) =>
        StreamKey.Line(context.Tenant, context.Person, command.Other);

    private static Seq<AnyFactKey> Behind(Context context, Command command, State state, Facts facts) =>
        command is Command.Block
            ? facts.Stream(LineOf(context, command)).Map(line => line.Needs(context, HangUp)).IfNone(Empty)
            : Empty;

    private static Calls.Command HangUp => new Calls.Command.HangUp(null);

    private static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        command.Other == context.Person
            ? Left<Refusal, Decision>(new Refusal.Malformed(["id: somebody else"]))
            : command switch
            {
                Command.Request => Request(context, command.Other, state),
                Command.Accept => Accept(context, command.Other, state),
                Command.Decline => Decision.If(
                    state.Hears(command.Other),
                    new Event.Declined(context.Stamp, command.Other)
                ),
                Command.Cancel => Decision.If(
                    state.Asked.Contains(context.Person),
                    new Event.Cancelled(context.Stamp, command.Other)
                ),
                Command.Remove => Decision.If(state.AreFriends, new Event.Removed(context.Stamp, command.Other)),
                Command.Block => state.Blockers.Contains(context.Person)
                    ? Decision.Nothing
                    : With(
                        context,
                        command,
                        new Event.Blocked(context.Stamp, command.Other),
                        new Closing.Close(),
                        facts
                    ),
                Command.Unblock => state.Blockers.Contains(context.Person)
                    ? With(
                        context,
                        command,
                        new Event.Unblocked(context.Stamp, command.Other),
                        new Closing.Reopen(),
                        facts
                    )
                    : Decision.Nothing,
            };

    private static Either<Refusal, Decision> Request(Context context, PersonId other, State state) =>
        state.Blockers.Contains(context.Person)
            ? Left<Refusal, Decision>(new Refusal.Forbidden(["pair.blocked_by_you"]))
        : state.AreFriends || state.Asked.Contains(context.Person) ? Decision.Nothing
        // Both have asked: also if the first was turned away before.
        : state.Asked.Contains(other) ? Decision.Accept(new Event.Befriended(context.Stamp, other))
        : Decision.Accept(new Event.Requested(context.Stamp, other));

    private static Either<Refusal, Decision> Accept(Context context, PersonId other, State state) =>
        state.AreFriends ? Decision.Nothing
        : state.Hears(other) ? Decision.Accept(new Event.Befriended(context.Stamp, other))
        : Left<Refusal, Decision>(new Refusal.NotFound("request.unknown"));

    // The conversation's own rules say what becomes of it; where there is none, none may come meanwhile.
    private static Either<Refusal, Decision> With(
        Context context,
        Command command,
        Event own,
        Closing closing,
        Facts facts
    )
    {
        var direct = DirectOf(context, command);
        var seen = facts.Stream(direct);
        var hungUp = command is Command.Block ? HungUp(context, LineOf(context, command), facts) : Decision.AlreadySo;
        var after = hungUp.Further.Filter(one => one.Stream == direct).Map(one => one.Event);
        var further = seen.IfNone(Conversations.Conversation.New)
            .Fold(after)
            .Decide(seen.Map(context.At).IfNone(context), closing, Facts.Empty)
            .Map(decision => decision.Events)
            .IfLeft(Empty);
        return Right(
            new Decision(
                Seq1<AnyEvent>(own),
                hungUp.Further.Concat(further.Map(happened => (direct, happened))).Strict(),
                hungUp.Guards.Add(facts.GuardOf(direct)).Distinct().Strict()
            )
        );
    }

    // The call that there is ends with it, in the same append; that there is none must stand.
    private static Decision HungUp(Context context, StreamKey key, Facts facts) =>
        facts.Stream(key).Case is AnyStream line
            ? line.Decide(context.At(line) with { Id = key.Id }, HangUp, facts)
                .Map(decision => new Decision(
                    Empty,
                    decision.Events.Map(happened => (key, happened)).Concat(decision.Further).Strict(),
                    decision.Guards.Add(new Guard(key, line.Version))
                ))
                .IfLeft(Decision.AlreadySo)
            : Decision.AlreadySo;
}
