using Chat.Domain.Places;

namespace Chat.Domain.Rooms;

/// <summary>
/// From one room to another, or out: the person's place, the room that they leave and the one that they enter change in
/// one append.
/// </summary>
internal static class Moving
{
    public static Seq<AnyFactKey> Needs(Context context) => Seq1<AnyFactKey>(PlaceOf(context, context.Person));

    /// <summary>The room where the place says that they are, and what must be known to go out of it.</summary>
    public static Seq<AnyFactKey> Behind(Context context, Command command, State state, Facts facts) =>
        command is Command.Light or Command.Enter && Elsewhere(context, facts).Case is StreamKey room
            ? new StreamFactKey(room).Cons<AnyFactKey>(
                facts.Stream(room).Map(seen => Keeping.Needs(context, context.Person, (State)seen.State)).IfNone(Empty)
            )
            : Empty;

    public static StreamFactKey PlaceOf(Context context, PersonId person) =>
        new(StreamKey.Place(context.Tenant, person));

    /// <summary>Whoever asks comes into this room.</summary>
    public static Either<Refusal, Decision> In(Context context, Seq<AnyEvent> own, Seq<Guard> guards, Facts facts)
    {
        var (further, moved) = Place(context, context.Person, RoomId.Of(context.Id), facts);
        if (
            Elsewhere(context, facts).Bind(room => facts.Stream(room).Map(seen => (room, seen))).Case is
            (StreamKey before, AnyStream left)
        )
        {
            var (stamp, state) = (context.At(left).Stamp, (State)left.State);
            if (state.Occupants.ContainsKey(context.Person))
            {
                var going = new Event.Left(stamp).Cons(Playing.GetUp(stamp, before, state)).Strict();
                var kept = Keeping.Kept(context.At(left), context.Person, state, going, facts);
                further = further.Concat(going.Map(happened => (before, happened))).Concat(kept.Further).Strict();
                moved = moved.Concat(kept.Guards);
            }
            moved = moved.Add(new Guard(before, left.Version));
        }
        return Right(new Decision(own, further, guards.Concat(moved).Strict()));
    }

    /// <summary>Somebody goes out of this room.</summary>
    public static Either<Refusal, Decision> Out(Context context, PersonId who, Event happened, State state, Facts facts)
    {
        // Also where it stays as it is, that it is so must stand.
        var (moved, guards) = Place(context, who, null, facts);
        var further = PlaceIn(context, who, facts).Room == RoomId.Of(context.Id) ? moved : Empty;
        var room = StreamKey.Of(context.Tenant, RoomId.Of(context.Id));
        var going = happened.Cons<AnyEvent>(Playing.GetUp(context.Stamp with { By = who }, room, state)).Strict();
        var kept = Keeping.Kept(context, who, state, going, facts);
        return Right(new Decision(going, further.Concat(kept.Further).Strict(), guards.Concat(kept.Guards).Strict()));
    }

    /// <summary>Where somebody is, and whom they hear of.</summary>
    public static Places.State PlaceIn(Context context, PersonId who, Facts facts) =>
        facts
            .Stream(PlaceOf(context, who).Stream)
            .Map(stream => (Places.State)stream.State)
            .IfNone(Places.State.Initial);

    private static Option<StreamKey> Elsewhere(Context context, Facts facts) =>
        PlaceIn(context, context.Person, facts).Room is { } room && room.Value != context.Id
            ? Some(StreamKey.Of(context.Tenant, room))
            : None;

    private static (Seq<(StreamKey, AnyEvent)> Further, Seq<Guard> Guards) Place(
        Context context,
        PersonId who,
        RoomId? room,
        Facts facts
    )
    {
        var key = PlaceOf(context, who).Stream;
        var seen = facts.Stream(key).IfNone(Places.Place.New);
        AnyEvent moved = new Places.Event.Moved(context.At(seen).Stamp, room);
        return (Seq1((key, moved)), Seq1(new Guard(key, seen.Version)));
    }
}
