using Chat.Domain.People;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>Reads about people and their devices.</summary>
internal static class PeopleReads
{
    // Whoever shares a conversation, or did as far as its history shows them. In a channel of a hundred thousand each
    // knows each.
    private const string Known = """
        select p.id from unnest($2::text[]) as p(id)
        where p.id = $1 or exists (
            select 1 from chat.chat_members o
            join chat.chat_members m on m.stream_id = o.stream_id and m.person = $1 and m.state <> 'former'
            where o.person = p.id)
        """;

    /// <summary>The profiles of those among some people of whom a person may know.</summary>
    public static async Task<Listing<PersonEntry>> ProfilesAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        IEnumerable<PersonId> people
    )
    {
        var command = new NpgsqlCommand(
            $"""
            select {RecordedRows.Columns} from ({Known}) k
            cross join lateral (
                select * from chat.mt_events
                where stream_id = $3 || k.id and type = 'person.profile_changed.v1'
                order by version desc limit 1) e
            """,
            connection
        ).With(person.Value).WithEach(people.Select(one => one.Value)).With($"{tenant}.p.");
        var changes = await RecordedRows.ReadAsync(command, default);
        return Listing.From(changes.Select(one => (one.Stream, one.Event as Event.ProfileChanged)).Select(Entry));
    }

    /// <summary>
    /// The profiles of some people, as far as they have said something: whoever calls knows that they may be told.
    /// </summary>
    public static async Task<Dictionary<PersonId, Profile>> ProfilesOfAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        IEnumerable<PersonId> people
    )
    {
        var command = new NpgsqlCommand(
            $"""
            select {RecordedRows.Columns} from unnest($1) as k(id)
            cross join lateral (
                select * from chat.mt_events
                where stream_id = $2 || k.id and type = 'person.profile_changed.v1'
                order by version desc limit 1) e
            """,
            connection
        ).WithEach(people.Select(one => one.Value)).With($"{tenant}.p.");
        var changes = await RecordedRows.ReadAsync(command, default);
        return changes
            .Select(one => Entry((one.Stream, one.Event as Event.ProfileChanged)))
            .ToDictionary(one => one.Person, one => one.Profile);
    }

    private static PersonEntry Entry((StreamKey Stream, Event.ProfileChanged? Changed) one) =>
        new(PersonId.Of(one.Stream.Id), new Profile(one.Changed?.Name, one.Changed?.About));

    /// <summary>Those among some people who may know of a person.</summary>
    public static async Task<List<PersonId>> WhoKnowAsync(
        Database database,
        PersonId person,
        IEnumerable<string> people
    )
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                select distinct m.person from chat.chat_members o
                join chat.chat_members m on m.stream_id = o.stream_id and m.state <> 'former' and m.person = any($2)
                where o.person = $1
                union select $1
                """
            )
            .With(person.Value)
            .WithEach(people);
        var found = new List<PersonId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(PersonId.Of(reader.GetString(0)));
        return found;
    }

    /// <summary>A person's devices, in order of their names.</summary>
    public static async Task<List<(DeviceId Device, Instant? Seen, Instant? Revoked)>> DevicesAsync(
        NpgsqlConnection connection,
        PersonId person
    )
    {
        await using var command = new NpgsqlCommand(
            "select device, seen, revoked from chat.chat_devices where person = $1 order by device collate \"C\"",
            connection
        ).With(person.Value);
        var devices = new List<(DeviceId, Instant?, Instant?)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            devices.Add((DeviceId.Of(reader.GetString(0)), InstantAt(reader, 1), InstantAt(reader, 2)));
        return devices;
    }

    /// <summary>All that was ever revoked.</summary>
    public static async Task<List<(PersonId Person, DeviceId Device, Instant Until)>> RevokedAsync(
        Database database,
        CancellationToken stop
    )
    {
        await using var command = database.Reads.CreateCommand(
            "select person, device, revoked from chat.chat_devices where revoked is not null"
        );
        var revoked = new List<(PersonId, DeviceId, Instant)>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            revoked.Add(
                (PersonId.Of(reader.GetString(0)), DeviceId.Of(reader.GetString(1)), new Instant(reader.GetInt64(2)))
            );
        return revoked;
    }

    /// <summary>Notes when devices came in.</summary>
    public static async Task SawAsync(
        Database database,
        IReadOnlyCollection<(string Person, string Device, long At)> seen
    )
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                insert into chat.chat_devices as d (person, device, seen)
                select person, device, max(at) from unnest($1, $2, $3) as u(person, device, at) group by 1, 2
                on conflict (person, device) do update set seen = greatest(d.seen, excluded.seen)
                """
            )
            .WithEach(seen.Select(one => one.Person))
            .WithEach(seen.Select(one => one.Device))
            .WithEach(seen.Select(one => one.At));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What an append writes of people's own events.</summary>
    public static void AddTo(NpgsqlBatch batch, List<Recorded> events)
    {
        Add(Revoke, happened => happened is Event.DeviceRevoked);
        Add(Decline, happened => happened is Event.InvitationDeclined);
        Add(Suspend, happened => happened is Event.Suspended or Event.Restored);
        DiscretionRows.AddTo(batch, events);

        void Add(Func<List<Recorded>, NpgsqlBatchCommand> write, Predicate<AnyEvent> isOf)
        {
            if (events.FindAll(recorded => isOf(recorded.Event)) is { Count: > 0 } some)
                batch.BatchCommands.Add(write(some));
        }
    }

    private static NpgsqlBatchCommand Revoke(List<Recorded> revoked)
    {
        const string Sql = """
            insert into chat.chat_devices as d (person, device, revoked)
            select person, device, max(at) from unnest($1, $2, $3) as u(person, device, at) group by 1, 2
            on conflict (person, device) do update set revoked = greatest(d.revoked, excluded.revoked)
            """;
        return new NpgsqlBatchCommand(Sql)
            .WithEach(revoked.Select(one => one.Stream.Id))
            .WithEach(revoked.Select(one => ((Event.DeviceRevoked)one.Event).Device.Value))
            .WithEach(revoked.Select(one => one.Event.At.Milliseconds));
    }

    /// <summary>Until when people are closed out; for good until the end of time.</summary>
    public static Instant UntilOf(Event happened) =>
        happened is Event.Suspended suspended ? suspended.Until ?? new Instant(long.MaxValue) : new Instant(0);

    /// <summary>Who was ever closed out, and until when.</summary>
    public static async Task<List<(PersonId Person, Instant Until)>> SuspendedAsync(
        Database database,
        CancellationToken stop
    )
    {
        await using var command = database.Reads.CreateCommand("select person, until from chat.chat_suspensions");
        var suspended = new List<(PersonId, Instant)>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            suspended.Add((PersonId.Of(reader.GetString(0)), new Instant(reader.GetInt64(1))));
        return suspended;
    }

    // The last says all.
    private static NpgsqlBatchCommand Suspend(List<Recorded> suspended)
    {
        const string Sql = """
            insert into chat.chat_suspensions (person, until) select * from unnest($1, $2)
            on conflict (person) do update set until = excluded.until
            """;
        var last = suspended.GroupBy(one => one.Stream.Id).Select(some => some.Last()).ToList();
        return new NpgsqlBatchCommand(Sql)
            .WithEach(last.Select(one => one.Stream.Id))
            .WithEach(last.Select(one => UntilOf((Event)one.Event).Milliseconds));
    }

    private static NpgsqlBatchCommand Decline(List<Recorded> declined)
    {
        const string Sql = """
            update chat.chat_members m set declined = true, xid = pg_current_xact_id()
            from unnest($1, $2) as u(person, stream_id)
            where m.person = u.person and m.stream_id = u.stream_id and m.state = 'invited'
            """;
        return new NpgsqlBatchCommand(Sql)
            .WithEach(declined.Select(one => one.Stream.Id))
            .WithEach(
                declined.Select(one =>
                    StreamKey.Of(one.Stream.Tenant, ((Event.InvitationDeclined)one.Event).Conversation).ToString()
                )
            );
    }

    private static Instant? InstantAt(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? null : new Instant(reader.GetInt64(at));
}
