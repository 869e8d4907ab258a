namespace Chat.Domain.Values;

/// <summary>A point in time, whole milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Milliseconds">Milliseconds since the epoch; negative before it.</param>
public readonly record struct Instant(long Milliseconds) : IComparable<Instant>
{
    /// <summary>The later of two.</summary>
    public static Instant Max(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds ? a : b;

    /// <summary>This instant moved by some milliseconds.</summary>
    public Instant Plus(long milliseconds) => new(Milliseconds + milliseconds);

    /// <summary>The milliseconds from an earlier instant to this one.</summary>
    public long Since(Instant earlier) => Milliseconds - earlier.Milliseconds;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Instant a, Instant b) => a.Milliseconds < b.Milliseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Instant a, Instant b) => a.Milliseconds > b.Milliseconds;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds;
}
