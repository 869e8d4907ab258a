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
    /// <summary>
    /// All that is counted for somebody: nothing of who is closed, which would not be used. Nobody is barred yet.
    /// </summary>
    public static async Task<MeetingFacts> FactsAsync(NpgsqlConnection connection, PersonId person)
    {
        await using var first = new NpgsqlBatch(connection);
        first.BatchCommands.Add(
            new NpgsqlBatchCommand("select number, open, friends from chat.chat_circles where person = $1").With(
                person.Value
            )
        );
        first.BatchCommands.Add(
            new NpgsqlBatchCommand(
                """
                select c.number, m.ms, m.until from chat.chat_company m
                join chat.chat_circles c on c.person = m.other and c.open where m.person = $1
                """
            ).With(person.Value)
        );
        var own = Circle.None;
        var companions = new List<Companion>();
        await using (var reader = await first.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                own = new(reader.GetInt32(0), reader.GetBoolean(1), FriendsAt(reader, 2));
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
                companions.Add(new(reader.GetInt32(0), true, CompanyRows.CompanyAt(reader, 1)));
        }
        return new(own, await CirclesAsync(connection, own), Listing.From(companions), Empty);
    }

    private static async Task<Listing<Circle>> CirclesAsync(NpgsqlConnection connection, Circle own)
    {
        await using var command = new NpgsqlCommand(
            "select number, friends from chat.chat_circles where number = any($1) and open",
            connection
        ).WithEach(own.Friends.Where(friend => friend > 0), NpgsqlDbType.Integer);
        var circles = new List<Circle>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            circles.Add(new(reader.GetInt32(0), true, FriendsAt(reader, 1)));
        return Listing.From(circles);
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

    private static Listing<int> FriendsAt(NpgsqlDataReader reader, int at) =>
        Listing.Of<int>(reader.GetFieldValue<int[]>(at));
}
