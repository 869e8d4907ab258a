using System.Numerics;

namespace Chat.Host.Nats;

/// <summary>
/// The key that two curve keys share: X25519 (RFC 7748, 5), then one step of Salsa. 5 ms, so it is kept.
/// </summary>
internal static class SharedKey
{
    private static readonly BigInteger P = (BigInteger.One << 255) - 19;

    public static byte[] Of(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> other)
    {
        Span<byte> scalar = stackalloc byte[32];
        secret.CopyTo(scalar);
        scalar[0] &= 248;
        scalar[31] = (byte)((scalar[31] & 127) | 64);
        Span<byte> point = stackalloc byte[32];
        other.CopyTo(point);
        point[31] &= 127;
        var product = new byte[32];
        Multiply(scalar, new BigInteger(point, isUnsigned: true)).TryWriteBytes(product, out _, isUnsigned: true);
        return Salsa.Derive(product, new byte[16]);
    }

    // The ladder of RFC 7748 with its names.
    private static BigInteger Multiply(ReadOnlySpan<byte> k, BigInteger u)
    {
        var (x2, z2, x3, z3) = (BigInteger.One, BigInteger.Zero, u, BigInteger.One);
        var swap = 0;
        for (var t = 254; t >= 0; t--)
        {
            var bit = (k[t / 8] >> (t % 8)) & 1;
            if ((swap ^ bit) == 1)
            {
                (x2, x3, z2, z3) = (x3, x2, z3, z2);
            }

            swap = bit;
            var (a, b) = (x2 + z2, x2 - z2);
            var (aa, bb) = (a * a % P, b * b % P);
            var (da, cb) = ((x3 - z3) * a % P, (x3 + z3) * b % P);
            x3 = BigInteger.ModPow(da + cb, 2, P);
            z3 = u * BigInteger.ModPow(da - cb, 2, P) % P;
            x2 = aa * bb % P;
            var e = aa - bb;
            z2 = e * (aa + (121_665 * e)) % P;
        }

        if (swap == 1)
        {
            (x2, z2) = (x3, z3);
        }

        var result = x2 * BigInteger.ModPow(((z2 % P) + P) % P, P - 2, P) % P;
        return result.Sign < 0 ? result + P : result;
    }
}
