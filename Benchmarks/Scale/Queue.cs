namespace Chat.Benchmarks.Scale;

/// <summary>
/// What waits in a line and is served: times of arrival in, times of departure out, all in milliseconds. Nothing is
/// drawn in here, so the same arrivals always come to the same.
/// </summary>
internal static class Queue
{
    /// <summary>
    /// One line before so many that serve, first come first served: Kiefer and Wolfowitz's recursion over when each of
    /// them is free. Who came n-th leaves as the n-th of the answer, which need not be in order.
    /// </summary>
    /// <param name="arrivals">In order.</param>
    /// <param name="service">How long it takes, by its number.</param>
    /// <param name="servers">How many serve, at least one.</param>
    public static double[] Serve(IReadOnlyList<double> arrivals, Func<int, double> service, int servers)
    {
        var free = new PriorityQueue<double, double>();
        for (var server = 0; server < servers; server++)
            free.Enqueue(0, 0);
        var departures = new double[arrivals.Count];
        for (var at = 0; at < arrivals.Count; at++)
        {
            departures[at] = Math.Max(arrivals[at], free.Dequeue()) + service(at);
            free.Enqueue(departures[at], departures[at]);
        }
        return departures;
    }

    /// <summary>
    /// Lanes that commit in batches: what comes while one commits is the next, up to a bound. Arrivals go to the lanes
    /// in turn, as streams spread over buckets.
    /// </summary>
    /// <param name="arrivals">In order.</param>
    /// <param name="batch">How long a batch of so many takes.</param>
    /// <param name="most">The largest batch.</param>
    /// <param name="lanes">How many there are.</param>
    public static double[] Commit(IReadOnlyList<double> arrivals, Func<int, double> batch, int most, int lanes)
    {
        var departures = new double[arrivals.Count];
        for (var lane = 0; lane < lanes; lane++)
        for (var (next, free) = (lane, 0.0); next < arrivals.Count; )
        {
            var (first, begins) = (next, Math.Max(free, arrivals[next]));
            var count = 0;
            for (; next < arrivals.Count && arrivals[next] <= begins && count < most; next += lanes)
                count++;
            free = begins + batch(count);
            for (var one = first; one < next; one += lanes)
                departures[one] = free;
        }
        return departures;
    }

    /// <summary>Arrivals without a memory: so many a second, from a seed.</summary>
    public static double[] Arrivals(int count, double perSecond, int seed)
    {
        var (random, at) = (new Random(seed), 0.0);
        var arrivals = new double[count];
        for (var next = 0; next < count; next++)
            arrivals[next] = at -= 1000 / perSecond * Math.Log(1 - random.NextDouble());
        return arrivals;
    }
}
