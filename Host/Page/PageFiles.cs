using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Chat.Host.Page;

/// <summary>The built page as files: what has a hash of its content in its name is kept for ever.</summary>
internal static partial class PageFiles
{
    public static void Map(WebApplication app, string folder)
    {
        var files = new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = served =>
                served.Context.Response.Headers.CacheControl = Hashed().IsMatch(served.File.Name)
                    ? "public, max-age=31536000, immutable"
                    : "no-cache",
        };
        app.UseResponseCompression();
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files.FileProvider });
        app.UseStaticFiles(files);
        // A place within the page, opened by its address: the page itself finds its way there.
        app.MapFallbackToFile("index.html", files);
    }

    // As esbuild writes it: eight characters of base32 before the ending.
    [GeneratedRegex(@"[-.][A-Z0-9]{8}\.[a-z0-9]+(\.map)?$")]
    private static partial Regex Hashed();
}
