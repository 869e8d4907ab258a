using Chat.Domain.Rooms;

namespace Chat.Domain.Meeting;

/// <summary>How long two people were together, the less the longer it is ago.</summary>
/// <param name="Ms">Milliseconds, faded until <paramref name="Until"/>.</param>
/// <param name="Until">When they last were.</param>
public sealed record Company(long Ms, Instant Until)
{
    /// <summary>After how many milliseconds half of it counts: four weeks.</summary>
    public const long HalfLifeMs = 28L * 24 * 60 * 60 * 1_000;

    /// <summary>Never.</summary>
    public static Company None { get; } = new(0, new Instant(0));

    /// <summary>
    /// After one more stretch of time. What has been counted is not counted again: the same told twice is told once.
    /// </summary>
    public Company With(Instant from, Instant until) =>
        until <= Until
            ? this
            : new(Fading.Left(Ms, until.Since(Until), HalfLifeMs) + until.Since(Instant.Max(from, Until)), until);

    /// <summary>What is left of it.</summary>
    public long MsAt(Instant now) => Fading.Left(Ms, now.Since(Until), HalfLifeMs);
}

/// <summary>Two people were in the same room at the same time.</summary>
/// <param name="One">One of them: who went.</param>
/// <param name="Other">The other, who was still there.</param>
/// <param name="From">Since when both were there.</param>
/// <param name="Until">Until when.</param>
public sealed record Encounter(PersonId One, PersonId Other, Instant From, Instant Until)
{
    /// <summary>
    /// Who was with whom and is no more, by some events of a room: told when the first of two goes, so once of each.
    /// </summary>
    /// <param name="before">The room before the first of the events.</param>
    /// <param name="events">What happened there.</param>
    public static Seq<Encounter> Of(AnyStream before, Seq<AnyEvent> events) =>
        events
            .Fold(
                (Room: before, Found: Seq<Encounter>()),
                (held, happened) => (held.Room.Evolve(happened), held.Found + Ended(held.Room, happened))
            )
            .Found;

    private static Seq<Encounter> Ended(AnyStream room, AnyEvent happened) =>
        room.State is State state && Gone(happened) is { } gone && state.Occupants.Find(gone).Case is Occupant left
            ? toSeq(state.Occupants.AsEnumerable().Where(one => one.Key != gone))
                .Map(one => new Encounter(gone, one.Key, Instant.Max(left.Since, one.Value.Since), happened.At))
                .Strict()
            : Empty;

    private static PersonId? Gone(AnyEvent happened) =>
        happened switch
        {
            Event.Left left => left.By,
            Event.Expelled expelled => expelled.Person,
            _ => null,
        };
}
