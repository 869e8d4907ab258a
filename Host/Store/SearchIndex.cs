using Chat.Domain.Conversations;
using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// Follows what was committed and keeps what messages are found by. One host does it at a time, and any can go on: rows
/// and position are written together. Without its position it begins anew and makes every row again.
/// </summary>
public sealed class SearchIndex(Database database)
{
    /// <summary>Events of one round.</summary>
    public const int AtOnce = 2_000;

    // Any number, as long as every host takes the same.
    private const long OneAtATime = 0x73656172;

    private static readonly string[] Types =
    [
        .. EventTypes
            .All.Where(type =>
                type.Type == typeof(Event.MessageSent)
                || type.Type == typeof(Event.MessageEdited)
                || type.Type == typeof(Event.MessageRedacted)
            )
            .Select(type => type.Name),
    ];

    private static readonly string Next = $"""
        select e.seq_id, {RecordedRows.Columns} from chat.mt_events e
        where e.seq_id > $1 and e.type = any($2)
            and (e.correlation_id is null
                or not pg_visible_in_snapshot(e.correlation_id::xid8, (select $3::pg_snapshot)))
        order by e.seq_id limit $4
        """;

    private static readonly string About = $"""
        select {RecordedRows.Columns} from unnest($1, $2) as u(stream_id, version)
        join chat.mt_events e on e.stream_id = u.stream_id and e.version = u.version
        union all
        select {RecordedRows.Columns} from unnest($1, $3) as u(stream_id, seq)
        join chat.chat_notes n on n.stream_id = u.stream_id and n.target_seq = u.seq
            and n.type in ({EventTypes.MessageEdited}, {EventTypes.MessageRedacted})
        join chat.mt_events e on e.stream_id = n.stream_id and e.version = n.version
        """;

    // A row that an edit gave its words is not given those of before again.
    private const string Put = """
        insert into chat.chat_search as s (stream_id, version, seq, told, at, said, lexemes)
        select u.stream_id, u.version, u.seq, u.told, u.at, u.said,
            array_to_tsvector(string_to_array(x.scope || replace(u.lexemes, ' ', ' ' || x.scope), ' '))
        from unnest($1, $2, $3, $4, $5, $6, $7) as u(stream_id, version, seq, told, at, said, lexemes)
        cross join lateral (select chat.chat_search_scope(u.stream_id, u.version) as scope) x
        on conflict (stream_id, version) do update set told = excluded.told, lexemes = excluded.lexemes
        where s.told <= excluded.told
        """;

    private const string Merge = "select gin_clean_pending_list('chat.chat_search_lexemes')";

    private const string Remove = """
        delete from chat.chat_search s using unnest($1, $2) as u(stream_id, version)
        where s.stream_id = u.stream_id and s.version = u.version
        """;

    /// <summary>Takes in what is missing, until nothing is or another host is at it.</summary>
    public async Task FollowAsync(CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        while (await RoundAsync(connection, stop)) { }
    }

