using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Domain.Forms;

/// <summary>
/// A value as it is written down: what a codec turns into JSON or MessagePack without knowing the game, and what is
/// hashed.
/// </summary>
public abstract record Datum
{
    private Datum() { }

    /// <summary>No value.</summary>
    public sealed record Nothing : Datum;

    /// <summary>Yes or no.</summary>
    public sealed record Flag(bool Value) : Datum;

    /// <summary>A whole number.</summary>
    public sealed record Whole(long Value) : Datum;

    /// <summary>Well-formed text.</summary>
    public sealed record Text(string Value) : Datum;

    /// <summary>Some values in order.</summary>
    public sealed record Items(Listing<Datum> Values) : Datum;

    /// <summary>Named values in order.</summary>
    public sealed record Fields(Listing<Field> Values) : Datum;

    /// <summary>The value that is none.</summary>
    public static Datum None { get; } = new Nothing();

    /// <summary>
    /// SHA-256 of the canonical bytes: a byte for the kind, numbers as 8 bytes and lengths as 4, the most significant
    /// first, text as UTF-8. No two values have the same bytes.
    /// </summary>
    public Bits256 Hash()
    {
        var ink = new ArrayBufferWriter<byte>();
        Write(ink);
        Span<byte> hash = stackalloc byte[Bits256.Bytes];
        SHA256.HashData(ink.WrittenSpan, hash);
        return Bits256.Of(hash);
    }

    /// <summary>The digest of some values under a purpose: those of two purposes have nothing in common.</summary>
    internal static Bits256 Hash(string purpose, params ReadOnlySpan<Datum> values) =>
        new Items([new Text($"chat.games.{purpose}"), .. values]).Hash();

    private void Write(ArrayBufferWriter<byte> ink)
    {
        switch (this)
        {
            case Nothing:
                Mark(ink, 0);
                break;
            case Flag flag:
                Mark(ink, flag.Value ? (byte)1 : (byte)2);
                break;
            case Whole whole:
                Mark(ink, 3);
                BinaryPrimitives.WriteInt64BigEndian(ink.GetSpan(8), whole.Value);
                ink.Advance(8);
                break;
            case Text text:
                Mark(ink, 4);
                Letters(ink, text.Value);
                break;
            case Items items:
                Mark(ink, 5);
                Count(ink, items.Values.Count);
                foreach (var item in items.Values)
                    item.Write(ink);
                break;
            case Fields fields:
                Mark(ink, 6);
                Count(ink, fields.Values.Count);
                foreach (var field in fields.Values)
                {
                    Letters(ink, field.Name);
                    field.Value.Write(ink);
                }
                break;
        }
    }

    private static void Mark(ArrayBufferWriter<byte> ink, byte kind)
    {
        ink.GetSpan(1)[0] = kind;
        ink.Advance(1);
    }

    private static void Count(ArrayBufferWriter<byte> ink, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(ink.GetSpan(4), count);
        ink.Advance(4);
    }

    private static void Letters(ArrayBufferWriter<byte> ink, string text)
    {
        Count(ink, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, ink);
    }
}

/// <summary>A value under a name.</summary>
public sealed record Field(string Name, Datum Value);
