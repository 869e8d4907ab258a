using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// A map as it came over the wire, MessagePack or JSON, checked in its form and in nothing else: at most
/// <see cref="MaxDepth"/> deep in a request, well-formed text, every key once, nothing behind it.
/// </summary>
public sealed class Fields
{
    /// <summary>How deep maps and lists may stand in each other.</summary>
    public const int MaxDepth = 8;

    // A host's own answers are deeper: who reacted to the last message of a conversation that begins anew.
    private const int MaxAnswerDepth = 16;

    /// <summary>How many elements a map or list may announce.</summary>
    public const int MaxElements = 100_000;

    // What no field of ours can be, such as bytes: passed over where nobody asks for it, refused where somebody does.
    private static readonly object Foreign = new();
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ImmutableDictionary<string, object?> values;

    internal Fields(ImmutableDictionary<string, object?> values) => this.values = values;

    /// <summary>No field at all.</summary>
    public static Fields None { get; } = new(ImmutableDictionary<string, object?>.Empty);

    /// <summary>
    /// The value under a name: null, bool, long, double, string, <see cref="Instant"/>, a list, or a map.
    /// </summary>
    public object? this[string name] => values.GetValueOrDefault(name);

    /// <summary>The map under a name; empty where there is none.</summary>
    public Fields Inner(string name) =>
        values.GetValueOrDefault(name) is ImmutableDictionary<string, object?> map ? new Fields(map) : None;

    /// <summary>
    /// Reads a MessagePack map. Never throws on what came from outside; an empty body is an empty map.
    /// </summary>
    public static Either<Refusal, Fields> Read(ReadOnlyMemory<byte> bytes) => Read(bytes, MaxDepth);

    internal static Either<Refusal, Fields> ReadAnswer(ReadOnlyMemory<byte> bytes) => Read(bytes, MaxAnswerDepth);

    private static Either<Refusal, Fields> Read(ReadOnlyMemory<byte> bytes, int depth)
    {
        if (bytes.IsEmpty)
            return Right(None);
        try
        {
            var reader = new MessagePackReader(bytes);
            if (reader.NextMessagePackType != MessagePackType.Map)
                return Malformed("body: a map");
            var map = (ImmutableDictionary<string, object?>)ReadValue(ref reader, depth)!;
            return reader.End ? Right(new Fields(map)) : Malformed("body: nothing behind the map");
        }
        // What MessagePack and the decoder throw on bad bytes; all of it is bad input, and none of it ours.
        catch (Exception e)
            when (e
                    is MessagePackSerializationException
                        or EndOfStreamException
                        or DecoderFallbackException
                        or OverflowException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            return Malformed("body: well-formed MessagePack");
        }
    }

    internal static Either<Refusal, Fields> Malformed(string fault) =>
        Left<Refusal, Fields>(new Refusal.Malformed([fault]));

