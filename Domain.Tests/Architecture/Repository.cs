using System.Diagnostics;

namespace Chat.Domain.Tests.Architecture;

/// <summary>The files of the repository, as git sees them.</summary>
internal static class Repository
{
    internal static readonly string Root = FindRoot();

    internal static IReadOnlyList<string> Files { get; } = List();

    internal static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Chat.sln")))
                return at.FullName;
        throw new InvalidOperationException("Chat.sln is nowhere above the tests.");
    }

    // New files that are not yet committed count too, so that a fault shows before the commit.
    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", "ls-files --cached --others --exclude-standard")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException("git ls-files failed.");
        return [.. files.Where(file => File.Exists(Path.Combine(Root, file))).Order(StringComparer.Ordinal)];
    }
}
