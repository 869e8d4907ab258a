using Chat.Host.Files;
using Chat.Host.Operate;
using Chat.Host.Tests.Store;
using SkiaSharp;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>Where the bytes of files are kept, and what is made of pictures.</summary>
[Collection(StoreCollection.Name)]
public sealed class FileStoreTests(StoreFixture fixture) : IDisposable
{
    private readonly string folder = Servers.NewFolder();

    [Fact]
    public async Task A_folder_the_database_and_a_bucket_keep_what_they_are_given_until_it_is_let_go()
    {
        await using var scene = await Scene.OpenAsync(fixture);
        using var bucket = new BucketServer();
        using var files = S3Files.At($"s3+{bucket.Address}/pictures/of/chat");
        IFileStore[] stores = [new FolderFiles(Path.Combine(folder, "new")), new DatabaseFiles(scene.Database), files];
        foreach (var store in stores)
        {
            var large = new byte[3_000_000];
            new Random(7).NextBytes(large);
            Assert.Null(await store.GetAsync("file-one", default));
            await store.PutAsync("file-one", large, default);
            await store.PutAsync("file-one.small", large.AsMemory(0, 9), default);
            Assert.Equal(large, await store.GetAsync("file-one", default));
            Assert.Equal(large[..9], await store.GetAsync("file-one.small", default));
            await store.PutAsync("file-one", large.AsMemory(1), default);
            Assert.Equal(large[1..], await store.GetAsync("file-one", default));
            await store.DeleteAsync("file-one", default);
            await store.DeleteAsync("file-one", default);
            Assert.Null(await store.GetAsync("file-one", default));
            Assert.NotNull(await store.GetAsync("file-one.small", default));
        }
        Assert.Equal(["/pictures/of/chat/file-one.small"], bucket.Keys);
    }

    [Theory]
    [InlineData("s3+ftp://host/bucket")]
    [InlineData("s3+https://host")]
    [InlineData("s3")]
    public void An_address_that_is_no_bucket_is_told_so(string address) =>
        Assert.Throws<StartFailure>(() => S3Files.At(address));

    // As cameras write it: the picture lies on its side, and a mark says so.
    [Fact]
    public void A_picture_that_lies_on_its_side_is_previewed_upright()
    {
        using var bitmap = new SKBitmap(1_200, 800);
        bitmap.Erase(SKColors.Blue);
        using (var canvas = new SKCanvas(bitmap))
            canvas.DrawRect(0, 0, 600, 800, new SKPaint { Color = SKColors.Red });
        using var plain = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        byte[] directory = [0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] exif = [0xff, 0xe1, 0, 34, .. "Exif\0\0MM\0*"u8, .. directory];
        var jpeg = plain.ToArray();
        byte[] turned = [.. jpeg[..2], .. exif, .. jpeg[2..]];

        var media = Media.Of(Samples.Type("image/jpeg"), [.. turned, .. new byte[60_000]]);
        Assert.Equal((true, 800, 1_200), (media.IsAsSaid, media.Width, media.Height));
        using var preview = SKBitmap.Decode(media.Preview);
        Assert.Equal((426, 640), (preview.Width, preview.Height));
        // What lay left is on top.
        Assert.True(preview.GetPixel(200, 100) is { Red: > 200, Blue: < 60 });
        Assert.True(preview.GetPixel(200, 540) is { Red: < 60, Blue: > 200 });
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
