using System.Buffers.Binary;
using System.Text;
using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// Stored bytes break a rule. Never leaves this folder: <see cref="Reading.Guarded"/> turns it into a fault.
/// </summary>
internal sealed class UnreadableException(string rule) : Exception(rule);

/// <summary>
/// How the parts that several forms share are read. Stored bytes may have been damaged or put there by somebody: every
/// count is bounded before anything is allocated for it, text is strict UTF-8, ids and texts pass the same checks as a
/// client's.
/// </summary>
internal static class Reading
{
    private const long FirstMillisecond = -62_135_596_800_000;
    private const long LastMillisecond = 253_402_300_799_999;
    private const int MaxText = 4_096;
    private const int MaxPeople = 100_000;
    private const int MaxGuards = 4_096;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Runs a reader; whatever the bytes make it throw becomes a fault.</summary>
    public static Either<StoredFault, T> Guarded<T>(Func<T> read)
    {
        try
        {
            return Right(read());
        }
        catch (Exception broken)
            when (broken
                    is UnreadableException
                        or MessagePackSerializationException
                        or EndOfStreamException
                        or OverflowException
                        or DecoderFallbackException
            )
        {
            return Left(new StoredFault(broken is UnreadableException ? broken.Message : "stored.not_message_pack"));
        }
    }

    public static void Fixed(this ref MessagePackReader reader, int count) =>
        Must(reader.ReadArrayHeader() == count, "stored.field_count");

    public static int Count(this ref MessagePackReader reader, int most)
    {
        var count = reader.ReadArrayHeader();
        Must(count <= most, "stored.too_many");
        return count;
    }

    public static void End(this ref MessagePackReader reader) => Must(reader.End, "stored.trailing_bytes");

    /// <summary>A version, a message's number or how many there are: never below zero.</summary>
    public static long Count64(this ref MessagePackReader reader)
    {
        var value = reader.ReadInt64();
        Must(value >= 0, "stored.negative");
        return value;
    }

    /// <summary>A time that a calendar has, from the year 1 to 9999: any other could never be told.</summary>
    public static Instant Instant(this ref MessagePackReader reader)
    {
        var milliseconds = reader.ReadInt64();
        Must(milliseconds is >= FirstMillisecond and <= LastMillisecond, "stored.time");
        return new(milliseconds);
    }

    public static string Text(this ref MessagePackReader reader)
    {
        Must(reader.TryReadStringSpan(out var bytes), "stored.not_text");
        Must(bytes.Length <= MaxText, "stored.text_too_long");
        return Strict.GetString(bytes);
    }

    public static T Value<T>(this ref MessagePackReader reader, Func<string?, Validation<Fault, T>> create) =>
        Valid(create(reader.Text()));

    public static T Valid<T>(Validation<Fault, T> checkedText) =>
        checkedText.Match(
            Succ: value => value,
            Fail: faults => throw new UnreadableException($"stored.{faults.Head.Field}")
        );

    public static PersonId Person(this ref MessagePackReader reader) => reader.Value(PersonId.Create);

    public static Reason? ReasonIfAny(this ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : reader.Value(Reason.Create);

    public static Stamp Stamp(this ref MessagePackReader reader)
    {
        var fields = reader.Count(3);
        Must(fields >= 2, "stored.field_count");
        return new Stamp(reader.Person(), reader.Instant(), fields == 3 ? reader.Instant() : null);
    }

    public static Origin? Origin(this ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;
        reader.Fixed(3);
        return new Origin(reader.Value(DeviceId.Create), reader.Value(ClientId.Create), reader.Digest());
    }

    private static Digest Digest(this ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return default;
        var bytes = reader.ReadBytes();
        Must(bytes is { Length: 16, IsSingleSegment: true }, "stored.digest");
        return new Digest(BinaryPrimitives.ReadUInt128BigEndian(bytes!.Value.FirstSpan));
    }

    public static Listing<Guard> Guards(this ref MessagePackReader reader)
    {
        var guards = new Guard[reader.Count(MaxGuards)];
        for (var i = 0; i < guards.Length; i++)
        {
            reader.Fixed(2);
            var stream = StreamKey
                .Parse(reader.Text())
                .IfNone(() => throw new UnreadableException("stored.stream_key"));
            guards[i] = new Guard(stream, reader.Count64());
        }
        return Listing.Of<Guard>(guards);
    }

    public static MessageRef Message(this ref MessagePackReader reader)
    {
        var fields = reader.Count(3);
        Must(fields >= 2, "stored.field_count");
        return new MessageRef(reader.Count64(), reader.Count64(), fields == 3 ? reader.Person() : null);
    }

    public static Listing<PersonId> People(this ref MessagePackReader reader)
    {
        var people = new PersonId[reader.Count(MaxPeople)];
        for (var i = 0; i < people.Length; i++)
            people[i] = reader.Person();
        return Listing.Of<PersonId>(people);
    }

    public static Listing<Interval> Access(this ref MessagePackReader reader)
    {
        var count = reader.Count(Limits.AccessIntervals);
        var access = count <= 4 ? stackalloc Interval[count] : new Interval[count];
        for (var i = 0; i < access.Length; i++)
        {
            reader.Fixed(2);
            access[i] = new Interval(reader.Count64(), reader.Count64());
        }
        return Listing.Of<Interval>(access);
    }

    public static ConversationKind Kind(this ref MessagePackReader reader)
    {
        var kind = reader.ReadInt32();
        Must(kind is >= (int)ConversationKind.Direct and <= (int)ConversationKind.Channel, "stored.kind");
        return (ConversationKind)kind;
    }

    public static void Must(bool holds, string rule)
    {
        if (!holds)
            throw new UnreadableException(rule);
    }
}
