using Chat.Domain.Views;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// What somebody could see of a conversation after a version of its stream, as far as whoever asks may see it, too.
/// </summary>
/// <param name="Details">What it was to them; none where they were not in, and not asked in.</param>
/// <param name="Messages">A page of its messages, oldest first.</param>
/// <param name="Hidden">The numbers of those on the page that they could see, and whoever asks may not.</param>
/// <param name="More">Whether there are more in the direction that was read.</param>
public sealed record HindsightPage(Details? Details, Listing<Message> Messages, Listing<long> Hidden, bool More);

/// <summary>What could be seen, as it is asked for, answered and read.</summary>
public static class HindsightAnswers
{
    /// <summary>
    /// The body of a question: after which version, of whom if not of oneself; without an anchor the newest messages.
    /// </summary>
    public static byte[] Of(long version, PersonId? person, Anchor? anchor, long seq, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2 + Writing.Count(person is not null, anchor is not null));
                writer.Field("version", version);
                if (person is { } who)
                    writer.Field("person", who.Value);
                writer.Field("limit", limit);
                if (anchor is { } from)
                    writer.Field(from.ToString().ToLowerInvariant(), seq);
            }
        );

    /// <summary>A page of it.</summary>
    public static byte[] Ok(HindsightPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(3 + Writing.Count(page.Details is not null));
                if (page.Details is { } details)
                {
                    writer.Write("details");
                    Answers.WriteDetails(ref writer, details);
                }
                writer.Field("messages", page.Messages, Answers.WriteMessage);
                writer.Field("hidden", page.Hidden, static (ref MessagePackWriter w, long seq) => w.Write(seq));
                writer.Field("more", page.More);
            }
        );

    /// <summary>Reads a page of it.</summary>
    public static HindsightPage Page(Fields ok) =>
        new(
            ok["details"] is null ? null : Decoding.Details(ok.Map("details")),
            ok.List("messages", Decoding.MessageOf),
            ok["hidden"] is object?[] seqs ? Listing.From(seqs.OfType<long>()) : [],
            ok["more"] is true
        );
}
