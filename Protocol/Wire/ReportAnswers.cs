using Chat.Domain.Desks;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// A report as somebody is shown it. Who only told is shown what they told and what came of it: neither number, which
/// would tell how many there are, nor who handled it.
/// </summary>
/// <param name="Number">Its number at its desk; null to who only told.</param>
/// <param name="By">Who told.</param>
/// <param name="At">When.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="About">Whom it is about, if anybody; null to who only told.</param>
/// <param name="Why">What is wrong.</param>
/// <param name="Words">More on that.</param>
/// <param name="Assignee">Whose it is to see to; null to who only told.</param>
/// <param name="Outcome">What came of it; null while it is open.</param>
/// <param name="EndedAt">When that was.</param>
/// <param name="EndedBy">By whom; null to who only told.</param>
/// <param name="Note">With what words; null to who only told.</param>
public sealed record ReportEntry(
    long? Number,
    PersonId By,
    Instant At,
    Subject Subject,
    PersonId? About,
    Cause Why,
    Reason? Words,
    PersonId? Assignee,
    Outcome? Outcome,
    Instant? EndedAt,
    PersonId? EndedBy,
    Reason? Note
)
{
    /// <summary>The rule about words that told, when its author said it; none where somebody did.</summary>
    public WordRuleId? Rule { get; init; }

    /// <summary>A report as it is shown to who handles reports, or to who told.</summary>
    public static ReportEntry Of(Report report, bool isHandler) =>
        new(
            isHandler ? report.Number : null,
            report.By,
            report.At,
            report.Subject,
            isHandler ? report.About : null,
            report.Why,
            report.Words,
            isHandler ? report.Assignee : null,
            report.End?.Outcome,
            report.End?.At,
            isHandler ? report.End?.By : null,
            isHandler ? report.End?.Note : null
        )
        {
            Rule = report.Rule,
        };
}

/// <summary>A page of reports, the newest first.</summary>
/// <param name="Reports">The reports.</param>
/// <param name="IsHandler">Whether the caller handles them; else it is what they told themselves.</param>
/// <param name="More">Whether there are more.</param>
public sealed record ReportsPage(Listing<ReportEntry> Reports, bool IsHandler, bool More);

/// <summary>Reports as they are answered and read.</summary>
public static class ReportAnswers
{
    /// <summary>The most reports of one page.</summary>
    public const int MaxPage = Domain.Views.History.MaxPage;

    /// <summary>The message that a report is about, and where it was said.</summary>
    public static byte[] Ok(Found reported) =>
        Answers.Ok((ref MessagePackWriter writer) => SearchAnswers.WriteFound(ref writer, reported));

    /// <summary>Reads the message that a report is about.</summary>
    public static Found Reported(Fields ok) => SearchAnswers.FoundOf(ok);

    /// <summary>A page.</summary>
    public static byte[] Ok(ReportsPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(3);
                writer.Field("reports", page.Reports, Write);
                writer.Field("handler", page.IsHandler);
                writer.Field("more", page.More);
            }
        );

    /// <summary>Reads a page.</summary>
    public static ReportsPage Page(Fields ok) => new(ok.List("reports", Of), ok["handler"] is true, ok["more"] is true);

    private static void Write(ref MessagePackWriter writer, ReportEntry one)
    {
        writer.WriteMapHeader(
            3
                + (one.Subject is Subject.Message ? 2 : 1)
                + Writing.Count(one.Number is not null, one.About is not null, one.Words is not null)
                + Writing.Count(one.Assignee is not null, one.Outcome is not null, one.EndedAt is not null)
                + Writing.Count(one.EndedBy is not null, one.Note is not null, one.Rule is not null)
        );
        if (one.Number is { } number)
            writer.Field("report", number);
        writer.Field("by", one.By.Value);
        writer.Field("at", one.At);
        Write(ref writer, one.Subject);
        if (one.About is { } about)
            writer.Field("about", about.Value);
        writer.Field("why", Words.Of(one.Why));
        if (one.Words is { } words)
            writer.Field("reason", words.Value);
        if (one.Assignee is { } assignee)
            writer.Field("assignee", assignee.Value);
        if (one.Outcome is { } outcome)
            writer.Field("outcome", Words.Of(outcome));
        if (one.EndedAt is { } ended)
            writer.Field("settled_at", ended);
        if (one.EndedBy is { } by)
            writer.Field("settled_by", by.Value);
        if (one.Note is { } note)
            writer.Field("note", note.Value);
        if (one.Rule is { } rule)
            writer.Field("rule", rule.Value);
    }

    private static void Write(ref MessagePackWriter writer, Subject subject)
    {
        switch (subject)
        {
            case Subject.Message message:
                writer.Field("conversation", message.Conversation.Value);
                writer.Field("seq", message.Seq);
                break;
            case Subject.Person person:
                writer.Field("person", person.Who.Value);
                break;
            case Subject.Place place:
                writer.Field("conversation", place.Conversation.Value);
                break;
        }
    }

    private static ReportEntry Of(Fields one) =>
        new(
            one["report"] as long?,
            one.Person("by"),
            one.Time("at"),
            SubjectOf(one),
            one.PersonIfAny("about"),
            Words.CauseOf(one["why"]) ?? throw new FormatException("why"),
            one.ReasonIfAny("reason"),
            one.PersonIfAny("assignee"),
            Words.OutcomeOf(one["outcome"]),
            one["settled_at"] is null ? null : one.Time("settled_at"),
            one.PersonIfAny("settled_by"),
            one.ReasonIfAny("note")
        )
        {
            Rule = one["rule"] is null ? null : one.Value("rule", WordRuleId.Create),
        };

    private static Subject SubjectOf(Fields one) =>
        one["person"] is not null ? new Subject.Person(one.Person("person"))
        : one["seq"] is long seq ? new Subject.Message(one.Conversation("conversation"), seq)
        : new Subject.Place(one.Conversation("conversation"));
}
