namespace Chat.Domain.Values;

/// <summary>A stretch of versions, both ends included: what somebody may see of a stream.</summary>
/// <param name="From">The first version.</param>
/// <param name="Until">The last one; <see cref="long.MaxValue"/> while it is open.</param>
public readonly record struct Interval(long From, long Until)
{
    /// <summary>A stretch that has no end yet.</summary>
    public static Interval OpenFrom(long version) => new(version, long.MaxValue);

    /// <summary>Whether a version lies in it.</summary>
    public bool Contains(long version) => From <= version && version <= Until;
}
