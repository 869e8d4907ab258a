using Chat.Domain.Meeting;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// Who was in rooms with whom: of each the last people, written once somebody has gone. Advisory: what a host did not
/// get to write is lost.
/// </summary>
internal static class CompanyRows
{
    /// <summary>People who are kept for each.</summary>
    public const int Most = 256;

    private const string Keep = """
        insert into chat.chat_company (person, other, ms, until) select * from unnest($1, $2, $3, $4)
        on conflict (person, other) do update set ms = excluded.ms, until = excluded.until
        """;

    private const string DropOldest = """
        delete from chat.chat_company c using (
            select person, other, row_number() over (partition by person order by until desc, other) as place
            from chat.chat_company where person = any($1)
        ) o where o.place > $2 and c.person = o.person and c.other = o.other
        """;

    /// <summary>Notes who was with whom; the same twice is noted once.</summary>
    public static async Task NoteAsync(Database database, IEnumerable<Encounter> encounters)
    {
        var met = encounters
            .SelectMany(one => new[] { (one.One, one.Other, one), (one.Other, one.One, one) })
            .GroupBy(one => (Person: one.Item1, Other: one.Item2), one => one.Item3)
            .OrderBy(group => group.Key)
            .ToList();
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var people = met.Select(group => group.Key.Person.Value).ToList();
        var others = met.Select(group => group.Key.Other.Value).ToList();
        var held = await HeldAsync(connection, people, others);
        var after = met.ConvertAll(group =>
            group
                .OrderBy(one => one.Until)
                .Aggregate(
                    held.GetValueOrDefault(group.Key, Company.None),
                    (company, one) => company.With(one.From, one.Until)
                )
        );
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(Keep)
                .WithEach(people)
                .WithEach(others)
                .WithEach(after.Select(one => one.Ms))
                .WithEach(after.Select(one => one.Until.Milliseconds))
        );
        batch.BatchCommands.Add(new NpgsqlBatchCommand(DropOldest).WithEach(people).With(Most));
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>With whom somebody was.</summary>
    public static async Task<Dictionary<PersonId, Company>> OfAsync(NpgsqlConnection connection, PersonId person)
    {
        await using var command = new NpgsqlCommand(
            "select other, ms, until from chat.chat_company where person = $1",
            connection
        ).With(person.Value);
        var found = new Dictionary<PersonId, Company>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found[PersonId.Of(reader.GetString(0))] = CompanyAt(reader, 1);
        return found;
    }

    /// <summary>The company whose columns begin at one.</summary>
    public static Company CompanyAt(NpgsqlDataReader reader, int at) =>
        new(reader.GetInt64(at), new Instant(reader.GetInt64(at + 1)));

    private static async Task<Dictionary<(PersonId, PersonId), Company>> HeldAsync(
        NpgsqlConnection connection,
        List<string> people,
        List<string> others
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select c.person, c.other, c.ms, c.until from chat.chat_company c
            join unnest($1, $2) as u(person, other) on u.person = c.person and u.other = c.other
            order by c.person, c.other for no key update of c
            """,
            connection
        ).WithEach(people).WithEach(others);
        var held = new Dictionary<(PersonId, PersonId), Company>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            held[(PersonId.Of(reader.GetString(0)), PersonId.Of(reader.GetString(1)))] = CompanyAt(reader, 2);
        return held;
    }
}
