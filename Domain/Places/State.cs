using Chat.Domain.Notices;

namespace Chat.Domain.Places;

/// <summary>Somebody asks to be joined, or greets.</summary>
/// <param name="At">When.</param>
/// <param name="Room">The room that they ask into; null where it is only a greeting.</param>
/// <param name="IsBuzz">Whether it is to be noticed.</param>
/// <param name="IsSeen">Whether it was seen.</param>
public sealed record Wave(Instant At, RoomId? Room, bool IsBuzz, bool IsSeen)
{
    /// <summary>Whether it still lets somebody in.</summary>
    public bool Holds(Instant now) => now < At.Plus(Rooms.Room.WaveMs);
}

/// <summary>Where somebody is in the house, and whom they hear of.</summary>
/// <param name="Room">The room that they are in.</param>
/// <param name="IsPrivate">Whether every room that they enter locks.</param>
/// <param name="Ghosted">Friends who are not told of them.</param>
/// <param name="Muted">Friends of whom they are not told.</param>
/// <param name="Quiet">When they are told nothing; null where there is no such time.</param>
/// <param name="Waves">The last wave of each who waved, at most <see cref="Place.MaxWaves"/>.</param>
public sealed record State(
    RoomId? Room,
    bool IsPrivate,
    Set<PersonId> Ghosted,
    Set<PersonId> Muted,
    QuietHours? Quiet,
    Map<PersonId, Wave> Waves
)
{
    /// <summary>With whom they are on a call, or one rings; null where there is none.</summary>
    public PersonId? OnCallWith { get; init; }

    /// <summary>Before anything happened.</summary>
    public static State Initial { get; } = new(null, false, Empty, Empty, null, Empty);

    /// <summary>Who has waved somebody into a room, and it still counts.</summary>
    public Seq<PersonId> WavesInto(RoomId room, Instant now) =>
        toSeq(Waves.AsEnumerable().Where(one => one.Value.Room == room && one.Value.Holds(now)).Select(one => one.Key))
            .Strict();
}
