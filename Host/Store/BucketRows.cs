using Chat.Protocol;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// Which bucket is whose, as rows. Only its owner gives one away; whoever takes one over has fenced its owner.
/// </summary>
public sealed class BucketRows(Database database)
{
    private const string All = """
        select h.host, h.leaving, h.host = $1 or h.until > clock_timestamp(), h.until,
            coalesce(array_agg(b.bucket) filter (where b.bucket is not null), '{}')
        from chat.chat_hosts h left join chat.chat_buckets b on b.host = h.host
        group by h.host
        """;

    private const string Gift = """
        update chat.chat_buckets b set host = $2
        where b.host = $1 and b.bucket = any($3) and exists (
            select 1 from chat.chat_hosts h where h.host = $2 and h.until > clock_timestamp() and not h.leaving)
        """;

    /// <summary>
    /// The hosts whose leases run, with what is theirs, this one among them also where its renewal is on its way; and
    /// until when the first lease ran of others that have left something, null if none has.
    /// </summary>
    public async Task<(IReadOnlyList<Holder> Living, Instant? Left)> ReadAsync(CancellationToken stop)
    {
        await using var command = database.Reads.CreateCommand(All).With(database.Host);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var living = new List<Holder>();
        Instant? left = null;
        while (await reader.ReadAsync(stop))
        {
            var holder = new Holder(reader.GetString(0), reader.GetBoolean(1), reader.GetFieldValue<int[]>(4));
            if (reader.GetBoolean(2))
                living.Add(holder);
            else if (holder.Buckets.Count > 0)
            {
                var until = new Instant(new DateTimeOffset(reader.GetDateTime(3)).ToUnixTimeMilliseconds());
                left = left < until ? left : until;
            }
        }
        return (living, left);
    }

    /// <summary>The names of the other hosts whose leases run.</summary>
    public async Task<List<string>> OthersAsync()
    {
        await using var command = database
            .Reads.CreateCommand("select host from chat.chat_hosts where host <> $1 and until > clock_timestamp()")
            .With(database.Host);
        await using var reader = await command.ExecuteReaderAsync();
        var others = new List<string>();
        while (await reader.ReadAsync())
            others.Add(reader.GetString(0));
        return others;
    }

    /// <summary>Gives some to another host, if its lease runs.</summary>
    public async Task GiveAsync(string to, IReadOnlyList<int> buckets, CancellationToken stop)
    {
        await using var command = database
            .Reads.CreateCommand(Gift)
            .With(database.Host)
            .With(to)
            .WithEach(buckets, NpgsqlDbType.Integer);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Says that this host is about to stop: nobody gives it anything any more.</summary>
    public async Task LeaveAsync()
    {
        await using var command = database
            .Reads.CreateCommand("update chat.chat_hosts set leaving = true where host = $1")
            .With(database.Host);
        await command.ExecuteNonQueryAsync();
    }
}
