using System.Buffers.Binary;
using System.IO.Hashing;

namespace Chat.Host.Files;

/// <summary>
/// Takes out of a picture what its maker may not know to be in it: where and when it was taken, with what and by whom
/// (Exif, XMP, IPTC, comments, what stands behind its end). How it is to be turned stays, and every pixel: nothing is
/// packed anew, and no byte moves. Of JPEG, PNG and WebP; anything else stays as it is.
/// </summary>
internal static class Metadata
{
    // A TIFF of one entry: how the picture is to be turned.
    private const int LeastTiff = 26;
    private const ushort Orientation = 0x0112;

    /// <summary>Overwrites it with zeros, in place.</summary>
    public static void TakeOut(MediaType type, Span<byte> bytes)
    {
        switch (type.Value)
        {
            case "image/jpeg":
                OfJpeg(bytes);
                break;
            case "image/png":
                OfPng(bytes);
                break;
            case "image/webp":
                OfWebp(bytes);
                break;
        }
    }

    // Segments up to the end of the picture (ITU T.81, B.1); between them what is packed, where 0xff stands before 0.
    private static void OfJpeg(Span<byte> bytes)
    {
        for (var at = 2; at + 4 <= bytes.Length; )
        {
            var marker = bytes[at + 1];
            if (bytes[at] != 0xff || marker is 0x00 or 0xff or (>= 0xd0 and <= 0xd8))
            {
                at++;
                continue;
            }
            if (marker == 0xd9)
            {
                bytes[(at + 2)..].Clear();
                return;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            var end = Math.Min(at + 2 + Math.Max((int)length, 2), bytes.Length);
            OfSegment(marker, bytes[(at + 4)..end]);
            at = end;
        }
    }

    // Colours and what unpacking needs stay: JFIF, the profile, Adobe's transform.
    private static void OfSegment(byte marker, Span<byte> segment)
    {
        if (marker == 0xe1 && segment.StartsWith("Exif\0\0"u8))
            OfExif(segment[6..]);
        else if (
            marker is 0xfe or 0xe1 or 0xed or (>= 0xe3 and <= 0xef and not 0xee)
            || (marker == 0xe2 && !segment.StartsWith("ICC_PROFILE\0"u8))
        )
            segment.Clear();
    }

    // Chunks with a check each (ISO 15948, 5.3). What is taken out gets a name that every reader passes over.
    private static void OfPng(Span<byte> bytes)
    {
        for (var at = 8; at + 12 <= bytes.Length; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
                return;
            var chunk = bytes.Slice(at + 4, (int)length + 8);
            var name = chunk[..4];
            var data = chunk[4..^4];
            at += (int)length + 12;
            if (name.SequenceEqual("IEND"u8))
            {
                bytes[at..].Clear();
                return;
            }
            if (name.SequenceEqual("eXIf"u8) && data.Length >= LeastTiff)
                OfExif(data);
            else if (IsWords(name))
            {
                "voId"u8.CopyTo(name);
                data.Clear();
            }
            else
                continue;
            BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], Crc32.HashToUInt32(chunk[..^4]));
        }
    }

    private static bool IsWords(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("eXIf"u8)
        || name.SequenceEqual("tEXt"u8)
        || name.SequenceEqual("zTXt"u8)
        || name.SequenceEqual("iTXt"u8)
        || name.SequenceEqual("tIME"u8);

    // Chunks of even length in a RIFF (RFC 9649, 2.3).
    private static void OfWebp(Span<byte> bytes)
    {
        for (var at = 12; at + 8 <= bytes.Length; )
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 8)
                return;
            var name = bytes.Slice(at, 4);
            var data = bytes.Slice(at + 8, (int)length);
            if (name.SequenceEqual("EXIF"u8))
                OfExif(data.StartsWith("Exif\0\0"u8) ? data[6..] : data);
            else if (name.SequenceEqual("XMP "u8))
                data.Clear();
            at += 8 + (int)length + ((int)length & 1);
        }
    }

    // All of it but how the picture is to be turned.
    private static void OfExif(Span<byte> tiff)
    {
        var turned = OrientationOf(tiff);
        tiff.Clear();
        if (tiff.Length < LeastTiff)
            return;
        "II*\0\u0008\0\0\0\u0001\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt16LittleEndian(tiff[10..], Orientation);
        BinaryPrimitives.WriteUInt16LittleEndian(tiff[12..], 3);
        BinaryPrimitives.WriteUInt32LittleEndian(tiff[14..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(tiff[18..], turned);
    }

    // 1 where it is not said, or cannot be read.
    private static ushort OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < LeastTiff)
            return 1;
        var isLittle = tiff[0] == 'I';
        var from = isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (from > tiff.Length - 2)
            return 1;
        var entries = tiff[((int)from + 2)..];
        for (var count = Short(tiff[(int)from..], isLittle); count > 0 && entries.Length >= 12; count--)
        {
            if (
                Short(entries, isLittle) == Orientation
                && Short(entries[8..], isLittle) is >= 1 and <= 8 and var turned
            )
                return turned;
            entries = entries[12..];
        }
        return 1;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
