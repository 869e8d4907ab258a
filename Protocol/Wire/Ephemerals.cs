using Chat.Domain.Desks;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>What people are told and nobody keeps.</summary>
public abstract record Ephemeral
{
    private Ephemeral() { }

    /// <summary>How far somebody is.</summary>
    public sealed record Receipt(ConversationId Conversation, PersonId By, Marks Marks) : Ephemeral;

    /// <summary>Somebody is writing; it lasts a few seconds.</summary>
    public sealed record Typing(ConversationId Conversation, PersonId By) : Ephemeral;

    /// <summary>
    /// What waits at the desk of a conversation has changed, to who handles its reports; or what one told was settled,
    /// to who told. The staff's conversation is named to nobody outside: it is <c>-</c> then.
    /// </summary>
    public sealed record Reported(ConversationId Conversation, Outcome? Outcome = null) : Ephemeral;

    /// <summary>
    /// How far conversations have got: whoever is behind resumes; and whoever holds one of them, where what they hold
    /// is to be seen otherwise.
    /// </summary>
    public sealed record Heads(Listing<(ConversationId Conversation, long Version)> Versions, bool IsReset = false)
        : Ephemeral;
}

/// <summary>Their form on the wire.</summary>
public static class Ephemerals
{
    /// <summary>How far somebody is in a conversation.</summary>
    public static byte[] Receipt(ConversationId conversation, PersonId by, Marks marks) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(5);
                writer.Field("conversation", conversation.Value);
                writer.Field("type", "receipt");
                writer.Field("by", by.Value);
                writer.Field("read", marks.Read);
                writer.Field("delivered", marks.Delivered);
            }
        );

    /// <summary>Somebody is writing.</summary>
    public static byte[] Typing(ConversationId conversation, PersonId by) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(3);
                writer.Field("conversation", conversation.Value);
                writer.Field("type", "typing");
                writer.Field("by", by.Value);
            }
        );

    /// <summary>What waits at the desk of a conversation has changed, or what came of what somebody told.</summary>
    public static byte[] Reported(ConversationId conversation, Outcome? outcome = null) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2 + Writing.Count(outcome is not null));
                writer.Field("conversation", conversation.Value);
                writer.Field("type", "reported");
                if (outcome is { } came)
                    writer.Field("outcome", Words.Of(came));
            }
        );

    /// <summary>Pairs of conversation and version; and whether what is held of them is to be seen otherwise.</summary>
    public static byte[] Heads(
        IReadOnlyCollection<(ConversationId Conversation, long Version)> heads,
        bool isReset = false
    ) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2 + Writing.Count(isReset));
                writer.Field("type", "heads");
                if (isReset)
                    writer.Field("reset", true);
                writer.Field(
                    "heads",
                    heads,
                    static (ref MessagePackWriter w, (ConversationId Conversation, long Version) head) =>
                    {
                        w.WriteArrayHeader(2);
                        w.Write(head.Conversation.Value);
                        w.Write(head.Version);
                    }
                );
            }
        );

    /// <summary>Reads one; nothing where it is of a later kind, or not well-formed.</summary>
    public static Option<Ephemeral> Read(ReadOnlyMemory<byte> bytes) =>
        Fields.Read(bytes).Match(Right: Of, Left: _ => None);

    private static Option<Ephemeral> Of(Fields fields) =>
        (fields["type"], fields["conversation"], fields["by"]) switch
        {
            ("heads", _, _) when fields["heads"] is object?[] heads => new Ephemeral.Heads(
                Listing.From(
                    heads
                        .OfType<object?[]>()
                        .Where(head => head is [string id, long] && Token.IsValid(id))
                        .Select(head => (ConversationId.Of((string)head[0]!), (long)head[1]!))
                ),
                fields["reset"] is true
            ),
            ("reported", string conversation, _) when Token.IsValid(conversation) => new Ephemeral.Reported(
                ConversationId.Of(conversation),
                Words.OutcomeOf(fields["outcome"])
            ),
            ("typing", string conversation, string by) when Token.IsValid(conversation) && Token.IsValid(by) =>
                new Ephemeral.Typing(ConversationId.Of(conversation), PersonId.Of(by)),
            ("receipt", string conversation, string by)
                when Token.IsValid(conversation)
                    && Token.IsValid(by)
                    && fields["read"] is long read
                    && fields["delivered"] is long delivered => new Ephemeral.Receipt(
                ConversationId.Of(conversation),
                PersonId.Of(by),
                new Marks(read, delivered)
            ),
            _ => None,
        };
}
