using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Certificates on the wire: what is asked to be compared, what is answered, and what had drifted.</summary>
internal static class Certificates
{
    /// <summary>The words for the parts of a view.</summary>
    public static Listing<string> Parts { get; } = ["details", "members", "messages", "counts"];

    public static string Of(ViewPart part) => Parts[(int)part - 1];

    public static Validation<Fault, Listing<ConversationId>> Asked(Fields body) =>
        body["certify"] switch
        {
            null => Validation<Fault, Listing<ConversationId>>.Success([]),
            object?[] { Length: <= Certificate.Most } list
                when list.All(one => one is string text && Token.IsValid(text)) => Validation<
                Fault,
                Listing<ConversationId>
            >.Success(Listing.From(list.Select(one => ConversationId.Of((string)one!)))),
            _ => Fields.Wrong<Listing<ConversationId>>(
                "certify",
                $"at most {Certificate.Most} conversations, each a token"
            ),
        };

    public static Validation<Fault, Listing<ViewPart>> Drifted(Fields body) =>
        body["drifted"] switch
        {
            null => Validation<Fault, Listing<ViewPart>>.Success([]),
            object?[] { Length: <= 4 } list when list.All(one => one is string text && Parts.Contains(text)) =>
                Validation<Fault, Listing<ViewPart>>.Success(
                    Listing.From(list.Select(one => (ViewPart)(Parts.Span.IndexOf((string)one!) + 1)))
                ),
            _ => Fields.Wrong<Listing<ViewPart>>("drifted", $"of {string.Join(", ", Parts)}"),
        };

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
