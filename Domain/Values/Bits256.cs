using System.Buffers.Binary;
using System.Globalization;

namespace Chat.Domain.Values;

/// <summary>256 bits: a digest of SHA-256, or as many drawn at random. Equal by value.</summary>
/// <param name="High">The first 16 bytes, the most significant first.</param>
/// <param name="Low">The last 16.</param>
public readonly record struct Bits256(UInt128 High, UInt128 Low)
{
    /// <summary>How many bytes these are.</summary>
    public const int Bytes = 32;

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static Bits256 Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Bytes
            ? throw new ArgumentException("fewer than 32 bytes", nameof(bytes))
            : new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static Option<Bits256> Parse(string text) =>
        text.Length == 2 * Bytes
        && UInt128.TryParse(text[..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
        && UInt128.TryParse(text[32..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? Some(new Bits256(high, low))
            : None;

    /// <summary>As 64 hexadecimal digits, in lower case.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";
}

/// <summary>
/// What nobody but the host may know before a game has ended. It says nothing of itself when it is printed.
/// </summary>
/// <param name="Value">32 bytes from a source that nobody foresees.</param>
public readonly record struct Secret(Bits256 Value)
{
    /// <inheritdoc/>
    public override string ToString() => "secret";
}
