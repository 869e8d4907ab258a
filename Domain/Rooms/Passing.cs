namespace Chat.Domain.Rooms;

/// <summary>What devices inside a room pass on to each other, which nobody keeps.</summary>
public static class Passing
{
    /// <summary>
    /// Whether something goes from somebody to another in a room; a refusal, unless both are inside. To whoever a block
    /// keeps apart nothing goes, and nobody is told so.
    /// </summary>
    public static Either<Refusal, bool> Goes(State room, PersonId from, PersonId to, Func<bool> areParted) =>
        !room.Occupants.ContainsKey(from) ? new Refusal.NotFound("room.not_inside")
        : !room.Occupants.ContainsKey(to) ? new Refusal.NotFound("occupant.unknown")
        : !areParted();
}
