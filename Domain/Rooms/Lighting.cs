namespace Chat.Domain.Rooms;

/// <summary>Lighting a room, and for whom it is.</summary>
internal static class Lighting
{
    public static Either<Refusal, Decision> Light(Context context, Command.Light light, State state, Facts facts)
    {
        if (state.Name is not null)
            return Room.Refused(new Refusal.Forbidden(["room.lit_before"]));
        if (light.Capacity is < 2 or > Room.MaxCapacity)
            return Room.Refused(new Refusal.Malformed([$"capacity: 2 to {Room.MaxCapacity}"]));
        var locks = light.IsLocked || Moving.PlaceIn(context, context.Person, facts).IsPrivate;
        return Guests(context, light.Guests, facts)
            .Bind(asked =>
                Moving.In(
                    context,
                    Seq1<AnyEvent>(new Event.Lit(context.Stamp, light.Name, locks, asked.Guests, light.Capacity)),
                    asked.Guards,
                    facts
                )
            );
    }

    public static Either<Refusal, Decision> SetGuests(
        Context context,
        Command.SetGuests set,
        State state,
        Facts facts
    ) =>
        state.Keeper != context.Person
            ? Room.Refused(new Refusal.Forbidden(["room.not_keeper"]))
            : Guests(context, set.Guests, facts)
                .Bind(asked =>
                    toSet(asked.Guests) == state.Guests
                        ? Decision.Nothing
                        : Right<Refusal, Decision>(
                            new Decision(
                                Seq1<AnyEvent>(new Event.GuestsSet(context.Stamp, asked.Guests)),
                                Empty,
                                asked.Guards
                            )
                        )
                );

    // Of friends only, and whoever asks needs no invitation.
    private static Either<Refusal, (Listing<PersonId> Guests, Seq<Guard> Guards)> Guests(
        Context context,
        Listing<PersonId> named,
        Facts facts
    )
    {
        var ties = Ties.Of(context, named, facts);
        var guests = Listing.From(named.Where(one => one != context.Person).Distinct().Order());
        return guests.Count > Room.MaxGuests
                ? Left<Refusal, (Listing<PersonId>, Seq<Guard>)>(new Refusal.Full("room.guests"))
            : guests.All(ties.AreFriends) ? Right<Refusal, (Listing<PersonId>, Seq<Guard>)>((guests, ties.Guards))
            : Left<Refusal, (Listing<PersonId>, Seq<Guard>)>(new Refusal.NotFound("friend.unknown"));
    }
}
