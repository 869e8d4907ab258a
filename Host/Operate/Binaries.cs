using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.Host.Operate;

/// <summary>Where the servers' programs are, and whether they are new enough.</summary>
public static partial class Binaries
{
    public const string NatsVariable = "CHAT_NATS_SERVER";
    public const string PostgresVariable = "CHAT_POSTGRES_BIN";

    private static readonly Version OldestNats212 = new(2, 12, 12);
    private static readonly Version OldestNats = new(2, 14, 3);
    private const int OldestPostgres = 15;

    /// <summary>
    /// nats-server: what is given, else CHAT_NATS_SERVER, else PATH. Checked to run and to be new enough.
    /// </summary>
    public static async Task<string> NatsServerAsync(string? given = null, CancellationToken cancel = default)
    {
        var file = given ?? Environment.GetEnvironmentVariable(NatsVariable);
        file = string.IsNullOrEmpty(file) ? OnPath("nats-server") : file;
        if (file is null || !File.Exists(file))
        {
            throw new StartFailure(
                file is null ? "nats-server was not found." : $"There is no nats-server at {file}.",
                $"Install nats-server {OldestNats} or newer, or name it with {NatsVariable}."
            );
        }

        var answer = await VersionOfAsync(file, "--version", cancel);
        return IsSafeNats(answer)
            ? file
            : throw new StartFailure(
                $"{file} is too old ({answer.Trim()}): such servers can be crashed by anybody who reaches them.",
                $"Install {OldestNats} or newer (or {OldestNats212} or newer of 2.12), or name one with {NatsVariable}."
            );
    }

    /// <summary>
    /// PostgreSQL's programs: what is given, else CHAT_POSTGRES_BIN, else PATH, else Debian's place, newest first.
    /// </summary>
    public static async Task<(string Folder, int Major)> PostgresAsync(
        string? given = null,
        CancellationToken cancel = default
    )
    {
        var folder = given ?? Environment.GetEnvironmentVariable(PostgresVariable);
        folder = string.IsNullOrEmpty(folder) ? Path.GetDirectoryName(OnPath("postgres")) ?? DebianPostgres() : folder;
        if (
            folder is null
            || !File.Exists(Path.Combine(folder, "postgres"))
            || !File.Exists(Path.Combine(folder, "initdb"))
        )
        {
            throw new StartFailure(
                folder is null
                    ? "PostgreSQL was not found."
                    : $"There is no PostgreSQL server (postgres, initdb) in {folder}.",
                $"Install version {OldestPostgres} or newer, or name its folder of programs with {PostgresVariable}."
            );
        }

        var answer = await VersionOfAsync(Path.Combine(folder, "postgres"), "--version", cancel);
        var major = VersionNumber().Match(answer) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
        return major >= OldestPostgres
            ? (folder, major)
            : throw new StartFailure(
                $"The PostgreSQL in {folder} is too old ({answer.Trim()}).",
                $"Install version {OldestPostgres} or newer, or name another with {PostgresVariable}."
            );
    }

    internal static bool IsSafeNats(string answer)
    {
        var match = VersionNumber().Match(answer);
        if (!match.Success || !match.Groups[3].Success)
        {
            return false;
        }

        var version = Version.Parse(match.Value);
        return version >= OldestNats || (version is { Major: 2, Minor: 12 } && version >= OldestNats212);
    }

    private static async Task<string> VersionOfAsync(string file, string option, CancellationToken cancel)
    {
        try
        {
            return (await Launcher.RunAsync([file, option], cancel)).Output;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StartFailure(
                $"{file} does not run: {e.Message}",
                "Check that it is a program for this machine.",
                e
            );
        }
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static string? DebianPostgres() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(f =>
                    int.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var n) ? n : 0
                )
                .Select(f => Path.Combine(f, "bin"))
                .FirstOrDefault(f => File.Exists(Path.Combine(f, "postgres")))
            : null;

    [GeneratedRegex(@"(\d+)\.(\d+)(?:\.(\d+))?")]
    private static partial Regex VersionNumber();
}
