using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>The bodies of requests that change nothing.</summary>
public static class AskBodies
{
    /// <summary>A message's number.</summary>
    public static byte[] Seq(long seq) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("seq", seq);
            }
        );

    /// <summary>A page of history; without an anchor the newest.</summary>
    public static byte[] History(Anchor? anchor, long seq, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(anchor is not null));
                writer.Field("limit", limit);
                if (anchor is { } from)
                    writer.Field(from.ToString().ToLowerInvariant(), seq);
            }
        );

    /// <summary>A page of a list.</summary>
    public static byte[] Page(string? after, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(after is not null));
                writer.Field("limit", limit);
                if (after is not null)
                    writer.Field("after", after);
            }
        );

    /// <summary>A cursor, where there is one, and what is to be compared.</summary>
    public static byte[] Resume(string? cursor, Listing<ConversationId> certify) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(Writing.Count(cursor is not null, certify.Count > 0));
                if (cursor is not null)
                    writer.Field("cursor", cursor);
                if (certify.Count > 0)
                    writer.Field("certify", certify, (ref MessagePackWriter w, ConversationId id) => w.Write(id.Value));
            }
        );

    /// <summary>In what a conversation had drifted that begins anew.</summary>
    public static byte[] Begin(Listing<ViewPart> drifted) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(Writing.Count(drifted.Count > 0));
                if (drifted.Count > 0)
                    writer.Field(
                        "drifted",
                        drifted,
                        (ref MessagePackWriter w, ViewPart part) => w.Write(Words.Of(part))
                    );
            }
        );
}
