using System.Buffers.Binary;
using System.Text;
using Chat.Host.Files;
using SkiaSharp;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>What a picture says of where it was taken is not in what others get; how it looks is.</summary>
public sealed class MetadataTests
{
    // Where somebody lives, as a camera writes it: in Exif, in XMP, in a comment.
    private static readonly byte[] Home = "GPS 51.4779 N 0.0015 W"u8.ToArray();

    [Theory]
    [InlineData("image/jpeg", SKEncodedImageFormat.Jpeg)]
    [InlineData("image/png", SKEncodedImageFormat.Png)]
    [InlineData("image/webp", SKEncodedImageFormat.Webp)]
    public void A_place_is_taken_out_and_the_picture_stays(string type, SKEncodedImageFormat format)
    {
        var plain = Picture(format);
        var told = format switch
        {
            SKEncodedImageFormat.Jpeg => WithSegments(plain),
            SKEncodedImageFormat.Png => WithChunks(plain),
            _ => WithRiff(plain),
        };
        Assert.True(told.AsSpan().IndexOf(Home) >= 0);
        var before = Media.Of(Samples.Type(type), told);
        var kept = told.ToArray();
        Metadata.TakeOut(Samples.Type(type), kept);

        Assert.Equal(told.Length, kept.Length);
        Assert.True(kept.AsSpan().IndexOf(Home) < 0, "it says where it was taken");
        Assert.True(kept.AsSpan().IndexOf("Camera"u8) < 0, "it says with what");
        var after = Media.Of(Samples.Type(type), kept);
        Assert.Equal((true, before.Width, before.Height), (after.IsAsSaid, after.Width, after.Height));
        Assert.Equal(Pixels(told), Pixels(kept));
        // Once more it is the same.
        var again = kept.ToArray();
        Metadata.TakeOut(Samples.Type(type), again);
        Assert.Equal(kept, again);
    }

    [Fact]
    public void A_picture_that_was_turned_stays_turned()
    {
        var turned = WithSegments(Picture(SKEncodedImageFormat.Jpeg));
        Metadata.TakeOut(Samples.Type("image/jpeg"), turned);
        var media = Media.Of(Samples.Type("image/jpeg"), turned);
        Assert.Equal((24, 40), (media.Width, media.Height));
    }

    [Fact]
    public void Whatever_the_bytes_are_it_ends()
    {
        var random = new Random(7);
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
            for (var round = 0; round < 300; round++)
            {
                var told = format switch
                {
                    SKEncodedImageFormat.Jpeg => WithSegments(Picture(format)),
                    SKEncodedImageFormat.Png => WithChunks(Picture(format)),
                    _ => WithRiff(Picture(format)),
                };
                var spoilt = told.AsSpan(0, random.Next(told.Length)).ToArray();
                for (var count = random.Next(8); count > 0 && spoilt.Length > 0; count--)
                    spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                Metadata.TakeOut(Samples.Type("image/" + format.ToString().ToLowerInvariant()), spoilt);
            }
    }

    private static byte[] Picture(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(40, 24);
        for (var x = 0; x < 40; x++)
        for (var y = 0; y < 24; y++)
            bitmap.SetPixel(x, y, new SKColor((byte)(x * 6), (byte)(y * 10), 90));
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    private static byte[] Pixels(byte[] bytes)
    {
        using var bitmap = SKBitmap.Decode(bytes);
        return bitmap.Bytes;
    }

    // Big-endian, as some cameras write it: on its side, a maker, and where.
    private static byte[] Exif()
    {
        var tiff = new List<byte>("MM\0*\0\0\0\u0008\0\u0002"u8.ToArray());
        tiff.AddRange([0x01, 0x0f, 0, 2, 0, 0, 0, 7, 0, 0, 0, 38]);
        tiff.AddRange([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
        tiff.AddRange([0, 0, 0, 0]);
        return [.. tiff, .. "Camera\0"u8, .. Home];
    }

    private static byte[] WithSegments(byte[] jpeg) =>
        [
            .. jpeg[..2],
            .. Segment(0xe1, [.. "Exif\0\0"u8, .. Exif()]),
            .. Segment(0xe1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Home]),
            .. Segment(0xed, [.. "Photoshop 3.0\0"u8, .. Home]),
            .. Segment(0xfe, Home),
            .. jpeg[2..],
            .. Home,
        ];

    private static byte[] Segment(byte marker, byte[] data) =>
        [0xff, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] WithChunks(byte[] png) =>
        [
            .. png[..33],
            .. Chunk("eXIf", Exif()),
            .. Chunk("tEXt", [.. "Comment\0"u8, .. Home]),
            .. Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Home]),
            .. png[33..],
            .. Home,
        ];

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, System.IO.Hashing.Crc32.HashToUInt32(named));
        return [.. length, .. named, .. check];
    }

    private static byte[] WithRiff(byte[] webp)
    {
        byte[] extended = [0x0c, 0, 0, 0, 39, 0, 0, 23, 0, 0];
        byte[] body =
        [
            .. "WEBP"u8,
            .. Riff("VP8X", extended),
            .. webp[12..],
            .. Riff("EXIF", Exif()),
            .. Riff("XMP ", Home),
        ];
        return Riff("RIFF", body);
    }

    private static byte[] Riff(string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. data, .. new byte[data.Length & 1]];
    }
}
