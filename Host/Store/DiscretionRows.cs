using Chat.Domain.People;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// What people are found by, and what they keep to themselves: a row for each who has said something.
/// </summary>
internal static class DiscretionRows
{
    /// <summary>The tables.</summary>
    public const string Tables = """
        create table if not exists chat.chat_people (
            person text primary key collate "C",
            words tsvector not null default '',
            find smallint not null default 2,
            presence smallint not null default 2,
            receipts smallint not null default 1
        );
        create index if not exists chat_people_words on chat.chat_people using gin (words);
        create index if not exists chat_people_kept on chat.chat_people (person)
            where presence <> 2 or receipts <> 1;
        """;

    private const string Named = """
        insert into chat.chat_people (person, words)
        select u.person,
            case when u.words = '' then ''::tsvector
                else array_to_tsvector(regexp_split_to_array(u.words, E'\n')) end
        from unnest($1, $2) as u(person, words) order by u.person
        on conflict (person) do update set words = excluded.words
        """;

    private const string Kept = """
        insert into chat.chat_people (person, find, presence, receipts)
        select * from unnest($1, $2, $3, $4) as u(person, find, presence, receipts) order by u.person
        on conflict (person) do update
        set find = excluded.find, presence = excluded.presence, receipts = excluded.receipts
        """;

    private const string Found = """
        select c.person, coalesce(p.find, 2), coalesce(q.bond = 3, false)
        from (select person from chat.chat_people where words @@ $2::tsquery union select $3) c
        left join chat.chat_people p on p.person = c.person
        left join chat.chat_pairs q on q.person = $1 and q.other = c.person
        left join chat.chat_pairs r on r.person = c.person and r.other = $1
        where c.person <> $1 and not coalesce(q.blocked, false) and not coalesce(r.blocked, false)
            and (coalesce(p.find, 2) = 1 or (p.find is distinct from 3 and q.bond = 3))
        order by coalesce(q.bond = 3, false) desc, c.person collate "C" limit $4
        """;

    /// <summary>What an append writes of it: of each the last that they said.</summary>
    public static void AddTo(NpgsqlBatch batch, IEnumerable<Recorded> events)
    {
        foreach (var command in Commands(events))
            batch.BatchCommands.Add(command);
    }

    /// <summary>Writes it of all that was ever said, where the table has just been made.</summary>
    public static async Task FillAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var said = await RecordedRows.ReadAsync(
            new NpgsqlCommand(
                $"""
                select {RecordedRows.Columns} from chat.mt_events e
                where e.type in ('person.profile_changed.v1', 'person.privacy_changed.v1')
                order by e.stream_id, e.version
                """,
                connection
            ),
            stop
        );
        await using var batch = new NpgsqlBatch(connection);
        AddTo(batch, said);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(stop);
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(IEnumerable<Recorded> events)
    {
        var last = events.GroupBy(one => (one.Stream.Id, one.Event.GetType())).Select(some => some.Last()).ToList();
        var (named, kept) = (last.FindAll(one => one.Event is Event.ProfileChanged), last.FindAll(IsKept));
        if (named.Count > 0)
            yield return new NpgsqlBatchCommand(Named)
                .WithEach(named.Select(one => one.Stream.Id))
                .WithEach(named.Select(one => string.Join('\n', WordsOf((Event.ProfileChanged)one.Event))));
        if (kept.Count > 0)
            yield return new NpgsqlBatchCommand(Kept)
                .WithEach(kept.Select(one => one.Stream.Id))
                .WithEach(kept.Select(one => Number(PrivacyOf(one).Find)), NpgsqlDbType.Smallint)
                .WithEach(kept.Select(one => Number(PrivacyOf(one).Presence)), NpgsqlDbType.Smallint)
                .WithEach(kept.Select(one => Number(PrivacyOf(one).Receipts)), NpgsqlDbType.Smallint);
    }

    private static bool IsKept(Recorded one) => one.Event is Event.PrivacyChanged;

    private static Privacy PrivacyOf(Recorded one) => ((Event.PrivacyChanged)one.Event).Privacy;

    private static short Number(Openness openness) => (short)openness;

    private static Listing<string> WordsOf(Event.ProfileChanged changed) =>
        changed.Name is { } name ? Finding.WordsOf(name) : [];

    /// <summary>Who is found by somebody, in the order in which they are told.</summary>
    public static async Task<Listing<PersonEntry>> FindAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId seeker,
        SearchWords words,
        int limit
    )
    {
        var found = new List<(PersonId Person, Privacy Privacy, Terms Terms)>();
        await using (
            var command = new NpgsqlCommand(Found, connection)
                .With(seeker.Value)
                .With(QueryOf(words))
                .With(words.Value)
                .With(limit, NpgsqlDbType.Integer)
        )
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                if (PersonId.Create(reader.GetString(0)).Case is PersonId person)
                    found.Add(
                        (
                            person,
                            Privacy.Open with
                            {
                                Find = (Openness)reader.GetInt16(1),
                            },
                            new Terms(reader.GetBoolean(2), false)
                        )
                    );
        var profiles = await PeopleReads.ProfilesOfAsync(connection, tenant, found.Select(one => one.Person));
        var people = found.Select(one => new Findable(
            one.Person,
            profiles.GetValueOrDefault(one.Person)?.Name,
            one.Privacy,
            one.Terms
        ));
        return Listing.From(
            Finding
                .Of(words, seeker, people, limit)
                .Select(one => new PersonEntry(one.Person, profiles.GetValueOrDefault(one.Person, Profile.Empty)))
        );
    }

    // Each is how a word begins; in quotes nothing of it is read as a sign.
    private static string QueryOf(SearchWords words) =>
        string.Join(" & ", Finding.WordsOf(words).Select(word => $"'{word.Replace("'", "''")}':*"));

    /// <summary>What is held of those who keep something to themselves, other than who finds them.</summary>
    public static async Task<Dictionary<PersonId, Privacy>> HeldAsync(Database database, CancellationToken stop)
    {
        await using var command = database.Reads.CreateCommand(
            "select person, presence, receipts from chat.chat_people where presence <> 2 or receipts <> 1"
        );
        var held = new Dictionary<PersonId, Privacy>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            held[PersonId.Of(reader.GetString(0))] = Privacy.Open with
            {
                Presence = (Openness)reader.GetInt16(1),
                Receipts = (Openness)reader.GetInt16(2),
            };
        return held;
    }
}
