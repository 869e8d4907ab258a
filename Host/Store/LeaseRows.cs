using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// The lease as rows: a host's epoch, how long it holds by the database's clock, and which process of that name has it.
/// An append locks the row and checks the epoch, so taking over, which moves it, ends whatever was under way.
/// </summary>
public sealed class LeaseRows(Database database)
{
    /// <summary>How long a lease holds.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Since when nobody may have been told what was committed, where a holder's lease ran until then: a minute before
    /// it was last heard of.
    /// </summary>
    public static Instant QuietSince(Instant until) =>
        until.Plus(-(long)(Length + TimeSpan.FromMinutes(1)).TotalMilliseconds);

    // What a dead host still has open is ended: it may hold rows, and after that its last commit is there or never will
    // be.
    private const string End = """
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
            and substr(application_name, 10) = left($1, 54) and left(application_name, 8) <> $2
            and ($3 is null or left(application_name, 8) = $3)
        """;

    private const string Twin = """
        select $1 where not exists (
            select 1 from chat.chat_hosts
            where host = $1 and until > clock_timestamp() and not $2 or host = $1 and instance = $3)
        """;

    private const string Gone = """
        select host, instance from chat.chat_hosts where host <> $1 and until <= clock_timestamp()
        """;

    // As the appends' key share lock does not allow: those under way end first.
    private const string Lock = "select until from chat.chat_hosts where host = $1 for update";

    private const string LockLeft = """
        select 1 from chat.chat_hosts where host <> $1 and until <= clock_timestamp() order by host for update
        """;

    // Its own it knows again: it may have been taken, or renewed, without an answer.
    private const string Take = """
        insert into chat.chat_hosts as h (host, epoch, until, instance) values ($1, 1, clock_timestamp() + $2, $4)
        on conflict (host) do update
            set epoch = h.epoch + 1, until = excluded.until, leaving = false, instance = excluded.instance
            where $3 or h.until < clock_timestamp() or h.instance = $4
        returning epoch, clock_timestamp()
        """;

    private const string TakeFree = """
        insert into chat.chat_buckets (bucket, host) select n, $1 from generate_series(0, 1023) as n
        on conflict (bucket) do nothing
        """;

    // Those who died are fenced by the statement that takes their buckets; while another lives its buckets are its own.
    private const string TakeLeft = """
        with fenced as (
            update chat.chat_hosts set epoch = epoch + 1 where host <> $1 and until <= clock_timestamp()
        )
        insert into chat.chat_buckets as b (bucket, host)
        select n, $1 from generate_series(0, 1023) as n
        where not exists (
            select 1 from chat.chat_buckets o join chat.chat_hosts h on h.host = o.host
            where o.bucket = n and (h.host = $1 or h.until > clock_timestamp()))
        on conflict (bucket) do update set host = excluded.host where b.host <> excluded.host
        """;

    /// <summary>
    /// Takes the lease if it is free, has run out, or was this process's already, or its holder is known to be gone;
    /// null if somebody holds it. What the holder before still has open is ended. With it come the buckets that were
    /// nobody's yet.
    /// </summary>
    /// <exception cref="NpgsqlException">It may have been taken: then it can be taken again.</exception>
    public async Task<(long Epoch, Instant Now, Instant? Quiet)?> TakeAsync(bool isSole, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        var doubt = Doubt.About(connection);
        if (await IsTwinGoneAsync(connection, isSole, stop))
            await EndAsync(connection, database.Host, null, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var before = await LockAsync(connection, stop);
        if (await TakeAsync(connection, isSole, stop) is not var (epoch, now))
            return null;
        await RunAsync(connection, TakeFree, stop);
        await transaction.CommitAsync(stop);
        doubt.Require();
        return (epoch, now, before);
    }

    /// <summary>
    /// Takes what other hosts have left whose leases have run out; what they still have open is ended.
    /// </summary>
    public async Task TakeOverAsync(CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        // Of who had the lease only: another of that name may be starting.
        foreach (var (host, instance) in await GoneAsync(connection, stop))
            await EndAsync(connection, host, instance, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await RunAsync(connection, LockLeft, stop);
        await RunAsync(connection, TakeLeft, stop);
        await transaction.CommitAsync(stop);
    }

    private async Task<Instant?> LockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Lock, connection).With(database.Host);
        return await command.ExecuteScalarAsync(stop) is DateTime until ? At(until) : null;
    }

    private async Task<(long Epoch, Instant Now)?> TakeAsync(
        NpgsqlConnection connection,
        bool isSole,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(Take, connection)
            .With(database.Host)
            .With(Length, NpgsqlDbType.Interval)
            .With(isSole, NpgsqlDbType.Boolean)
            .With(database.Instance);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? (reader.GetInt64(0), At(reader.GetDateTime(1))) : null;
    }

    /// <summary>Makes the lease longer; null if it is another's by now.</summary>
    /// <exception cref="NpgsqlException">It may be longer, and its holder cannot count on it.</exception>
    public async Task<Instant?> RenewAsync(long epoch, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        var doubt = Doubt.About(connection);
        await using var command = new NpgsqlCommand(
            """
            update chat.chat_hosts set until = clock_timestamp() + $3 where host = $1 and epoch = $2
            returning clock_timestamp()
            """,
            connection
        ).With(database.Host).With(epoch).With(Length, NpgsqlDbType.Interval);
        // To the very end: what is told of the commit comes after the row.
        var now = await command.ExecuteScalarAsync(stop);
        doubt.Require();
        return now is DateTime renewed ? At(renewed) : null;
    }

    /// <summary>Gives it up, so that the next need not wait.</summary>
    public async Task ReleaseAsync(long epoch)
    {
        await using var command = database
            .Reads.CreateCommand("update chat.chat_hosts set until = clock_timestamp() where host = $1 and epoch = $2")
            .With(database.Host)
            .With(epoch);
        await command.ExecuteNonQueryAsync();
    }

    // Whether another process of this name has left what it held.
    private async Task<bool> IsTwinGoneAsync(NpgsqlConnection connection, bool isSole, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Twin, connection)
            .With(database.Host)
            .With(isSole, NpgsqlDbType.Boolean)
            .With(database.Instance);
        return await command.ExecuteScalarAsync(stop) is not null;
    }

    private async Task<List<(string Host, string? Instance)>> GoneAsync(
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(Gone, connection).With(database.Host);
        var gone = new List<(string, string?)>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            gone.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
        return gone;
    }

    private async Task EndAsync(NpgsqlConnection connection, string host, string? instance, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(End, connection);
        await command.With(host).With(database.Instance).With(instance!, NpgsqlDbType.Text).ExecuteNonQueryAsync(stop);
    }

    private async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection).With(database.Host);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static Instant At(DateTime time) => new(new DateTimeOffset(time).ToUnixTimeMilliseconds());
}
