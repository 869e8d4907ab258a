namespace Chat.Domain.Committing;

/// <summary>The bounds of a lane.</summary>
/// <param name="MaxWaiting">Arrivals that wait; one more is answered <c>busy</c>.</param>
/// <param name="MaxBatch">Arrivals that one transaction takes.</param>
/// <param name="MaxStreams">Streams held in memory; idle ones go when there are more.</param>
/// <param name="SnapshotEvery">Events between two snapshots of a stream; of a room, an eighth of that.</param>
/// <param name="MaxAttempts">
/// Times a stream is decided anew after a conflict before its callers are told to retry.
/// </param>
/// <param name="RetryAfterMs">What a refused caller is told to wait.</param>
public sealed record LaneOptions(
    int MaxWaiting = 8_192,
    int MaxBatch = 512,
    int MaxStreams = 20_000,
    int SnapshotEvery = 512,
    int MaxAttempts = 8,
    long RetryAfterMs = 250
)
{
    /// <summary>Whether it says what each request was decided on, see <see cref="Output.Judged"/>.</summary>
    public bool IsRecorded { get; init; }

    // Who is inside a room is asked far more often than anything happens in it.
    internal int SnapshotEveryOf(StreamKey stream) =>
        stream.Kind is StreamKind.Room ? Math.Max(1, SnapshotEvery / 8) : SnapshotEvery;
}

/// <summary>
/// One writer: a share of the streams, and at most one transaction under way. While that one commits, what arrives
/// forms the next batch. A value; <see cref="Committing.Step"/> is its only way on.
/// </summary>
public sealed record Lane
{
    private Lane(LaneOptions options) => Options = options;

    /// <summary>An empty lane that waits for its lease.</summary>
    public static Lane Create(LaneOptions options) => new(options);

    /// <summary>Its bounds.</summary>
    public LaneOptions Options { get; }

    /// <summary>The lease's epoch; null while the lease is not ours: then nothing is decided.</summary>
    public long? Epoch { get; init; }

    /// <summary>How many arrivals wait, not counting those under way.</summary>
    public int Waiting { get; init; }

    /// <summary>Streams held in memory.</summary>
    public int Streams => Slots.Count;

    /// <summary>The number of the batch under way, if there is one.</summary>
    public long? UnderWay => Flight?.Batch.Number;

    internal HashMap<StreamKey, Slot> Slots { get; init; }

    // Streams with something waiting, in the order in which they began to wait: the fair order of batches.
    internal Seq<StreamKey> Active { get; init; }

    internal InFlight? Flight { get; init; }

    // By the number of the look-up that they wait for: a later one may find what an earlier one did not.
    internal HashMap<long, Seq<Asking>> Asking { get; init; }

    internal long NextLookUp { get; init; } = 1;

    internal long NextBatch { get; init; } = 1;

    internal long Tick { get; init; }
}

/// <summary>What a lane holds of one stream.</summary>
internal sealed record Slot
{
    public static readonly Slot New = new();

    // Null while it is being loaded.
    public AnyStream? Stream { get; init; }

    // The number of the load or gathering that is waited for; 0 for none. Answers to another are old.
    public long Ask { get; init; }
    public Seq<Arrival> Queue { get; init; }

    // All as of the stream's version; dropped when nothing waits.
    public Facts Facts { get; init; } = Facts.Empty;
    public bool IsGathering => Stream is not null && Ask != 0;

    // Somebody else changed it while a batch of ours was under way: it is read anew when that is settled.
    public bool IsStale { get; init; }

    // What was committed while facts were being gathered: they may be older than this.
    public Seq<Recorded> SinceGather { get; init; }
    public long SnapshotVersion { get; init; }
    public int Attempts { get; init; }
    public long LastUsed { get; init; }
}

/// <summary>A batch under way with all that waits for it, and the streams in which marks move, as they were.</summary>
internal sealed record InFlight(
    Batch Batch,
    HashMap<StreamKey, Deciding> Decided,
    Seq<Arrival.Marking> Markings,
    HashMap<StreamKey, AnyStream> Marked
);

/// <summary>What was decided of one stream for a batch.</summary>
internal sealed record Deciding(AnyStream After, Facts Facts, Seq<Decided> Decided);

/// <summary>One arrival and what was decided of it, in the order of deciding.</summary>
internal sealed record Decided(Arrival.Request Request, Reply Reply, bool HasEvents, Output.Judged? Judged);

/// <summary>An answer that stands if its id turns out to be unknown.</summary>
internal sealed record Asking(Arrival.Request Request, Reply Otherwise, Output.Judged? Judged);
