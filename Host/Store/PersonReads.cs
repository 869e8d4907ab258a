using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Npgsql;
using NpgsqlTypes;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Store;

/// <summary>Reads from where a person stands. Each sees what is committed when it begins.</summary>
public static class PersonReads
{
    private const string Standings = """
        select m.stream_id, case when m.state = 'invited' and m.declined then 'former' else m.state end,
            m.access, m.joined_seq, c.kind, c.name,
            case when m.state = 'invited' then 0 else s.version end,
            case when m.state = 'invited' then 0 else chat.chat_seq_at(s.id, s.version) end,
            coalesce(k.read, 0), coalesce(k.delivered, 0),
            u.unread, u.mentions, m.xid, v.people
        from chat.chat_members m
        join chat.mt_streams s on s.id = m.stream_id
        join chat.chat_conversations c on c.stream_id = m.stream_id
        left join chat.chat_marks k on k.person = m.person and k.stream_id = m.stream_id
        cross join lateral (
            select case when c.kind = 1 then '{}'::text[] else (select chat.chat_veil($1)) end as people
        ) v
        """;

    // Unread is a recount, each time, over what the indexes hold: messages of others after the marker and after one
    // came in, less those of them that were taken back. Whoever is veiled is left out of all of it.
    private const string Rows = $"""
        {Standings}
        cross join lateral (select greatest(coalesce(k.read, 0), m.joined_seq) as seq) f
        cross join lateral (
            select
                case when m.state <> 'member' then 0 else
                    (select count(*) from chat.mt_events e
                     where e.stream_id = m.stream_id and e.version >= chat.chat_version_of(m.stream_id, f.seq + 1)
                       and e.type = 'conversation.message_sent.v1' and e.user_name <> m.person
                       and e.user_name <> all(v.people))
                    - (select count(distinct n.target_seq) from chat.chat_notes n
                       where n.stream_id = m.stream_id and n.target_seq > f.seq and n.type = 10
                         and n.target_by <> m.person and n.target_by <> all(v.people))
                end as unread,
                case when m.state <> 'member' then 0 else
                    (select count(distinct t.seq) from chat.chat_mentions t
                     where (t.person = m.person or (t.person = '*' and t.by <> m.person))
                       and t.stream_id = m.stream_id and t.seq > f.seq
                       and (t.by is null or t.by <> all(v.people)))
                end as mentions
        ) u
        """;

    /// <summary>
    /// Where a person stands to one conversation, and nothing counted of it; none if they never were near it.
    /// </summary>
    public static async Task<Option<InboxRow>> StandingAsync(
        NpgsqlConnection connection,
        PersonId person,
        StreamKey stream
    )
    {
        const string Sql = $"""
            {Standings} cross join (select 0::bigint as unread, 0::bigint as mentions) u
            where m.person = $1 and m.stream_id = $2
            """;
        await using var command = new NpgsqlCommand(Sql, connection).With(person.Value).With(stream.ToString());
        return (await ReadAsync(command)).HeadOrNone();
    }

