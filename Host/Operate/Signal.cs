using System.Globalization;
using System.Runtime.InteropServices;

namespace Chat.Host.Operate;

/// <summary>The few signals that servers are stopped with.</summary>
internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}

internal static class Signals
{
    /// <summary>False where there is no such process (or it is not ours to signal).</summary>
    public static bool Send(int pid, Signal signal) => pid > 1 && Kill(pid, (int)signal) == 0;

    public static bool IsAlive(int pid) => pid > 1 && Kill(pid, 0) == 0 && !IsZombie(pid);

    /// <summary>The first line of a pid file, if it is a number.</summary>
    public static int? ReadPid(string path)
    {
        try
        {
            var line = File.ReadLines(path).FirstOrDefault();
            return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 1
                ? pid
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static async Task<bool> GoneAsync(int pid, TimeSpan patience, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; IsAlive(pid); waited += TimeSpan.FromMilliseconds(20))
        {
            if (waited > patience)
            {
                return false;
            }

            await Task.Delay(20, cancel);
        }

        return true;
    }

    // A child of a dead parent that nobody has reaped yet runs no more.
    private static bool IsZombie(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat.Length > 0 && stat[(stat.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
