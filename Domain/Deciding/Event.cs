using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chat.Domain.Deciding;

/// <summary>Who did it and when.</summary>
/// <param name="By">The person.</param>
/// <param name="At">When it was decided: the database's clock, never going back within a stream.</param>
/// <param name="OccurredAt">When it happened elsewhere, for what was imported.</param>
public sealed record Stamp(PersonId By, Instant At, Instant? OccurredAt = null);

/// <summary>What has happened to an aggregate. Each aggregate has a closed union of its own below this.</summary>
public abstract record AnyEvent(Stamp Stamp)
{
    /// <summary>Who did it.</summary>
    public PersonId By => Stamp.By;

    /// <summary>When it was decided.</summary>
    public Instant At => Stamp.At;

    /// <summary>
    /// What whoever asked is told where this happened in the place of what they wanted; null where it is what they
    /// wanted.
    /// </summary>
    public virtual Refusal? Refused => null;

    /// <summary>The message's number, for an event that is a message.</summary>
    public virtual long? MessageSeq => null;
}

/// <summary>The request that an event came of; what exactly-once rests on.</summary>
/// <param name="Device">The device that asked.</param>
/// <param name="Client">The client's id of the request.</param>
/// <param name="Digest">A keyed digest of the normalised request, see <see cref="Deciding.Digest"/>.</param>
public sealed record Origin(DeviceId Device, ClientId Client, Digest Digest);

/// <summary>
/// 128 bits of a keyed digest over a normalised request. The same client id with another digest is a conflict. Zero
/// means that the person's key is gone, and then the id alone answers.
/// </summary>
public readonly record struct Digest(UInt128 Value)
{
    /// <summary>Whether two requests under the same id may be the same request.</summary>
    public bool Agrees(Digest other) => Value == 0 || other.Value == 0 || Value == other.Value;

    /// <summary>
    /// The first 128 bits of HMAC-SHA-256 over a request's normal form under the person's own key. Without a key, since
    /// it was destroyed, zero.
    /// </summary>
    public static Digest Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> normal)
    {
        if (key.IsEmpty)
            return default;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, normal, hash);
        var value = BinaryPrimitives.ReadUInt128BigEndian(hash);
        // No request's own digest may say that the key is gone.
        return new Digest(value == 0 ? 1 : value);
    }
}

/// <summary>
/// A foreign stream at the version at which something about it was relied on; version 0 where it does not exist.
/// </summary>
public sealed record Guard(StreamKey Stream, long Version);

/// <summary>An event in its place: what the store keeps.</summary>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="Version">Its place there, 1, 2, 3 … without a gap.</param>
/// <param name="Id">Unique in the store for ever, see <see cref="Derive.EventId"/>.</param>
/// <param name="Event">What happened.</param>
/// <param name="Origin">The request it came of.</param>
/// <param name="Guards">The foreign facts it was judged by: its reason.</param>
public sealed record Recorded(
    StreamKey Stream,
    long Version,
    Guid Id,
    AnyEvent Event,
    Origin Origin,
    Listing<Guard> Guards
);
