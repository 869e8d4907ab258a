using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Something that was done, as whoever may know it is told.</summary>
/// <param name="Version">As which version.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="What">What it was: a type of event.</param>
/// <param name="Person">To whom, where it was done to one person.</param>
/// <param name="Seq">About which message.</param>
/// <param name="Reason">Why, as whoever did it said.</param>
/// <param name="Because">The rules that allowed it, the deciding one last.</param>
public sealed record AuditLine(
    long Version,
    Instant At,
    PersonId By,
    string What,
    PersonId? Person,
    long? Seq,
    Reason? Reason,
    Listing<string> Because
)
{
    /// <summary>An entry as it is told. What lets people in stays with who may know it.</summary>
    public static AuditLine Of(AuditEntry entry) =>
        new(
            entry.Version,
            entry.Event.At,
            entry.Event.By,
            entry.Event switch
            {
                Domain.Conversations.Event.LinkMade => "link_made",
                Domain.Conversations.Event.WordsSet => "words_set",
                Domain.Conversations.Event.LinkDropped => "link_dropped",
                var happened => Events.TypeOf(happened),
            },
            entry.Person,
            entry.Event.About?.Seq,
            entry.Reason,
            entry.Because
        );
}

/// <summary>A page of what was done, the newest first.</summary>
public sealed record AuditPage(Listing<AuditLine> Lines, bool More);

/// <summary>What was done, as it is asked for, answered and read.</summary>
public static class AuditAnswers
{
    /// <summary>The most lines of one page.</summary>
    public const int MaxPage = Domain.Views.History.MaxPage;

    /// <summary>The body of a question: before a version, or the newest.</summary>
    public static byte[] Of(long? before, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(before is not null));
                writer.Field("limit", limit);
                if (before is { } version)
                    writer.Field("before", version);
            }
        );

    /// <summary>A page of it.</summary>
    public static byte[] Ok(AuditPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("done", page.Lines, Write);
                writer.Field("more", page.More);
            }
        );

    /// <summary>Reads a page of it.</summary>
    public static AuditPage Page(Fields ok) => new(ok.List("done", Of), ok["more"] is true);

    private static void Write(ref MessagePackWriter writer, AuditLine line)
    {
        writer.WriteMapHeader(
            5 + Writing.Count(line.Person is not null, line.Seq is not null, line.Reason is not null)
        );
        writer.Field("version", line.Version);
        writer.Field("at", line.At);
        writer.Field("by", line.By.Value);
        writer.Field("what", line.What);
        if (line.Person is { } person)
            writer.Field("person", person.Value);
        if (line.Seq is { } seq)
            writer.Field("seq", seq);
        if (line.Reason is { } reason)
            writer.Field("reason", reason.Value);
        writer.Field("because", line.Because, static (ref MessagePackWriter w, string rule) => w.Write(rule));
    }

    private static AuditLine Of(Fields one) =>
        new(
            one.Long("version"),
            one.Time("at"),
            one.Person("by"),
            one.String("what"),
            one.PersonIfAny("person"),
            one["seq"] as long?,
            one.ReasonIfAny("reason"),
            one["because"] is object?[] rules ? Listing.From(rules.OfType<string>()) : []
        );
}
