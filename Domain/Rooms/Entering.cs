namespace Chat.Domain.Rooms;

/// <summary>Who may come in, and who may knock.</summary>
/// <remarks>
/// Where a block lies between somebody and one inside, the room is to them as if it were locked and nobody answered:
/// nothing else tells them of it.
/// </remarks>
internal static class Entering
{
    public static Either<Refusal, Decision> Enter(Context context, State state, Facts facts)
    {
        if (state.Occupants.ContainsKey(context.Person))
            return Decision.Nothing;
        var ties = Ties.AtDoor(context, state, facts);
        if (WayIn(context, state, ties, facts).Case is not Entry entry)
            return Room.Refused(Room.Unknown);
        if (state.Expelled.Contains(context.Person))
            return Room.Refused(new Refusal.Forbidden(["room.expelled"]));
        if (ties.IsAnyClosed || (entry.Way is Way.Friend && state.IsClosedTo(context.Person)))
            return Room.Refused(Locked);
        if (state.IsFull)
            return Room.Refused(new Refusal.Full("room.capacity"));
        var own = Seq1<AnyEvent>(new Event.Entered(context.Stamp, entry));
        var locks = state.LockedBy is null && Moving.PlaceIn(context, context.Person, facts).IsPrivate;
        return Moving.In(context, locks ? own.Add(new Event.Locked(context.Stamp)) : own, ties.Guards, facts);
    }

    public static Either<Refusal, Decision> Knock(Context context, State state, Facts facts)
    {
        if (state.Occupants.ContainsKey(context.Person))
            return Decision.Nothing;
        var ties = Ties.AtDoor(context, state, facts);
        return Friend(state, ties).Case is not PersonId via ? Room.Refused(Room.Unknown)
            : state.Expelled.Contains(context.Person) ? Room.Refused(new Refusal.Forbidden(["room.expelled"]))
            // Nobody hears it, and nothing comes of it.
            : ties.IsAnyClosed && !IsDoorFull(context, state) ? Decision.Nothing
            : !ties.IsAnyClosed && !state.IsClosedTo(context.Person)
                ? Room.Refused(new Refusal.Forbidden(["room.open"]))
            : state.Knocks.Find(context.Person).Exists(knock => knock.Holds(context.Now)) ? Decision.Nothing
            : IsDoorFull(context, state) ? Room.Refused(new Refusal.Full("room.knocks"))
            : Right(new Decision(Seq1<AnyEvent>(new Event.Knocked(context.Stamp, via)), Empty, ties.Guards));
    }

    private static bool IsDoorFull(Context context, State state) =>
        state.Knocks.Values.Count(knock => knock.Holds(context.Now)) >= Room.MaxKnocks;

    /// <summary>Why nobody outside may do what only those inside do.</summary>
    public static Refusal Outside(Context context, State state) =>
        state.Expelled.Contains(context.Person)
            ? new Refusal.Forbidden(["room.expelled"])
            : new Refusal.NotFound("room.not_inside");

    // Whoever has no friend inside is not told that there is a room; nobody answers whom a block keeps out.
    private static Option<Entry> WayIn(Context context, State state, Ties ties, Facts facts)
    {
        var friend = Friend(state, ties).Map(via => new Entry(Way.Friend, via));
        return ties.IsAnyClosed
            ? friend
            : Admitted(context, state) || Waved(context, state, facts) || Guest(context, state) || friend;
    }

    private static Option<Entry> Admitted(Context context, State state) =>
        state
            .Admitted.Find(context.Person)
            .Filter(admission => admission.Holds(context.Now))
            .Map(admission => new Entry(Way.Admitted, admission.By));

    private static Option<Entry> Waved(Context context, State state, Facts facts) =>
        Moving
            .PlaceIn(context, context.Person, facts)
            .WavesInto(RoomId.Of(context.Id), context.Now)
            .Find(by => state.Occupants.ContainsKey(by))
            .Map(by => new Entry(Way.Wave, by));

    private static Option<Entry> Guest(Context context, State state) =>
        state.LockedBy is null && state.Guests.Contains(context.Person)
            ? Some(new Entry(Way.Guest, state.Keeper))
            : None;

    // Through a friend who does not want them told no way leads in: they do not see that one there.
    private static Option<PersonId> Friend(State state, Ties ties) => state.Inside.Find(ties.Opens);

    private static Refusal Locked => new Refusal.Forbidden(["room.locked"]);
}
