using System.Numerics;

namespace Chat.Domain.Conversations;

/// <summary>Keeping people out, and keeping them silent.</summary>
internal static class Moderation
{
    public static Either<Refusal, Decision> Ban(Context context, Command.Ban ban, State state, Facts facts)
    {
        if (ban.ForMs is not (null or (> 0 and <= Limits.LongestMs)))
            return Left<Refusal, Decision>(new Refusal.Malformed([$"for_ms: 1 to {Limits.LongestMs}"]));
        if (ban.PurgeMs is not (null or (> 0 and <= Limits.LongestMs)))
            return Left<Refusal, Decision>(new Refusal.Malformed([$"purge_ms: 1 to {Limits.LongestMs}"]));
        var purged = Purged(context, ban, facts);
        var until = ban.ForMs is { } length ? context.Now.Plus(length) : (Instant?)null;
        if (state.IsBanned(ban.Person, context.Now) && state.Banned[ban.Person].Until == until)
            return purged;
        var others = state.Banned.Count(pair => pair.Key != ban.Person && !pair.Value.IsOver(context.Now));
        return others < Limits.Bans
            ? purged with
            {
                Events = Seq1<AnyEvent>(
                        new Event.Banned(
                            context.Stamp,
                            ban.Person,
                            until,
                            ban.Reason,
                            state.Members.ContainsKey(ban.Person)
                        )
                    )
                    .Concat(purged.Events)
                    .Strict(),
            }
            : Left<Refusal, Decision>(new Refusal.Full("bans.bound"));
    }

    // What they said of late, each taken back as a message is.
    private static Decision Purged(Context context, Command.Ban ban, Facts facts) =>
        ban.PurgeMs is { } length
            ? new Decision(
                toSeq(
                        facts
                            .Find<Fact.SaidBy>(new FactKey.SaidBy(ban.Person))
                            .Map(fact => fact.Messages)
                            .IfNone(Listing<Said>.Empty)
                            .Where(said => !said.IsRedacted && context.Now.Since(said.At) <= length)
                            .Select(said =>
                                (AnyEvent)new Event.MessageRedacted(context.Stamp, said.Ref, ban.Person, ban.Reason)
                            )
                    )
                    .Strict(),
                Empty,
                Empty
            )
            : Decision.AlreadySo;

    public static Either<Refusal, Decision> Unban(Context context, Command.Unban unban, State state) =>
        state.IsBanned(unban.Person, context.Now)
            ? Decision.Accept(new Event.Unbanned(context.Stamp, unban.Person))
            : Decision.Nothing;

    public static Either<Refusal, Decision> Timeout(Context context, Command.Timeout timeout, State state)
    {
        if (timeout.ForMs is < 0 or > Limits.LongestMs)
            return Left<Refusal, Decision>(new Refusal.Malformed([$"for_ms: 0 to {Limits.LongestMs}"]));
        var until = timeout.ForMs > 0 ? context.Now.Plus(timeout.ForMs) : (Instant?)null;
        // Silence whose time has passed is none.
        var isSo = state
            .Members.Find(timeout.Person)
            .Exists(member => (member.TimedOutUntil > context.Now ? member.TimedOutUntil : null) == until);
        return isSo
            ? Decision.Nothing
            : Decision.Accept(new Event.TimedOut(context.Stamp, timeout.Person, until, timeout.Reason));
    }

    public static State Banned(State state, Event.Banned banned) =>
        Evolution.Out(Uninvited(state, banned.Person), banned.Person) with
        {
            Banned = Pruned(state.Banned, banned.At).AddOrUpdate(banned.Person, new Ban(banned.Until)),
        };

    // Bans that are over go whenever the number has doubled, so that one more costs little among many.
    private static Map<PersonId, Ban> Pruned(Map<PersonId, Ban> bans, Instant now) =>
        BitOperations.IsPow2(bans.Count) ? bans.Filter(ban => !ban.IsOver(now)) : bans;

    public static State Uninvited(State state, PersonId person) =>
        state with
        {
            Invited = state.Invited.Remove(person),
            Knocking = state.Knocking.Remove(person),
        };
}
