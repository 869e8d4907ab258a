using Chat.Domain.Rooms;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>What was said and happened in a room, as one inside is sent it, both ways.</summary>
internal static class RoomLines
{
    public static void Write(ref MessagePackWriter writer, Told line)
    {
        writer.WriteMapHeader(4 + Writing.Count(line.Who is not null, line.Way is not null, line.Text is not null));
        writer.Field("version", line.Version);
        writer.Field("what", line.What);
        writer.Field("by", line.By.Value);
        writer.Field("at", line.At);
        if (line.Who is { } who)
            writer.Field("who", who.Value);
        if (line.Way is { } way)
            writer.Field("way", Words.Of(way));
        if (line.Text is { } text)
            writer.Field("text", text.Value);
    }

    public static Way WayOf(Fields one) => Words.WayOf(one["way"]) ?? throw new FormatException("way");

    public static Told Of(Fields line) =>
        new(
            line.Long("version"),
            line.String("what"),
            line.Person("by"),
            line.Time("at"),
            line.PersonIfAny("who"),
            line["way"] is null ? null : WayOf(line),
            line["text"] is null ? null : line.Value("text", RoomText.Create)
        );
}
