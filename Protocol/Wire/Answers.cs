using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// Answers as MessagePack: <c>{ ok: … }</c> or <c>{ refused: { code, because, retry_after_ms? } }</c>.
/// </summary>
public static class Answers
{
    /// <summary>A refusal.</summary>
    public static byte[] Refused(Refusal refusal) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Write("refused");
                WriteRefusal(ref writer, refusal);
            }
        );

    internal static void WriteRefusal(ref MessagePackWriter writer, Refusal refusal)
    {
        writer.WriteMapHeader(2 + Writing.Count(refusal.RetryAfterMs is not null));
        writer.Field("code", refusal.Code);
        writer.Field("because", refusal.Because, static (ref MessagePackWriter w, string rule) => w.Write(rule));
        if (refusal.RetryAfterMs is { } after)
            writer.Field("retry_after_ms", after);
    }

    /// <summary>What was accepted.</summary>
    public static byte[] Ok(Receipt receipt) =>
        receipt.Stream.Kind is StreamKind.Pair or StreamKind.Desk or StreamKind.Place or StreamKind.Line
            ? PairAnswers.Ok(new SilentReceipt(receipt.Replayed))
        : receipt.Stream.Kind is StreamKind.Room
            ? RoomAnswers.Ok(new RoomReceipt(RoomId.Of(receipt.Stream.Id), receipt.Replayed))
        : Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(4 + Writing.Count(receipt.Seq is not null));
                writer.Field(receipt.Stream.Kind is StreamKind.Person ? "person" : "conversation", receipt.Stream.Id);
                writer.Field("version", receipt.Version);
                if (receipt.Seq is { } seq)
                    writer.Field("seq", seq);
                writer.Field("at", receipt.At);
                writer.Field("replayed", receipt.Replayed);
            }
        );

    /// <summary>Marks as they stand.</summary>
    public static byte[] Ok(Marks marks) => Ok((ref MessagePackWriter writer) => WriteMarks(ref writer, marks));

    /// <summary>Nothing to say but that it went through.</summary>
    public static byte[] Ok() => Ok((ref MessagePackWriter writer) => writer.WriteMapHeader(0));

    /// <summary>A page of history.</summary>
    public static byte[] Ok(HistoryPage page) =>
        Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2 + Writing.Count(page.Lines.Count > 0));
                writer.Field("messages", page.Messages, WriteMessage);
                if (page.Lines.Count > 0)
                    writer.Field("lines", page.Lines, Events.Write);
                writer.Field("more", page.More);
            }
        );

    /// <summary>A page of the inbox.</summary>
    public static byte[] Ok(InboxPage page) =>
        Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("conversations", page.Entries, WriteEntry);
                writer.Field("more", page.More);
            }
        );

    /// <summary>A page of members.</summary>
    public static byte[] Ok(MembersPage page) =>
        Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("members", page.Members, WriteMember);
                writer.Field("more", page.More);
            }
        );

    /// <summary>A conversation to begin anew.</summary>
    public static byte[] Ok(Resumption.Reset begun) =>
        Ok((ref MessagePackWriter writer) => Resumptions.Write(ref writer, begun));

    /// <summary>A conversation as its person sees it.</summary>
    public static byte[] Ok(Details details) => Ok((ref MessagePackWriter writer) => WriteDetails(ref writer, details));

    /// <summary>What was missed.</summary>
    public static byte[] Ok(ResumePage page) =>
        Ok(
            (ref MessagePackWriter writer) =>
            {
                // Also none says something: one is not in what was asked for.
                var isCertified = !page.More || page.Certificates.Count > 0;
                writer.WriteMapHeader(4 + Writing.Count(isCertified));
                writer.Field("cursor", page.Cursor);
                writer.Field("reset", page.IsReset);
                writer.Field("conversations", page.Conversations, Resumptions.Write);
                writer.Field("more", page.More);
                if (isCertified)
                    writer.Field("certificates", page.Certificates, Certificates.Write);
            }
        );

    internal static byte[] Ok(Writing.Write write) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Write("ok");
                write(ref writer);
            }
        );

    private static void WriteMarks(ref MessagePackWriter writer, Marks marks)
    {
        writer.WriteMapHeader(2);
        writer.Field("read", marks.Read);
        writer.Field("delivered", marks.Delivered);
    }

    internal static void WriteMessage(ref MessagePackWriter writer, Message message)
    {
        var optional = Writing.Count(
            message.OccurredAt is not null,
            message.IsAction,
            message.ReplyTo is not null,
            message.Mentions.Count > 0,
            message.IsForEveryone,
            message.EditedAt is not null,
            message.RedactedBy is not null,
            message.Reason is not null,
            message.Reactions.Count > 0
        );
        writer.WriteMapHeader(4 + Events.FieldsOf(message.Content) + optional);
        writer.Field("seq", message.Seq);
        writer.Field("version", message.Version);
        writer.Field("by", message.By.Value);
        writer.Field("at", message.At);
        Events.WriteContent(ref writer, message.Content);
        if (message.OccurredAt is { } occurred)
            writer.Field("occurred_at", occurred);
        if (message.IsAction)
            writer.Field("action", true);
        if (message.ReplyTo is { } quoted)
            writer.Field("reply_to", quoted);
        if (message.Mentions.Count > 0)
            writer.Field("mentions", message.Mentions);
        if (message.IsForEveryone)
            writer.Field("everyone", true);
        if (message.EditedAt is { } edited)
            writer.Field("edited_at", edited);
        if (message.RedactedBy is { } by)
            writer.Field("redacted_by", by.Value);
        if (message.Reason is { } reason)
            writer.Field("reason", reason.Value);
        if (message.Reactions.Count > 0)
            writer.Field("reactions", message.Reactions, WriteReactions);
    }

    private static void WriteReactions(ref MessagePackWriter writer, ReactionsOf reactions)
    {
        writer.WriteMapHeader(2);
        writer.Field("emoji", reactions.Emoji.Value);
        writer.Field("people", reactions.People);
    }

    private static void WriteEntry(ref MessagePackWriter writer, InboxEntry entry)
    {
        writer.WriteMapHeader(9 + Writing.Count(entry.Name is not null, entry.Last is not null));
        writer.Field("conversation", entry.Conversation.Value);
        writer.Field("standing", Words.Of(entry.Standing));
        writer.Field("kind", Words.Of(entry.Kind));
        if (entry.Name is { } name)
            writer.Field("name", name.Value);
        writer.Field("version", entry.Version);
        writer.Field("seq", entry.Seq);
        writer.Field("read", entry.Marks.Read);
        writer.Field("delivered", entry.Marks.Delivered);
        writer.Field("unread", entry.Unread);
        writer.Field("mentions", entry.Mentions);
        if (entry.Last is { } last)
        {
            writer.Write("last");
            WriteMessage(ref writer, last);
        }
    }

    private static void WriteMember(ref MessagePackWriter writer, MemberEntry member)
    {
        var optional = Writing.Count(
            member.Nickname is not null,
            member.Roles.Count > 0,
            member.TimedOutUntil is not null
        );
        writer.WriteMapHeader(3 + optional + Governed.FieldsOf(member.Grant));
        writer.Field("joined_at", member.JoinedAt);
        writer.Field("person", member.Person.Value);
        writer.Field("role", Words.Of(member.Role));
        if (member.Nickname is { } nickname)
            writer.Field("nickname", nickname.Value);
        if (member.Roles.Count > 0)
            Governed.Write(ref writer, "roles", member.Roles);
        if (member.TimedOutUntil is { } until)
            writer.Field("timed_out_until", until);
        Governed.Write(ref writer, member.Grant);
    }

    internal static void WriteDetails(ref MessagePackWriter writer, Details details)
    {
        writer.WriteMapHeader(6 + Writing.Count(details.Topic is not null));
        writer.Write("entry");
        WriteEntry(ref writer, details.Entry);
        if (details.Topic is { } topic)
            writer.Field("topic", topic.Value);
        writer.Field("joined_seq", details.JoinedSeq);
        writer.Field("member_count", details.MemberCount);
        writer.Field("members", details.Members, WriteMember);
        writer.Field("invited", details.Invited);
        writer.Write("rules");
        Governed.Write(ref writer, details.Rules);
    }
}
