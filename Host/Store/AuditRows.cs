using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// The rules by which things were done, as they follow from the events: kept when somebody asks, so that nothing is
/// folded twice. All of it can be made anew.
/// </summary>
internal static class AuditRows
{
    /// <summary>The tables: the rules of each version that is told, and the state that they have come to.</summary>
    public const string Tables = """
        create table if not exists chat.chat_audit (
            stream_id text not null,
            version bigint not null,
            because text[] not null,
            primary key (stream_id, version)
        );
        create table if not exists chat.chat_audit_folds (
            stream_id text primary key,
            fold_version int not null,
            bytes bytea not null
        );
        """;

    /// <summary>What was done in a conversation before a version, the newest first.</summary>
    public static async Task<List<AuditEntry>> PageAsync(Database database, StreamKey stream, long? before, int limit)
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await CatchUpAsync(connection, stream);
        var page = await ReadAsync(connection, stream, before ?? long.MaxValue, limit);
        await transaction.CommitAsync();
        return page;
    }

    // One at a time: who comes second finds what the first has kept.
    private static async Task CatchUpAsync(NpgsqlConnection connection, StreamKey stream)
    {
        await using (
            var alone = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 1))", connection).With(
                $"audit {stream}"
            )
        )
            await alone.ExecuteNonQueryAsync();
        var from = await FoldedAsync(connection, stream);
        var past = await StreamReads.DoneAsync(connection, stream, from.Version);
        if (past.Count == 0)
            return;
        var (entries, after) = Audit.After((State)from.State, past);
        await KeepAsync(connection, stream, entries);
        await KeepAsync(connection, stream, Conversation.At(after, past[^1].Event.At));
    }

    // What cannot be read, or was folded otherwise, is folded from the beginning.
    private static async Task<AnyStream> FoldedAsync(NpgsqlConnection connection, StreamKey stream)
    {
        await using var command = new NpgsqlCommand(
            "select bytes from chat.chat_audit_folds where stream_id = $1 and fold_version = $2",
            connection
        )
            .With(stream.ToString())
            .With(StoredSnapshots.FoldVersion, NpgsqlDbType.Integer);
        return await command.ExecuteScalarAsync() is byte[] bytes
            ? StoredSnapshots.Decode(bytes).IfLeft(Conversation.New)
            : Conversation.New;
    }

    private static async Task KeepAsync(NpgsqlConnection connection, StreamKey stream, Seq<AuditEntry> entries)
    {
        const string Sql = """
            insert into chat.chat_audit (stream_id, version, because)
            select $1, u.version, string_to_array(u.because, E'\n') from unnest($2, $3) as u(version, because)
            on conflict (stream_id, version) do update set because = excluded.because
            """;
        var because = entries.Map(entry => string.Join('\n', entry.Because));
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(stream.ToString())
            .WithEach(entries.Map(entry => entry.Version))
            .WithEach(because);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task KeepAsync(NpgsqlConnection connection, StreamKey stream, AnyStream after)
    {
        const string Sql = """
            insert into chat.chat_audit_folds (stream_id, fold_version, bytes) values ($1, $2, $3)
            on conflict (stream_id) do update set fold_version = excluded.fold_version, bytes = excluded.bytes
            """;
        var bytes = StoredSnapshots.Encode(after).IfNone([]);
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(stream.ToString())
            .With(StoredSnapshots.FoldVersion, NpgsqlDbType.Integer)
            .With(bytes, NpgsqlDbType.Bytea);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<AuditEntry>> ReadAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        long before,
        int limit
    )
    {
        const string Rows = """
            from chat.chat_audit a join chat.mt_events e on e.stream_id = a.stream_id and e.version = a.version
            where a.stream_id = $1 and a.version < $2 order by a.version desc limit $3
            """;
        var because = new Dictionary<long, Listing<string>>();
        await using (var command = Of($"select a.version, a.because {Rows}"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                because[reader.GetInt64(0)] = Listing.From(reader.GetFieldValue<string[]>(1));
        var events = await RecordedRows.ReadAsync(Of($"select {RecordedRows.Columns} {Rows}"), default);
        return events.ConvertAll(one => new AuditEntry(one.Version, (Event)one.Event, because[one.Version]));

        NpgsqlCommand Of(string sql) =>
            new NpgsqlCommand(sql, connection).With(stream.ToString()).With(before).With(limit, NpgsqlDbType.Integer);
    }
}
