namespace Chat.Host.Driving;

/// <summary>
/// What the commit loop asks of a store. Each call stands alone; none is cancelled once it is under way.
/// </summary>
public interface ICommitStore
{
    /// <summary>Appends a batch in one transaction. Never throws: what went wrong is the outcome.</summary>
    Task<Outcome> AppendAsync(Batch batch);

    /// <summary>A stream as it stands, and the version of its latest snapshot.</summary>
    Task<(AnyStream Current, long SnapshotVersion)> LoadAsync(StreamKey stream);

    /// <summary>Facts of a stream, all as of one version.</summary>
    Task<(long Version, Facts Facts)> GatherAsync(StreamKey stream, Seq<AnyFactKey> keys);

    /// <summary>The events under these ids, as far as there are any.</summary>
    Task<Seq<Recorded>> LookUpAsync(Seq<Guid> ids);

    /// <summary>Keeps a snapshot, if it is newer than the one there is.</summary>
    Task SaveSnapshotAsync(StreamKey stream, AnyStream current);

    /// <summary>Streams that want to be asked by now, the longest due first; at most some hundreds.</summary>
    Task<IReadOnlyList<Reminder>> DueByAsync(Instant now);

    /// <summary>Notes when a stream, as it is at a version, wants to be asked.</summary>
    Task RemindAsync(StreamKey stream, long version, Option<Instant> at);
}

/// <summary>Who is told what was committed, in the order of the commits of a stream.</summary>
public interface IPublisher
{
    /// <summary>What was committed to a stream.</summary>
    void Publish(Output.Publish committed);

    /// <summary>
    /// What must have ended before whoever did this is answered: something was taken from somebody's sight, or their
    /// way in. Null where nothing was.
    /// </summary>
    Task? Withdraw(StreamKey stream, Seq<Recorded> events) => null;

    /// <summary>Marks that moved.</summary>
    void PublishMarks(AnyStream stream, MarkSet marks);
}
