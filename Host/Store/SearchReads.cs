using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Where a page of what was found ended: opaque to whoever keeps it.</summary>
/// <param name="At">When its last message was said here, in milliseconds.</param>
/// <param name="Stream">Where.</param>
/// <param name="Version">As which version.</param>
public sealed record SearchCursor(long At, string Stream, long Version)
{
    /// <summary>As the client keeps it.</summary>
    public string Encode() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{At}|{Stream}|{Version}"))
        );

    /// <summary>Reads one; none for anything else.</summary>
    public static Option<SearchCursor> Decode(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return
            Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split('|') is ["1", var at, var stream, var version]
            && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var when)
            && StreamKey.Parse(stream).IsSome
            && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? Some(new SearchCursor(when, stream, last))
            : None;
    }
}

/// <summary>
/// What somebody finds. The index says where to look; what they are shown comes from the events, through the same <see
/// cref="Visibility"/> as their history, and is looked at once more before it is shown.
/// </summary>
public static class SearchReads
{
    private const string Find = """
        select stream_id, access, veiled, version, seq, at from chat.chat_search($1, $2, $3, $4, $5, $6, $7, $8, $9)
        order by at desc, stream_id collate "C" desc, version desc limit $9
        """;

    private static readonly string About = $"""
        select {RecordedRows.Columns} from unnest($1, $2) as u(stream_id, version)
        join chat.mt_events e on e.stream_id = u.stream_id and e.version = u.version
        union all
        select {RecordedRows.Columns} from unnest($1, $3) as u(stream_id, seq)
        join chat.chat_notes n on n.stream_id = u.stream_id and n.target_seq = u.seq
        join chat.mt_events e on e.stream_id = n.stream_id and e.version = n.version
        """;

    private sealed record Hit(StreamKey Stream, Sight Sight, long Version, long Seq, long At);

    /// <summary>
    /// A page, of one conversation or of all that somebody is in. At most as many rows of each are read as match and
    /// may be seen; and of stretches of 4,096 versions that are only in part theirs, that part.
    /// </summary>
    internal static async Task<SearchPage> PageAsync(
        (NpgsqlConnection Primary, Replica Replica) from,
        PersonId person,
        StreamKey? stream,
        SearchQuery query,
        SearchCursor? after,
        int limit
    )
    {
        if (query.FindsNothing)
            return new SearchPage([], null);
        Task<List<Hit>> FindAsync(NpgsqlConnection where) =>
            SearchReads.FindAsync(where, person, stream, query, after, limit + 1);
        var hits = await from.Replica.FindAsync(from.Primary, FindAsync) is { } elsewhere
            ? await SightedAsync(from.Primary, person, elsewhere)
            : await FindAsync(from.Primary);
        var messages = await MessagesAsync(from.Primary, hits);
        var (taken, bytes) = (new List<Found>(), 0);
        Hit? last = null;
        foreach (var hit in hits.Take(limit))
        {
            var message = messages.GetValueOrDefault((hit.Stream, hit.Seq));
            bytes += message is null ? 0 : Sizes.Of(message);
            if (bytes > HistoryReads.MostBytes && taken.Count > 0)
                break;
            if (message is not null && query.Finds(message))
                taken.Add(new Found(hit.Stream.Conversation, message));
            last = hit;
        }
        var cursor =
            last is null || ReferenceEquals(last, hits[^1])
                ? null
                : new SearchCursor(last.At, last.Stream.ToString(), last.Version).Encode();
        return new SearchPage(Listing.From(taken), cursor);
    }

    private static async Task<List<Hit>> FindAsync(
        NpgsqlConnection connection,
        PersonId person,
        StreamKey? stream,
        SearchQuery query,
        SearchCursor? after,
        int limit
    )
    {
        await using var command = new NpgsqlCommand(Find, connection)
            .With(person.Value)
            .With(stream?.ToString(), NpgsqlDbType.Text)
            .WithEach(SearchRow.LexemesOf(query))
            .With(query.Before?.Milliseconds, NpgsqlDbType.Bigint)
            .With(query.After?.Milliseconds, NpgsqlDbType.Bigint)
            .With(after?.At, NpgsqlDbType.Bigint)
            .With(after?.Stream, NpgsqlDbType.Text)
            .With(after?.Version, NpgsqlDbType.Bigint)
            .With(limit, NpgsqlDbType.Integer);
        var hits = new List<Hit>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            hits.Add(
                new Hit(
                    StreamKey
                        .Parse(reader.GetString(0))
                        .IfNone(() => throw new CorruptRowException(reader.GetString(0), "its stream is no key")),
                    new Sight(
                        Stretches.Read(reader.GetFieldValue<long[]>(1)),
                        toSet(reader.GetFieldValue<string[]>(2).Select(PersonId.Of))
                    ),
                    reader.GetInt64(3),
                    reader.GetInt64(4),
                    reader.GetInt64(5)
                )
            );
        return hits;
    }

    // What is found where it may be old is seen by what is so now: nothing of a conversation that one has left.
    private static async Task<List<Hit>> SightedAsync(NpgsqlConnection connection, PersonId person, List<Hit> hits)
    {
        var now = await PersonReads.SightsAsync(connection, person, hits.Select(hit => hit.Stream).Distinct());
        var none = Sight.Of(Listing<Interval>.Empty);
        return [.. hits.Select(hit => hit with { Sight = now.GetValueOrDefault(hit.Stream, none) })];
    }

    private static async Task<Dictionary<(StreamKey, long), Message>> MessagesAsync(
        NpgsqlConnection connection,
        List<Hit> hits
    )
    {
        var events = await RecordedRows.ReadAsync(
            new NpgsqlCommand(About, connection)
                .WithEach(hits.Select(hit => hit.Stream.ToString()))
                .WithEach(hits.Select(hit => hit.Version))
                .WithEach(hits.Select(hit => hit.Seq)),
            default
        );
        var sights = hits.DistinctBy(hit => hit.Stream).ToDictionary(hit => hit.Stream, hit => hit.Sight);
        var messages = new Dictionary<(StreamKey, long), Message>();
        foreach (var ofOne in events.GroupBy(one => one.Stream))
        {
            var seen = Visibility.ShowAll(sights[ofOne.Key], toSeq(ofOne.OrderBy(one => one.Version)).Strict());
            foreach (var message in History.Fold(seen).Messages.Values)
                messages[(ofOne.Key, message.Seq)] = message;
        }
        return messages;
    }
}
