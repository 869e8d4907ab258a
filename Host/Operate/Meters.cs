using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.Protocol.Wire;

namespace Chat.Host.Operate;

/// <summary>
/// What an operator measures. Names follow OpenTelemetry's; nothing here ever holds what somebody said.
/// </summary>
public static class Meters
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Chat";

    /// <summary>Spans of requests and appends.</summary>
    public static readonly ActivitySource Traces = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly InstrumentAdvice<double> Milliseconds = new()
    {
        HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000],
    };
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("chat.requests");
    private static readonly Histogram<double> RequestTime = Meter.CreateHistogram(
        "chat.request.duration",
        "ms",
        advice: Milliseconds
    );
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "chat.batch.events",
        "{event}",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500] }
    );
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram(
        "chat.commit.duration",
        "ms",
        advice: Milliseconds
    );
    private static readonly Counter<long> SetAside = Meter.CreateCounter<long>("chat.batch.set_aside", "{stream}");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("chat.deliveries", "{message}");
    private static readonly Counter<long> Resumes = Meter.CreateCounter<long>("chat.resumes");
    private static readonly Counter<long> Drifts = Meter.CreateCounter<long>("chat.drifts", "{view}");
    private static readonly Counter<long> Replicas = Meter.CreateCounter<long>("chat.replica.reads");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("chat.requests.dropped");
    private static readonly Gauge<int> Queue = Meter.CreateGauge<int>("chat.queue.depth", "{request}");
    private static readonly Gauge<int> Streams = Meter.CreateGauge<int>("chat.streams.held", "{stream}");

    /// <summary>A span of a request, if somebody collects them; it is nobody's current one.</summary>
    public static Activity? Request()
    {
        if (!Traces.HasListeners())
            return null;
        var before = Activity.Current;
        Activity.Current = null;
        var span = Traces.StartActivity("request", ActivityKind.Server);
        Activity.Current = before;
        return span;
    }

    /// <summary>A request was answered.</summary>
    public static void Answered(string verb, string outcome, TimeSpan took)
    {
        Requests.Add(1, new("verb", verb), new("outcome", outcome));
        RequestTime.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("verb", verb));
    }

    /// <summary>A batch came back from the store.</summary>
    public static void Committed(Batch batch, Outcome outcome, TimeSpan took)
    {
        CommitTime.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("outcome", outcome.GetType().Name));
        BatchSize.Record(batch.Additions.Sum(addition => addition.Events.Count));
        if (outcome is Outcome.Committed { Aside.IsEmpty: false } committed)
            SetAside.Add(committed.Aside.Count);
    }

    /// <summary>What waits in a lane, and what it holds.</summary>
    public static void Waiting(int arrivals, int streams)
    {
        Queue.Record(arrivals);
        Streams.Record(streams);
    }

    /// <summary>Messages were published to people.</summary>
    public static void Delivered(int count) => Deliveries.Add(count);

    /// <summary>
    /// A client resumed: how many conversations it had missed something of, or that it had to start anew.
    /// </summary>
    public static void Resumed(string outcome) => Resumes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A device held a part of a conversation otherwise than it is, and begins it anew.</summary>
    public static void Drifted(ViewPart part) =>
        Drifts.Add(1, new KeyValuePair<string, object?>("part", Words.Of(part)));

    /// <summary>A standby was read, or was behind, or failed: then the primary was.</summary>
    public static void Replica(string outcome) =>
        Replicas.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A request was not answered: it was dropped before or instead.</summary>
    public static void Drop(string why) => Dropped.Add(1, new KeyValuePair<string, object?>("why", why));
}
