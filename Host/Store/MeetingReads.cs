using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Chat.Domain.Meeting;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Somebody who stands behind a number.</summary>
/// <param name="Person">Who.</param>
/// <param name="IsBarred">Whether they are not to be suggested, as far as the tables know.</param>
internal readonly record struct Numbered(PersonId Person, bool IsBarred);

/// <summary>What suggestions are made of.</summary>
internal static class MeetingReads
{
    private const string OwnSql = "select number, open, friends from chat.chat_circles where person = $1";

    private const string CirclesSql = """
        select number, friends from chat.chat_circles where open and number = any(array(
            select n from chat.chat_circles c, unnest(chat.chat_circle_numbers(c.friends)) as n
            where c.person = $1 and n > 0))
        """;

    private const string CompanySql = """
        select c.number, m.ms, m.until from chat.chat_company m
        join chat.chat_circles c on c.person = m.other and c.open where m.person = $1
        """;

    /// <summary>
    /// All that is counted for somebody: nothing of who is closed, which would not be used. Nobody is barred yet.
    /// </summary>
    public static async Task<MeetingFacts> FactsAsync(NpgsqlConnection connection, PersonId person)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[OwnSql, CirclesSql, CompanySql])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(person.Value));
        var own = Circle.None;
        var circles = new List<Circle>();
        var companions = new List<Companion>();
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            own = new(reader.GetInt32(0), reader.GetBoolean(1), FriendsAt(reader, 2));
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            circles.Add(new(reader.GetInt32(0), true, FriendsAt(reader, 1)));
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            companions.Add(new(reader.GetInt32(0), true, CompanyRows.CompanyAt(reader, 1)));
        return new(own, Listing.From(circles), Listing.From(companions), Empty);
    }

    /// <summary>Who stands behind some numbers, and whether they may be suggested to somebody now.</summary>
    public static async Task<Dictionary<int, Numbered>> WhoAsync(
        NpgsqlConnection connection,
        PersonId person,
        IEnumerable<int> numbers,
        Instant now
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select c.number, c.person, not c.open or coalesce(p.bond <> 0 or p.blocked, false)
                or coalesce(q.blocked, false) or coalesce(s.until > $3, false)
            from chat.chat_circles c
            left join chat.chat_pairs p on p.person = $1 and p.other = c.person
            left join chat.chat_pairs q on q.person = c.person and q.other = $1
            left join chat.chat_suspensions s on s.person = c.person
            where c.number = any($2)
            """,
            connection
        ).With(person.Value).WithEach(numbers, NpgsqlDbType.Integer).With(now.Milliseconds);
        var found = new Dictionary<int, Numbered>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found[reader.GetInt32(0)] = new(PersonId.Of(reader.GetString(1)), reader.GetBoolean(2));
        return found;
    }

    private static Listing<int> FriendsAt(NpgsqlDataReader reader, int at)
    {
        var packed = reader.GetFieldValue<byte[]>(at);
        var friends = new int[packed.Length / sizeof(int)];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(packed), friends);
        return Listing.Of<int>(friends);
    }
}
