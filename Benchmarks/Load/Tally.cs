using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace Chat.Benchmarks.Load;

/// <summary>What all people of a run write into: numbers of messages, times, and what became of each message.</summary>
internal sealed class Tally
{
    // More than can be on their way at once: a message's time is looked up only until it is delivered.
    private const int Ring = 1 << 20;
    private const int MostMessages = 1 << 27;
    private const long LongestMicroseconds = 60_000_000;

    private readonly long[] sentAt = new long[Ring];
    private readonly int[] senders = new int[Ring];
    private readonly ConcurrentDictionary<string, long> refusals = new();
    private LongConcurrentHistogram answers = Fresh();
    private LongConcurrentHistogram deliveries = Fresh();
    private int last;

    /// <summary>One byte a message, by its number: 1 if it was acknowledged.</summary>
    public byte[] Acknowledged { get; } = new byte[MostMessages];

    /// <summary>The number of the last message.</summary>
    public int Last => Volatile.Read(ref last);

    /// <summary>Whether times are kept.</summary>
    public bool IsMeasuring { get; set; }

    /// <summary>Whether people go on sending.</summary>
    public bool IsSending { get; set; }

    /// <summary>From sending to the acknowledgement, in microseconds.</summary>
    public HistogramBase Answers => answers;

    /// <summary>From sending to the delivery at somebody else, in microseconds.</summary>
    public HistogramBase Deliveries => deliveries;

    /// <summary>How often each refusal was the answer.</summary>
    public IReadOnlyDictionary<string, long> Refusals => refusals;

    /// <summary>Numbers the next message of a sender.</summary>
    /// <param name="at">When it is sent, or was to be sent: its times count from then.</param>
    public int Next(int sender, long at)
    {
        var number = Interlocked.Increment(ref last);
        senders[number & (Ring - 1)] = sender;
        sentAt[number & (Ring - 1)] = at;
        return number;
    }

    public bool IsBy(int sender, int number) => senders[number & (Ring - 1)] == sender;

    public void Acknowledge(int number)
    {
        Acknowledged[number] = 1;
        if (IsMeasuring)
            answers.RecordValue(Since(number));
    }

    public void Deliver(int number)
    {
        if (IsMeasuring)
            deliveries.RecordValue(Since(number));
    }

    public void Refuse(string code) => refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    /// <summary>Forgets times, for another run.</summary>
    public void Reset() => (answers, deliveries) = (Fresh(), Fresh());

    private long Since(int number) =>
        Math.Clamp(
            (long)Stopwatch.GetElapsedTime(sentAt[number & (Ring - 1)]).TotalMicroseconds,
            1,
            LongestMicroseconds
        );

    private static LongConcurrentHistogram Fresh() => new(1, LongestMicroseconds, 3);
}
