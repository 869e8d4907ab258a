namespace Chat.Benchmarks.Scale;

/// <summary>How long a message takes through a cell, at a load.</summary>
/// <param name="P50">From sending to the last of who is told, milliseconds.</param>
/// <param name="P99">The same.</param>
/// <param name="CommitP99">From sending to the commit.</param>
internal sealed record Latency(double P50, double P99, double CommitP99);

/// <summary>
/// A message's way through a cell as lines that it stands in: a nats-server takes it, a host decides, a lane commits,
/// the host publishes to each who is told, the nats-servers pass that on. The network between them adds its own.
/// </summary>
internal static class Way
{
    private const int Seed = 11;

    /// <summary>Plays so many messages that come without a memory.</summary>
    public static Latency Play(Costs costs, Assumptions assumed, Cell cell, int messages = 200_000)
    {
        var (told, hops) = (assumed.Told, assumed.HopMs);
        var sent = Queue.Arrivals(messages, cell.SendsPerSecond, Seed);
        var heard = Stage(sent, costs.NatsPerSend / 2, cell.NatsCores, hops);
        var decided = Stage(heard, costs.HostPerSend, cell.HostCores, hops);
        var committed = Lanes(decided, costs, assumed, cell);
        var published = Stage(committed, told * costs.HostPerTold, cell.HostCores, hops);
        var told1 = Stage(published, told * costs.NatsPerTold + costs.NatsPerSend / 2, cell.NatsCores, hops);
        var ways = Ways(sent, told1);
        return new Latency(At(ways, 0.5), At(ways, 0.99), At(Ways(sent, committed), 0.99));
    }

    private static double[] Lanes(double[] decided, Costs costs, Assumptions assumed, Cell cell)
    {
        // A batch is as long as its commit, the standby's included, and what it takes for each event.
        double Batch(int count) => costs.CommitMs + assumed.StandbyMs + count * costs.AppendPerEvent / 1000;
        return InOrder(
            decided,
            arrivals => Queue.Commit(arrivals, Batch, assumed.MostInBatch, assumed.LanesPerHost * cell.Hosts)
        );
    }

    private static double[] Stage(double[] from, double micros, int cores, double hop) =>
        [.. InOrder(from, arrivals => Queue.Serve(arrivals, _ => micros / 1000, cores)).Select(at => at + hop)];

    // Who comes out of one line later than whoever came after them stands behind those in the next.
    private static double[] InOrder(double[] from, Func<double[], double[]> serve)
    {
        var order = Enumerable.Range(0, from.Length).ToArray();
        Array.Sort(from.ToArray(), order);
        var departures = serve([.. order.Select(at => from[at])]);
        var mine = new double[from.Length];
        for (var at = 0; at < order.Length; at++)
            mine[order[at]] = departures[at];
        return mine;
    }

    private static double[] Ways(double[] from, double[] until) =>
        [.. from.Zip(until, (one, two) => two - one).Order()];

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
