namespace Chat.Host.Operate;

/// <summary>A standby's folder, which is a copy of the primary's.</summary>
internal static class PostgresCopy
{
    private const string Signal = "standby.signal";

    /// <summary>
    /// Whether a folder holds a whole copy that no primary was made of: what a primary that died has left is none.
    /// </summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, Signal));

    /// <summary>A copy that is not followed any more is none.</summary>
    public static void Forget(string folder)
    {
        if (IsIn(folder))
        {
            File.Delete(Path.Combine(folder, Signal));
        }
    }

    /// <summary>
    /// Copies the running primary and puts the copy in the place of whatever is there. Beside, then renamed: a copy
    /// that was cut short leaves nothing that looks like one.
    /// </summary>
    public static async Task MakeAsync(
        string programs,
        string folder,
        int fromPort,
        string password,
        CancellationToken cancel
    )
    {
        var (fresh, log) = (folder + ".new", folder + ".copy.log");
        Remove(fresh);
        File.Delete(log);
        PrivateFile.CreateFolder(fresh);
        await PostgresUser.OwnAsync(fresh, cancel);
        var user = await PostgresUser.ForAsync(fresh, cancel);
        string[] command =
        [
            Path.Combine(programs, "pg_basebackup"),
            $"--pgdata={fresh}",
            "--host=127.0.0.1",
            $"--port={fromPort}",
            $"--username={PostgresSettings.Standby}",
            "--no-password",
            // From the first byte on what the copy will lack is kept for it.
            "--wal-method=stream",
            $"--slot={PostgresSettings.Standby}",
            "--checkpoint=fast",
        ];
        await RunAsync([.. user.Prefix, .. command], log, password, cancel);
        var signal = Path.Combine(fresh, Signal);
        PrivateFile.Write(signal, "");
        await PostgresUser.OwnAsync(signal, cancel);
        Remove(folder);
        Directory.Move(fresh, folder);
    }

    // Killed with us, and when it is given up: else it would go on writing where the next one does.
    private static async Task RunAsync(string[] command, string log, string password, CancellationToken cancel)
    {
        var start = ChildCommand.Start(command, log, Operate.Signal.Kill);
        start.Environment[PostgresNode.PasswordVariable] = password;
        using var process = await Launcher.StartAsync(start);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        if (process.ExitCode != 0)
        {
            throw new StartFailure(
                $"PostgreSQL's data could not be copied:\n{File.ReadAllText(log).Trim()}",
                "Look for free space (df -h): the standby needs as much as the primary."
            );
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
