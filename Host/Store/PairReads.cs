using Chat.Domain.Pairs;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// How people stand to each other, as each of them knows it: a row for each of the two, so that neither reads the
/// other's.
/// </summary>
internal static class PairReads
{
    /// <summary>Notes how both of some pairs stand now.</summary>
    public static NpgsqlBatchCommand Write(List<PairRow> rows)
    {
        const string Sql = """
            insert into chat.chat_pairs as p (person, other, stream_id, bond, blocked, version, at)
            select * from unnest($1, $2, $3, $4, $5, $6, $7)
            on conflict (person, other) do update set bond = excluded.bond, blocked = excluded.blocked,
                version = excluded.version, at = excluded.at
            where excluded.version > p.version
            """;
        return new NpgsqlBatchCommand(Sql)
            .WithEach(rows.Select(row => row.Person.Value))
            .WithEach(rows.Select(row => row.Other.Value))
            .WithEach(rows.Select(row => row.Stream.ToString()))
            .WithEach(rows.Select(row => (short)row.View.Bond), NpgsqlDbType.Smallint)
            .WithEach(rows.Select(row => row.View.HasBlocked), NpgsqlDbType.Boolean)
            .WithEach(rows.Select(row => row.View.Version))
            .WithEach(rows.Select(row => row.View.At.Milliseconds));
    }

    /// <summary>A page of those between whom and somebody is anything, in order of their ids.</summary>
    public static async Task<FriendsPage> ListAsync(
        NpgsqlConnection connection,
        PersonId person,
        PersonId? after,
        int limit
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select other, bond, blocked, version, at from chat.chat_pairs
            where person = $1 and other > $2 and (bond <> 0 or blocked) order by other limit $3
            """,
            connection
        ).With(person.Value).With(after?.Value ?? "").With(limit + 1, NpgsqlDbType.Integer);
        var found = new List<FriendEntry>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(
                new FriendEntry(
                    PersonId.Of(reader.GetString(0)),
                    new View(
                        (Bond)reader.GetInt16(1),
                        reader.GetBoolean(2),
                        reader.GetInt64(3),
                        new Instant(reader.GetInt64(4))
                    )
                )
            );
        return new FriendsPage(Listing.From(found.Take(limit)), found.Count > limit);
    }

    /// <summary>Whether either of two people closed a direct conversation.</summary>
    public static async Task<bool> IsClosedAsync(NpgsqlConnection connection, StreamKey direct)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select 1 from chat.chat_pairs where stream_id = $1 and blocked)",
            connection
        ).With((direct with { Kind = StreamKind.Pair }).ToString());
        return await command.ExecuteScalarAsync() is true;
    }
}
