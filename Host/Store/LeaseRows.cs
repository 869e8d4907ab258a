using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// The lease as rows: a host's epoch and how long it holds, by the database's clock. An append locks the row and checks
/// the epoch, so taking over, which moves it, ends whatever was under way.
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
        """;

    private const string Gone = """
        select $1 as host where not exists (
            select 1 from chat.chat_hosts where host = $1 and until > clock_timestamp() and not $2)
        union
        select host from chat.chat_hosts where host <> $1 and until <= clock_timestamp()
        """;

    // As the appends' key share lock does not allow: those under way end first.
    private const string Lock = """
        select 1 from chat.chat_hosts where host = $1 or until <= clock_timestamp() order by host for update
        """;

    private const string LockLeft = """
        select 1 from chat.chat_hosts where host <> $1 and until <= clock_timestamp() order by host for update
        """;

    // Those who died are fenced by the statement that takes their buckets; while another lives its buckets are its own.
    // When the first of them was last heard of is said.
    private const string TakeBuckets = """
        with fenced as (
            update chat.chat_hosts set epoch = epoch + 1 where host <> $1 and until <= clock_timestamp()
        ), quiet as (
            select min(h.until) as until from chat.chat_hosts h
            where h.host <> $1 and h.until <= clock_timestamp()
                and exists (select 1 from chat.chat_buckets b where b.host = h.host)
        ), taken as (
            insert into chat.chat_buckets as b (bucket, host)
            select n, $1 from generate_series(0, 1023) as n
            where not exists (
                select 1 from chat.chat_buckets o join chat.chat_hosts h on h.host = o.host
                where o.bucket = n and (h.host = $1 or h.until > clock_timestamp()))
            on conflict (bucket) do update set host = excluded.host where b.host <> excluded.host
        )
        select until from quiet
        """;

    /// <summary>
    /// Takes the lease if it is free, has run out, or its holder is known to be gone; null if somebody holds it. What
    /// the holder before still has open is ended.
    /// </summary>
    public async Task<(long Epoch, Instant Now, Instant? Quiet)?> TakeAsync(bool isSole, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        foreach (var gone in await GoneAsync(connection, isSole, stop))
            await EndAsync(connection, gone, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await RunAsync(connection, Lock, stop);
        await using var take = new NpgsqlCommand(
            """
            with before as (select until from chat.chat_hosts where host = $1 for update)
            insert into chat.chat_hosts as h (host, epoch, until) values ($1, 1, clock_timestamp() + $2)
            on conflict (host) do update set epoch = h.epoch + 1, until = excluded.until, leaving = false
            where $3 or h.until < clock_timestamp()
            returning epoch, clock_timestamp(), (select until from before)
            """,
            connection,
            transaction
        ).With(database.Host).With(Length, NpgsqlDbType.Interval).With(isSole, NpgsqlDbType.Boolean);
        (long Epoch, Instant Now, Instant? Quiet) taken;
        await using (var reader = await take.ExecuteReaderAsync(stop))
        {
            if (!await reader.ReadAsync(stop))
                return null;
            taken = (reader.GetInt64(0), At(reader, 1), reader.IsDBNull(2) ? null : At(reader, 2));
        }
        var left = await TakeLeftAsync(connection, stop);
        await transaction.CommitAsync(stop);
        return taken with { Quiet = taken.Quiet is { } own && !(left < own) ? own : left };
    }

    /// <summary>
    /// Takes what hosts have left whose leases have run out; what they still have open is ended. When the first of them
    /// was last heard of; null if nothing was left.
    /// </summary>
    public async Task<Instant?> TakeOverAsync(CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        foreach (var gone in await GoneAsync(connection, false, stop))
            if (gone != database.Host)
                await EndAsync(connection, gone, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await RunAsync(connection, LockLeft, stop);
        var left = await TakeLeftAsync(connection, stop);
        await transaction.CommitAsync(stop);
        return left;
    }

    private async Task<Instant?> TakeLeftAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(TakeBuckets, connection).With(database.Host);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) && !reader.IsDBNull(0) ? At(reader, 0) : null;
    }

    /// <summary>Makes the lease longer; null if it is another's by now.</summary>
    public async Task<Instant?> RenewAsync(long epoch, CancellationToken stop)
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                update chat.chat_hosts set until = clock_timestamp() + $3 where host = $1 and epoch = $2
                returning clock_timestamp()
                """
            )
            .With(database.Host)
            .With(epoch)
            .With(Length, NpgsqlDbType.Interval);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? At(reader, 0) : null;
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

    /// <summary>The hosts whose leases are to be had, this one's own name among them if it is.</summary>
    private async Task<List<string>> GoneAsync(NpgsqlConnection connection, bool isSole, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Gone, connection);
        command.With(database.Host).With(isSole, NpgsqlDbType.Boolean);
        var gone = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            gone.Add(reader.GetString(0));
        return gone;
    }

    private async Task EndAsync(NpgsqlConnection connection, string host, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(End, connection);
        await command.With(host).With(database.Instance).ExecuteNonQueryAsync(stop);
    }

    private async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection).With(database.Host);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static Instant At(NpgsqlDataReader reader, int column) =>
        new(new DateTimeOffset(reader.GetDateTime(column)).ToUnixTimeMilliseconds());
}
