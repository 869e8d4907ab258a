using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chat.Host.Shadow;

/// <summary>
/// A file as frames: a mark, a length, a check over what follows, and that. A frame that was cut off or spoilt is told
/// from one that is whole, and what stands behind it is found by its mark.
/// </summary>
internal static class Frames
{
    /// <summary>The longest content, in bytes: a request and all about it is far below.</summary>
    public const int MaxLength = 1 << 20;

    private const int CheckLength = 8;
    private const int HeadLength = 4 + 4 + CheckLength;
    private static readonly byte[] Mark = [0xc1, 0x43, 0x68, 0x52];

    /// <summary>A content as a frame.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content)
    {
        var frame = new byte[HeadLength + content.Length];
        Mark.CopyTo(frame, 0);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), content.Length);
        content.CopyTo(frame.AsSpan(HeadLength));
        Check(content, frame.AsSpan(8, CheckLength));
        return frame;
    }

    /// <summary>All frames of a file, in order, and what between them or behind them is none.</summary>
    public static IEnumerable<Frame> Read(Stream file)
    {
        var (at, damagedFrom) = (0L, -1L);
        while (at < file.Length)
        {
            if (ReadAt(file, at) is { } content)
            {
                if (damagedFrom >= 0)
                    yield return new Frame(damagedFrom, at - damagedFrom, null);
                damagedFrom = -1;
                yield return new Frame(at, HeadLength + content.Length, content);
                at += HeadLength + content.Length;
            }
            else
            {
                if (damagedFrom < 0)
                    damagedFrom = at;
                at = NextMark(file, at + 1);
            }
        }
        if (damagedFrom >= 0)
            yield return new Frame(damagedFrom, file.Length - damagedFrom, null) { IsTornEnd = true };
    }

    /// <summary>The content of the frame at a place; null where there is no whole one.</summary>
    public static byte[]? ReadAt(Stream file, long at)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        file.Position = at;
        if (file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        if (!head[..4].SequenceEqual(Mark) || length is < 0 or > MaxLength || at + HeadLength + length > file.Length)
            return null;
        var content = new byte[length];
        file.ReadExactly(content);
        Span<byte> check = stackalloc byte[CheckLength];
        Check(content, check);
        return head[8..].SequenceEqual(check) ? content : null;
    }

    // Not a secret: against what a disk or a killed host does, not against a person.
    private static void Check(ReadOnlySpan<byte> content, Span<byte> into)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        hash[..CheckLength].CopyTo(into);
    }

    private static long NextMark(Stream file, long from)
    {
        var some = new byte[64 * 1024];
        while (from < file.Length)
        {
            file.Position = from;
            var read = file.ReadAtLeast(some, some.Length, throwOnEndOfStream: false);
            if (some.AsSpan(0, read).IndexOf(Mark) is >= 0 and var found)
                return from + found;
            if (read < Mark.Length)
                break;
            // A mark may lie across two readings.
            from += read - Mark.Length + 1;
        }
        return file.Length;
    }
}

/// <summary>A frame of a file, or a stretch of it that is none.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Length">How long it is, all in all.</param>
/// <param name="Content">What it holds; null for damage.</param>
internal sealed record Frame(long At, long Length, byte[]? Content)
{
    /// <summary>Damage that reaches to the end: whoever wrote there was stopped, or writes just now.</summary>
    public bool IsTornEnd { get; init; }
}
