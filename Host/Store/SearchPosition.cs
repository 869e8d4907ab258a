using System.Globalization;
using Chat.Domain.Views;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// How far the index has followed what was committed. All that the snapshot <paramref name="Shown"/> shows is in it.
/// The store's sequence only says where to look for the rest: nothing that is missing lies at or below <paramref
/// name="Floor"/>. While a pass is under way it also knows the snapshot that the pass will have caught up with.
/// </summary>
/// <param name="Shown">A snapshot of transactions.</param>
/// <param name="Toward">That of the pass under way; null between two.</param>
/// <param name="Reached">The number of the last event that the pass has looked at.</param>
/// <param name="Floor">At or below this number nothing is missing.</param>
/// <param name="NextFloor">The same, once the pass is through.</param>
/// <param name="MarkXid">A transaction that began after <paramref name="MarkSeq"/> had been drawn.</param>
/// <param name="MarkSeq">As soon as that and all before it have ended, nothing is missing at or below this.</param>
internal sealed record SearchPosition(
    string Shown,
    string? Toward,
    long Reached,
    long Floor,
    long NextFloor,
    ulong MarkXid,
    long MarkSeq
)
{
    // What no transaction is seen by.
    private static readonly SearchPosition Nowhere = new("1:1:", null, 0, 0, 0, 0, 0);

    // A dump has another system's transactions in it; a text that is cut otherwise has other lexemes.
    private const string Select = """
        select shown::text, toward::text, reached, floor, next_floor, mark_xid, mark_seq
        from chat.chat_search_position
        where source = (select system_identifier::text from pg_control_system()) and lexemes = $1
        """;

    private const string Keep = """
        insert into chat.chat_search_position as p (source, lexemes, shown, toward, reached, floor, next_floor,
            mark_xid, mark_seq)
        values ((select system_identifier::text from pg_control_system()), $1, $2::pg_snapshot, $3::pg_snapshot, $4, $5,
            $6, $7::text::xid8, $8)
        on conflict (only_row) do update set source = excluded.source, lexemes = excluded.lexemes,
            shown = excluded.shown, toward = excluded.toward, reached = excluded.reached, floor = excluded.floor,
            next_floor = excluded.next_floor, mark_xid = excluded.mark_xid, mark_seq = excluded.mark_seq
        """;

    /// <summary>Where the index is; at the very beginning where nothing is known of it.</summary>
    public static async Task<SearchPosition> ReadAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Select, connection).With(Lexemes.Version, NpgsqlDbType.Integer);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop)
            ? new SearchPosition(
                reader.GetString(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetInt64(4),
                reader.GetFieldValue<ulong>(5),
                reader.GetInt64(6)
            )
            : Nowhere;
    }

    /// <summary>
    /// The same with a pass under way; null if nothing was appended since the last one. First the number, then the
    /// transaction: whoever begins after it draws a later number.
    /// </summary>
    public async Task<SearchPosition?> BeginAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (Toward is not null)
            return this;
        await using var drawn = new NpgsqlCommand(
            "select case when is_called then last_value else 0 end from chat.mt_events_sequence",
            connection
        );
        var seq = (long)(await drawn.ExecuteScalarAsync(stop))!;
        if (seq == Floor)
            return null;
        await using var own = new NpgsqlCommand("select pg_current_xact_id()", connection);
        var xid = (ulong)(await own.ExecuteScalarAsync(stop))!;
        await using var now = new NpgsqlCommand(
            "select s::text, pg_snapshot_xmin(s) from pg_current_snapshot() as s",
            connection
        );
        await using var reader = await now.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        var begun = this with { Toward = reader.GetString(0), Reached = Floor, NextFloor = Floor };
        return reader.GetFieldValue<ulong>(1) > MarkXid
            ? begun with
            {
                NextFloor = MarkSeq,
                MarkXid = xid,
                MarkSeq = seq,
            }
            : begun;
    }

    /// <summary>After the pass has looked at some more, or at all that there is.</summary>
    public SearchPosition After(long reached, bool isThrough) =>
        isThrough ? this with { Shown = Toward!, Toward = null, Floor = NextFloor } : this with { Reached = reached };

    /// <summary>Keeps it, in the transaction that writes what it stands for.</summary>
    public async Task KeepAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Keep, connection)
            .With(Lexemes.Version, NpgsqlDbType.Integer)
            .With(Shown)
            .With(Toward, NpgsqlDbType.Text)
            .With(Reached)
            .With(Floor)
            .With(NextFloor)
            .With(MarkXid.ToString(CultureInfo.InvariantCulture))
            .With(MarkSeq);
        await command.ExecuteNonQueryAsync(stop);
    }
}
