namespace Chat.Host.Operate;

/// <summary>
/// One chat for a data folder. The system gives the lock back when the process ends, however it ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        return StartFailure.Touching(
            folder,
            () =>
            {
                Directory.CreateDirectory(folder);
                if (!File.Exists(path))
                {
                    File.WriteAllText(path, "");
                }

                try
                {
                    return new FolderLock(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
                }
                catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
                {
                    throw new StartFailure(
                        $"Another chat is already using the data folder {folder}.",
                        "Stop that one, or choose another data folder for this one.",
                        e
                    );
                }
            }
        );
    }

    public void Dispose() => _file.Dispose();
}
