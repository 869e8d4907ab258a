using Chat.Domain.Closeness;
using Chat.Domain.Conversations;
using Chat.Domain.Meeting;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>What closeness is made of: read when it is asked, and written nowhere beside.</summary>
internal static class ClosenessReads
{
    /// <summary>Conversations of two that are looked at: those in which something happened last.</summary>
    public const int Conversations = 64;

    /// <summary>Messages of each, the last.</summary>
    public const int Messages = 100;

    /// <summary>Calls of each, the last, among the last so many things that happened there.</summary>
    public const int Calls = 100;
    private const long Events = 2_000;

    /// <summary>All that is known of somebody and their friends.</summary>
    public static async Task<ClosenessFacts> FactsAsync(NpgsqlConnection connection, TenantId tenant, PersonId person)
    {
        var friends = await FriendsAsync(connection, person);
        var said = await SaidAsync(connection, tenant, person, friends);
        var called = await CalledAsync(connection, tenant, person, friends);
        var company = await CompanyRows.OfAsync(connection, person);
        return new(
            Listing.From(
                friends.Select(friend => new Exchange(
                    friend,
                    Times(said, friend, isGiven: true),
                    Times(said, friend, isGiven: false),
                    company.GetValueOrDefault(friend, Company.None)
                )
                {
                    Calls = called.GetValueOrDefault(friend, Company.None),
                })
            ),
            await MutedAsync(connection, person),
            toSet(await HouseReads.ClosedAsync(connection, person))
        );
    }

    private static Listing<Instant> Times(
        ILookup<PersonId, (bool IsGiven, Instant At)> said,
        PersonId friend,
        bool isGiven
    ) => Listing.From(said[friend].Where(one => one.IsGiven == isGiven).Select(one => one.At));

    /// <summary>Somebody's friends: between whom and them no block lies.</summary>
    public static async Task<List<PersonId>> FriendsAsync(NpgsqlConnection connection, PersonId person)
    {
        await using var command = new NpgsqlCommand(
            "select other from chat.chat_pairs where person = $1 and bond = 3 order by other",
            connection
        ).With(person.Value);
        var friends = new List<PersonId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            friends.Add(PersonId.Of(reader.GetString(0)));
        return friends;
    }

    /// <summary>Whom somebody muted.</summary>
    public static async Task<Set<PersonId>> MutedAsync(NpgsqlConnection connection, PersonId person)
    {
        await using var command = new NpgsqlCommand(
            "select muted from chat.chat_places where person = $1",
            connection
        ).With(person.Value);
        return await command.ExecuteScalarAsync() is string[] muted ? toSet(muted.Select(PersonId.Of)) : Empty;
    }

    // How long each called somebody and was called by them; what nobody took is no time.
    private static async Task<Dictionary<PersonId, Company>> CalledAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        List<PersonId> friends
    )
    {
        const string Sql = $"""
            select {RecordedRows.Columns} from (
                select s.id, s.version from unnest($1) as u(stream_id)
                join chat.mt_streams s on s.id = u.stream_id order by s.timestamp desc limit $2
            ) s
            cross join lateral (
                select * from chat.mt_events where stream_id = s.id and type = 'conversation.called.v1'
                    and version > s.version - $3 order by version desc limit $4
            ) e
            order by e.stream_id, e.version
            """;
        var direct = friends.ToDictionary(friend => StreamKey.Of(tenant, person, friend).Direct);
        var command = new NpgsqlCommand(Sql, connection)
            .WithEach(direct.Keys.Select(stream => stream.ToString()))
            .With(Conversations, NpgsqlDbType.Integer)
            .With(Events)
            .With(Calls, NpgsqlDbType.Integer);
        var calls = await RecordedRows.ReadAsync(command, default);
        return calls
            .GroupBy(one => one.Stream)
            .ToDictionary(
                one => direct[one.Key],
                one => one.Select(call => call.Event).OfType<Event.Called>().Aggregate(Company.None, With)
            );
    }

    private static Company With(Company company, Event.Called call) =>
        call.LengthMs > 0 ? company.With(new Instant(call.At.Milliseconds - call.LengthMs), call.At) : company;

    // By whom, and when by the database's clock; what was taken back since was said, too.
    private static async Task<ILookup<PersonId, (bool IsGiven, Instant At)>> SaidAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        List<PersonId> friends
    )
    {
        const string Sql = """
            select s.friend, e.user_name = $1, (extract(epoch from e.timestamp) * 1000)::bigint from (
                select u.friend, s.id from unnest($2, $3) as u(friend, stream_id)
                join chat.mt_streams s on s.id = u.stream_id order by s.timestamp desc limit $4
            ) s
            cross join lateral (
                select user_name, timestamp from chat.mt_events
                where stream_id = s.id and type = 'conversation.message_sent.v1' order by version desc limit $5
            ) e
            """;
        var streams = friends.Select(friend => StreamKey.Of(tenant, person, friend).Direct.ToString());
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(person.Value)
            .WithEach(friends.Select(friend => friend.Value))
            .WithEach(streams)
            .With(Conversations, NpgsqlDbType.Integer)
            .With(Messages, NpgsqlDbType.Integer);
        var said = new List<(PersonId Friend, bool IsGiven, Instant At)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            said.Add((PersonId.Of(reader.GetString(0)), reader.GetBoolean(1), new Instant(reader.GetInt64(2))));
        return said.ToLookup(one => one.Friend, one => (one.IsGiven, one.At));
    }
}
