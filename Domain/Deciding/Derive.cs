using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Domain.Deciding;

/// <summary>
/// Ids that follow from a request, so that a repeated request finds what the first one made. SHA-256, the parts parted
/// by a byte that no token holds.
/// </summary>
public static class Derive
{
    /// <summary>The id of the event that a request made as its <paramref name="index"/>-th.</summary>
    public static Guid EventId(StreamKey stream, PersonId person, DeviceId device, ClientId client, int index)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(hash, "event", stream.ToString(), person.Value, device.Value, client.Value, index);
        // Version 8 of RFC 9562: bits of one's own making, told apart from the random kind.
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The one conversation of a pair, whoever of the two asks.</summary>
    public static ConversationId DirectId(TenantId tenant, PersonId one, PersonId other)
    {
        var (first, second) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
        return Id('d', "direct", tenant.Value, first.Value, second.Value, "");
    }

    /// <summary>The group or channel that a request creates.</summary>
    public static ConversationId NewId(TenantId tenant, PersonId person, DeviceId device, ClientId client) =>
        Id('c', "create", tenant.Value, person.Value, device.Value, client.Value);

    /// <summary>The room that a request lights.</summary>
    public static RoomId RoomId(TenantId tenant, PersonId person, DeviceId device, ClientId client) =>
        Values.RoomId.Of(Id('r', "light", tenant.Value, person.Value, device.Value, client.Value).Value);

    private static ConversationId Id(char letter, string purpose, string a, string b, string c, string d)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(hash, purpose, a, b, c, d, 0);
        return ConversationId.Of(letter + Convert.ToHexStringLower(hash[..16]));
    }

    private static void Hash(Span<byte> into, string purpose, string a, string b, string c, string d, int index)
    {
        // The longest stream key is two tokens and four characters; with three more tokens and the purpose it stays
        // below this.
        Span<byte> text = stackalloc byte[6 * (Token.MaxLength + 4)];
        var length = 0;
        foreach (var part in (ReadOnlySpan<string>)[purpose, a, b, c, d])
        {
            length += Encoding.UTF8.GetBytes(part, text[length..]);
            text[length++] = (byte)'/';
        }
        BinaryPrimitives.WriteInt32BigEndian(text[length..], index);
        SHA256.HashData(text[..(length + 4)], into);
    }
}
