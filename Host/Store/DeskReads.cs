using Chat.Domain.Conversations;
using Chat.Domain.Desks;
using Chat.Domain.Views;
using Chat.Protocol.Stored;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;
using Event = Chat.Domain.Desks.Event;
using State = Chat.Domain.Desks.State;

namespace Chat.Host.Store;

/// <summary>What those who handle reports read besides the reports themselves.</summary>
internal static class DeskReads
{
    private static readonly string Filed = EventTypes.All.First(type => type.Type == typeof(Event.Filed)).Name;

    /// <summary>A desk as it stands, and the conversation that it is of.</summary>
    public static async Task<(State Desk, Domain.Conversations.State Place)> LoadAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        ConversationId place
    ) =>
        (
            (State)(await StreamReads.LoadAsync(connection, StreamKey.Desk(tenant, place))).Current.State,
            (Domain.Conversations.State)
                (await StreamReads.LoadAsync(connection, StreamKey.Of(tenant, place))).Current.State
        );

    /// <summary>The message that a report is about, to who looks at it.</summary>
    public static async Task<Either<Refusal, Found>> ReportedAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        ConversationId place,
        long report,
        Instant now
    )
    {
        var (desk, of) = await LoadAsync(connection, tenant, place);
        if (!of.Members.ContainsKey(person))
            return await Outside.OutsideAsync(connection, person, StreamKey.Of(tenant, place));
        var at = Looking.At(of, desk, person, report, now);
        if (at.Case is not Subject.Message subject)
            return (Refusal)at.Case!;
        var stream = StreamKey.Of(tenant, subject.Conversation);
        var past = await StreamReads.AboutAsync(connection, stream, [subject.Seq]);
        return Looking.Of(subject, toSeq(past.OrderBy(one => one.Version)).Strict()).Case switch
        {
            Message { IsRedacted: true } => new Refusal.Gone(),
            Message message => new Found(subject.Conversation, message),
            _ => new Refusal.NotFound("message.unknown"),
        };
    }

    /// <summary>
    /// What was done at a desk before a version, the newest first: with which report, and whom that is about.
    /// </summary>
    public static async Task<List<(Recorded Done, long Report, PersonId? About)>> DoneAsync(
        NpgsqlConnection connection,
        StreamKey desk,
        State state,
        long? before,
        int limit
    )
    {
        var page = await RecordedRows.ReadAsync(new NpgsqlCommand(
                $"""
                select {RecordedRows.Columns} from chat.mt_events e
                where e.stream_id = $1 and e.version < $2 order by e.version desc limit $3
                """,
                connection
            ).With(desk.ToString()).With(before ?? long.MaxValue).With(limit, NpgsqlDbType.Integer), default);
        var number = page.Count == 0 ? 0 : await FiledUntilAsync(connection, desk, page[0].Version);
        var done = new List<(Recorded, long, PersonId?)>();
        foreach (var one in page)
            done.Add(
                one.Event switch
                {
                    Event.Filed filed => (one, number--, filed.About),
                    Event.Assigned assigned => (one, assigned.Report, await AboutAsync(assigned.Report)),
                    Event.Looked looked => (one, looked.Report, await AboutAsync(looked.Report)),
                    _ => (one, ((Event.Settled)one.Event).Report, await AboutAsync(((Event.Settled)one.Event).Report)),
                }
            );
        return done;

        async Task<PersonId?> AboutAsync(long report) =>
            state.Find(report).Case is Report known ? known.About : (await FiledAsync(connection, desk, report))?.About;
    }

    // How many were told by then is the number of the last of them.
    private static async Task<long> FiledUntilAsync(NpgsqlConnection connection, StreamKey desk, long version)
    {
        await using var command = new NpgsqlCommand(
            "select count(*) from chat.mt_events where stream_id = $1 and type = $2 and version <= $3",
            connection
        )
            .With(desk.ToString())
            .With(Filed)
            .With(version);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    // One that was settled so long ago that the desk does not hold it any more.
    private static async Task<Event.Filed?> FiledAsync(NpgsqlConnection connection, StreamKey desk, long report)
    {
        var found = await RecordedRows.ReadAsync(new NpgsqlCommand(
                $"""
                select {RecordedRows.Columns} from chat.mt_events e
                where e.stream_id = $1 and e.type = $2 order by e.version offset $3 limit 1
                """,
                connection
            ).With(desk.ToString()).With(Filed).With(report - 1), default);
        return found.Count == 1 ? (Event.Filed)found[0].Event : null;
    }
}
