using System.Text;
using Chat.Host.Operate;
using Chat.Host.Store;

namespace Chat.Host.Files;

/// <summary>How a host keeps files.</summary>
/// <param name="Place">
/// A folder, or a bucket as <see cref="S3Files.At"/> has it; null keeps them in the database.
/// </param>
/// <param name="MostBytes">The largest file, in bytes.</param>
public sealed record FileOptions(string? Place = null, long MostBytes = FileOptions.DefaultMostBytes)
{
    /// <summary>25 MB.</summary>
    public const long DefaultMostBytes = 25_000_000;
}

/// <summary>All that a host has for files: where they are kept, the ids it makes, the doors it opens.</summary>
internal sealed class FilesOfHost(FileOptions options, Secrets secrets, Database database, Func<Instant> now)
{
    /// <summary>What somebody's files may take that wait for their messages, in bytes.</summary>
    public const long MostWaiting = 200_000_000;

    public long MostBytes => options.MostBytes;

    public Database Database => database;

    public Instant Now => now();

    public IFileStore Store { get; } =
        options.Place switch
        {
            null => new DatabaseFiles(database),
            var place when place.StartsWith("s3", StringComparison.Ordinal) && place.Contains("://") => S3Files.At(
                place
            ),
            var folder => new FolderFiles(folder),
        };

    public FileSeals Seals { get; } = new(Encoding.UTF8.GetBytes(secrets.FilesKey));

    public FileTickets Tickets { get; } = new(Encoding.UTF8.GetBytes("ticket " + secrets.FilesKey), now);

    /// <summary>The key of a file's preview.</summary>
    public static string SmallOf(FileId file) => $"{file}.small";
}
