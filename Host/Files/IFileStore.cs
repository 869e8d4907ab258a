namespace Chat.Host.Files;

/// <summary>Where the bytes of files are kept, under keys of letters, digits, dots, dashes and underscores.</summary>
public interface IFileStore
{
    /// <summary>Keeps bytes; what was under the key before is gone.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>The bytes under a key; null where there are none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken stop);

    /// <summary>Lets go of what is under a key; nothing there is as good.</summary>
    Task DeleteAsync(string key, CancellationToken stop);
}

/// <summary>Files in the database, each a row.</summary>
public sealed class DatabaseFiles(Store.Database database) : IFileStore
{
    /// <inheritdoc/>
    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken stop) =>
        Store.FileRows.PutAsync(database, key, bytes, stop);

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string key, CancellationToken stop) => Store.FileRows.GetAsync(database, key, stop);

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken stop) => Store.FileRows.DeleteAsync(database, key, stop);
}

/// <summary>Files in a folder, spread over folders by the last two letters of their keys.</summary>
public sealed class FolderFiles : IFileStore
{
    private readonly string root;

    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="Operate.StartFailure">It cannot be made or written.</exception>
    public FolderFiles(string folder)
    {
        root = Path.GetFullPath(folder);
        Operate.StartFailure.Touching(root, () => Directory.CreateDirectory(root));
    }

    /// <inheritdoc/>
    public async Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written aside and renamed: half a file is never found.
        var aside = $"{path}.{Guid.NewGuid():N}";
        await using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(bytes, stop);
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), stop);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken stop)
    {
        if (File.Exists(PathOf(key)))
            File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    private string PathOf(string key) => Path.Combine(root, Path.GetFileNameWithoutExtension(key)[^2..], key);
}
