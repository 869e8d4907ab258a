using System.Diagnostics;

namespace Chat.Host.Operate;

/// <summary>How a server is started so that it is neither orphaned nor disturbed.</summary>
internal static class ChildCommand
{
    private const long LargestLog = 16 * 1024 * 1024;

    private static readonly bool HasUtilLinux = File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/setsid");

    /// <summary>
    /// The output goes straight into a file, for a pipe would break with us. A session of its own: Ctrl-C in a
    /// terminal goes to every process of the session, and the servers must outlast the host's own stopping. And with
    /// the host killed, the kernel sends the stop signal: to whatever user the command has changed, hence innermost.
    /// </summary>
    public static ProcessStartInfo Start(IReadOnlyList<string> command, string logFile, Signal atOurDeath)
    {
        if (File.Exists(logFile) && new FileInfo(logFile).Length > LargestLog)
        {
            File.Move(logFile, logFile + ".1", overwrite: true);
        }

        // A statement that failed is logged with what was in it: for nobody else to read.
        if (!File.Exists(logFile))
        {
            PrivateFile.Write(logFile, "");
        }

        var wrapped = HasUtilLinux ? Wrap(command, atOurDeath) : command;
        return new ProcessStartInfo(
            "/bin/sh",
            ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", logFile, .. wrapped]
        );
    }

    private static IEnumerable<string> Wrap(IReadOnlyList<string> command, Signal atOurDeath)
    {
        // It takes names, and no numbers.
        var name = atOurDeath switch
        {
            Signal.Interrupt => "INT",
            Signal.Quit => "QUIT",
            Signal.Kill => "KILL",
            _ => "TERM",
        };
        string[] die = ["/usr/bin/setpriv", "--pdeathsig", name, "--"];

        // A command that begins with setpriv changes the user first, which would clear the signal.
        var program = command[0].EndsWith("/setpriv", StringComparison.Ordinal)
            ? command.ToList().IndexOf("--") + 1
            : 0;
        return ["/usr/bin/setsid", .. command.Take(program), .. die, .. command.Skip(program)];
    }
}
