using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// Pages for whom a block veils somebody: as long as any other, however much the veiled say between. What they said is
/// passed over in the database, and not read.
/// </summary>
internal static class VeiledPages
{
    /// <summary>The messages of a page, and whether there are more.</summary>
    public static async Task<(long[] Seqs, bool More)> SeqsAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        (Anchor Anchor, long Seq) from,
        int limit
    )
    {
        if (from.Anchor is not Anchor.Around)
            return await SideAsync(connection, stream, sight, from, limit);
        var before = await SideAsync(connection, stream, sight, (Anchor.Before, from.Seq), limit / 2);
        var after = await SideAsync(connection, stream, sight, (Anchor.After, from.Seq - 1), limit - (limit / 2));
        return ([.. before.Seqs, .. after.Seqs], before.More || after.More);
    }

    private static async Task<(long[] Seqs, bool More)> SideAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        (Anchor Anchor, long Seq) from,
        int limit
    )
    {
        var (beyond, order) =
            from.Anchor is Anchor.Before
                ? ("e.version < chat.chat_version_of($1, $5)", "desc")
                : ("e.version >= chat.chat_version_of($1, $5 + 1)", "asc");
        var sql = $"""
            select chat.chat_seq_at(p.stream_id, p.version) from (
                select e.stream_id, e.version from unnest($2::bigint[], $3::bigint[]) as a(first, last)
                join chat.mt_events e on e.stream_id = $1 and e.version between a.first and a.last
                where e.type = 'conversation.message_sent.v1' and e.user_name <> all($4) and {beyond}
                order by e.version {order} limit $6) p
            order by p.version {order}
            """;
        await using var command = new NpgsqlCommand(sql, connection)
            .With(stream.ToString())
            .WithEach(sight.Access.Select(stretch => stretch.From))
            .WithEach(sight.Access.Select(stretch => stretch.Until))
            .WithEach(sight.Veiled.Select(person => person.Value))
            .With(from.Seq)
            .With(limit + 1, NpgsqlDbType.Integer);
        var seqs = new List<long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            seqs.Add(reader.GetInt64(0));
        return ([.. seqs.Take(limit)], seqs.Count > limit);
    }
}
