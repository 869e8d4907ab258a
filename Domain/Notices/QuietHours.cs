namespace Chat.Domain.Notices;

/// <summary>Hours of each day in which somebody is told nothing.</summary>
public sealed record QuietHours
{
    private const int Day = 24 * 60;

    /// <summary>The last minute of a day.</summary>
    public const int LastMinute = Day - 1;

    /// <summary>How far a clock is from UTC at most, in minutes.</summary>
    public const int MaxOffset = 14 * 60;

    private QuietHours(int from, int to, int offset) => (From, To, Offset) = (from, to, offset);

    /// <summary>The first minute of the day in which it is quiet: 0 to 1439.</summary>
    public int From { get; }

    /// <summary>
    /// The minute in which it no longer is: 0 to 1439. Before <see cref="From"/> it is one of the next day; if they are
    /// the same it is never quiet.
    /// </summary>
    public int To { get; }

    /// <summary>By how many minutes their clock is ahead of UTC: -840 to 840.</summary>
    public int Offset { get; }

    /// <summary>Takes numbers within bounds, or names each that is not.</summary>
    public static Validation<Fault, QuietHours> Create(int from, int to, int offset)
    {
        var faults = Seq(
                Checked(from is >= 0 and < Day, "from", "0 to 1439"),
                Checked(to is >= 0 and < Day, "to", "0 to 1439"),
                Checked(offset is >= -MaxOffset and <= MaxOffset, "offset", "-840 to 840")
            )
            .Somes();
        return faults.IsEmpty
            ? Validation<Fault, QuietHours>.Success(new(from, to, offset))
            : Validation<Fault, QuietHours>.Fail(faults.ToSeq());
    }

    /// <summary>Whether it is quiet.</summary>
    public bool Covers(Instant now)
    {
        var minutes = (now.Milliseconds - Modulo(now.Milliseconds, 60_000)) / 60_000;
        var minute = Modulo(minutes + Offset, Day);
        return From <= To ? From <= minute && minute < To : From <= minute || minute < To;
    }

    private static Option<Fault> Checked(bool isValid, string field, string rule) =>
        isValid ? None : Some(new Fault(field, rule));

    // Also before 1970, where % is negative.
    private static long Modulo(long number, long by) => ((number % by) + by) % by;
}
