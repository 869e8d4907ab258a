using System.Buffers;
using Chat.Domain.Presences;
using MessagePack;

namespace Chat.Host.House;

/// <summary>What hosts tell each other of who is in.</summary>
/// <param name="Held">Of some people, what is held.</param>
/// <param name="Opened">Who of them just came.</param>
internal sealed record Gossip(HashMap<PersonId, Leases> Held, Listing<PersonId> Opened)
{
    /// <summary>People of one message: it stays far below what a server takes.</summary>
    public const int MaxPeople = 500;

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(Held.Count);
        foreach (var (person, leases) in Held)
        {
            writer.WriteArrayHeader(3);
            writer.Write(person.Value);
            if (leases.SeenAt is { } seen)
                writer.Write(seen.Milliseconds);
            else
                writer.WriteNil();
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
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what another host wrote.</summary>
    /// <exception cref="MessagePackSerializationException">It is something else.</exception>
    public static Gossip Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        reader.ReadArrayHeader();
        var held = HashMap<PersonId, Leases>();
        for (var count = reader.ReadArrayHeader(); count > 0; count--)
        {
            reader.ReadArrayHeader();
            var person = PersonId.Of(reader.ReadString()!);
            var seen = reader.TryReadNil() ? (Instant?)null : new Instant(reader.ReadInt64());
            held = held.AddOrUpdate(person, new Leases(Devices(ref reader), seen));
        }
        var opened = new List<PersonId>();
        for (var count = reader.ReadArrayHeader(); count > 0; count--)
            opened.Add(PersonId.Of(reader.ReadString()!));
        return new(held, Listing.From(opened));
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
