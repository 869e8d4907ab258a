using System.Data;
using Chat.Domain.Views;
using Chat.Host.Operate;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// Standbys that are read where a read costs much and decides nothing. Who may see what is asked of the primary each
/// time, and a standby is read only when it has come as far as the answer needs: else the primary is. See
/// docs/decisions/0025-what-a-replica-may-answer.md.
/// </summary>
/// <param name="source">Where they are; null where there are none.</param>
internal sealed class Replica(NpgsqlDataSource? source) : IAsyncDisposable
{
    private const string Past = """
        (select system_identifier::text from pg_control_system()) || '-' || {0} || '-'
            || (select db_epoch::text from chat.chat_meta)
        """;

    // The file's name begins with the timeline, and a standby names no file. What it has of a timeline counts from the
    // first checkpoint that it took over of it: until then it is not read.
    private static readonly string Here = string.Format(
        null,
        Past,
        "lpad(upper(to_hex((select timeline_id from pg_control_checkpoint()))), 8, '0')"
    );
    private static readonly string There = string.Format(
        null,
        Past,
        "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"
    );

    /// <summary>How far behind a search may look; the index is behind the events besides.</summary>
    internal TimeSpan MostBehind { get; set; } = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private (long At, long Position) older;
    private (long At, long Position) newer;
    private long failedAt;

    /// <summary>Standbys of one primary, in turn; none without an address.</summary>
    public static Replica At(NpgsqlConnectionStringBuilder? where)
    {
        if (where is null)
            return new Replica(null);
        // Who waits for a standby that is not there could have been answered by the primary.
        (where.Timeout, where.CommandTimeout) = (1, 5);
        if (where.Host?.Contains(',') is not true)
            return new Replica(NpgsqlDataSource.Create(where));
        (where.HostRecheckSeconds, where.LoadBalanceHosts) = (1, true);
        var all = new NpgsqlDataSourceBuilder(where.ConnectionString).BuildMultiHost();
        return new Replica(all.WithTargetSession(TargetSessionAttributes.Standby));
    }

    /// <summary>
    /// Reads what stands in a conversation, from whoever has all of it up to the head that a row of the primary has.
    /// </summary>
    /// <param name="primary">In the snapshot that the row is of.</param>
    /// <param name="row">Where who asks stands; they are in.</param>
    /// <param name="read">
    /// From where, and what they see by. A standby may have come further than the row: what is behind the row's head
    /// was perhaps said when they were not in any more, and is not in that sight.
    /// </param>
    public async Task<T> ReadAsync<T>(
        NpgsqlConnection primary,
        InboxRow row,
        Func<NpgsqlConnection, Sight, Task<T>> read
    )
        where T : class =>
        await TryAsync(
            async () =>
            {
                var (epoch, _) = await NowAsync(primary);
                return standby => HasAsync(standby, row, epoch);
            },
            standby => read(standby, row.Sight.AsOf(row.Version))
        ) ?? await read(primary, row.Sight);

    /// <summary>
    /// Looks for something that may be some seconds old, where a standby is not further behind than that; null if
    /// none is. What is found there is to be looked at once more on the primary.
    /// </summary>
    public Task<T?> FindAsync<T>(NpgsqlConnection primary, Func<NpgsqlConnection, Task<T>> find)
        where T : class =>
        TryAsync(
            async () =>
            {
                var began = TimeProvider.System.GetTimestamp();
                var (epoch, position) = await NowAsync(primary);
                var needed = Needed(began, position);
                return standby => HasReplayedAsync(standby, needed, epoch);
            },
            find
        );

    // Where the primary was when somebody asked last, a second or two ago at most; else where it is.
    private long Needed(long began, long position)
    {
        var clock = TimeProvider.System;
        lock (gate)
        {
            if (newer.At == 0 || clock.GetElapsedTime(newer.At, began) > MostBehind / 2)
                (older, newer) = (newer, (began, position));
            var isRecent = older.At != 0 && clock.GetElapsedTime(older.At, began) <= MostBehind;
            return isRecent ? older.Position : newer.Position;
        }
    }

    // What it has is looked at before the snapshot that is read from is taken, and it only goes forward.
    private async Task<T?> TryAsync<T>(
        Func<Task<Func<NpgsqlConnection, Task<bool>>>> need,
        Func<NpgsqlConnection, Task<T>> read
    )
        where T : class
    {
        if (source is null || IsResting)
            return null;
        var hasCome = await need();
        try
        {
            await using var standby = await source.OpenConnectionAsync();
            if (!await hasCome(standby))
            {
                Meters.Replica("behind");
                return null;
            }
            await using var snapshot = await standby.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            var found = await read(standby);
            await snapshot.CommitAsync();
            Meters.Replica("read");
            return found;
        }
        catch (NpgsqlException)
        {
            Volatile.Write(ref failedAt, TimeProvider.System.GetTimestamp());
            Meters.Replica("failed");
            return null;
        }
    }

    private bool IsResting =>
        Volatile.Read(ref failedAt) is var at && at != 0 && TimeProvider.System.GetElapsedTime(at) < Rest;

    private static async Task<(string Epoch, long Position)> NowAsync(NpgsqlConnection primary)
    {
        await using var command = new NpgsqlCommand($"select {There}, (pg_current_wal_lsn() - '0/0')::bigint", primary);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetString(0), reader.GetInt64(1));
    }

    private static async Task<bool> HasAsync(NpgsqlConnection standby, InboxRow row, string epoch)
    {
        await using var command = new NpgsqlCommand(
            $"select exists (select from chat.mt_streams where id = $1 and version >= $2) and {Here} = $3",
            standby
        )
            .With(row.Stream.ToString())
            .With(row.Version)
            .With(epoch);
        return await command.ExecuteScalarAsync() is true;
    }

    private static async Task<bool> HasReplayedAsync(NpgsqlConnection standby, long position, string epoch)
    {
        await using var command = new NpgsqlCommand(
            $"select (pg_last_wal_replay_lsn() - '0/0')::bigint >= $1 and {Here} = $2",
            standby
        )
            .With(position)
            .With(epoch);
        return await command.ExecuteScalarAsync() is true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (source is null)
            return;
        source.Clear();
        await source.DisposeAsync();
    }
}
