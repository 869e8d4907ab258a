namespace Chat.Domain.Presences;

/// <summary>
/// The last word of a device: that it is there, for <see cref="Presence.LengthMs"/>, or that it is not. Of two, the
/// greater counts.
/// </summary>
/// <param name="At">When it said so.</param>
/// <param name="IsSneaking">Whether nobody is to be told.</param>
/// <param name="IsEnded">Whether it is gone since then.</param>
public readonly record struct Lease(Instant At, bool IsSneaking, bool IsEnded) : IComparable<Lease>
{
    /// <summary>From when on it says nothing any more.</summary>
    public Instant Until => IsEnded ? At : At.Plus(Presence.LengthMs);

    /// <summary>Whether others may see it, while it lasts.</summary>
    public bool IsShown => !IsEnded && !IsSneaking;

    /// <summary>Whether it lasts.</summary>
    public bool IsLive(Instant now) => !IsEnded && now < Until;

    /// <summary>The later is the greater; at the same moment the one that tells less.</summary>
    public int CompareTo(Lease other) =>
        (At, IsEnded, IsSneaking).CompareTo((other.At, other.IsEnded, other.IsSneaking));

    /// <summary>The greater of two.</summary>
    public static Lease Max(Lease a, Lease b) => a.CompareTo(b) >= 0 ? a : b;

    /// <summary>
    /// What a device says after this, which is later whatever the clock says: a clock may go back, and those of two
    /// hosts are never quite the same.
    /// </summary>
    internal Lease Then(Lease next) =>
        next.At > At ? next
        : (next.IsSneaking, next.IsEnded) == (IsSneaking, IsEnded) ? this
        : next with { At = At.Plus(1) };
}
