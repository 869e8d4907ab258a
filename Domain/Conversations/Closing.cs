namespace Chat.Domain.Conversations;

/// <summary>
/// A direct conversation that one of the two closed, where nothing is said; calls between them, and parties.
/// </summary>
internal static class Closing
{
    public static Either<Refusal, Decision> Close(Context context, State state) =>
        state.ClosedBy.Contains(context.Person) ? Decision.Nothing : Decision.Accept(new Event.Closed(context.Stamp));

    public static Either<Refusal, Decision> Reopen(Context context, State state) =>
        state.ClosedBy.Contains(context.Person) ? Decision.Accept(new Event.Reopened(context.Stamp)) : Decision.Nothing;

    /// <summary>Keeps that there was a call.</summary>
    public static Either<Refusal, Decision> Record(Context context, Command.Record call) =>
        Enum.IsDefined(call.How) && call.LengthMs >= 0
            ? Decision.Accept(new Event.Called(context.Stamp, call.IsVideo, call.How, call.LengthMs))
            : Left<Refusal, Decision>(new Refusal.Malformed(["call: how it ended, and how long it was"]));

    /// <summary>Keeps that there was a party.</summary>
    public static Either<Refusal, Decision> KeepParty(Context context, Command.KeepParty keep) =>
        keep.Party.People.Count is >= 1 and <= Rooms.Party.MaxPeople
            ? Decision.Accept(new Event.Partied(context.Stamp, keep.Party))
            : Left<Refusal, Decision>(new Refusal.Malformed([$"people: 1 to {Rooms.Party.MaxPeople}"]));
}
