using System.Globalization;
using Npgsql;

namespace Chat.Benchmarks.Load;

/// <summary>What the store holds of a run's messages, against what was acknowledged.</summary>
/// <param name="Acknowledged">Messages that were acknowledged, warm-up included.</param>
/// <param name="Once">Of these, those that the store holds exactly once.</param>
/// <param name="Missing">Of these, those that it does not hold.</param>
/// <param name="Twice">Messages that it holds more than once.</param>
/// <param name="Further">Messages that it holds and nobody was told of.</param>
internal sealed record Stored(long Acknowledged, long Once, long Missing, long Twice, long Further)
{
    public bool IsAsPromised => Once == Acknowledged && Missing == 0 && Twice == 0;

    /// <summary>
    /// How often each number stands in the store; asked of the rows themselves, with no help of the host.
    /// </summary>
    public static async Task<byte[]> CountAsync(string connectionString, int last)
    {
        var counts = new byte[last + 1];
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select substring(data->>'body' from 4 for 9) from chat.mt_events
            where type like 'conversation.message_sent.%' and data->>'body' like '~~#%'
            """,
            connection
        );
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var number = int.Parse(rows.GetString(0), CultureInfo.InvariantCulture);
            counts[number] = (byte)Math.Min(counts[number] + 1, byte.MaxValue);
        }
        return counts;
    }

    /// <summary>How many events the index of search has yet to look at.</summary>
    public static async Task<long> UnindexedAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select count(*) from chat.chat_search_position p join chat.mt_events e on e.seq_id > p.floor
            where not pg_visible_in_snapshot(e.correlation_id::xid8, p.shown)
                and (p.toward is null or e.seq_id > p.reached)
            """,
            connection
        );
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    public static Stored Of(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> acknowledged, (int From, int To) numbers)
    {
        var stored = new Stored(0, 0, 0, 0, 0);
        for (var number = numbers.From; number <= numbers.To; number++)
        {
            var (count, isAcknowledged) = (counts[number], acknowledged[number] == 1);
            stored = new Stored(
                stored.Acknowledged + (isAcknowledged ? 1 : 0),
                stored.Once + (isAcknowledged && count == 1 ? 1 : 0),
                stored.Missing + (isAcknowledged && count == 0 ? 1 : 0),
                stored.Twice + (count > 1 ? 1 : 0),
                stored.Further + (!isAcknowledged && count > 0 ? 1 : 0)
            );
        }
        return stored;
    }
}
