using Chat.Domain.Notices;
using Chat.Domain.Rooms;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>A friend, and where their place says that they are.</summary>
/// <param name="Person">Who.</param>
/// <param name="Room">The room that they are in.</param>
/// <param name="IsGhost">Whether they do not want whoever looks told of them.</param>
internal sealed record FriendPlace(PersonId Person, RoomId? Room, bool IsGhost);

/// <summary>How somebody stands to a friend of whom they are to be told.</summary>
/// <param name="Whom">Who is to be told.</param>
/// <param name="Who">The friend.</param>
/// <param name="IsGhost">Whether the friend does not want them told.</param>
/// <param name="IsMuted">Whether they do not want to be told of the friend.</param>
/// <param name="IsClosed">Whether one of the two blocks the other.</param>
internal sealed record Hearing(PersonId Whom, PersonId Who, bool IsGhost, bool IsMuted, bool IsClosed)
{
    /// <summary>Whether <see cref="Quiet"/> is known.</summary>
    public bool IsQuietKnown { get; init; } = true;

    /// <summary>When they are told nothing; null where there is no such time.</summary>
    public QuietHours? Quiet { get; init; }
}

/// <summary>Where people are, and how those stand to them who may see it.</summary>
internal static class HouseReads
{
    /// <summary>Somebody's own place as it stands.</summary>
    public static async Task<Domain.Places.State> PlaceAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person
    ) => (Domain.Places.State)(await StreamReads.LoadAsync(connection, StreamKey.Place(tenant, person))).Current.State;

    /// <summary>Somebody's friends, and where they are.</summary>
    public static async Task<List<FriendPlace>> FriendsAsync(NpgsqlConnection connection, PersonId person)
    {
        await using var command = new NpgsqlCommand(
            """
            select p.other, l.room, coalesce(l.ghosted @> array[$1], false) from chat.chat_pairs p
            left join chat.chat_places l on l.person = p.other
            where p.person = $1 and p.bond = 3 order by p.other
            """,
            connection
        ).With(person.Value);
        var found = new List<FriendPlace>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(new(PersonId.Of(reader.GetString(0)), RoomAt(reader, 1), reader.GetBoolean(2)));
        return found;
    }

    /// <summary>The friends of each of some people.</summary>
    public static async Task<ILookup<PersonId, PersonId>> FriendsOfAsync(
        NpgsqlConnection connection,
        IEnumerable<PersonId> people
    )
    {
        await using var command = new NpgsqlCommand(
            "select person, other from chat.chat_pairs where person = any($1) and bond = 3",
            connection
        ).WithEach(people.Select(person => person.Value));
        var found = new List<(PersonId Person, PersonId Friend)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add((PersonId.Of(reader.GetString(0)), PersonId.Of(reader.GetString(1))));
        return found.ToLookup(one => one.Person, one => one.Friend);
    }

    /// <summary>How some stand to friends of whom they are to be told; who is no friend is left out.</summary>
    public static async Task<List<Hearing>> HearingsAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<(PersonId Whom, PersonId Who)> pairs
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select u.whom, u.who, coalesce(o.ghosted @> array[u.whom], false), coalesce(l.muted @> array[u.who], false),
                p.blocked or coalesce(q.blocked, false), l.person is null or l.quiet is not null, l.quiet
            from unnest($1, $2) as u(whom, who)
            join chat.chat_pairs p on p.person = u.whom and p.other = u.who and p.bond = 3
            left join chat.chat_pairs q on q.person = u.who and q.other = u.whom
            left join chat.chat_places l on l.person = u.whom
            left join chat.chat_places o on o.person = u.who
            """,
            connection
        ).WithEach(pairs.Select(pair => pair.Whom.Value)).WithEach(pairs.Select(pair => pair.Who.Value));
        var found = new List<Hearing>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(
                new Hearing(
                    PersonId.Of(reader.GetString(0)),
                    PersonId.Of(reader.GetString(1)),
                    reader.GetBoolean(2),
                    reader.GetBoolean(3),
                    reader.GetBoolean(4)
                )
                {
                    IsQuietKnown = reader.GetBoolean(5),
                    Quiet =
                        !reader.IsDBNull(6) && reader.GetFieldValue<int[]>(6) is [var from, var to, var offset]
                            ? QuietHours.Create(from, to, offset).ToOption().IfNoneUnsafe((QuietHours?)null)
                            : null,
                }
            );
        return found;
    }

    /// <summary>Between whom and somebody a block lies.</summary>
    public static async Task<System.Collections.Generic.HashSet<PersonId>> ClosedAsync(
        NpgsqlConnection connection,
        PersonId person
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select other from chat.chat_pairs where person = $1 and blocked
            union select person from chat.chat_pairs where other = $1 and blocked
            """,
            connection
        ).With(person.Value);
        var found = new System.Collections.Generic.HashSet<PersonId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(PersonId.Of(reader.GetString(0)));
        return found;
    }

    /// <summary>
    /// How others stand to some who are or were in a room: friends, and those whom a block keeps apart.
    /// </summary>
    public static async Task<Dictionary<(PersonId Viewer, PersonId Inside), Tie>> TiesAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<PersonId> inside
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select p.other, p.person, p.bond = 3, p.blocked, coalesce(l.ghosted @> array[p.other], false)
            from chat.chat_pairs p left join chat.chat_places l on l.person = p.person
            where p.person = any($1) and (p.bond = 3 or p.blocked)
            union all
            select p.person, p.other, false, true, false from chat.chat_pairs p
            where p.other = any($1) and p.blocked
            """,
            connection
        ).WithEach(inside.Select(person => person.Value));
        var found = new Dictionary<(PersonId, PersonId), Tie>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var key = (PersonId.Of(reader.GetString(0)), PersonId.Of(reader.GetString(1)));
            var held = found.GetValueOrDefault(key);
            found[key] = new Tie(
                held.IsFriend || reader.GetBoolean(2),
                held.IsClosed || reader.GetBoolean(3),
                held.IsGhost || reader.GetBoolean(4)
            );
        }
        return found;
    }

    /// <summary>Which of some are in a room, and whom they ghost.</summary>
    public static async Task<Dictionary<PersonId, (RoomId? Room, Set<PersonId> Ghosted)>> PlacesAsync(
        NpgsqlConnection connection,
        IEnumerable<PersonId> people
    )
    {
        await using var command = new NpgsqlCommand(
            "select person, room, ghosted from chat.chat_places where person = any($1)",
            connection
        ).WithEach(people.Select(person => person.Value));
        var found = new Dictionary<PersonId, (RoomId?, Set<PersonId>)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found[PersonId.Of(reader.GetString(0))] = (
                RoomAt(reader, 1),
                toSet(reader.GetFieldValue<string[]>(2).Select(PersonId.Of))
            );
        return found;
    }

    /// <summary>Everybody, or only one, whose place says that they are in a room or on a call.</summary>
    public static async Task<List<(PersonId Person, RoomId? Room, PersonId? Call)>> TakenAsync(
        Database database,
        PersonId? only,
        CancellationToken stop
    )
    {
        const string Taken = """
            select person, room, call from chat.chat_places where (room is not null or call is not null)
            """;
        // Each as the index has it: for one and for all are two plans.
        await using var command = only is { } one
            ? database.Reads.CreateCommand($"{Taken} and person = $1").With(one.Value)
            : database.Reads.CreateCommand(Taken);
        var found = new List<(PersonId, RoomId?, PersonId?)>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            found.Add(
                (
                    PersonId.Of(reader.GetString(0)),
                    RoomAt(reader, 1),
                    reader.IsDBNull(2) ? null : PersonId.Of(reader.GetString(2))
                )
            );
        return found;
    }

    private static RoomId? RoomAt(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : RoomId.Of(reader.GetString(column));
}
