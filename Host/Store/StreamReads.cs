using Chat.Domain.Conversations;
using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Reads of one stream: what it is now, and what the commit loop asks of it.</summary>
public sealed class StreamReads(Database database)
{
    /// <summary>A stream as it stands: its snapshot and the events behind it. New where there is none.</summary>
    public async Task<(AnyStream Current, long SnapshotVersion)> LoadAsync(
        StreamKey stream,
        CancellationToken stop = default
    )
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        return await LoadAsync(connection, stream, stop);
    }

    /// <summary>The same of what a connection sees: within a snapshot of the database, as of that.</summary>
    internal static async Task<(AnyStream Current, long SnapshotVersion)> LoadAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        CancellationToken stop = default
    )
    {
        var from = await SnapshotAsync(connection, stream, stop);
        // A snapshot only moves forward and events never change, so two statements see one stream.
        var tail = await RecordedRows.ReadAsync(new NpgsqlCommand(
                $"""
                select {RecordedRows.Columns} from chat.mt_events e
                where e.stream_id = $1 and e.version > $2 order by e.version
                """,
                connection
            ).With(stream.ToString()).With(from.Version), stop);
        return (from.Fold(tail.Select(recorded => recorded.Event)), from.Version);
    }

    internal static async Task<AnyStream> SnapshotAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            "select bytes from chat.chat_snapshots where stream_id = $1 and fold_version = $2",
            connection
        )
            .With(stream.ToString())
            .With(StoredSnapshots.FoldVersion, NpgsqlDbType.Integer);
        // One that cannot be read is worth as much as none.
        return await command.ExecuteScalarAsync(stop) is byte[] bytes
            ? StoredSnapshots.Decode(bytes).IfLeft(Fresh(stream))
            : Fresh(stream);
    }

    internal static AnyStream Fresh(StreamKey stream) =>
        stream.Kind switch
        {
            StreamKind.Person => Domain.People.Person.New,
            StreamKind.Pair => Domain.Pairs.Pair.New,
            StreamKind.Desk => Domain.Desks.Desk.New,
            StreamKind.Room => Domain.Rooms.Room.New,
            StreamKind.Place => Domain.Places.Place.New,
            StreamKind.Line => Domain.Calls.Line.New,
            _ => Conversation.New,
        };

    /// <summary>Keeps a snapshot if it is newer than the one there is, or that one is of another fold.</summary>
    public async Task SaveSnapshotAsync(StreamKey stream, AnyStream current)
    {
        if (StoredSnapshots.Encode(current).Case is not byte[] bytes)
            return;
        await using var command = database
            .Reads.CreateCommand(
                """
                insert into chat.chat_snapshots as s (stream_id, version, fold_version, bytes) values ($1, $2, $3, $4)
                on conflict (stream_id) do update
                set version = excluded.version, fold_version = excluded.fold_version, bytes = excluded.bytes
                where s.version < excluded.version or s.fold_version <> excluded.fold_version
                """
            )
            .With(stream.ToString())
            .With(current.Version)
            .With(StoredSnapshots.FoldVersion, NpgsqlDbType.Integer)
            .With(bytes, NpgsqlDbType.Bytea);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The events under these ids; a standby that is waited for has them, too.</summary>
    public async Task<Seq<Recorded>> LookUpAsync(Seq<Guid> ids)
    {
        var found = await ByIdsAsync(ids);
        if (!found.IsEmpty)
            await Barrier.PassAsync(database);
        return found;
    }

    private async Task<Seq<Recorded>> ByIdsAsync(Seq<Guid> ids)
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        return toSeq(await RecordedRows.ReadAsync(RecordedRows.ByIds(connection, ids), default)).Strict();
    }

    /// <summary>Facts of a stream, all as of one version: read in one snapshot of the database.</summary>
    public async Task<(long Version, Facts Facts)> GatherAsync(StreamKey stream, Seq<AnyFactKey> keys)
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var found = await GatherAsync(connection, stream, keys);
        await snapshot.CommitAsync();
        return found;
    }

    /// <summary>The same within a snapshot that a connection has.</summary>
    internal static async Task<(long Version, Facts Facts)> GatherAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Seq<AnyFactKey> keys
    )
    {
        await using var head = new NpgsqlCommand("select version from chat.mt_streams where id = $1", connection).With(
            stream.ToString()
        );
        var version = await head.ExecuteScalarAsync() as long? ?? 0;
        var named = keys.OfType<FactKey.Message>().Select(key => key.Seq).ToList();
        foreach (var key in keys.OfType<FactKey.SaidBy>())
            named.AddRange(await SaidByAsync(connection, stream, key.Person));
        long[] messages = [.. named.Distinct()];
        var events = messages.Length == 0 ? [] : await AboutAsync(connection, stream, messages);
        var facts = Gathering.FromEvents(Fresh(stream), keys, toSeq(events.OrderBy(one => one.Version)).Strict());
        foreach (var key in keys.OfType<FactKey.AccessOf>())
            facts = facts.With(key, await AccessAsync(connection, stream, key.Person));
        foreach (var (key, fact) in await WholeReads.ReadAsync(connection, keys))
            facts = facts.With(key, fact);
        return (version, facts);
    }

    /// <summary>The first message at or after a version: the number that it has, or will have.</summary>
    internal static async Task<long> FirstSeqAsync(NpgsqlConnection connection, StreamKey stream, long version)
    {
        await using var command = new NpgsqlCommand("select chat.chat_seq_at($1, $2) + 1", connection)
            .With(stream.ToString())
            .With(version - 1);
        return await command.ExecuteScalarAsync() as long? ?? 1;
    }

    /// <summary>
    /// All that was done in a conversation after a version, less what was said and what was put under it.
    /// </summary>
    internal static Task<List<Recorded>> DoneAsync(NpgsqlConnection connection, StreamKey stream, long after)
    {
        var types = EventTypes
            .All.Where(type => !Said.Contains(type.Type) && type.Type.IsSubclassOf(typeof(Event)))
            .Select(type => type.Name);
        const string Sql = $"""
            select {RecordedRows.Columns} from chat.mt_events e
            where e.stream_id = $1 and e.type = any($2) and e.version > $3 order by e.version
            """;
        return RecordedRows.ReadAsync(
            new NpgsqlCommand(Sql, connection).With(stream.ToString()).WithEach(types).With(after),
            default
        );
    }

    private static readonly Type[] Said =
    [
        typeof(Event.MessageSent),
        typeof(Event.MessageEdited),
        typeof(Event.Reacted),
        typeof(Event.Unreacted),
        typeof(Event.Nicknamed),
    ];

    private static async Task<List<long>> SaidByAsync(NpgsqlConnection connection, StreamKey stream, PersonId person)
    {
        await using var command = new NpgsqlCommand(
            """
            select chat.chat_seq_at(stream_id, version) from chat.mt_events
            where stream_id = $1 and user_name = $2 and type = 'conversation.message_sent.v1'
            order by version desc limit $3
            """,
            connection
        ).With(stream.ToString()).With(person.Value).With(Limits.Purged, NpgsqlDbType.Integer);
        var seqs = new List<long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            seqs.Add(reader.GetInt64(0));
        return seqs;
    }

    // The messages themselves and all that happened to them; a seq beyond the last names no message.
    internal static Task<List<Recorded>> AboutAsync(NpgsqlConnection connection, StreamKey stream, long[] messages) =>
        RecordedRows.ReadAsync(new NpgsqlCommand(
                $"""
                select {RecordedRows.Columns} from unnest($2::bigint[]) as m(seq)
                join chat.mt_events e on e.stream_id = $1 and e.version = chat.chat_version_of($1, m.seq)
                union all
                select {RecordedRows.Columns} from chat.chat_notes n
                join chat.mt_events e on e.stream_id = n.stream_id and e.version = n.version
                where n.stream_id = $1 and n.target_seq = any($2)
                """,
                connection
            ).With(stream.ToString()).WithEach(messages), default);

    private static async Task<Option<AnyFact>> AccessAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        PersonId person
    )
    {
        await using var command = new NpgsqlCommand(
            "select access from chat.chat_members where person = $1 and stream_id = $2",
            connection
        )
            .With(person.Value)
            .With(stream.ToString());
        return await command.ExecuteScalarAsync() is long[] { Length: > 0 } access
            ? Some<AnyFact>(new Fact.AccessOf(Stretches.Read(access)))
            : None;
    }
}

/// <summary>Stretches of access as a row holds them: from, until, from, until …</summary>
internal static class Stretches
{
    public static Listing<Interval> Read(long[] flat) =>
        Listing.From(flat.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new Interval(pair[0], pair[1])));
}
