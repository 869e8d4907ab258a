namespace Chat.Domain.Conversations;

/// <summary>Stretches of a stream that a person may see, over time.</summary>
public static class Access
{
    /// <summary>The stretches after somebody left at a version: they saw themselves go, and nothing after.</summary>
    public static Listing<Interval> Closed(Listing<Interval> access, long at) =>
        Listing.From(
            access
                .Where(stretch => stretch.From <= at)
                .Select(stretch => stretch.Until > at ? stretch with { Until = at } : stretch)
        );

    /// <summary>
    /// The stretches of one who comes (back) and sees from a version on; bounded, the oldest goes first.
    /// </summary>
    public static Listing<Interval> Reopened(Listing<Interval> former, long from) =>
        Listing.From(
            former
                .Where(stretch => stretch.From < from)
                .Select(stretch => stretch with { Until = Math.Min(stretch.Until, from - 1) })
                .TakeLast(Limits.AccessIntervals - 1)
                .Append(Interval.OpenFrom(from))
        );
}
