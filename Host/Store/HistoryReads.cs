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
        var messages = await MessagesAsync(connection, stream, sight, wanted.Ranges);
        return Fitting(messages, isBackward, wanted.More, mostBytes);
    }

    /// <summary>
    /// The newest message that somebody may see of each of some conversations, as far as there is one: two round trips
    /// for all of them, and one more for each where somebody is veiled.
    /// </summary>
    public static async Task<Dictionary<StreamKey, Message>> NewestAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(StreamKey Stream, Sight Sight)> of
    )
    {
        var newest = new Dictionary<StreamKey, Message>();
        var plain = of.Where(one => one.Sight.Veiled.IsEmpty).ToDictionary(one => one.Stream, one => one.Sight);
        var ranges = await RangesAsync(connection, [.. plain.Select(one => (one.Key, one.Value.Access))]);
        var wanted = ranges
            .SelectMany(one =>
                Pages
                    .Before(one.Value, Requests.MaxNumber, 1)
                    .Ranges.Select(range => (one.Key, range.First, range.Last))
            )
            .ToList();
        foreach (var ofOne in (await EventsAsync(connection, wanted)).GroupBy(one => one.Stream))
            if (Folded(plain[ofOne.Key], [.. ofOne]) is [.., var one])
                newest[ofOne.Key] = one;
        foreach (var (stream, sight) in of.Where(one => !one.Sight.Veiled.IsEmpty))
            if (
                (await PageAsync(connection, stream, sight, (Anchor.Before, Requests.MaxNumber), 1)).Messages
                is [var one]
            )
                newest[stream] = one;
        return newest;
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
        var ranges = (await RangesAsync(connection, [(stream, access)])).GetValueOrDefault(stream, []);
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
    private static async Task<Dictionary<StreamKey, List<(long First, long Last)>>> RangesAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(StreamKey Stream, Listing<Interval> Access)> of
    )
    {
        const string Sql = """
            select s.id, chat.chat_seq_at(s.id, a.first - 1) + 1, chat.chat_seq_at(s.id, least(a.last, s.version))
            from unnest($1, $2, $3) as a(stream_id, first, last) join chat.mt_streams s on s.id = a.stream_id
            where a.first <= s.version order by 1, 2
            """;
        var stretches = of.SelectMany(one => one.Access.Select(stretch => (one.Stream, stretch))).ToList();
        await using var command = new NpgsqlCommand(Sql, connection)
            .WithEach(stretches.Select(one => one.Stream.ToString()))
            .WithEach(stretches.Select(one => one.stretch.From))
            .WithEach(stretches.Select(one => one.stretch.Until));
        var streams = of.ToDictionary(one => one.Stream.ToString(), one => one.Stream);
        var ranges = new Dictionary<StreamKey, List<(long, long)>>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (reader.GetInt64(1) <= reader.GetInt64(2))
            {
                var stream = streams[reader.GetString(0)];
                if (!ranges.TryGetValue(stream, out var those))
                    ranges[stream] = those = [];
                those.Add((reader.GetInt64(1), reader.GetInt64(2)));
            }
        return ranges;
    }

    internal static async Task<List<Message>> MessagesAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        IReadOnlyList<(long First, long Last)> ranges
    ) =>
        ranges.Count == 0
            ? []
            : Folded(sight, await EventsAsync(connection, [.. ranges.Select(one => (stream, one.First, one.Last))]));

    // Messages by their numbers, and all that happened to them.
    private static async Task<List<Recorded>> EventsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(StreamKey Stream, long First, long Last)> ranges
    )
    {
        const string Sql = $"""
            select {RecordedRows.Columns} from unnest($1, $2, $3) as u(stream_id, first, last)
            join chat.mt_events e on e.stream_id = u.stream_id
                and e.version between chat.chat_version_of(u.stream_id, u.first)
                    and chat.chat_version_of(u.stream_id, u.last)
                and e.type = 'conversation.message_sent.v1'
            union all
            select {RecordedRows.Columns} from unnest($1, $2, $3) as u(stream_id, first, last)
            join chat.chat_notes n on n.stream_id = u.stream_id and n.target_seq between u.first and u.last
            join chat.mt_events e on e.stream_id = n.stream_id and e.version = n.version
            """;
        var command = new NpgsqlCommand(Sql, connection)
            .WithEach(ranges.Select(one => one.Stream.ToString()))
            .WithEach(ranges.Select(one => one.First))
            .WithEach(ranges.Select(one => one.Last));
        return await RecordedRows.ReadAsync(command, default);
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
