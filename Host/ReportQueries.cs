using Chat.Domain.Desks;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host;

/// <summary>Answers about what was reported.</summary>
internal sealed class ReportQueries(Database database, TenantId tenant)
{
    private readonly StreamReads streams = new(database);

    public async Task<Either<Refusal, byte[]>> AnswerAsync(NpgsqlConnection connection, PersonId person, Ask ask) =>
        ask is Ask.Reports reports
            ? await PageAsync(connection, person, reports)
            // What is told changes something, but where there is no staff.
            : new Refusal.Unsupported("staff.none");

    // Who is not in is told what anybody outside is.
    private async Task<Either<Refusal, byte[]>> PageAsync(NpgsqlConnection connection, PersonId person, Ask.Reports ask)
    {
        var key = StreamKey.Of(tenant, ask.Place);
        var place = (Domain.Conversations.State)(await streams.LoadAsync(key)).Current.State;
        if (!place.Members.ContainsKey(person))
            return await Outside.OutsideAsync(connection, person, key);
        var desk = (State)(await streams.LoadAsync(StreamKey.Desk(tenant, ask.Place))).Current.State;
        var isHandler = Desk.IsHandler(place, person);
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
