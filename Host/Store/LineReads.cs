using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>What stands between the messages of a page of history: calls and parties.</summary>
internal static class LineReads
{
    private static readonly string[] Types = ["conversation.called.v1", "conversation.partied.v1"];

    /// <summary>
    /// A page with its lines. Pages that join on to each other have each line once: one that has more before it begins
    /// with its first message, and one that has more after it ends with its last.
    /// </summary>
    public static async Task<HistoryPage> WithLinesAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        (Anchor Anchor, long Seq) from,
        HistoryPage page
    )
    {
        // Around a message nobody knows whether there is more after it, and what follows the last belongs to it.
        const string Sql = $"""
            select {RecordedRows.Columns} from chat.mt_events e join chat.mt_streams s on s.id = e.stream_id
            where e.stream_id = $1 and e.type = any($2) and e.version > chat.chat_version_of($1, $3)
                and (e.version < chat.chat_version_of($1, $4) or chat.chat_version_of($1, $5) > s.version)
            order by e.version desc limit $6
            """;
        var (after, before) = Between(from, page);
        var command = new NpgsqlCommand(Sql, connection)
            .With(stream.ToString())
            .WithEach(Types)
            .With(after)
            .With(before)
            .With(from.Anchor is Anchor.Around ? before + 1 : 0)
            .With(Line.MaxPage, NpgsqlDbType.Integer);
        var events = await RecordedRows.ReadAsync(command, default);
        events.Reverse();
        return page with { Lines = Line.Of(Visibility.ShowAll(sight, toSeq(events).Strict())) };
    }

    // After which message, and before which.
    private static (long After, long Before) Between((Anchor Anchor, long Seq) from, HistoryPage page)
    {
        var (first, last) = page.Messages is [var one, ..] ? (one.Seq, page.Messages[^1].Seq) : (0, 0);
        return from.Anchor switch
        {
            Anchor.Before => (page.More ? first : 0, from.Seq),
            Anchor.After => (from.Seq, page.More ? last : Requests.MaxNumber),
            _ => page.More ? (first > 1 ? first : 0, last) : (0, Requests.MaxNumber),
        };
    }
}
