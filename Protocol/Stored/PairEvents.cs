using Chat.Domain.Pairs;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>The fields of a pair's events: the other of the two.</summary>
internal static class PairEvents
{
    public static void Write(ref MessagePackWriter writer, Event happened)
    {
        writer.WriteArrayHeader(1);
        writer.Write(happened.Other.Value);
    }

    public static Event Read(ref MessagePackReader reader, short type, Stamp stamp)
    {
        reader.Fixed(1);
        var other = reader.Person();
        return type switch
        {
            30 => new Event.Requested(stamp, other),
            31 => new Event.Befriended(stamp, other),
            32 => new Event.Declined(stamp, other),
            33 => new Event.Cancelled(stamp, other),
            34 => new Event.Removed(stamp, other),
            35 => new Event.Blocked(stamp, other),
            36 => new Event.Unblocked(stamp, other),
            _ => throw new UnreadableException("event.unknown_number"),
        };
    }
}
