using Chat.Host.Files;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// Lets go of files: a few seconds after their last message was taken back, and a day after they came where none
/// carried them. What cannot be let go of now is tried again.
/// </summary>
internal static class Sweeping
{
    private const int AtOnce = 100;
    private const long DayMs = 86_400_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Begins. Of several hosts each may be at it; what one has let go of is gone for the others.</summary>
    public static Rounds Begin(FilesOfHost files, TimeProvider clock, ILoggerFactory logs) =>
        new(
            Every,
            stop => SweepAsync(files, stop),
            "Files that nobody needs are still there",
            clock,
            logs.CreateLogger(typeof(Sweeping))
        );

    private static async Task SweepAsync(FilesOfHost files, CancellationToken stop)
    {
        while (await SomeAsync(files, stop) == AtOnce) { }
    }

    private static async Task<int> SomeAsync(FilesOfHost files, CancellationToken stop)
    {
        var idle = await FileRows.IdleAsync(files.Database, files.Now.Plus(-DayMs), AtOnce);
        foreach (var file in idle)
        {
            await files.Store.DeleteAsync(file.Value, stop);
            await files.Store.DeleteAsync(FilesOfHost.SmallOf(file), stop);
            await FileRows.ForgetAsync(files.Database, file);
        }
        return idle.Count;
    }
}
