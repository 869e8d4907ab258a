using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>Pages of history: the messages that somebody may see, with all that happened to them folded in.</summary>
public static class HistoryReads
{
    /// <summary>
    /// What the messages of a page may take, in bytes; a page that would be larger is shorter, with more to come.
    /// </summary>
    public const int MostBytes = 180_000;

    /// <summary>Reads a page.</summary>
    public static async Task<HistoryPage> PageAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        (Anchor Anchor, long Seq) from,
        int limit,
        int mostBytes = MostBytes
    )
    {
        var isBackward = from.Anchor is Anchor.Before;
        if (!sight.Veiled.IsEmpty)
        {
            var (seqs, isMore) = await VeiledPages.SeqsAsync(connection, stream, sight, from, limit);
            var events = await StreamReads.AboutAsync(connection, stream, seqs);
            return Fitting(Folded(sight, events), isBackward, isMore, mostBytes);
        }
        var wanted = await WantedAsync(connection, stream, sight.Access, from, limit);
        var messages = new List<Message>();
        foreach (var (first, last) in wanted.Ranges)
            messages.AddRange(await MessagesAsync(connection, stream, sight, first, last));
        return Fitting(messages, isBackward, wanted.More, mostBytes);
    }

    /// <summary>The numbers of a page of the messages that lie in stretches of versions.</summary>
    internal static async Task<(List<(long First, long Last)> Ranges, bool More)> WantedAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Listing<Interval> access,
        (Anchor Anchor, long Seq) from,
        int limit
    )
    {
        var ranges = await RangesAsync(connection, stream, access);
        return from.Anchor switch
        {
            Anchor.Before => Pages.Before(ranges, from.Seq, limit),
            Anchor.After => Pages.After(ranges, from.Seq, limit),
            _ => Pages.Around(ranges, from.Seq, limit),
        };
    }

    /// <summary>As many of these as fit into so many bytes, from where the page begins.</summary>
    internal static HistoryPage Fitting(List<Message> messages, bool isBackward, bool more, int mostBytes)
    {
        var total = 0;
        var inOrder = isBackward ? messages.AsEnumerable().Reverse() : messages;
        var fitting = inOrder
            .TakeWhile(message => (total += Sizes.Of(message)) <= mostBytes || total == Sizes.Of(message))
            .ToList();
        if (isBackward)
            fitting.Reverse();
        return new HistoryPage(Listing.From(fitting), more || fitting.Count < messages.Count);
    }

    // Which messages lie in the stretches of versions that one may see.
    private static async Task<List<(long First, long Last)>> RangesAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Listing<Interval> access
    )
    {
        const string Sql = """
            select chat.chat_seq_at($1, a.first - 1) + 1, chat.chat_seq_at($1, least(a.last, s.version))
            from chat.mt_streams s, unnest($2::bigint[], $3::bigint[]) as a(first, last)
            where s.id = $1 and a.first <= s.version order by 1
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(stream.ToString())
            .WithEach(access.Select(stretch => stretch.From))
            .WithEach(access.Select(stretch => stretch.Until));
        var ranges = new List<(long, long)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (reader.GetInt64(0) <= reader.GetInt64(1))
                ranges.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return ranges;
    }

    internal static async Task<List<Message>> MessagesAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        long first,
        long last
    )
    {
        var events = await RecordedRows.ReadAsync(new NpgsqlCommand(
                $"""
                select {RecordedRows.Columns} from chat.mt_events e
                where e.stream_id = $1
                  and e.version between chat.chat_version_of($1, $2) and chat.chat_version_of($1, $3)
                  and e.type = 'conversation.message_sent.v1'
                union all
                select {RecordedRows.Columns} from chat.chat_notes n
                join chat.mt_events e on e.stream_id = n.stream_id and e.version = n.version
                where n.stream_id = $1 and n.target_seq between $2 and $3
                """,
                connection
            ).With(stream.ToString()).With(first).With(last), default);
        return Folded(sight, events);
    }

    private static List<Message> Folded(Sight sight, List<Recorded> events)
    {
        var seen = Visibility.ShowAll(sight, toSeq(events.OrderBy(one => one.Version)).Strict());
        return [.. History.Fold(seen).Messages.Values];
    }
}

/// <summary>Cuts pages out of ranges of numbers, which are in order and apart.</summary>
internal static class Pages
{
    public static (List<(long First, long Last)> Ranges, bool More) Before(
        List<(long First, long Last)> ranges,
        long seq,
        int limit
    )
    {
        var page = new List<(long, long)>();
        foreach (var (first, last) in Enumerable.Reverse(ranges))
        {
            var end = Math.Min(last, seq - 1);
            if (end < first)
                continue;
            if (limit == 0)
                return (Reversed(page), true);
            var start = Math.Max(first, end - limit + 1);
            page.Add((start, end));
            limit -= (int)(end - start + 1);
            if (start > first)
                return (Reversed(page), true);
        }
        return (Reversed(page), false);
    }

    public static (List<(long First, long Last)> Ranges, bool More) After(
        List<(long First, long Last)> ranges,
        long seq,
        int limit
    )
    {
        var page = new List<(long, long)>();
        foreach (var (first, last) in ranges)
        {
            var start = Math.Max(first, seq + 1);
            if (start > last)
                continue;
            if (limit == 0)
                return (page, true);
            var end = Math.Min(last, start + limit - 1);
            page.Add((start, end));
            limit -= (int)(end - start + 1);
            if (end < last)
                return (page, true);
        }
        return (page, false);
    }

    public static (List<(long First, long Last)> Ranges, bool More) Around(
        List<(long First, long Last)> ranges,
        long seq,
        int limit
    )
    {
        var before = Before(ranges, seq, limit / 2);
        var after = After(ranges, seq - 1, limit - (limit / 2));
        return ([.. before.Ranges, .. after.Ranges], before.More || after.More);
    }

    private static List<(long, long)> Reversed(List<(long, long)> page)
    {
        page.Reverse();
        return page;
    }
}

/// <summary>What things take on the wire, roughly and never too little.</summary>
internal static class Sizes
{
    public static int Of(Message message) =>
        300
        + TextOf(message.Content)
        + (70 * message.Mentions.Count)
        + message.Reactions.Sum(one => 80 + (66 * one.People.Count));

    public static int Of(Seen seen) =>
        seen is Seen.Shown { Event: var happened }
            ? 300
                + happened switch
                {
                    Domain.Conversations.Event.MessageSent sent => TextOf(sent.Content) + (66 * sent.Mentions.Count),
                    Domain.Conversations.Event.MessageEdited edited => TextOf(edited.Content)
                        + (66 * edited.Mentions.Count),
                    Domain.Conversations.Event.Created created => 66 * created.Members.Count,
                    Domain.Conversations.Event.Invited invited => 66 * invited.People.Count,
                    Domain.Conversations.Event.RolesAssigned assigned => 1_100 + (70 * assigned.Roles.Count),
                    _ => 1_100,
                }
            : 120;

    private static int TextOf(Domain.Conversations.Content content) =>
        content is Domain.Conversations.Content.Present present
            ? System.Text.Encoding.UTF8.GetByteCount(present.Body.Value) + (700 * present.Files.Count)
            : 10;
}