    /// <summary>What a person sees by, of those of some conversations that they are in.</summary>
    internal static async Task<Dictionary<StreamKey, Sight>> SightsAsync(
        NpgsqlConnection connection,
        PersonId person,
        IEnumerable<StreamKey> streams
    )
    {
        const string Sql = $"""
            {Standings} cross join (select 0::bigint as unread, 0::bigint as mentions) u
            where m.person = $1 and m.stream_id = any($2) and m.state = 'member'
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(person.Value)
            .WithEach(streams.Select(stream => stream.ToString()));
        return (await ReadAsync(command)).ToDictionary(row => row.Stream, row => row.Sight);
    }

    /// <summary>Where a person stands to one conversation; none if they never were near it.</summary>
    public static async Task<Option<InboxRow>> FindAsync(NpgsqlConnection connection, PersonId person, StreamKey stream)
    {
        await using var command = new NpgsqlCommand($"{Rows} where m.person = $1 and m.stream_id = $2", connection)
            .With(person.Value)
            .With(stream.ToString());
        return (await ReadAsync(command)).HeadOrNone();
    }

    /// <summary>A page of what a person is in or was asked into, in order of the streams' keys.</summary>
    public static async Task<Seq<InboxRow>> ListAsync(
        NpgsqlConnection connection,
        PersonId person,
        string after,
        int limit
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            {Rows}
            where m.person = $1 and m.stream_id > $2 and m.state <> 'former'
                and not (m.state = 'invited' and m.declined)
            order by m.stream_id limit $3
            """,
            connection
        ).With(person.Value).With(after).With(limit, NpgsqlDbType.Integer);
        return await ReadAsync(command);
    }

    // A stream's row is written by the transaction that appends to it: by its age it tells whether the head is newer,
    // and no event has to be looked at. An age is a difference of 32 bits; to a cursor too old for that all is newer.
    // What is the same for all rows is a select of its own, and so is worked out once.
    private const string Changed = """
        select m.stream_id from chat.chat_members m
        join chat.mt_streams s on s.id = m.stream_id
        where m.person = $1 and m.stream_id > $2 and (m.xid >= (select $3::text::xid8)
            or (m.state = 'member' and (age(s.xmin) <= (select age($3::text::xid8::xid))
                or (select pg_snapshot_xmax(pg_current_snapshot())::text::numeric - $3::text::numeric >= 2000000000)))
            or m.stream_id in (
                select k.stream_id from chat.chat_marks k where k.person = $1 and k.xid >= $3::text::xid8)
            or (m.state = 'invited' and exists (
                select 1 from chat.chat_conversations c
                where c.stream_id = m.stream_id and c.xid >= $3::text::xid8)))
        order by m.stream_id limit $4
        """;

    /// <summary>
    /// A page of those that changed since a transaction: their head, the person's membership or the person's marks.
    /// </summary>
    public static async Task<Seq<InboxRow>> ChangedAsync(
        NpgsqlConnection connection,
        PersonId person,
        ulong since,
        string after,
        int limit
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            with changed as materialized ({Changed})
            {Rows}
            where m.person = $1 and m.stream_id in (select stream_id from changed) order by m.stream_id
            """,
            connection
        ).With(person.Value).With(after).With(since.ToString()).With(limit, NpgsqlDbType.Integer);
        return await ReadAsync(command);
    }

    /// <summary>
    /// Whether somebody who is not in may know that a conversation is there: anybody may come or knock, or they were
    /// asked in. What <see cref="Domain.Conversations.Standing.IsKnown"/> says of the state.
    /// </summary>
    public static async Task<bool> IsKnownAsync(NpgsqlConnection connection, PersonId person, StreamKey stream)
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(c.join_rule, case c.kind when 3 then 1 else 2 end) <> 2 or exists (
                select 1 from chat.chat_members m
                where m.person = $1 and m.stream_id = c.stream_id and m.state = 'invited')
            from chat.chat_conversations c where c.stream_id = $2
            """,
            connection
        ).With(person.Value).With(stream.ToString());
        return await command.ExecuteScalarAsync() is true;
    }

    /// <summary>The members of a conversation, as far as they are among these people.</summary>
    public static async Task<List<PersonId>> MembersAmongAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        IEnumerable<string> people
    )
    {
        await using var command = new NpgsqlCommand(
            "select person from chat.chat_members where stream_id = $1 and state = 'member' and person = any($2)",
            connection
        )
            .With(stream.ToString())
            .WithEach(people);
        var members = new List<PersonId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            members.Add(PersonId.Of(reader.GetString(0)));
        return members;
    }

    private static async Task<Seq<InboxRow>> ReadAsync(NpgsqlCommand command)
    {
        var rows = new List<InboxRow>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(Read(reader));
        return toSeq(rows).Strict();
    }

    private static InboxRow Read(NpgsqlDataReader row) =>
        new(
            StreamKey
                .Parse(row.GetString(0))
                .IfNone(() => throw new CorruptRowException(row.GetString(0), "its stream is no key")),
            row.GetString(1) switch
            {
                "member" => Standing.Member,
                "invited" => Standing.Invited,
                _ => Standing.Former,
            },
            new Sight(
                Stretches.Read(row.GetFieldValue<long[]>(2)),
                toSet(row.GetFieldValue<string[]>(13).Select(PersonId.Of))
            ),
            row.GetInt64(3),
            (ConversationKind)row.GetInt16(4),
            row.IsDBNull(5) ? null : ConversationName.Create(row.GetString(5)).IfFail(_ => null!),
            row.GetInt64(6),
            row.GetInt64(7),
            new Marks(row.GetInt64(8), row.GetInt64(9)),
            (int)row.GetInt64(10),
            (int)row.GetInt64(11),
            row.GetFieldValue<ulong>(12)
        );
}
