using Npgsql;

namespace Chat.Host.Store;

/// <summary>Where somebody is now, and whom they hear of.</summary>
internal sealed record PlaceRow(StreamKey Stream, long Version, Domain.Places.State Place);

/// <summary>What an append writes of the house: where people are; of dark rooms nothing said is kept.</summary>
internal sealed class HouseRows
{
    private readonly List<PlaceRow> places = [];
    private readonly List<StreamKey> dark = [];

    /// <summary>Takes a stream as it is after an append, where it is of the house.</summary>
    public void Take(StreamKey stream, AnyStream after)
    {
        if (after.State is Domain.Places.State place)
            places.Add(new PlaceRow(stream, after.Version, place));
        else if (after.State is Domain.Rooms.State { Name: not null, IsLit: false })
            dark.Add(stream);
    }

    /// <summary>Writes it.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (places.Count > 0)
            batch.BatchCommands.Add(Write(places));
        if (dark.Count > 0)
            batch.BatchCommands.Add(TakeAway(dark));
    }

    private static NpgsqlBatchCommand Write(List<PlaceRow> rows)
    {
        const string Sql = """
            insert into chat.chat_places as p (person, version, room, call, ghosted, muted, quiet)
            select u.person, u.version, u.room, u.call,
                coalesce(string_to_array(nullif(u.ghosted, ''), ' '), '{}'),
                coalesce(string_to_array(nullif(u.muted, ''), ' '), '{}'),
                coalesce(string_to_array(nullif(u.quiet, ''), ' ')::int[], '{}')
            from unnest($1, $2, $3, $4, $5, $6, $7) as u(person, version, room, call, ghosted, muted, quiet)
            on conflict (person) do update set version = excluded.version, room = excluded.room, call = excluded.call,
                ghosted = excluded.ghosted, muted = excluded.muted, quiet = excluded.quiet
            where excluded.version > p.version
            """;
        // The last of each: one statement writes no row twice.
        var last = rows.GroupBy(row => row.Stream).Select(group => group.MaxBy(row => row.Version)!).ToList();
        return new NpgsqlBatchCommand(Sql)
            .WithEach(last.Select(row => row.Stream.Id))
            .WithEach(last.Select(row => row.Version))
            .WithEach(last.Select(row => row.Place.Room?.Value))
            .WithEach(last.Select(row => row.Place.OnCallWith?.Value))
            .WithEach(last.Select(row => string.Join(' ', row.Place.Ghosted)))
            .WithEach(last.Select(row => string.Join(' ', row.Place.Muted)))
            .WithEach(last.Select(row => row.Place.Quiet is { } one ? $"{one.From} {one.To} {one.Offset}" : ""));
    }

    private static NpgsqlBatchCommand TakeAway(List<StreamKey> dark) =>
        new NpgsqlBatchCommand(
            "update chat.mt_events set data = '{}' where stream_id = any($1) and data <> '{}'"
        ).WithEach(dark.Select(stream => stream.ToString()));
}
