using Chat.Domain.Notices;

namespace Chat.Domain.Places;

/// <summary>What happened to somebody's place in the house.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp)
        : base(stamp) { }

    /// <summary>They are in that room now; in none where it is null.</summary>
    public sealed record Moved(Stamp Stamp, RoomId? Room) : Event(Stamp);

    /// <summary>Every room that they enter locks, or does so no more.</summary>
    public sealed record PrivateSet(Stamp Stamp, bool IsPrivate) : Event(Stamp);

    /// <summary>Nothing is told in those hours.</summary>
    public sealed record QuietSet(Stamp Stamp, QuietHours? Quiet) : Event(Stamp);

    /// <summary>That friend is not told of them.</summary>
    public sealed record Ghosted(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>They are told again.</summary>
    public sealed record Unghosted(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>They are not told of that friend.</summary>
    public sealed record Muted(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>They are told again.</summary>
    public sealed record Unmuted(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>A friend waved at them.</summary>
    public sealed record Waved(Stamp Stamp, RoomId? Room, bool IsBuzz) : Event(Stamp);

    /// <summary>They have seen the waves until then.</summary>
    public sealed record WavesSeen(Stamp Stamp) : Event(Stamp);

    /// <summary>They are on a call with somebody, or one rings; on none where it is null.</summary>
    public sealed record OnCall(Stamp Stamp, PersonId? Other) : Event(Stamp);
}
