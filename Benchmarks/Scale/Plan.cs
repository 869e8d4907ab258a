namespace Chat.Benchmarks.Scale;

/// <summary>What is asked for: in the busiest moment.</summary>
/// <param name="People">Who are connected.</param>
/// <param name="Deliveries">Messages that reach a device, a second.</param>
internal sealed record Wanted(double People, double Deliveries);

/// <summary>One cell: a primary with its standby, hosts, and a cluster of nats-servers.</summary>
internal sealed record Cell(
    double People,
    double SendsPerSecond,
    int Hosts,
    int HostCores,
    int NatsServers,
    int NatsCores,
    int PostgresCores,
    double HostMemory,
    double NatsMemory
);

/// <summary>What is kept where, of all cells together, in bytes: in each tier what came in its days.</summary>
/// <param name="Hot">In PostgreSQL with all that it is searched by.</param>
/// <param name="Warm">In PostgreSQL, to be read and not searched.</param>
/// <param name="Cold">Compressed, with an object store.</param>
/// <param name="Log">The primaries' logs of a day, for a restore to any moment of it.</param>
internal sealed record Tiers(double Hot, double Warm, double Cold, double Log);

/// <summary>Dollars a month.</summary>
internal sealed record Money(double Machines, double Disks, double Objects, double Egress)
{
    public double All => Machines + Disks + Objects + Egress;
}

/// <summary>What it would take: cells of one kind, as many as the tightest bound wants.</summary>
internal sealed record Plan(
    Wanted Wanted,
    int Cells,
    string Bound,
    Cell Cell,
    Tiers Tiers,
    int Machines,
    int Cores,
    double Memory,
    double NetworkOut,
    double GatewayBytes,
    int Routes,
    int Gateways,
    double InterestOfOneAccount,
    Money Money
)
{
    private const double Gigabyte = 1e9;
    private const double Day = 86_400;
    private const double Hours = 730;
    private const double Days = Hours / 24;

    public static Plan Of(Inputs inputs, Wanted wanted)
    {
        var (costs, assumed) = (inputs.Measured, inputs.Assumed);
        var sends = wanted.Deliveries / assumed.Told;
        var tiers = TiersOf(costs, assumed, sends * assumed.MeanOverPeak * Day);
        var (cells, bound) = new[]
        {
            (sends / (costs.SendsOfOnePrimary * assumed.Utilisation), "what one primary was seen to take"),
            (wanted.People / assumed.PeoplePerCell, "people of one cell"),
            ((tiers.Hot + tiers.Warm) / assumed.BytesPerPrimary, "what one primary is to hold"),
        }.MaxBy(one => one.Item1);
        var count = Math.Max(1, (int)Math.Ceiling(cells));
        var cell = CellOf(costs, assumed, wanted.People / count, sends / count);
        var cores = count * (cell.HostCores + cell.NatsCores + 2 * cell.PostgresCores);
        var machines = count * MachinesOf(assumed, cell);
        var wire = costs.WireBytes + assumed.FramingBytes;
        return new Plan(
            wanted,
            count,
            bound,
            cell,
            tiers,
            machines,
            cores,
            count * (cell.HostMemory + cell.NatsMemory),
            wanted.Deliveries * wire,
            assumed.AcrossCells * wanted.Deliveries * costs.WireBytes,
            count * RoutesOf(cell.NatsServers),
            GatewaysOf(Enumerable.Repeat(cell.NatsServers, count)),
            2 * wanted.People * assumed.DevicesPerPerson * costs.NatsBytesPerSubscription,
            MoneyOf(assumed, machines, tiers, wanted.Deliveries * assumed.MeanOverPeak * wire)
        );
    }

    /// <summary>Connections between the servers of one cluster: each with each.</summary>
    public static int RoutesOf(int servers) => servers * (servers - 1) / 2;

    /// <summary>Outbound connections between clusters: each server has one to each other cluster.</summary>
    public static int GatewaysOf(IEnumerable<int> servers)
    {
        var all = servers.ToList();
        return all.Sum() * (all.Count - 1);
    }

    private static Cell CellOf(Costs costs, Assumptions assumed, double people, double sends)
    {
        var connections = people * assumed.DevicesPerPerson;
        var servers = Math.Max(3, Up(connections / assumed.ConnectionsPerServer));
        var resumes = connections / assumed.ResumeEvery * costs.PerResume;
        var back = connections / servers / assumed.ReconnectIn * costs.PerConnect;
        // Of the two who let somebody in each does about half.
        var host = sends * (costs.HostPerSend + assumed.Told * costs.HostPerTold) + resumes / 2 + back / 2;
        var nats = sends * (costs.NatsPerSend + assumed.Told * costs.NatsPerTold) + resumes / 4 + back / 2;
        var hostCores = Cores(host);
        var hosts = Math.Max(3, Up((double)hostCores / assumed.CoresPerMachine));
        var interest = 2 * connections * (servers - 1) / servers * costs.NatsBytesPerSubscription;
        return new Cell(
            people,
            sends,
            hosts,
            Math.Max(hostCores, hosts),
            servers,
            Math.Max(Cores(nats), servers),
            Math.Max(2, Cores(sends * costs.PostgresPerSend + resumes / 4)),
            hosts * connections * costs.HostBytesPerConnection,
            connections * costs.NatsBytesPerConnection + servers * interest
        );

        // So many microseconds of CPU a second.
        int Cores(double micros) => Up(micros / 1e6 / assumed.Utilisation);
    }

    // A host, a nats-server and a database each on machines of their own, or on several where one has too few cores.
    private static int MachinesOf(Assumptions assumed, Cell cell)
    {
        return Math.Max(cell.Hosts, On(cell.HostCores, cell.HostMemory))
            + Math.Max(cell.NatsServers, On(cell.NatsCores, cell.NatsMemory))
            + 2 * On(cell.PostgresCores, 0);

        int On(double cores, double memory) =>
            Math.Max(Up(cores / assumed.CoresPerMachine), Up(memory / Gigabyte / assumed.MemoryPerMachine));
    }

    private static Tiers TiersOf(Costs costs, Assumptions assumed, double perDay) =>
        new(
            perDay * assumed.HotDays * (costs.EventBytes + costs.SearchBytes),
            perDay * (assumed.WarmDays - assumed.HotDays) * costs.EventBytes,
            perDay * (assumed.KeptDays - assumed.WarmDays) * costs.CompressedBytes,
            perDay * costs.LogBytes
        );

    private static Money MoneyOf(Assumptions assumed, int machines, Tiers tiers, double egressPerSecond) =>
        new(
            machines * assumed.CoresPerMachine * Hours * assumed.CoreHour,
            assumed.DatabaseCopies * (tiers.Hot + tiers.Warm + tiers.Log) / Gigabyte * assumed.DiskMonth,
            tiers.Cold / Gigabyte * assumed.ObjectMonth,
            egressPerSecond * Day * Days / Gigabyte * assumed.EgressGb
        );

    private static int Up(double count) => (int)Math.Ceiling(count - 1e-9);
}