    /// <summary>Takes in some of what is missing. False if there was nothing more, or another host is at it.</summary>
    public async Task<bool> RoundAsync(CancellationToken stop = default)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        return await RoundAsync(connection, stop);
    }

    private static async Task<bool> RoundAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await IsMineAsync(connection, stop))
            return false;
        var position = await SearchPosition.ReadAsync(connection, stop);
        if (await position.BeginAsync(connection, stop) is not { } begun)
            return false;
        var (events, last) = await NextAsync(connection, begun, stop);
        await IndexAsync(connection, events, stop);
        var isThrough = events.Count < AtOnce;
        await begun.After(last, isThrough).KeepAsync(connection, stop);
        await transaction.CommitAsync(stop);
        return !isThrough;
    }

    // One that cuts texts otherwise, and later, has the index to itself.
    private static async Task<bool> IsMineAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var alone = new NpgsqlCommand(
            """
            select pg_try_advisory_xact_lock($1)
                and not exists (select 1 from chat.chat_search_position where lexemes > $2)
            """,
            connection
        ).With(OneAtATime).With(Domain.Views.Lexemes.Version, NpgsqlDbType.Integer);
        return await alone.ExecuteScalarAsync(stop) is true;
    }

    private static async Task<(List<Recorded> Events, long Last)> NextAsync(
        NpgsqlConnection connection,
        SearchPosition position,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(Next, connection)
            .With(position.Reached)
            .WithEach(Types)
            .With(position.Shown)
            .With(AtOnce, NpgsqlDbType.Integer);
        var (events, last) = (new List<Recorded>(), position.Reached);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            last = reader.GetInt64(0);
            events.Add(RecordedRows.Read(reader, 1));
        }
        return (events, last);
    }

    // What is only sent is all there is to know of a message, as far as this pass has come. What changed it meanwhile
    // hides the row, and has its own turn.
    private static async Task IndexAsync(NpgsqlConnection connection, List<Recorded> events, CancellationToken stop)
    {
        var changed = events
            .Where(one => one.Event is not Event.MessageSent)
            .Select(one => (one.Stream, Message: MessageOf(one)))
            .ToHashSet();
        var found = (await AboutAsync(connection, changed, stop)).ToLookup(one => (one.Stream, MessageOf(one)));
        var rows = events
            .Select(one => (one.Stream, Message: MessageOf(one), one.Event))
            .DistinctBy(one => (one.Stream, one.Message))
            .Select(one =>
                (
                    one.Stream,
                    one.Message,
                    Row: one.Event is Event.MessageSent sent && !changed.Contains((one.Stream, one.Message))
                        ? SearchRow.Of(sent, one.Message.Version)
                        : SearchRow.Of(found[(one.Stream, one.Message)])
                )
            )
            .OrderBy(one => (one.Stream, one.Message.Version))
            .ToList();
        await RemoveAsync(
            connection,
            [.. rows.Where(one => one.Row.IsNone).Select(one => (one.Stream, one.Message))],
            stop
        );
        await PutAsync(connection, [.. rows.SelectMany(one => one.Row.Map(row => (one.Stream, row)))], stop);
    }

    private static async Task<List<Recorded>> AboutAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<(StreamKey Stream, MessageRef Message)> messages,
        CancellationToken stop
    ) =>
        messages.Count == 0
            ? []
            : await RecordedRows.ReadAsync(
                new NpgsqlCommand(About, connection)
                    .WithEach(messages.Select(one => one.Stream.ToString()))
                    .WithEach(messages.Select(one => one.Message.Version))
                    .WithEach(messages.Select(one => one.Message.Seq)),
                stop
            );

    // Its place: of older events it is not known who said what they are about.
    private static MessageRef MessageOf(Recorded recorded) =>
        recorded.Event switch
        {
            Event.MessageSent sent => new MessageRef(sent.Seq, recorded.Version),
            Event happened => happened.About!.Value with { Author = null },
            _ => default,
        };

    private static async Task RemoveAsync(
        NpgsqlConnection connection,
        List<(StreamKey Stream, MessageRef Message)> gone,
        CancellationToken stop
    )
    {
        if (gone.Count == 0)
            return;
        await using var command = new NpgsqlCommand(Remove, connection)
            .WithEach(gone.Select(one => one.Stream.ToString()))
            .WithEach(gone.Select(one => one.Message.Version));
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task PutAsync(
        NpgsqlConnection connection,
        List<(StreamKey Stream, SearchRow Row)> rows,
        CancellationToken stop
    )
    {
        if (rows.Count == 0)
            return;
        await using var command = new NpgsqlCommand(Put, connection)
            .WithEach(rows.Select(one => one.Stream.ToString()))
            .WithEach(rows.Select(one => one.Row.Message.Version))
            .WithEach(rows.Select(one => one.Row.Message.Seq))
            .WithEach(rows.Select(one => one.Row.Told))
            .WithEach(rows.Select(one => one.Row.At))
            .WithEach(rows.Select(one => one.Row.Said))
            .WithEach(rows.Select(one => one.Row.FoundBy));
        await command.ExecuteNonQueryAsync(stop);
        await using var merge = new NpgsqlCommand(Merge, connection);
        await merge.ExecuteNonQueryAsync(stop);
    }
}
