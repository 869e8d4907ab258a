using System.Buffers.Binary;
using System.Numerics;

namespace Chat.Host.Nats;

/// <summary>
/// XSalsa20 (D. J. Bernstein, <em>Extending the Salsa20 nonce</em>, 2011), because .NET has ChaCha20 only. Tested
/// against the NKeys library, which has it inside.
/// </summary>
internal static class Salsa
{
    // "expand 32-byte k"
    private static readonly uint[] Constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

    /// <summary>A key of 32 bytes from a key of 32 and an input of 16.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        Span<uint> x = stackalloc uint[16];
        Fill(x, key, input);
        Rounds(x);
        var derived = new byte[32];
        ReadOnlySpan<int> picked = [0, 5, 10, 15, 6, 7, 8, 9];
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(derived.AsSpan(4 * i), x[picked[i]]);
        }

        return derived;
    }

    /// <summary>The first bytes of the stream for a key of 32 bytes and a nonce of 24.</summary>
    public static byte[] Stream(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, int length)
    {
        var subkey = Derive(key, nonce[..16]);
        var stream = new byte[(length + 63) / 64 * 64];
        Span<byte> input = stackalloc byte[16];
        nonce[16..24].CopyTo(input);
        Span<uint> start = stackalloc uint[16];
        Span<uint> x = stackalloc uint[16];
        for (var block = 0; block < stream.Length / 64; block++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(input[8..], (ulong)block);
            Fill(start, subkey, input);
            start.CopyTo(x);
            Rounds(x);
            for (var i = 0; i < 16; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(
                    stream.AsSpan((64 * block) + (4 * i)),
                    unchecked(x[i] + start[i])
                );
            }
        }

        return stream;
    }

    private static void Fill(Span<uint> x, ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        for (var i = 0; i < 4; i++)
        {
            x[5 * i] = Constants[i];
            x[1 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
            x[6 + i] = BinaryPrimitives.ReadUInt32LittleEndian(input[(4 * i)..]);
            x[11 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(16 + (4 * i))..]);
        }
    }

    private static void Rounds(Span<uint> x)
    {
        for (var i = 0; i < 10; i++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        unchecked
        {
            x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
            x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
            x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
            x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
        }
    }
}
