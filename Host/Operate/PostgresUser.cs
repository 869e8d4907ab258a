namespace Chat.Host.Operate;

/// <summary>
/// PostgreSQL refuses to run as root, so root runs it as the user <c>postgres</c>. Anybody else runs it as themselves.
/// </summary>
internal sealed record PostgresUser(IReadOnlyList<string> Prefix)
{
    private const string Name = "postgres";

    public static bool AreWeRoot => Environment.IsPrivilegedProcess;

    /// <summary>
    /// Finds the way in which PostgreSQL's user can reach a folder. Under /root it cannot, for that is closed: then
    /// the server gets the right to search folders and nothing else of root's (in containers that lack it, the wider
    /// one).
    /// </summary>
    public static async Task<PostgresUser> ForAsync(string folder, CancellationToken cancel)
    {
        if (!AreWeRoot)
        {
            return new PostgresUser([]);
        }

        await RequireUserAsync(cancel);
        foreach (var right in new[] { "", ",+dac_read_search", ",+dac_override" })
        {
            string[] ambient = right.Length > 0 ? [$"--ambient-caps=-all{right}"] : [];
            string[] prefix =
            [
                "/usr/bin/setpriv",
                $"--reuid={Name}",
                $"--regid={Name}",
                "--init-groups",
                $"--inh-caps=-all{right}",
                .. ambient,
                "--",
            ];
            // Not test -x: access(2) leaves such rights out of account.
            if ((await Launcher.RunAsync([.. prefix, "/usr/bin/stat", $"{folder}/."], cancel)).Code == 0)
            {
                return new PostgresUser(prefix);
            }
        }

        throw new StartFailure(
            $"PostgreSQL runs as the user {Name}, who cannot enter {folder}.",
            "Choose a data folder outside of home folders, such as /var/lib/chat, or start as an ordinary user."
        );
    }

    /// <summary>Hands a file or an empty folder to PostgreSQL's user.</summary>
    public static async Task OwnAsync(string path, CancellationToken cancel)
    {
        if (AreWeRoot)
        {
            await RequireUserAsync(cancel);
            await Launcher.RunAsync(["/bin/chown", $"{Name}:{Name}", path], cancel);
        }
    }

    private static async Task RequireUserAsync(CancellationToken cancel)
    {
        if (!File.Exists("/usr/bin/setpriv") || (await Launcher.RunAsync(["/usr/bin/id", Name], cancel)).Code != 0)
        {
            throw new StartFailure(
                $"PostgreSQL does not run as root, and there is no user {Name} (or no setpriv) to run it as.",
                "Install the PostgreSQL package, which makes that user, or start as an ordinary user."
            );
        }
    }
}
