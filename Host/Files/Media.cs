using SkiaSharp;

namespace Chat.Host.Files;

/// <summary>What is in the bytes of a file, as far as it is looked at.</summary>
/// <param name="IsAsSaid">Whether they are what they are said to be; what is not known is taken at its word.</param>
/// <param name="Width">Of a picture, as it is to be seen, in pixels.</param>
/// <param name="Height">Of a picture.</param>
/// <param name="Preview">A small picture, where it is worth the while.</param>
internal sealed record Media(bool IsAsSaid, int? Width, int? Height, byte[]? Preview)
{
    /// <summary>The longer side of a preview, in pixels.</summary>
    public const int PreviewSide = 640;

    /// <summary>The type of previews.</summary>
    public const string PreviewType = "image/webp";

    // A picture takes four bytes a pixel while it is made small.
    private const long MostPixels = 40_000_000;
    private const int SmallBytes = 60_000;

    private static readonly Media Unlike = new(false, null, null, null);
    private static readonly Media Other = new(true, null, null, null);

    private static readonly Dictionary<string, SKEncodedImageFormat> Pictures = new()
    {
        ["image/png"] = SKEncodedImageFormat.Png,
        ["image/jpeg"] = SKEncodedImageFormat.Jpeg,
        ["image/gif"] = SKEncodedImageFormat.Gif,
        ["image/webp"] = SKEncodedImageFormat.Webp,
    };

    // How files of a type begin, at which place.
    private static readonly Dictionary<string, (int At, byte[][] Begins)> Others = new()
    {
        ["video/mp4"] = (4, ["ftyp"u8.ToArray()]),
        ["audio/mp4"] = (4, ["ftyp"u8.ToArray()]),
        ["video/webm"] = (
            0,
            [
                [0x1a, 0x45, 0xdf, 0xa3],
            ]
        ),
        ["audio/webm"] = (
            0,
            [
                [0x1a, 0x45, 0xdf, 0xa3],
            ]
        ),
        ["audio/ogg"] = (0, ["OggS"u8.ToArray()]),
        ["audio/mpeg"] = (0, ["ID3"u8.ToArray(), [0xff, 0xfb], [0xff, 0xf3], [0xff, 0xf2]]),
        ["application/pdf"] = (0, ["%PDF-"u8.ToArray()]),
    };

    /// <summary>
    /// Whether a browser may show it in its place. Anything else is only ever saved: a page of somebody's making must
    /// not run as ours.
    /// </summary>
    public static bool IsShown(MediaType type) =>
        Pictures.ContainsKey(type.Value) || (Others.ContainsKey(type.Value) && type.Value != "application/pdf");

    /// <summary>Looks at the bytes of a file.</summary>
    public static Media Of(MediaType type, byte[] bytes) =>
        Pictures.TryGetValue(type.Value, out var format) ? Picture(format, bytes)
        : Others.TryGetValue(type.Value, out var signs)
        && !signs.Begins.Any(begin => bytes.AsSpan(Math.Min(signs.At, bytes.Length)).StartsWith(begin))
            ? Unlike
        : Other;

    private static Media Picture(SKEncodedImageFormat format, byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != format)
            return Unlike;
        var isTurned = codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;
        var (width, height) = isTurned ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
        var isSmall = Math.Max(width, height) <= PreviewSide && bytes.Length <= SmallBytes;
        var preview = isSmall || (long)width * height > MostPixels ? null : Small(codec, width, height);
        return new Media(true, width, height, preview?.Length < bytes.Length ? preview : null);
    }

    private static byte[]? Small(SKCodec codec, int width, int height)
    {
        using var whole = SKBitmap.Decode(codec);
        if (whole is null)
            return null;
        var scale = Math.Min(1f, (float)PreviewSide / Math.Max(width, height));
        var size = new SKImageInfo(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
        using var surface = SKSurface.Create(size);
        surface.Canvas.Scale(scale);
        surface.Canvas.Concat(Upright(codec.EncodedOrigin, width, height));
        using var image = SKImage.FromBitmap(whole);
        surface.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var small = surface.Snapshot();
        using var encoded = small.Encode(SKEncodedImageFormat.Webp, 78);
        return encoded?.ToArray();
    }

    // As a camera was held, after the orientations of Exif (JEITA CP-3451, 4.6.4).
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
}
