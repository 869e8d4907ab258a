using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Benchmarks.Scale;

/// <summary>What was measured, by the commands in docs/scale.md. Microseconds of CPU unless named.</summary>
internal sealed record Costs
{
    /// <summary>Of the host for a message, whoever is told.</summary>
    public required double HostPerSend { get; init; }

    /// <summary>Of the host for each device that is told.</summary>
    public required double HostPerTold { get; init; }

    /// <summary>Of nats-server for a request and its answer.</summary>
    public required double NatsPerSend { get; init; }

    /// <summary>Of nats-server for each device that is told.</summary>
    public required double NatsPerTold { get; init; }

    /// <summary>Of PostgreSQL for a message, its index of search included.</summary>
    public required double PostgresPerSend { get; init; }

    /// <summary>How long an event of a batch takes in it, over one connection.</summary>
    public required double AppendPerEvent { get; init; }

    /// <summary>A commit of one row, milliseconds.</summary>
    public required double CommitMs { get; init; }

    /// <summary>Durable messages a second that one primary was seen to take, the index of search keeping up.</summary>
    public required double SendsOfOnePrimary { get; init; }

    /// <summary>Bytes of nats-server for a connection with its two subscriptions.</summary>
    public required double NatsBytesPerConnection { get; init; }

    /// <summary>Of these for a subscription; each server of a cluster knows those of the others.</summary>
    public required double NatsBytesPerSubscription { get; init; }

    /// <summary>Bytes of the host for a connection; each host of a cell knows all.</summary>
    public required double HostBytesPerConnection { get; init; }

    /// <summary>Of host and nats-server to let somebody in.</summary>
    public required double PerConnect { get; init; }

    /// <summary>Of all three for a resume that finds nothing new.</summary>
    public required double PerResume { get; init; }

    /// <summary>Bytes of PostgreSQL for a message and what it is found in order by.</summary>
    public required double EventBytes { get; init; }

    /// <summary>Bytes of PostgreSQL for what it is searched by.</summary>
    public required double SearchBytes { get; init; }

    /// <summary>Bytes of its log for both.</summary>
    public required double LogBytes { get; init; }

    /// <summary>Bytes of an event alone, many compressed together.</summary>
    public required double CompressedBytes { get; init; }

    /// <summary>Bytes of a message to a device, as NATS frames it.</summary>
    public required double WireBytes { get; init; }
}

/// <summary>What nobody measured: how people behave, what is rented and for how much.</summary>
internal sealed record Assumptions
{
    /// <summary>Devices that are told of a message, the sender's own among them.</summary>
    public required double Told { get; init; }

    /// <summary>Connections of somebody who is there.</summary>
    public required double DevicesPerPerson { get; init; }

    /// <summary>The mean of a day over its busiest moment.</summary>
    public required double MeanOverPeak { get; init; }

    /// <summary>Of the messages, those to somebody whose home is another cell.</summary>
    public required double AcrossCells { get; init; }

    /// <summary>Of what a core or a primary can do, what is asked of it in the busiest moment.</summary>
    public required double Utilisation { get; init; }

    /// <summary>Seconds between two resumes of a device that nothing prompts.</summary>
    public required double ResumeEvery { get; init; }

    /// <summary>Seconds in which the devices of a nats-server that died come back, to the others.</summary>
    public required double ReconnectIn { get; init; }

    /// <summary>Most connections of one nats-server.</summary>
    public required double ConnectionsPerServer { get; init; }

    /// <summary>Most people whose home is one cell.</summary>
    public required double PeoplePerCell { get; init; }

    /// <summary>Most bytes of messages that one primary is to hold.</summary>
    public required double BytesPerPrimary { get; init; }

    /// <summary>Milliseconds to another machine.</summary>
    public required double HopMs { get; init; }

    /// <summary>Milliseconds that a commit waits for its standby besides.</summary>
    public required double StandbyMs { get; init; }

    public required int LanesPerHost { get; init; }
    public required int MostInBatch { get; init; }

    /// <summary>Cores of a machine, and its memory in GB.</summary>
    public required int CoresPerMachine { get; init; }
    public required double MemoryPerMachine { get; init; }

    /// <summary>What TCP, IP and TLS add to a message, bytes.</summary>
    public required double FramingBytes { get; init; }

    /// <summary>Days that a message is searchable, is in PostgreSQL, and is kept.</summary>
    public required double HotDays { get; init; }
    public required double WarmDays { get; init; }
    public required double KeptDays { get; init; }

    /// <summary>Copies of what PostgreSQL has, and of what lies with an object store.</summary>
    public required double DatabaseCopies { get; init; }

    /// <summary>Dollars: an hour of a core, a month of a GB on fast disk and of objects, a GB out.</summary>
    public required double CoreHour { get; init; }
    public required double DiskMonth { get; init; }
    public required double ObjectMonth { get; init; }
    public required double EgressGb { get; init; }
}

/// <summary>A file of both.</summary>
internal sealed record Inputs([property: JsonRequired] Costs Measured, [property: JsonRequired] Assumptions Assumed)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads one; what is missing or unknown is an error that names it.</summary>
    /// <exception cref="JsonException">It is no such file.</exception>
    public static Inputs Read(string json) => JsonSerializer.Deserialize<Inputs>(json, Options)!;
}
