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

    /// <summary>
    /// Lets somebody begin anew with each conversation that another is in too, or was, when they resume: but with those
    /// of only two.
    /// </summary>
    public static NpgsqlBatchCommand BeginAnew(List<(PersonId Person, PersonId Other)> crossed)
    {
        const string Sql = """
            update chat.chat_members m set xid = pg_current_xact_id()
            from (
                select m.person, m.stream_id from unnest($1, $2) as u(person, other)
                join chat.chat_members m on m.person = u.person and m.state = 'member'
                join chat.chat_members o on o.person = u.other and o.stream_id = m.stream_id
                join chat.chat_conversations c on c.stream_id = m.stream_id and c.kind <> 1
                order by m.person collate "C", m.stream_id collate "C" for no key update of m
            ) s
            where m.person = s.person and m.stream_id = s.stream_id
            """;
        return new NpgsqlBatchCommand(Sql)
            .WithEach(crossed.Select(one => one.Person.Value))
            .WithEach(crossed.Select(one => one.Other.Value));
    }

    /// <summary>
    /// The conversations that somebody is in and another is or was, less that of only the two, and their heads.
    /// </summary>
    public static async Task<List<(ConversationId Conversation, long Version)>> SharedAsync(
        Database database,
        PersonId person,
        PersonId other
    )
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                select s.id, s.version from chat.chat_members m
                join chat.chat_members o on o.person = $2 and o.stream_id = m.stream_id
                join chat.chat_conversations c on c.stream_id = m.stream_id and c.kind <> 1
                join chat.mt_streams s on s.id = m.stream_id
                where m.person = $1 and m.state = 'member'
                """
            )
            .With(person.Value)
            .With(other.Value);
        var shared = new List<(ConversationId, long)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (StreamKey.Parse(reader.GetString(0)).Case is StreamKey stream)
                shared.Add((stream.Conversation, reader.GetInt64(1)));
        return shared;
    }

    /// <summary>Every block there is: who closed whom out.</summary>
    public static async Task<List<(PersonId By, PersonId Other)>> BlocksAsync(Database database, CancellationToken stop)
    {
        await using var command = database.Reads.CreateCommand(
            "select person, other from chat.chat_pairs where blocked"
        );
        var blocks = new List<(PersonId, PersonId)>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            blocks.Add((PersonId.Of(reader.GetString(0)), PersonId.Of(reader.GetString(1))));
        return blocks;
    }
}
