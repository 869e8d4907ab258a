using Chat.Domain.Conversations;

namespace Chat.Domain.People;

/// <summary>
/// Closing somebody out of everything, and letting them in again: by those of the staff who may ban there, of whoever
/// stands below them there.
/// </summary>
internal static class Suspending
{
    /// <summary>What must be known of the staff.</summary>
    public static Seq<AnyFactKey> Needs(Context context, ConversationId staff) => Seq1<AnyFactKey>(Key(context, staff));

    public static Either<Refusal, Decision> Suspend(Context context, Command.Suspend suspend, State state, Facts facts)
    {
        if (suspend.ForMs is not (null or (> 0 and <= Limits.LongestMs)))
            return Left<Refusal, Decision>(new Refusal.Malformed([$"for_ms: 1 to {Limits.LongestMs}"]));
        var until = suspend.ForMs is { } length ? context.Now.Plus(length) : (Instant?)null;
        return By(
            context,
            suspend.Staff,
            facts,
            state.Suspension is { } held && held.Holds(context.Now) && held.Until == until
                ? null
                : new Event.Suspended(context.Stamp, until, suspend.Why)
        );
    }

    public static Either<Refusal, Decision> Restore(
        Context context,
        Command.Restore restore,
        State state,
        Facts facts
    ) =>
        By(
            context,
            restore.Staff,
            facts,
            state.Suspension?.Holds(context.Now) is true ? new Event.Restored(context.Stamp) : null
        );

    // The decision rests on what the staff is then.
    private static Either<Refusal, Decision> By(Context context, ConversationId staff, Facts facts, Event? happens)
    {
        var found = facts.Find<StreamFact>(Key(context, staff)).Map(fact => fact.Current);
        var place = found.Map(stream => (Conversations.State)stream.State).IfNone(Conversations.State.Initial);
        return Forbids(place, context) is { } refusal ? Left<Refusal, Decision>(refusal)
            : happens is null ? Decision.Nothing
            : Right(
                new Decision(Seq1<AnyEvent>(happens), Empty, Seq1(facts.GuardOf(StreamKey.Of(context.Tenant, staff))))
            );
    }

    private static Refusal? Forbids(Conversations.State place, Context context) =>
        place.Members.Find(context.Person).Case is not Member member ? Standing.Outside(context.Person, place)
        : !Person.MaySuspend(place, context.Person) ? new Refusal.Forbidden([Permission.Ban.Rule()])
        : Layers.RankOf(place, PersonId.Of(context.Id)) >= Layers.RankOf(place, member)
            ? new Refusal.Forbidden(["rank.too_low"])
        : null;

    private static StreamFactKey Key(Context context, ConversationId staff) => new(StreamKey.Of(context.Tenant, staff));
}
