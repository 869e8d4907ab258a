using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.Host.Operate;

/// <summary>
/// Starts child processes from one thread that lives as long as we do. Linux sends the parent-death signal when the
/// <em>thread</em> that started the child ends, and threads of the pool come and go.
/// </summary>
internal static class Launcher
{
    private static readonly BlockingCollection<Action> Work = Begin();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    /// <summary>Runs something short to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        IReadOnlyList<string> command,
        CancellationToken cancel = default
    )
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = await StartAsync(start);
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await errors);
    }

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var item in work.GetConsumingEnumerable())
            {
                item();
            }
        })
        {
            IsBackground = true,
            Name = "launcher",
        };
        thread.Start();
        return work;
    }
}
