using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Chat.Domain.Views;
using Npgsql;
using NpgsqlTypes;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Store;

/// <summary>
/// Where a device has got to: every transaction before <paramref name="Since"/> is in what it holds. While pages are
/// being fetched also where the next one begins, and where all of it leads.
/// </summary>
/// <param name="Epoch">The database, as long as it has one past.</param>
/// <param name="Since">The first transaction that may be missing.</param>
/// <param name="Next">Where to resume from when the last page is there.</param>
/// <param name="After">The stream after which the next page begins.</param>
public sealed record Cursor(string Epoch, ulong Since, ulong Next, string After)
{
    /// <summary>As the device keeps it: opaque to it.</summary>
    public string Encode() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Epoch}|{Since}|{Next}|{After}"))
        );

    /// <summary>Reads one; none for anything else.</summary>
    public static Option<Cursor> Decode(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return
            Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split('|') is ["1", var epoch, var since, var next, var after]
            && ulong.TryParse(since, CultureInfo.InvariantCulture, out var first)
            && ulong.TryParse(next, CultureInfo.InvariantCulture, out var then)
            ? Some(new Cursor(epoch, first, then, after))
            : None;
    }
}

/// <summary>What a cursor does not cover of a stream.</summary>
/// <param name="Row">Where the person stands to it.</param>
/// <param name="First">The first version that is missing; 0 if nothing is.</param>
/// <param name="Count">How many are, up to one more than are worth being told one by one.</param>
public sealed record Gap(InboxRow Row, long First, long Count);

/// <summary>
/// What a device missed. Transactions, not the store's sequence: a number drawn early may be committed late. Every
/// event carries the transaction that wrote it, and a stream's versions are committed in their order, so walking down
/// from the head to the first event that the cursor covers finds exactly what is missing.
/// </summary>
public static class ResumeReads
{
    /// <summary>More than this many missing events of a conversation: it begins anew.</summary>
    public const int MostMissed = 500;

    /// <summary>The database's past: another after a restore, and then no cursor is worth anything.</summary>
    public static async Task<(string Epoch, ulong Oldest, ulong Newest)> NowAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            select (select system_identifier::text from pg_control_system()) || '-'
                || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || '-'
                || (select db_epoch::text from chat.chat_meta),
                pg_snapshot_xmin(pg_current_snapshot()), pg_snapshot_xmax(pg_current_snapshot())
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetString(0), reader.GetFieldValue<ulong>(1), reader.GetFieldValue<ulong>(2));
    }

    /// <summary>
    /// How much of some streams a cursor does not cover, in their order; one event more than is worth it at the most.
    /// </summary>
    public static async Task<List<Gap>> GapsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<InboxRow> rows,
        ulong since
    )
    {
        const string Sql = """
            select g.first, g.count from unnest($1) with ordinality as u(stream_id, i)
            cross join lateral (
                select coalesce(min(version), 0) as first, count(*) as count from (
                    select e.version, sum(
                            case when e.correlation_id is null or e.correlation_id::xid8 >= $2::text::xid8
                                 then 0 else 1 end)
                        over (order by e.version desc) as covered
                    from (select version, correlation_id from chat.mt_events where stream_id = u.stream_id
                          order by version desc limit $3) e) w
                where covered = 0
            ) g order by u.i
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
            .WithEach(rows.Select(row => row.Stream.ToString()))
            .With(since.ToString(CultureInfo.InvariantCulture))
            .With(MostMissed + 1, NpgsqlDbType.Integer);
        var gaps = new List<Gap>();
        if (rows.Count == 0)
            return gaps;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            gaps.Add(new Gap(rows[gaps.Count], reader.GetInt64(0), reader.GetInt64(1)));
        return gaps;
    }

    /// <summary>What fills some gaps, as this person may see it.</summary>
    public static async Task<Dictionary<StreamKey, Seq<Seen>>> MissedAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Gap> gaps
    )
    {
        const string Sql = $"""
            select {RecordedRows.Columns} from unnest($1, $2) as u(stream_id, first)
            join chat.mt_events e on e.stream_id = u.stream_id and e.version >= u.first
            order by e.stream_id, e.version
            """;
        var command = new NpgsqlCommand(Sql, connection)
            .WithEach(gaps.Select(gap => gap.Row.Stream.ToString()))
            .WithEach(gaps.Select(gap => gap.First));
        var events = await RecordedRows.ReadAsync(command, default);
        var missed = events.ToLookup(one => one.Stream);
        return gaps.ToDictionary(
            gap => gap.Row.Stream,
            gap => Visibility.ShowAll(gap.Row.Sight, toSeq(missed[gap.Row.Stream]).Strict())
        );
    }

    /// <summary>Whether a person's membership is newer than a cursor: then they begin anew with it.</summary>
    public static bool IsNewTo(InboxRow row, ulong since) => row.Standing is Standing.Member && row.Xid >= since;
}
