using Chat.Domain.Closeness;
using Chat.Domain.Conversations;
using Chat.Domain.Meeting;
using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>What closeness is made of: read when it is asked, and written nowhere beside.</summary>
internal static class ClosenessReads
{
    /// <summary>Conversations of two that are looked at: those in which something happened last.</summary>
    public const int Conversations = 64;

    /// <summary>Messages and calls of each, the last.</summary>
    public const int Each = 100;

    private const string SaidType = "conversation.message_sent.v1";
    private const string CalledType = "conversation.called.v1";

    /// <summary>All that is known of somebody and their friends.</summary>
    public static async Task<ClosenessFacts> FactsAsync(NpgsqlConnection connection, TenantId tenant, PersonId person)
    {
        var friends = await FriendsAsync(connection, person);
        var exchanged = await ExchangedAsync(connection, tenant, person, friends);
        var company = await CompanyRows.OfAsync(connection, person);
        return new(
            Listing.From(
                friends.Select(friend => new Exchange(
                    friend,
                    Times(exchanged[friend], isGiven: true),
                    Times(exchanged[friend], isGiven: false),
                    company.GetValueOrDefault(friend, Company.None)
                )
                {
                    Calls = Talked(exchanged[friend]),
                })
            ),
            await MutedAsync(connection, person),
            toSet(await HouseReads.ClosedAsync(connection, person))
        );
    }

    private static Listing<Instant> Times(IEnumerable<Exchanged> exchanged, bool isGiven) =>
        Listing.From(exchanged.Where(one => one.Call is null && one.IsGiven == isGiven).Select(one => one.At));

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

    // What was said by whom, when by the database's clock; what was taken back since was said, too. And calls: what
    // nobody took is no time.
    private static async Task<ILookup<PersonId, Exchanged>> ExchangedAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        List<PersonId> friends
    )
    {
        const string Sql = $"""
            select s.friend, e.user_name = $1, (extract(epoch from e.timestamp) * 1000)::bigint, e.call from (
                select u.friend, s.id from unnest($2, $3) as u(friend, stream_id)
                join chat.mt_streams s on s.id = u.stream_id order by s.timestamp desc limit $4
            ) s
            cross join lateral (
                select user_name, timestamp, case when type = '{CalledType}' then bdata end as call
                from chat.mt_events where stream_id = s.id and type in ('{SaidType}', '{CalledType}')
                order by version desc limit $5
            ) e
            """;
        var streams = friends.Select(friend => StreamKey.Of(tenant, person, friend).Direct.ToString());
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(person.Value)
            .WithEach(friends.Select(friend => friend.Value))
            .WithEach(streams)
            .With(Conversations, NpgsqlDbType.Integer)
            .With(Each, NpgsqlDbType.Integer);
        var exchanged = new List<(PersonId Friend, Exchanged One)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            exchanged.Add(
                (
                    PersonId.Of(reader.GetString(0)),
                    new(
                        reader.GetBoolean(1),
                        new Instant(reader.GetInt64(2)),
                        reader.IsDBNull(3) ? null : CallOf(reader.GetFieldValue<byte[]>(3))
                    )
                )
            );
        return exchanged.ToLookup(one => one.Friend, one => one.One);
    }

    private static Event.Called CallOf(byte[] bytes) =>
        StoredEvents
            .Decode(default, CalledType, bytes, null)
            .Match(
                Right: recorded => (Event.Called)recorded.Event,
                Left: fault => throw new CorruptRowException("a call", fault.Rule)
            );

    private static Company Talked(IEnumerable<Exchanged> exchanged) =>
        exchanged
            .Select(one => one.Call)
            .OfType<Event.Called>()
            .Where(call => call.LengthMs > 0)
            .OrderBy(call => call.At)
            .Aggregate(
                Company.None,
                (company, call) => company.With(new Instant(call.At.Milliseconds - call.LengthMs), call.At)
            );

    private readonly record struct Exchanged(bool IsGiven, Instant At, Event.Called? Call);
}
