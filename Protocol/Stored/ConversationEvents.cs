using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>The fields of a conversation's events. Returns the body, which does not belong to them.</summary>
internal static class ConversationEvents
{
    public static string? Write(ref MessagePackWriter writer, Event happened)
    {
        switch (happened)
        {
            case Event.Created created:
                writer.WriteArrayHeader(3);
                writer.Write((int)created.Kind);
                writer.Write(created.Members);
                writer.Write(created.Name?.Value);
                return null;
            case Event.Renamed renamed:
                return One(ref writer, renamed.Name.Value);
            case Event.TopicSet set:
                return One(ref writer, set.Topic.Value);
            case Event.Nicknamed named:
                return One(ref writer, named.Nickname.Value);
            case Event.Invited invited:
                writer.WriteArrayHeader(1);
                writer.Write(invited.People);
                return null;
            case Event.Joined joined:
                writer.WriteArrayHeader(joined.Link is null ? 1 : 2);
                writer.Write(joined.Access);
                if (joined.Link is { } link)
                    writer.Write(link.Value);
                return null;
            case Event.Left:
                writer.WriteArrayHeader(0);
                return null;
            case Event.MessageSent sent:
                return Sent(ref writer, sent);
            case Event.MessageEdited edited:
                writer.WriteArrayHeader(edited.IsForEveryone ? 3 : 2);
                writer.Write(edited.Message);
                writer.Write(edited.Mentions);
                if (edited.IsForEveryone)
                    writer.Write(true);
                return Said(edited.Content);
            case Event.MessageRedacted redacted:
                writer.WriteArrayHeader(3);
                writer.Write(redacted.Message);
                writer.Write(redacted.Author.Value);
                writer.Write(redacted.Reason?.Value);
                return null;
            case Event.Reacted reacted:
                return Emoji(ref writer, reacted.Message, reacted.Emoji);
            case Event.Unreacted removed:
                return Emoji(ref writer, removed.Message, removed.Emoji);
            default:
                GoverningEvents.Write(ref writer, happened);
                return null;
        }
    }

    // These have one field more since links let people in, everyone can be mentioned, and rules take the word.
    private const short Joined = 6;
    private const short MessageSent = 8;

    private static bool HasGrown(short type) =>
        type is Joined or MessageSent or EventTypes.MessageEdited or GoverningEvents.TimedOut;

    private static string? One(ref MessagePackWriter writer, string text)
    {
        writer.WriteArrayHeader(1);
        writer.Write(text);
        return null;
    }

    private static string? Sent(ref MessagePackWriter writer, Event.MessageSent sent)
    {
        writer.WriteArrayHeader(sent.IsForEveryone ? 5 : 4);
        writer.Write(sent.Seq);
        if (sent.ReplyTo is { } quoted)
            writer.Write(quoted);
        else
            writer.WriteNil();
        writer.Write(sent.Mentions);
        writer.Write(sent.IsAction);
        if (sent.IsForEveryone)
            writer.Write(true);
        return Said(sent.Content);
    }

    private static string? Emoji(ref MessagePackWriter writer, MessageRef message, Emoji emoji)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message);
        writer.Write(emoji.Value);
        return null;
    }

    private static string? Said(Content content) =>
        content is Content.Present present ? StoredContent.Of(present) : null;

    public static Event Read(ref MessagePackReader reader, short type, Stamp stamp, Content said)
    {
        var fields = reader.ReadArrayHeader();
        var isGrown = HasGrown(type) && fields == FieldsOf(type) + 1;
        Reading.Must(isGrown || fields == FieldsOf(type), "stored.field_count");
        return type switch
        {
            1 => new Event.Created(
                stamp,
                reader.Kind(),
                reader.People(),
                reader.TryReadNil() ? null : reader.Value(ConversationName.Create)
            ),
            2 => new Event.Renamed(stamp, reader.Value(ConversationName.Create)),
            3 => new Event.TopicSet(stamp, reader.Value(Topic.Create)),
            4 => new Event.Nicknamed(stamp, reader.Value(Nickname.Create)),
            5 => new Event.Invited(stamp, reader.People()),
            Joined => new Event.Joined(stamp, reader.Access(), isGrown ? reader.Value(LinkId.Create) : null),
            7 => new Event.Left(stamp),
            MessageSent => new Event.MessageSent(
                stamp,
                reader.Count64(),
                said,
                reader.TryReadNil() ? null : reader.Message(),
                reader.People(),
                reader.ReadBoolean()
            )
            {
                IsForEveryone = isGrown && reader.ReadBoolean(),
            },
            EventTypes.MessageEdited => new Event.MessageEdited(stamp, reader.Message(), said, reader.People())
            {
                IsForEveryone = isGrown && reader.ReadBoolean(),
            },
            EventTypes.MessageRedacted => new Event.MessageRedacted(
                stamp,
                reader.Message(),
                reader.Person(),
                reader.ReasonIfAny()
            ),
            11 => new Event.Reacted(stamp, reader.Message(), reader.Value(Domain.Values.Emoji.Create)),
            12 => new Event.Unreacted(stamp, reader.Message(), reader.Value(Domain.Values.Emoji.Create)),
            _ => GoverningEvents.Read(ref reader, type, stamp, isGrown),
        };
    }

    private static int FieldsOf(short type) =>
        type switch
        {
            1 or EventTypes.MessageRedacted => 3,
            7 => 0,
            MessageSent => 4,
            EventTypes.MessageEdited or 11 or 12 => 2,
            >= GoverningEvents.First => GoverningEvents.FieldsOf(type),
            _ => 1,
        };
}
