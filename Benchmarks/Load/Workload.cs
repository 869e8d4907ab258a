using Chat.Domain.Conversations;

namespace Chat.Benchmarks.Load;

/// <summary>
/// Who talks with whom. Each sender keeps so many sends under way, and thinks about nothing; or there is a rate, and
/// messages are due by the clock, whatever becomes of those before.
/// </summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Words">As one says it.</param>
/// <param name="Conversations">How many there are; nobody is in two.</param>
/// <param name="Members">People in each.</param>
/// <param name="Senders">How many of them send.</param>
/// <param name="Outstanding">Sends of one person that are under way; with a rate, at most.</param>
/// <param name="Rate">Messages a second, of all senders in turn; none without a clock.</param>
internal sealed record Workload(
    string Name,
    string Words,
    int Conversations,
    int Members,
    int Senders,
    int Outstanding,
    double? Rate = null
)
{
    private const int MostByClock = 64;

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W0", "one pair, one sends, one at a time", 1, 2, 1, 1),
        new("W1", "200 people in 100 pairs, 8 sends under way each", 100, 2, 2, 8),
        new("W2", "20 groups of 10, 2 sends under way each", 20, 10, 10, 2),
        new("W3", "one room of 500, five send, one at a time", 1, 500, 5, 1),
    ];

    /// <summary>The same people by the clock.</summary>
    /// <param name="rate">Messages a second, of all together.</param>
    /// <param name="words">How one says that.</param>
    public Workload At(double rate, string words) =>
        this with
        {
            Name = $"{Name} at {words}",
            Words = $"{Conversations * Senders} people send by the clock, somebody reads",
            Outstanding = MostByClock,
            Rate = rate,
        };

    /// <summary>Bound by how long things take, not by rates.</summary>
    public bool IsQuiet => Conversations * Senders * Outstanding < 8;

    public int People => Conversations * Members;

    public ConversationKind Kind => Members == 2 ? ConversationKind.Direct : ConversationKind.Group;
}

/// <summary>What one run of a workload showed.</summary>
internal sealed record LoadFigures
{
    public required Workload Of { get; init; }
    public required double Seconds { get; init; }
    public required long Sends { get; init; }
    public required long Deliveries { get; init; }
    public required long Echoes { get; init; }

    /// <summary>Microseconds from sending to the acknowledgement.</summary>
    public required Times Answer { get; init; }

    /// <summary>Microseconds from sending to the delivery at another client.</summary>
    public required Times Delivery { get; init; }
    public required Usage Usage { get; init; }
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }
    public required int Unanswered { get; init; }
    public required int LostConnections { get; init; }

    /// <summary>Numbers of its messages, warm-up included.</summary>
    public required (int From, int To) Numbers { get; init; }

    /// <summary>Events that the index of search had not looked at when the load ended.</summary>
    public required long Unindexed { get; init; }

    /// <summary>What was asked meanwhile, by somebody with many conversations.</summary>
    public required IReadOnlyDictionary<string, Times> Reads { get; init; }

    /// <summary>Minute by minute; none in a shorter run.</summary>
    public required IReadOnlyList<Minute> Minutes { get; init; }

    public string Workload => Of.Name;

    public double SendsPerSecond => Sends / Seconds;
    public double DeliveriesPerSecond => Deliveries / Seconds;

    public double Micros(double cpuSeconds) => Sends == 0 ? 0 : 1e6 * cpuSeconds / Sends;
}

/// <summary>A minute of a long run.</summary>
/// <param name="SendsPerSecond">Acknowledged.</param>
/// <param name="Unindexed">Events that the index of search had not looked at when it ended.</param>
/// <param name="Sent">Messages that all runs had sent by then.</param>
internal sealed record Minute(double SendsPerSecond, long Unindexed, long Sent)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
}

/// <summary>Percentiles, in microseconds.</summary>
internal sealed record Times(long P50, long P99, long Max)
{
    public static Times Of(HdrHistogram.HistogramBase histogram) =>
        new(
            histogram.GetValueAtPercentile(50),
            histogram.GetValueAtPercentile(99),
            histogram.GetValueAtPercentile(100)
        );
}
