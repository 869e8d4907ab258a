using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chat.Host.Nats;

/// <summary>HMAC-SHA-256 of a request's normal form under the person's own key, its first 128 bits.</summary>
public sealed class Digests(Func<PersonId, ValueTask<byte[]>> keyOf) : IDigests
{
    /// <inheritdoc/>
    public ValueTask<Digest> OfAsync(PersonId person, byte[] normal)
    {
        var key = keyOf(person);
        return key.IsCompletedSuccessfully ? new(Take(key.Result, normal)) : AwaitAsync(key, normal);
    }

    private static async ValueTask<Digest> AwaitAsync(ValueTask<byte[]> key, byte[] normal) => Take(await key, normal);

    private static Digest Take(byte[] key, byte[] normal)
    {
        // The key was destroyed.
        if (key.Length == 0)
            return default;
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, normal, hash);
        var value = BinaryPrimitives.ReadUInt128BigEndian(hash);
        // Zero says that the key is gone; no request's digest may say so.
        return new Digest(value == 0 ? 1 : value);
    }
}
