using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chat.Domain.Permitting;

namespace Chat.Protocol.Wire;

/// <summary>
/// Values as one text that any language comes to: each in words or digits, its length in UTF-16 before it and a colon
/// between; <c>~</c> where there is none; lists in brackets. <see cref="Digest"/> stands for it.
/// </summary>
internal sealed class Canon
{
    private readonly StringBuilder text = new();

    public Canon Add(string? value)
    {
        if (value is null)
            text.Append('~');
        else
            text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
        return this;
    }

    public Canon Add(long? value) => Add(value?.ToString(CultureInfo.InvariantCulture));

    public Canon Add(Instant? value) => Add(value?.Milliseconds);

    public Canon Add(bool value) => Add(value ? "true" : "false");

    public Canon Add(Grant grant) =>
        Each(grant.Allow.List(), one => Add(one.Word())).Each(grant.Deny.List(), one => Add(one.Word()));

    public Canon Add(IEnumerable<PersonId> people) => Each(people, one => Add(one.Value));

    public Canon Each<T>(IEnumerable<T> items, Action<T> add)
    {
        text.Append('[');
        foreach (var item in items)
            add(item);
        text.Append(']');
        return this;
    }

    /// <summary>52 bits of the SHA-256 of its UTF-8: two little-endian words, the higher one first.</summary>
    public long Digest
    {
        get
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
            var (high, low) = (
                BinaryPrimitives.ReadUInt32LittleEndian(hash),
                BinaryPrimitives.ReadUInt32LittleEndian(hash.AsSpan(4))
            );
            return ((long)(high & 0xF_FFFF) << 32) | low;
        }
    }
}
