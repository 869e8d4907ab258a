using System.Globalization;

namespace Chat.Host.Operate;

/// <summary>
/// What a killed host's cluster may have left: a server that is running, or writing its last checkpoint; sessions
/// that have not noticed yet; the file with its number. Stopped, not adopted, since only a child can be supervised.
/// </summary>
internal static class PostgresLeftover
{
    public static async Task StopAsync(string folder, CancellationToken cancel)
    {
        var file = Path.Combine(folder, "postmaster.pid");
        if (Signals.ReadPid(file) is not { } pid)
        {
            return;
        }

        if (In(pid, folder) && !await EndAsync(pid, cancel))
        {
            throw new StartFailure(
                $"A PostgreSQL of an earlier run (process {pid}) still uses {folder} and does not stop.",
                $"Find out what it waits for; as the last resort: kill -9 {pid}"
            );
        }

        // PostgreSQL refuses to start while that number is anybody's: also a dead process that nobody has collected
        // (as in a container without an init), or another's by now. Removing the file is safe only if really nobody
        // is left here, for with it goes PostgreSQL's own way of finding sessions that outlived their server.
        if (await DesertedAsync(folder, TimeSpan.FromSeconds(15), cancel))
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// Kills what still works in the folder of a server that has died, and returns when nobody does.
    /// </summary>
    public static async Task EndSessionsAsync(string folder, CancellationToken cancel)
    {
        var tries = 0;
        while (Processes().Where(pid => In(pid, folder)).ToList() is { Count: > 0 } left)
        {
            if (tries++ > 500)
            {
                throw new StartFailure(
                    $"Sessions of a PostgreSQL that has died still work in {folder} (process {left[0]}).",
                    $"Find out what they wait for; as the last resort: kill -9 {left[0]}"
                );
            }

            left.ForEach(pid => Signals.Send(pid, Signal.Kill));
            await Task.Delay(20, cancel);
        }
    }

    private static async Task<bool> EndAsync(int pid, CancellationToken cancel)
    {
        Signals.Send(pid, Signal.Interrupt);
        if (await Signals.GoneAsync(pid, TimeSpan.FromSeconds(20), cancel))
        {
            return true;
        }

        Signals.Send(pid, Signal.Quit);
        return await Signals.GoneAsync(pid, TimeSpan.FromSeconds(10), cancel);
    }

    private static async Task<bool> DesertedAsync(string folder, TimeSpan patience, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; waited < patience; waited += TimeSpan.FromMilliseconds(50))
        {
            if (!Directory.Exists("/proc/self"))
            {
                return false;
            }

            if (!Processes().Any(pid => In(pid, folder)))
            {
                return true;
            }

            await Task.Delay(50, cancel);
        }

        return false;
    }

    private static IEnumerable<int> Processes() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path =>
                int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                    ? pid
                    : 0
            )
            .Where(pid => pid > 1);

    // All of PostgreSQL's processes work in their data folder; the number alone may have gone to another process.
    private static bool In(int pid, string folder)
    {
        try
        {
            return Signals.IsAlive(pid)
                && Directory.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName
                    == Path.GetFullPath(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
