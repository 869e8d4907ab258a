using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// The lease as rows: a host's epoch and how long it holds, by the database's clock. An append locks the row and checks the
/// epoch, so taking over, which moves it, ends whatever was under way.
/// </summary>
public sealed class LeaseRows(Database database)
{
    /// <summary>How long a lease holds.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Takes the lease if it is free, has run out, or its holder is known to be gone; null if somebody holds it. What the
    /// holder before still has open is ended.
    /// </summary>
    public async Task<(long Epoch, Instant Now, Instant? Quiet)?> TakeAsync(bool isSole, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var take = new NpgsqlCommand(
            """
            with before as (select until from chat.chat_hosts where host = $1 for update)
            insert into chat.chat_hosts as h (host, epoch, until) values ($1, 1, clock_timestamp() + $2)
            on conflict (host) do update set epoch = h.epoch + 1, until = excluded.until
            where $3 or h.until < clock_timestamp()
            returning epoch, clock_timestamp(), (select until from before)
            """,
            connection,
            transaction
        ).With(database.Host).With(Length, NpgsqlDbType.Interval).With(isSole, NpgsqlDbType.Boolean);
        (long, Instant, Instant?) taken;
        await using (var reader = await take.ExecuteReaderAsync(stop))
        {
            if (!await reader.ReadAsync(stop))
                return null;
            taken = (reader.GetInt64(0), At(reader, 1), reader.IsDBNull(2) ? null : At(reader, 2));
        }
        await RunAsync(
            connection,
            """
            insert into chat.chat_buckets (bucket, host) select b, $1 from generate_series(0, 1023) as b
            on conflict (bucket) do update set host = excluded.host where chat_buckets.host <> excluded.host
            """,
            stop
        );
        await transaction.CommitAsync(stop);
        return taken;
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

    private async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection).With(database.Host);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static Instant At(NpgsqlDataReader reader, int column) =>
        new(new DateTimeOffset(reader.GetDateTime(column)).ToUnixTimeMilliseconds());
}