    private static object? ReadValue(ref MessagePackReader reader, int left)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return null;
            case MessagePackType.Boolean:
                return reader.ReadBoolean();
            case MessagePackType.Integer:
                return ReadWhole(ref reader);
            case MessagePackType.Float:
                return reader.ReadDouble();
            case MessagePackType.String:
                return ReadText(ref reader);
            case MessagePackType.Extension:
                return ReadExtension(ref reader);
            case MessagePackType.Array:
                return ReadList(ref reader, Deeper(left));
            case MessagePackType.Map:
                return ReadMap(ref reader, Deeper(left));
            default:
                reader.Skip();
                return Foreign;
        }
    }

    private static int Deeper(int left) => left > 0 ? left - 1 : throw new FormatException("too deep");

    private static object ReadWhole(ref MessagePackReader reader)
    {
        var isBeyond =
            reader.NextCode == MessagePackCode.UInt64 && reader.CreatePeekReader().ReadUInt64() > long.MaxValue;
        if (!isBeyond)
            return reader.ReadInt64();
        reader.Skip();
        return Foreign;
    }

    private static object ReadExtension(ref MessagePackReader reader)
    {
        var type = reader.CreatePeekReader().ReadExtensionFormatHeader().TypeCode;
        if (type == ReservedMessagePackExtensionTypeCode.DateTime)
            return new Instant(new DateTimeOffset(reader.ReadDateTime()).ToUnixTimeMilliseconds());
        reader.Skip();
        return Foreign;
    }

    private static string ReadText(ref MessagePackReader reader)
    {
        var text = reader.ReadStringSequence() ?? throw new FormatException("text");
        return text.IsSingleSegment ? Strict.GetString(text.FirstSpan) : Strict.GetString(text.ToArray());
    }

    private static object?[] ReadList(ref MessagePackReader reader, int left)
    {
        var count = Bounded(reader.ReadArrayHeader());
        // Announced is not sent: a list grows with what is really there.
        var list = new List<object?>(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
            list.Add(ReadValue(ref reader, left));
        return [.. list];
    }

    private static ImmutableDictionary<string, object?> ReadMap(ref MessagePackReader reader, int left)
    {
        var count = Bounded(reader.ReadMapHeader());
        var map = ImmutableDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            Once(map, ReadText(ref reader), ReadValue(ref reader, left));
        return map.ToImmutable();
    }

    // The dictionary's own Add lets the same value pass.
    internal static void Once(ImmutableDictionary<string, object?>.Builder map, string name, object? value)
    {
        if (map.ContainsKey(name))
            throw new FormatException("a key that stands twice");
        map.Add(name, value);
    }

    private static int Bounded(int count) => count <= MaxElements ? count : throw new FormatException("too many");

    /// <summary>A required text, made a value by its own rule.</summary>
    public Validation<Fault, T> Text<T>(string name, Func<string?, Validation<Fault, T>> create) =>
        values.GetValueOrDefault(name) is string or null
            ? create(values.GetValueOrDefault(name) as string)
            : Wrong<T>(name, "is text");

    /// <summary>An optional text.</summary>
    public Validation<Fault, Option<T>> TextIfAny<T>(string name, Func<string?, Validation<Fault, T>> create) =>
        values.GetValueOrDefault(name) is null
            ? Validation<Fault, Option<T>>.Success(Option<T>.None)
            : Text(name, create).Map(value => Some(value));

    /// <summary>A required whole number within bounds, both included.</summary>
    public Validation<Fault, long> Number(string name, long least, long most) =>
        values.GetValueOrDefault(name) is long number && number >= least && number <= most
            ? Validation<Fault, long>.Success(number)
            : Wrong<long>(name, $"a whole number from {least} to {most}");

    /// <summary>An optional whole number.</summary>
    public Validation<Fault, Option<long>> NumberIfAny(string name, long least, long most) =>
        values.GetValueOrDefault(name) is null
            ? Validation<Fault, Option<long>>.Success(Option<long>.None)
            : Number(name, least, most).Map(number => Some(number));

    /// <summary>A list of people, at most so many; absent is empty.</summary>
    public Validation<Fault, Listing<PersonId>> People(string name, int most) =>
        Tokens(name, most, "people", PersonId.Of);

    /// <summary>A list of tokens, at most so many of what they name; absent is empty.</summary>
    internal Validation<Fault, Listing<T>> Tokens<T>(string name, int most, string what, Func<string, T> of) =>
        values.GetValueOrDefault(name) switch
        {
            null => Validation<Fault, Listing<T>>.Success(Listing<T>.Empty),
            object?[] list when list.Length <= most && list.All(one => one is string text && Token.IsValid(text)) =>
                Validation<Fault, Listing<T>>.Success(Listing.From(list.Select(one => of((string)one!)))),
            _ => Wrong<Listing<T>>(name, $"at most {most} {what}, each a token"),
        };

    /// <summary>An optional yes or no; absent is no.</summary>
    public Validation<Fault, bool> Flag(string name) =>
        values.GetValueOrDefault(name) switch
        {
            null => Validation<Fault, bool>.Success(false),
            bool flag => Validation<Fault, bool>.Success(flag),
            _ => Wrong<bool>(name, "is true or false"),
        };

    /// <summary>An optional yes or no, told from none.</summary>
    public Validation<Fault, Option<bool>> FlagIfAny(string name) =>
        values.GetValueOrDefault(name) is null
            ? Validation<Fault, Option<bool>>.Success(Option<bool>.None)
            : Flag(name).Map(flag => Some(flag));

    /// <summary>An optional point in time; in JSON it is text after RFC 3339.</summary>
    public Validation<Fault, Option<Instant>> TimeIfAny(string name) =>
        values.GetValueOrDefault(name) switch
        {
            null => Validation<Fault, Option<Instant>>.Success(Option<Instant>.None),
            Instant time => Validation<Fault, Option<Instant>>.Success(Some(time)),
            string text when Json.Time(text).Case is Instant time => Validation<Fault, Option<Instant>>.Success(
                Some(time)
            ),
            _ => Wrong<Option<Instant>>(name, "a point in time, in JSON after RFC 3339"),
        };

    internal static Validation<Fault, T> Wrong<T>(string name, string rule) =>
        Validation<Fault, T>.Fail(Seq1(new Fault(name, rule)));
}
