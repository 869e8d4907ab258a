using System.Buffers;
using Chat.Domain.Presences;
using MessagePack;

namespace Chat.Host.House;

/// <summary>Of whom somebody was told that they came, so that they are not told again by another host.</summary>
/// <param name="Whom">Who was told.</param>
/// <param name="Told">Of whom, and when.</param>
/// <param name="DigestAt">When they last had a digest; null if never.</param>
internal sealed record Noted(PersonId Whom, Map<PersonId, Instant> Told, Instant? DigestAt);

/// <summary>What hosts tell each other of who is in.</summary>
/// <param name="Held">Of some people, what is held.</param>
/// <param name="Opened">Who of them just came.</param>
internal sealed record Gossip(HashMap<PersonId, Leases> Held, Listing<PersonId> Opened)
{
    /// <summary>Of whom others were told; a host that does not know of this reads the rest.</summary>
    public Listing<Noted> Noted { get; init; } = [];

    /// <summary>People of one message: it stays far below what a server takes.</summary>
    public const int MaxPeople = 500;

    /// <summary>Of so many it is told in one message of whom they were told: some 15 KB each at the most.</summary>
    public const int MaxNoted = 40;

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(3);
        writer.WriteArrayHeader(Held.Count);
        foreach (var (person, leases) in Held)
        {
            writer.WriteArrayHeader(3);
            writer.Write(person.Value);
            Write(ref writer, leases.SeenAt);
            writer.WriteArrayHeader(leases.ByDevice.Count);
            foreach (var (device, lease) in leases.ByDevice)
            {
                writer.WriteArrayHeader(4);
                writer.Write(device.Value);
                writer.Write(lease.At.Milliseconds);
                writer.Write(lease.IsSneaking);
                writer.Write(lease.IsEnded);
            }
        }
        writer.WriteArrayHeader(Opened.Count);
        foreach (var person in Opened)
            writer.Write(person.Value);
        writer.WriteArrayHeader(Noted.Count);
        foreach (var (whom, told, digest) in Noted)
        {
            writer.WriteArrayHeader(3);
            writer.Write(whom.Value);
            Write(ref writer, digest);
            writer.WriteMapHeader(told.Count);
            foreach (var (who, at) in told)
            {
                writer.Write(who.Value);
                writer.Write(at.Milliseconds);
            }
        }
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what another host wrote.</summary>
    /// <exception cref="MessagePackSerializationException">It is something else.</exception>
    public static Gossip Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var parts = reader.ReadArrayHeader();
        var held = HashMap<PersonId, Leases>();
        for (var count = reader.ReadArrayHeader(); count > 0; count--)
        {
            reader.ReadArrayHeader();
            var person = PersonId.Of(reader.ReadString()!);
            var seen = At(ref reader);
            held = held.AddOrUpdate(person, new Leases(Devices(ref reader), seen));
        }
        var opened = new List<PersonId>();
        for (var count = reader.ReadArrayHeader(); count > 0; count--)
            opened.Add(PersonId.Of(reader.ReadString()!));
        return new(held, Listing.From(opened)) { Noted = parts > 2 ? Notes(ref reader) : [] };
    }

    private static void Write(ref MessagePackWriter writer, Instant? at)
    {
        if (at is { } one)
            writer.Write(one.Milliseconds);
        else
            writer.WriteNil();
    }

    private static Instant? At(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : new Instant(reader.ReadInt64());

    private static Listing<Noted> Notes(ref MessagePackReader reader)
    {
        var notes = new List<Noted>();
        for (var count = reader.ReadArrayHeader(); count > 0; count--)
        {
            reader.ReadArrayHeader();
            var (whom, digest) = (PersonId.Of(reader.ReadString()!), At(ref reader));
            var told = Map<PersonId, Instant>();
            for (var each = reader.ReadMapHeader(); each > 0; each--)
                told = told.AddOrUpdate(PersonId.Of(reader.ReadString()!), new Instant(reader.ReadInt64()));
            notes.Add(new(whom, told, digest));
        }
        return Listing.From(notes);
    }

    private static Map<DeviceId, Lease> Devices(ref MessagePackReader reader)
    {
        var devices = Map<DeviceId, Lease>();
        for (var count = reader.ReadArrayHeader(); count > 0; count--)
        {
            reader.ReadArrayHeader();
            devices = devices.AddOrUpdate(
                DeviceId.Of(reader.ReadString()!),
                new Lease(new Instant(reader.ReadInt64()), reader.ReadBoolean(), reader.ReadBoolean())
            );
        }
        return devices;
    }
}
