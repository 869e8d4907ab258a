using Chat.Domain.Desks;
using Chat.Host.Store;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host;

/// <summary>Answers about what was reported, and to the staff about whom they closed out.</summary>
internal sealed class ReportQueries(TenantId tenant, ConversationId? staff, Func<Instant> now)
{
    private const int MostLines = 150;

    public async Task<Either<Refusal, byte[]>> AnswerAsync(NpgsqlConnection connection, PersonId person, Ask ask) =>
        ask switch
        {
            // What somebody told the staff is theirs to see, wherever the staff are.
            Ask.Reports { Place.Value: Subjects.Nothing } own when staff is { } place => await PageAsync(
                connection,
                person,
                false,
                own with
                {
                    Place = place,
                }
            ),
            Ask.Reports { Place.Value: not Subjects.Nothing } reports => await OfPlaceAsync(
                connection,
                person,
                reports
            ),
            Ask.Reported reported => (
                await DeskReads.ReportedAsync(connection, tenant, person, reported.Place, reported.Report, now())
            ).Map(ReportAnswers.Ok),
            Ask.ReportAudit audit => await AuditAsync(connection, person, audit),
            Ask.Suspension { Who: var who } when staff is { } place => await SuspensionAsync(
                connection,
                person,
                who,
                place
            ),
            // What is told and done changes something, but where there is no staff.
            Ask.Reports or Ask.ChangeDesk or Ask.Suspend or Ask.Restore or Ask.Suspension => new Refusal.Unsupported(
                "staff.none"
            ),
            _ => new Refusal.Unsupported("query.changes_nothing"),
        };

    private async Task<Either<Refusal, byte[]>> SuspensionAsync(
        NpgsqlConnection connection,
        PersonId person,
        PersonId who,
        ConversationId place
    )
    {
        var key = StreamKey.Of(tenant, place);
        var state = (Domain.Conversations.State)(await StreamReads.LoadAsync(connection, key)).Current.State;
        if (!state.Members.ContainsKey(person))
            return await Outside.OutsideAsync(connection, person, key);
        if (!Domain.People.Person.MaySuspend(state, person))
            return new Refusal.Forbidden(["permission.ban"]);
        var current = (await StreamReads.LoadAsync(connection, StreamKey.Of(tenant, who))).Current;
        var held = ((Domain.People.State)current.State).Suspension;
        return SuspensionRequests.Ok(held?.Holds(now()) is true ? held : null);
    }

    // Who is not in is told what anybody outside is.
    private async Task<Either<Refusal, byte[]>> OfPlaceAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.Reports ask
    )
    {
        var key = StreamKey.Of(tenant, ask.Place);
        var place = (Domain.Conversations.State)(await StreamReads.LoadAsync(connection, key)).Current.State;
        if (!place.Members.ContainsKey(person))
            return await Outside.OutsideAsync(connection, person, key);
        return await PageAsync(connection, person, Desk.IsHandler(place, person), ask);
    }

    // What is about themselves is not there for them: more is read until the page is full.
    private async Task<Either<Refusal, byte[]>> AuditAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.ReportAudit ask
    )
    {
        var (desk, place) = await DeskReads.LoadAsync(connection, tenant, ask.Place);
        if (!place.Members.ContainsKey(person))
            return await Outside.OutsideAsync(connection, person, StreamKey.Of(tenant, ask.Place));
        if (!Desk.IsHandler(place, person))
            return new Refusal.Forbidden(["permission.reports"]);
        // So many fit into an answer whatever their reasons.
        var limit = Math.Min(ask.Limit, MostLines);
        var lines = new List<ReportLine>();
        var before = ask.Before;
        for (var isMore = true; isMore && lines.Count <= limit; )
        {
            var some = await DeskReads.DoneAsync(
                connection,
                StreamKey.Desk(tenant, ask.Place),
                desk,
                before,
                limit + 1
            );
            lines.AddRange(
                some.Where(one => one.About != person)
                    .Select(one => ReportLine.Of(one.Done.Version, one.Report, (Event)one.Done.Event))
            );
            isMore = some.Count > limit;
            before = some.Count > 0 ? some[^1].Done.Version : before;
        }
        return ReportAuditAnswers.Ok(new ReportAuditPage(Listing.From(lines.Take(limit)), lines.Count > limit));
    }

    private async Task<byte[]> PageAsync(NpgsqlConnection connection, PersonId person, bool isHandler, Ask.Reports ask)
    {
        var desk = (State)(await StreamReads.LoadAsync(connection, StreamKey.Desk(tenant, ask.Place))).Current.State;
        var page = desk.SeenBy(person, isHandler)
            .Where(report => report.IsOpen != ask.AreSettled && (ask.Before is null || report.Number < ask.Before))
            .Take(ask.Limit + 1)
            .Select(report => ReportEntry.Of(report, isHandler))
            .ToArray();
        return ReportAnswers.Ok(
            new ReportsPage(Listing.From(page.Take(ask.Limit)), isHandler, page.Length > ask.Limit)
        );
    }
}
