using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// Streams as a whole, as facts of another: people and pairs, which are short, all at once. They may move on meanwhile;
/// the guard then says so.
/// </summary>
internal static class WholeReads
{
    public static async Task<List<(AnyFactKey Key, AnyFact Fact)>> ReadAsync(
        NpgsqlConnection connection,
        Seq<AnyFactKey> keys
    )
    {
        var wanted = keys.OfType<StreamFactKey>().ToList();
        var found = new List<(AnyFactKey, AnyFact)>();
        foreach (var key in wanted.Where(key => key.Stream.Kind is StreamKind.Conversation))
            found.Add((key, new StreamFact((await StreamReads.LoadAsync(connection, key.Stream)).Current)));
        foreach (var key in keys.OfType<ElsewhereFactKey>())
        {
            var there = await StreamReads.GatherAsync(connection, key.Stream, Seq1(key.Key));
            if (there.Facts.Find<AnyFact>(key.Key).Case is AnyFact fact)
                found.Add((key, fact));
        }
        var others = wanted.Where(key => key.Stream.Kind is not StreamKind.Conversation).ToList();
        if (others.Count == 0)
            return found;
        var events = await RecordedRows.ReadAsync(Of(connection, others), default);
        var byStream = events.ToLookup(recorded => recorded.Stream, recorded => recorded.Event);
        // Mostly there is none: people who never said anything, between whom nothing is.
        foreach (var key in others)
            found.Add((key, new StreamFact(StreamReads.Fresh(key.Stream).Fold(byStream[key.Stream]))));
        return found;
    }

    private static NpgsqlCommand Of(NpgsqlConnection connection, List<StreamFactKey> keys)
    {
        const string Sql = $"""
            select {RecordedRows.Columns} from chat.mt_events e
            where e.stream_id = any($1) order by e.stream_id, e.version
            """;
        return new NpgsqlCommand(Sql, connection).WithEach(keys.Select(key => key.Stream.ToString()));
    }
}
