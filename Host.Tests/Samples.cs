using Chat.Domain.Values;
using SkiaSharp;

namespace Chat.Host.Tests;

/// <summary>Files to try things with.</summary>
internal static class Samples
{
    /// <summary>A picture of noise, so that a small one is worth the while.</summary>
    public static byte[] Picture(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        var random = new Random(1);
        for (var y = 0; y < height; y += 4)
        for (var x = 0; x < width; x += 4)
            bitmap.SetPixel(x, y, new SKColor((uint)random.Next() | 0xff000000));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public static FileName Name(string text) => FileName.Create(text).IfFail(_ => throw new ArgumentException(text));

    public static MediaType Type(string text) => MediaType.Create(text).IfFail(_ => throw new ArgumentException(text));
}
