using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Certificates on the wire: what is asked to be compared, what is answered, and what had drifted.</summary>
internal static class Certificates
{
    public static Validation<Fault, Listing<ConversationId>> Asked(Fields body) =>
        body.Tokens("certify", Certificate.Most, "conversations", ConversationId.Of);

    public static Validation<Fault, Listing<ViewPart>> Drifted(Fields body)
    {
        if (body["drifted"] is null)
            return Validation<Fault, Listing<ViewPart>>.Success([]);
        var parts = (body["drifted"] as object?[])?.Select(Words.PartOf).ToArray();
        return parts?.Length <= Words.Parts.Count && parts.All(part => part is not null)
            ? Validation<Fault, Listing<ViewPart>>.Success(Listing.From(parts.Select(part => part!.Value)))
            : Fields.Wrong<Listing<ViewPart>>("drifted", $"of {string.Join(", ", Words.Parts)}");
    }

    public static void Write(ref MessagePackWriter writer, Certificate one)
    {
        writer.WriteMapHeader(9 + Writing.Count(one.Members is not null));
        writer.Field("conversation", one.Conversation.Value);
        writer.Field("version", one.Version);
        writer.Field("read", one.Marks.Read);
        writer.Field("delivered", one.Marks.Delivered);
        writer.Field("unread", one.Unread);
        writer.Field("mentions", one.Mentions);
        writer.Field("from", one.From);
        writer.Field("details", one.Details);
        if (one.Members is { } members)
            writer.Field("members", members);
        writer.Field("messages", one.Messages);
    }

    public static Certificate Read(Fields one) =>
        new(
            one.Conversation("conversation"),
            one.Long("version"),
            Decoding.Marks(one),
            (int)one.Long("unread"),
            (int)one.Long("mentions"),
            one.Long("from"),
            one.Long("details"),
            one["members"] as long?,
            one.Long("messages")
        );
}
