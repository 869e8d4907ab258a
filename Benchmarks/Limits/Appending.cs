using Chat.Host.Store;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Benchmarks.Limits;

/// <summary>
/// What PostgreSQL alone reaches: Marten's own tables in a database of their own on the host's server, in the shape of
/// W1 (100 streams, batches of 200), each batch one round trip and one transaction of two prepared statements.
/// </summary>
internal sealed class Appending
{
    public const string One = "append into Marten's tables, 1 connection × 200";
    public const string Two = "append into Marten's tables, 2 connections × 200";
    public const string Commit = "commit of one row (fsync)";

    private const int Streams = 100;
    private const int Batch = 200;
    private const string Name = "bench";

    // The division fails the transaction when a stream was not where it was expected.
    private const string Move = """
        with moved as (
            update chat.mt_streams s set version = u.next, timestamp = now()
            from unnest($1, $2, $3) as u(id, expected, next)
            where s.id = u.id and s.version = u.expected
            returning 1
        )
        select 1 / (case when count(*) = $4 then 1 else 0 end) from moved
        """;

    private const string Insert = """
        insert into chat.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, user_name,
            is_archived)
        select nextval('chat.mt_events_sequence'), u.id, u.stream_id, u.version, jsonb_build_object('body', u.body),
            u.bytes, 'conversation.message_sent.v1', now(), '*DEFAULT*', u.by, false
        from unnest($1, $2, $3, $4, $5, $6) as u(id, stream_id, version, by, bytes, body)
        """;

    private readonly NpgsqlDataSource source;
    private readonly long[] versions = new long[Streams];

    private Appending(NpgsqlDataSource source) => this.source = source;

    public static async Task<IReadOnlyList<Limit>> MeasureAsync(RunningHost host, TimeSpan measured)
    {
        await RunAsync(host.AdminConnectionString, $"drop database if exists {Name}");
        await RunAsync(host.AdminConnectionString, $"create database {Name} owner chat");
        var connection = new NpgsqlConnectionStringBuilder(host.ConnectionStringOf(Name)) { Options = PlanOptions };
        await using var database = await Database.OpenAsync(new DatabaseOptions(host.ConnectionStringOf(Name), Name));
        await using var source = NpgsqlDataSource.Create(connection);
        var appending = new Appending(source);
        await appending.PrepareAsync();
        Limit[] limits =
        [
            await Loop.RunAsync(One, 1, measured, _ => appending.AppendAsync(0, Streams), Batch, Cpu),
            await Loop.RunAsync(
                Two,
                2,
                measured,
                half => appending.AppendAsync(half * Streams / 2, Streams / 2),
                Batch,
                Cpu
            ),
            await OwnAppend.MeasureAsync(database, measured, Cpu),
            await Loop.RunAsync(Commit, 1, measured, _ => appending.CommitAsync()),
        ];
        NpgsqlConnection.ClearAllPools();
        return limits;

        double Cpu() => Usage.Read(host.Pid).Postgres;
    }

    // As the host has them: a stream is found by its key, however few there are when the plan is made.
    private const string PlanOptions =
        "-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off";

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string IdOf(int stream) => $"main.c.d{stream:x32}";

    private async Task PrepareAsync()
    {
        await using var command = source.CreateCommand(
            """
            insert into chat.mt_streams (id, version, timestamp, created, tenant_id, is_archived)
            select id, 0, now(), now(), '*DEFAULT*', false from unnest($1) as id
            """
        );
        command.Parameters.AddWithValue(Enumerable.Range(0, Streams).Select(IdOf).ToArray());
        await command.ExecuteNonQueryAsync();
        await using var table = source.CreateCommand("create table one_row (at timestamptz)");
        await table.ExecuteNonQueryAsync();
    }

    private async Task CommitAsync()
    {
        await using var command = source.CreateCommand("insert into one_row values (now())");
        await command.ExecuteNonQueryAsync();
    }

    private async Task AppendAsync(int from, int streams)
    {
        await using var connection = await source.OpenConnectionAsync();
        var each = Batch / streams;
        var range = Enumerable.Range(from, streams).ToArray();
        var events = range.SelectMany(stream => Enumerable.Range(1, each).Select(next => (stream, next))).ToArray();
        await using var batch = new NpgsqlBatch(connection);
        var move = new NpgsqlBatchCommand(Move);
        Add(move, range.Select(IdOf).ToArray(), NpgsqlDbType.Text);
        Add(move, range.Select(stream => versions[stream]).ToArray(), NpgsqlDbType.Bigint);
        Add(move, range.Select(stream => versions[stream] + each).ToArray(), NpgsqlDbType.Bigint);
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = streams });
        var insert = new NpgsqlBatchCommand(Insert);
        Add(insert, events.Select(_ => Guid.NewGuid()).ToArray(), NpgsqlDbType.Uuid);
        Add(insert, events.Select(one => IdOf(one.stream)).ToArray(), NpgsqlDbType.Text);
        Add(insert, events.Select(one => versions[one.stream] + one.next).ToArray(), NpgsqlDbType.Bigint);
        Add(insert, events.Select(_ => "bench-0001").ToArray(), NpgsqlDbType.Text);
        Add(insert, events.Select(_ => new byte[90]).ToArray(), NpgsqlDbType.Bytea);
        Add(insert, events.Select(_ => new string('x', 100)).ToArray(), NpgsqlDbType.Text);
        batch.BatchCommands.Add(move);
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync();
        foreach (var stream in range)
            versions[stream] += each;
    }

    private static void Add<T>(NpgsqlBatchCommand command, T[] values, NpgsqlDbType type) =>
        command.Parameters.Add(
            new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type }
        );
}
