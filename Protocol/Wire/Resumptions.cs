using Chat.Domain.Views;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>What became of a conversation since a cursor, as it is answered.</summary>
internal static class Resumptions
{
    public static void Write(ref MessagePackWriter writer, Resumption one)
    {
        switch (one)
        {
            case Resumption.Missed missed:
                writer.WriteMapHeader(4);
                writer.Field("conversation", missed.Conversation.Value);
                writer.Field("read", missed.Marks.Read);
                writer.Field("delivered", missed.Marks.Delivered);
                writer.Field(
                    "events",
                    missed.Events,
                    (ref MessagePackWriter w, Seen seen) => Events.Write(ref w, missed.Conversation, seen)
                );
                break;
            case Resumption.Reset reset:
                writer.WriteMapHeader(3 + Writing.Count(reset.Lines.Count > 0));
                writer.Field("conversation", reset.Conversation.Value);
                writer.Write("reset");
                Answers.WriteDetails(ref writer, reset.Details);
                writer.Field("messages", reset.Newest, Answers.WriteMessage);
                if (reset.Lines.Count > 0)
                    writer.Field("lines", reset.Lines, Events.Write);
                break;
            case Resumption.Left left:
                writer.WriteMapHeader(3);
                writer.Field("conversation", left.Conversation.Value);
                writer.Field("left", true);
                writer.Field("version", left.Version);
                break;
        }
    }
}
