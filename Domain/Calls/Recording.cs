using Chat.Domain.Conversations;

namespace Chat.Domain.Calls;

/// <summary>
/// What changes with a call besides the line: both are on a call, or no more, and their conversation keeps how it
/// ended.
/// </summary>
internal static class Recording
{
    public static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command switch
        {
            Command.Ring ring when state.Current is null => Between(context, context.Person, ring.Other),
            Command.Decline or Command.HangUp or Command.Elapse when state.Current is { } call => Between(
                context,
                call.Caller,
                call.Callee
            ),
            _ => Empty,
        };

    /// <summary>Whether somebody is on a call, or is being called.</summary>
    public static bool IsOnCall(Context context, PersonId who, Facts facts) =>
        facts.Stream(StreamKey.Place(context.Tenant, who)).Case
            is AnyStream { State: Places.State { OnCallWith: not null } };

    /// <summary>Both are on it now.</summary>
    public static Either<Refusal, Decision> Begin(Context context, Call call, Facts facts) =>
        Right(new Decision(Empty, Placed(context, call, facts, isOn: true), Guards(context, call, facts)));

    /// <summary>It is over, for both; in their conversation stands how.</summary>
    public static Either<Refusal, Decision> End(Context context, Call call, Ending how, Facts facts)
    {
        var (kept, guard) = Kept(context, call, how, facts);
        // Whoever is busy stays on their own call; that they were is what it rests on.
        var placed = how is Ending.Busy ? Empty : Placed(context, call, facts, isOn: false);
        return Right(
            new Decision(
                Seq1<AnyEvent>(new Event.Ended(context.Stamp, how)),
                placed.Concat(kept).Strict(),
                Guards(context, call, facts).Concat(guard).Strict()
            )
        );
    }

    private static Seq<AnyFactKey> Between(Context context, PersonId caller, PersonId callee) =>
        Welcome
            .StreamsOf(context with { Person = caller }, [callee])
            .Concat(Places(context, caller, callee))
            .Add(StreamKey.Of(context.Tenant, caller, callee).Direct)
            .Map(stream => (AnyFactKey)new StreamFactKey(stream))
            .Strict();

    private static Seq<StreamKey> Places(Context context, PersonId caller, PersonId callee) =>
        Seq(caller, callee).Map(person => StreamKey.Place(context.Tenant, person));

    private static Seq<(StreamKey, AnyEvent)> Placed(Context context, Call call, Facts facts, bool isOn) =>
        Seq(call.Caller, call.Callee)
            .Map(person =>
            {
                var key = StreamKey.Place(context.Tenant, person);
                var stamp = context.At(facts.Stream(key).IfNone(Domain.Places.Place.New)).Stamp;
                AnyEvent moved = new Domain.Places.Event.OnCall(stamp, isOn ? call.OtherThan(person) : null);
                return (key, moved);
            })
            .Strict();

    private static Seq<Guard> Guards(Context context, Call call, Facts facts) =>
        Places(context, call.Caller, call.Callee).Map(facts.GuardOf).Strict();

    // The conversation's own rules say what becomes of it; where the two have none, it begins with this, unless whoever
    // was called takes nothing from whoever called.
    private static (Seq<(StreamKey, AnyEvent)> Further, Seq<Guard> Guards) Kept(
        Context context,
        Call call,
        Ending how,
        Facts facts
    )
    {
        var key = StreamKey.Of(context.Tenant, call.Caller, call.Callee).Direct;
        var direct = facts.Stream(key).IfNone(Conversation.New);
        var caller = context.At(direct) with { Person = call.Caller };
        var begun =
            direct.Version > 0
                ? Decision.AlreadySo
                : direct
                    .Decide(
                        caller,
                        new Conversations.Command.Create(ConversationKind.Direct, [call.Callee], null),
                        facts
                    )
                    .IfLeft(Decision.AlreadySo);
        var length = call.AnsweredAt is { } since ? context.Now.Milliseconds - since.Milliseconds : 0;
        var kept = direct
            .Fold(begun.Events)
            .Decide(caller, new Conversations.Command.Record(call.IsVideo, how, length), facts)
            .Map(decision => decision.Events)
            .IfLeft(Empty);
        return (
            begun.Events.Concat(kept).Map(happened => (key, happened)).Strict(),
            begun.Guards.Add(new Guard(key, direct.Version))
        );
    }
}
