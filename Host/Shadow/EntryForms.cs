using System.Buffers;
using MessagePack;

namespace Chat.Host.Shadow;

/// <summary>
/// Entries as bytes: an array that begins with what it is. A later version may put more behind what this one reads.
/// </summary>
internal static class EntryForms
{
    /// <summary>Raised when what is there means something else; more behind it does not.</summary>
    public const long Format = 1;

    private const string Begun = "chat.recording";
    private const string Lost = "lost";
    private const string Request = "request";

    public static byte[] Encode(Entry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        switch (entry)
        {
            case Entry.Begun begun:
                writer.WriteArrayHeader(4);
                writer.Write(Begun);
                writer.Write(begun.Format);
                writer.Write(begun.At.Milliseconds);
                writer.Write(begun.Host);
                break;
            case Entry.Lost lost:
                writer.WriteArrayHeader(2);
                writer.Write(Lost);
                writer.Write(lost.Count);
                break;
            case Entry.Request request:
                Write(ref writer, request);
                break;
        }
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an entry; null for what this version does not know, or what is none.</summary>
    public static Entry? Decode(byte[] bytes)
    {
        try
        {
            var reader = new MessagePackReader(bytes);
            reader.ReadArrayHeader();
            return reader.ReadString() switch
            {
                Begun => new Entry.Begun(reader.ReadInt64(), new Instant(reader.ReadInt64()), reader.ReadString()!),
                Lost => new Entry.Lost(reader.ReadInt64()),
                Request => ReadRequest(ref reader),
                _ => null,
            };
        }
        // What MessagePack and our ids throw on bytes that are none of ours.
        catch (Exception fault)
            when (fault
                    is MessagePackSerializationException
                        or EndOfStreamException
                        or ArgumentException
                        or InvalidOperationException
                        or OverflowException
            )
        {
            return null;
        }
    }

    private static void Write(ref MessagePackWriter writer, Entry.Request request)
    {
        var (origin, written, basis, verdict) = (request.Origin, request.Written, request.Basis, request.Verdict);
        writer.WriteArrayHeader(20);
        writer.Write(Request);
        writer.Write(origin.Stream.ToString());
        writer.Write(origin.Person.Value);
        writer.Write(origin.Device.Value);
        writer.Write(origin.Client.Value);
        writer.Write(written.Area);
        writer.Write(written.Id);
        writer.Write(written.Verb);
        writer.Write(written.Body);
        writer.Write(written.Staff?.Value);
        writer.Write(basis.Version);
        writer.Write(basis.Now.Milliseconds);
        Write(ref writer, basis.OccurredAt);
        writer.WriteMapHeader(basis.Seen.Count);
        foreach (var guard in basis.Seen)
        {
            writer.Write(guard.Stream.ToString());
            writer.Write(guard.Version);
        }
        writer.Write(basis.Against?.Code);
        Write(ref writer, basis.Against?.Because ?? []);
        writer.Write(verdict.IsTwin);
        writer.Write(verdict.Events);
        writer.Write(verdict.Code);
        Write(ref writer, verdict.Because);
    }

    private static Entry.Request ReadRequest(ref MessagePackReader reader) =>
        new(
            new Origin(
                ReadStream(ref reader),
                PersonId.Of(reader.ReadString()!),
                DeviceId.Of(reader.ReadString()!),
                ClientId.Of(reader.ReadString()!)
            ),
            new Written(
                reader.ReadString()!,
                reader.ReadString()!,
                reader.ReadString()!,
                reader.ReadBytes()?.ToArray() ?? [],
                reader.ReadString() is { } staff ? ConversationId.Of(staff) : null
            ),
            new Basis(
                reader.ReadInt64(),
                new Instant(reader.ReadInt64()),
                reader.TryReadNil() ? null : new Instant(reader.ReadInt64()),
                ReadSeen(ref reader),
                ReadAgainst(ref reader)
            ),
            new Verdict(reader.ReadBoolean(), reader.ReadInt32(), reader.ReadString(), ReadTexts(ref reader))
        );

    private static (string, Listing<string>)? ReadAgainst(ref MessagePackReader reader)
    {
        var (code, because) = (reader.ReadString(), ReadTexts(ref reader));
        return code is null ? null : (code, because);
    }

    private static StreamKey ReadStream(ref MessagePackReader reader) =>
        StreamKey.Parse(reader.ReadString()!).IfNone(() => throw new ArgumentException("no stream's key"));

    private static Listing<Guard> ReadSeen(ref MessagePackReader reader)
    {
        var seen = new List<Guard>();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
            seen.Add(new Guard(ReadStream(ref reader), reader.ReadInt64()));
        return Listing.From(seen);
    }

    private static Listing<string> ReadTexts(ref MessagePackReader reader)
    {
        var texts = new List<string>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
            texts.Add(reader.ReadString()!);
        return Listing.From(texts);
    }

    private static void Write(ref MessagePackWriter writer, Listing<string> texts)
    {
        writer.WriteArrayHeader(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    private static void Write(ref MessagePackWriter writer, Instant? at)
    {
        if (at is { } instant)
            writer.Write(instant.Milliseconds);
        else
            writer.WriteNil();
    }
}
