using System.Buffers.Binary;
using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>How the parts that several forms share are written.</summary>
internal static class Writing
{
    public static void Write(this ref MessagePackWriter writer, Stamp stamp)
    {
        writer.WriteArrayHeader(stamp.OccurredAt is null ? 2 : 3);
        writer.Write(stamp.By.Value);
        writer.Write(stamp.At.Milliseconds);
        if (stamp.OccurredAt is { } occurred)
            writer.Write(occurred.Milliseconds);
    }

    public static void Write(this ref MessagePackWriter writer, Origin? origin)
    {
        if (origin is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteArrayHeader(3);
        writer.Write(origin.Device.Value);
        writer.Write(origin.Client.Value);
        if (origin.Digest.Value == 0)
        {
            writer.WriteNil();
            return;
        }
        Span<byte> digest = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(digest, origin.Digest.Value);
        writer.Write(digest);
    }

    public static void Write(this ref MessagePackWriter writer, Listing<Guard> guards)
    {
        writer.WriteArrayHeader(guards.Count);
        foreach (var guard in guards)
        {
            writer.WriteArrayHeader(2);
            writer.Write(guard.Stream.ToString());
            writer.Write(guard.Version);
        }
    }

    public static void Write(this ref MessagePackWriter writer, MessageRef message)
    {
        writer.WriteArrayHeader(message.Author is null ? 2 : 3);
        writer.Write(message.Seq);
        writer.Write(message.Version);
        if (message.Author is { } author)
            writer.Write(author.Value);
    }

    public static void Write(this ref MessagePackWriter writer, Listing<PersonId> people)
    {
        writer.WriteArrayHeader(people.Count);
        foreach (var person in people)
            writer.Write(person.Value);
    }

    public static void Write(this ref MessagePackWriter writer, Listing<Interval> access)
    {
        writer.WriteArrayHeader(access.Count);
        foreach (var stretch in access)
        {
            writer.WriteArrayHeader(2);
            writer.Write(stretch.From);
            writer.Write(stretch.Until);
        }
    }
}
