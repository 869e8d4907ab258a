using Chat.Domain.Views;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>A message that was found, and where.</summary>
public sealed record Found(ConversationId Conversation, Message Message);

/// <summary>A page of what was found, the newest first.</summary>
/// <param name="Messages">The messages, as their reader's history has them.</param>
/// <param name="Cursor">Where the next page begins; null after the last.</param>
public sealed record SearchPage(Listing<Found> Messages, string? Cursor);

/// <summary>What is found, as it is answered and read.</summary>
public static class SearchAnswers
{
    /// <summary>A page.</summary>
    public static byte[] Ok(SearchPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(page.Cursor is not null));
                writer.Field("found", page.Messages, WriteFound);
                if (page.Cursor is { } cursor)
                    writer.Field("cursor", cursor);
            }
        );

    /// <summary>Reads a page.</summary>
    public static SearchPage Page(Fields ok) => new(ok.List("found", FoundOf), ok["cursor"] as string);

    internal static Found FoundOf(Fields one) =>
        new(one.Conversation("conversation"), Decoding.MessageOf(one.Map("message")));

    internal static void WriteFound(ref MessagePackWriter writer, Found found)
    {
        writer.WriteMapHeader(2);
        writer.Field("conversation", found.Conversation.Value);
        writer.Write("message");
        Answers.WriteMessage(ref writer, found.Message);
    }
}
