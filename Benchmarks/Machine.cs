using System.Diagnostics;
using System.Runtime.InteropServices;
using Chat.Host.Operate;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>On what it was measured.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyDictionary<string, string>> DescribeAsync(RunningHost host) =>
        new Dictionary<string, string>
        {
            ["processor"] = $"{Environment.ProcessorCount} × {Line("/proc/cpuinfo", "model name")}",
            ["memory"] = $"{Kilobytes(Line("/proc/meminfo", "MemTotal")) / (1 << 20)} GiB",
            ["system"] = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            ["disk"] = DiskOf(host.Folder),
            ["nats-server"] = await VersionAsync(await Binaries.NatsServerAsync()),
            ["PostgreSQL"] = await SettingsAsync(host),
            ["load before"] = File.ReadAllText("/proc/loadavg").Split(' ')[0],
        };

    private static string Line(string file, string name) =>
        File.ReadLines(file)
            .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?.Split(':', 2)[1]
            .Trim()
        ?? "unknown";

    private static long Kilobytes(string text) => long.TryParse(text.Split(' ')[0], out var value) ? value : 0;

    private static string DiskOf(string folder)
    {
        var drive = DriveInfo
            .GetDrives()
            .Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal))
            .MaxBy(drive => drive.Name.Length);
        return drive?.DriveFormat ?? "unknown";
    }

    private static async Task<string> VersionAsync(string program)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true }
        )!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static async Task<string> SettingsAsync(RunningHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(
            """
            select current_setting('server_version') || ', fsync ' || current_setting('fsync')
                || ', synchronous_commit ' || current_setting('synchronous_commit')
            """
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
