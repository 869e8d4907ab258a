using Chat.Domain.Desks;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Something that was done with a report, as who handles them is told.</summary>
/// <param name="Version">As which version of the desk.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="What">What it was: filed, assigned, looked or settled.</param>
/// <param name="Report">With which report.</param>
/// <param name="Person">Whom it was about, where it was told; to whom, where it was given.</param>
/// <param name="Outcome">What came of it, where it was settled.</param>
/// <param name="Reason">Why, as whoever did it said.</param>
/// <param name="Because">The rules that led to it, the deciding one last; none where anybody may.</param>
public sealed record ReportLine(
    long Version,
    Instant At,
    PersonId By,
    string What,
    long Report,
    PersonId? Person,
    Outcome? Outcome,
    Reason? Reason,
    Listing<string> Because
)
{
    /// <summary>What happened at a desk, with the number of the report that it was about.</summary>
    public static ReportLine Of(long version, long report, Event happened) =>
        happened switch
        {
            Event.Filed filed => new(
                version,
                filed.At,
                filed.By,
                "filed",
                report,
                filed.About,
                null,
                filed.Words,
                filed.Rule is { } rule ? [$"words.{rule}"] : []
            ),
            Event.Assigned assigned => new(
                version,
                assigned.At,
                assigned.By,
                "assigned",
                report,
                assigned.To,
                null,
                null,
                assigned.Because
            ),
            Event.Looked looked => new(
                version,
                looked.At,
                looked.By,
                "looked",
                report,
                null,
                null,
                looked.Why,
                looked.Because
            ),
            Event.Settled settled => new(
                version,
                settled.At,
                settled.By,
                "settled",
                report,
                null,
                settled.Outcome,
                settled.Note,
                settled.Because
            ),
        };
}

/// <summary>A page of what was done with reports, the newest first.</summary>
public sealed record ReportAuditPage(Listing<ReportLine> Lines, bool More);

/// <summary>What was done with reports, as it is answered and read.</summary>
public static class ReportAuditAnswers
{
    /// <summary>A page of it.</summary>
    public static byte[] Ok(ReportAuditPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("done", page.Lines, Write);
                writer.Field("more", page.More);
            }
        );

    /// <summary>Reads a page of it.</summary>
    public static ReportAuditPage Page(Fields ok) => new(ok.List("done", Of), ok["more"] is true);

    private static void Write(ref MessagePackWriter writer, ReportLine line)
    {
        writer.WriteMapHeader(
            6 + Writing.Count(line.Person is not null, line.Outcome is not null, line.Reason is not null)
        );
        writer.Field("version", line.Version);
        writer.Field("at", line.At);
        writer.Field("by", line.By.Value);
        writer.Field("what", line.What);
        writer.Field("report", line.Report);
        if (line.Person is { } person)
            writer.Field("person", person.Value);
        if (line.Outcome is { } outcome)
            writer.Field("outcome", Words.Of(outcome));
        if (line.Reason is { } reason)
            writer.Field("reason", reason.Value);
        writer.Field("because", line.Because, static (ref MessagePackWriter w, string rule) => w.Write(rule));
    }

    private static ReportLine Of(Fields one) =>
        new(
            one.Long("version"),
            one.Time("at"),
            one.Person("by"),
            one.String("what"),
            one.Long("report"),
            one.PersonIfAny("person"),
            Words.OutcomeOf(one["outcome"]),
            one.ReasonIfAny("reason"),
            one["because"] is object?[] rules ? Listing.From(rules.OfType<string>()) : []
        );
}
