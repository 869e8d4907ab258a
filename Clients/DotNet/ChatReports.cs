using Chat.Domain.Desks;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Reports: telling whoever looks after a conversation, or the staff, and handling what was told.</summary>
public static class ChatReports
{
    /// <summary>
    /// Reports something, or handles a report. With an id of one's own it can be asked again at any time, and takes
    /// effect once.
    /// </summary>
    public static Task<Either<Refusal, SilentReceipt>> ReportAsync(
        this ChatClient client,
        Command command,
        ClientId? id = null,
        CancellationToken stop = default
    )
    {
        var (area, of, verb) = ReportRequests.AddressOf(command);
        var body = ReportRequests.Of(command, id ?? ChatClient.NewId());
        return client.AskAsync(area, of, verb, body, PairAnswers.Receipt, stop);
    }

    /// <summary>
    /// What was reported about a conversation and waits, or was settled: to who handles its reports all that is not
    /// about them, to others what they told. The newest first, before a number.
    /// </summary>
    public static Task<Either<Refusal, ReportsPage>> ReportsAsync(
        this ChatClient client,
        ConversationId place,
        bool areSettled = false,
        long? before = null,
        int limit = ReportAnswers.MaxPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "report",
            place.Value,
            "list",
            ReportRequests.List(areSettled, before, limit),
            ReportAnswers.Page,
            stop
        );

    /// <summary>
    /// The message that a report is about, wherever it was said: to who handles reports, for an hour after they looked
    /// (<see cref="Command.Look"/>).
    /// </summary>
    public static Task<Either<Refusal, Found>> ReportedAsync(
        this ChatClient client,
        ConversationId place,
        long report,
        CancellationToken stop = default
    ) => client.AskAsync("report", place.Value, "message", ReportRequests.About(report), ReportAnswers.Reported, stop);

    /// <summary>
    /// What was done with the reports about a conversation, to who handles them, less what is about them: the newest
    /// first, before a version.
    /// </summary>
    public static Task<Either<Refusal, ReportAuditPage>> ReportAuditAsync(
        this ChatClient client,
        ConversationId place,
        long? before = null,
        int limit = AuditAnswers.MaxPage,
        CancellationToken stop = default
    ) => client.AskAsync("report", place.Value, "audit", AuditAnswers.Of(before, limit), ReportAuditAnswers.Page, stop);
}
