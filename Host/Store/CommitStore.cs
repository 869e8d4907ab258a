using Chat.Domain.Conversations;
using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>The store as the commit loop knows it.</summary>
public sealed class CommitStore(Database database) : Driving.ICommitStore
{
    private readonly Append append = new(database);
    private readonly StreamReads reads = new(database);
    private readonly DueRows due = new(database);

    /// <inheritdoc/>
    public Task<Outcome> AppendAsync(Batch batch) => append.AppendAsync(batch);

    /// <inheritdoc/>
    public Task<(AnyStream Current, long SnapshotVersion)> LoadAsync(StreamKey stream) => reads.LoadAsync(stream);

    /// <inheritdoc/>
    public Task<(long Version, Facts Facts)> GatherAsync(StreamKey stream, Seq<AnyFactKey> keys) =>
        reads.GatherAsync(stream, keys);

    /// <inheritdoc/>
    public Task<Seq<Recorded>> LookUpAsync(Seq<Guid> ids) => reads.LookUpAsync(ids);

    /// <inheritdoc/>
    public Task SaveSnapshotAsync(StreamKey stream, AnyStream current) => reads.SaveSnapshotAsync(stream, current);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Reminder>> DueByAsync(Instant now) => due.ByAsync(now);

    /// <inheritdoc/>
    public Task RemindAsync(StreamKey stream, long version, Option<Instant> at) => due.RemindAsync(stream, version, at);
}
