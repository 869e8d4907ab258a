namespace Chat.Domain.Committing;

/// <summary>
/// What a lane is told. An answer carries the number of what asked for it (<c>Ask</c>): answers may overtake each
/// other, and one to an earlier question is older than what has been learnt since.
/// </summary>
public abstract record Input
{
    private Input() { }

    /// <summary>These came in, in this order.</summary>
    public sealed record Arrived(Seq<Arrival> Arrivals) : Input;

    /// <summary>A stream was loaded; its latest snapshot is of <paramref name="SnapshotVersion"/>.</summary>
    public sealed record Loaded(StreamKey Stream, AnyStream Current, long SnapshotVersion, long Ask) : Input;

    /// <summary>A stream, or facts of it, could not be loaded.</summary>
    public sealed record NotLoaded(StreamKey Stream, long Ask) : Input;

    /// <summary>Facts of a stream as they were at one of its versions.</summary>
    public sealed record Gathered(StreamKey Stream, long Version, Facts Facts, long Ask) : Input;

    /// <summary>A batch's outcome is known, or known to be unknown.</summary>
    public sealed record Settled(long Batch, Outcome Outcome) : Input;

    /// <summary>What the store holds under ids that were looked up; an id that is missing here is not there.</summary>
    public sealed record Found(HashMap<Guid, Recorded> Events, long Ask) : Input;

    /// <summary>Ids could not be looked up.</summary>
    public sealed record NotFound(long Ask) : Input;

    /// <summary>Somebody else changed a stream: what is held of it is old.</summary>
    public sealed record Changed(StreamKey Stream) : Input;

    /// <summary>
    /// These streams are another host's from now on, or were until now: what is held of them is let go, and whoever
    /// waits is told to ask again. What is under way for one is answered when it is settled.
    /// </summary>
    public sealed record Released(Func<StreamKey, bool> Which) : Input;

    /// <summary>The lease is ours, under this epoch.</summary>
    public sealed record LeaseTaken(long Epoch) : Input;

    /// <summary>The lease is not ours any more.</summary>
    public sealed record LeaseLost : Input;

    /// <summary>Time went by.</summary>
    public sealed record Elapsed : Input;

    /// <summary>
    /// By what the store was told, these want to be asked by now; it also knows streams that nobody has loaded.
    /// </summary>
    public sealed record Woken(Seq<Reminder> Reminders) : Input;
}

/// <summary>A stream that wants to be asked, by what was noted when it was at a version.</summary>
public readonly record struct Reminder(StreamKey Stream, long Version);

/// <summary>What a lane wants done.</summary>
public abstract record Output
{
    private Output() { }

    /// <summary>Load a stream.</summary>
    public sealed record Load(StreamKey Stream, long Ask) : Output;

    /// <summary>Gather facts of a stream, all as of one version.</summary>
    public sealed record Gather(StreamKey Stream, Seq<AnyFactKey> Keys, long Ask) : Output;

    /// <summary>Append a batch in one transaction. With <see cref="Batch.Attempt"/> above 0: after a pause.</summary>
    public sealed record Append(Batch Batch) : Output;

    /// <summary>Look ids up.</summary>
    public sealed record LookUp(Seq<Guid> Ids, long Ask) : Output;

    /// <summary>Answer an arrival.</summary>
    public sealed record Answer(long Ticket, Reply Reply) : Output;

    /// <summary>
    /// Publish what was committed, to whom it may concern after it. Before it the stream was so; null: not known.
    /// </summary>
    public sealed record Publish(StreamKey Stream, AnyStream? Before, AnyStream After, Seq<Recorded> Events) : Output;

    /// <summary>Publish marks that moved.</summary>
    public sealed record PublishMarks(AnyStream Stream, MarkSet Marks) : Output;

    /// <summary>Keep a snapshot.</summary>
    public sealed record Snapshot(StreamKey Stream, AnyStream Current) : Output;

    /// <summary>
    /// Note when a stream, as it is at a version, wants to be asked; unless something later is noted already.
    /// </summary>
    public sealed record Remind(StreamKey Stream, long Version, Option<Instant> At) : Output;

    /// <summary>Tell the owner of a stream that it changed, before the answers that follow are sent.</summary>
    public sealed record Tell(StreamKey Stream) : Output;

    /// <summary>A policy asks something of a stream.</summary>
    public sealed record Forward(Arrival.Request Request) : Output;

    /// <summary>
    /// What a request was decided on and what it was answered, for whoever writes it down; only from a lane that is
    /// told to say so.
    /// </summary>
    /// <param name="Request">The request.</param>
    /// <param name="Version">The version of its stream that it was decided on.</param>
    /// <param name="Now">The time that it was decided at.</param>
    /// <param name="Seen">The versions of other streams that were looked at as a whole.</param>
    /// <param name="Events">How many events came of it, those of further streams included.</param>
    /// <param name="Reply">The answer.</param>
    /// <param name="IsTwin">
    /// Whether its id was there already: then the answer is the first one's, and the rest says nothing.
    /// </param>
    public sealed record Judged(
        Arrival.Request Request,
        long Version,
        Instant Now,
        Seq<Guard> Seen,
        int Events,
        Reply Reply,
        bool IsTwin
    ) : Output
    {
        internal Judged Twin(Reply first) => this with { Events = 0, Reply = first, IsTwin = true };
    }
}
