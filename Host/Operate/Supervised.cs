using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Host.Operate;

/// <summary>A server program that runs as our child.</summary>
internal interface IServer
{
    string Name { get; }

    string LogFile { get; }

    Signal StopSignal { get; }

    /// <summary>
    /// How long stopping may take before <see cref="Signal.Quit"/>, and then <see cref="Signal.Kill"/>, is sent.
    /// </summary>
    TimeSpan StopPatience { get; }

    /// <summary>
    /// What an earlier run left behind (a killed host's server may still be stopping), and what has to be there.
    /// </summary>
    Task PrepareAsync(CancellationToken cancel);

    IReadOnlyList<string> Command { get; }

    /// <summary>What nobody may read in its command line.</summary>
    IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();

    Task<bool> IsReadyAsync(CancellationToken cancel);

    /// <summary>What its last words mean, where that is known.</summary>
    StartFailure? Explain(string lastWords);

    /// <summary>Whether what it says passes by itself within seconds.</summary>
    bool IsPassing(string lastWords);
}

/// <summary>
/// Keeps one server running until it is told to stop: a server that dies is started again, ever less hastily.
/// </summary>
internal sealed class Supervised(IServer server, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private Process? _process;
    private volatile int _pid;
    private int _disposed;
    private Task _watching = Task.CompletedTask;

    /// <summary>0 while it does not serve.</summary>
    public int Pid => _pid;

    public int Restarts { get; private set; }

    /// <summary>Returns when it serves.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await server.PrepareAsync(cancel);
        await LaunchAsync(cancel);
        _watching = Task.Run(WatchAsync, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_process is { } process)
        {
            await StopAsync(process);
            process.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task LaunchAsync(CancellationToken cancel)
    {
        for (var since = Stopwatch.GetTimestamp(); !await TryLaunchAsync(Stopwatch.GetElapsedTime(since), cancel); )
        {
            await Task.Delay(200, cancel);
        }
    }

    private async Task<bool> TryLaunchAsync(TimeSpan triedFor, CancellationToken cancel)
    {
        _process?.Dispose();
        var from = File.Exists(server.LogFile) ? new FileInfo(server.LogFile).Length : 0;
        var start = ChildCommand.Start(server.Command, server.LogFile, server.StopSignal);
        foreach (var (name, value) in server.Environment)
        {
            start.Environment[name] = value;
        }

        var process = _process = await Launcher.StartAsync(start);
        try
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < StartPatience; )
            {
                if (process.HasExited)
                {
                    var words = LastWords(from);
                    if (server.IsPassing(words) && triedFor < RetryPatience)
                    {
                        return false;
                    }

                    throw server.Explain(words)
                        ?? new StartFailure(
                            $"{server.Name} ended while it started:\n{words}",
                            $"See {server.LogFile}."
                        );
                }

                if (await server.IsReadyAsync(cancel))
                {
                    _pid = process.Id;
                    return true;
                }

                await Task.Delay(20, cancel);
            }

            throw new StartFailure($"{server.Name} did not become ready in {StartPatience}.", $"See {server.LogFile}.");
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
    }

    private async Task WatchAsync()
    {
        var pause = FirstPause;
        while (!_stopping.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            await _process!.WaitForExitAsync(_stopping.Token);
            _pid = 0;
            log.LogWarning("{Server} ended with {Code} and is started again", server.Name, _process.ExitCode);

            // One that lived for a while died of something new.
            pause = Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(30) ? FirstPause : pause;
            pause = await RestartAsync(pause);
        }
    }

    private async Task<TimeSpan> RestartAsync(TimeSpan pause)
    {
        while (true)
        {
            await Task.Delay(pause, _stopping.Token);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            try
            {
                await server.PrepareAsync(_stopping.Token);
                await LaunchAsync(_stopping.Token);
                Restarts++;
                return pause;
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                log.LogError("{Server} could not be started again: {Reason}", server.Name, e.Message);
            }
        }
    }

    private async Task StopAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        Signals.Send(process.Id, server.StopSignal);
        foreach (var harder in new[] { Signal.Quit, Signal.Kill })
        {
            using var patience = new CancellationTokenSource(server.StopPatience);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (process.HasExited)
            {
                return;
            }

            log.LogWarning("{Server} does not stop and gets {Signal}", server.Name, harder);
            Signals.Send(process.Id, harder);
        }

        await process.WaitForExitAsync();
    }

    private string LastWords(long from)
    {
        try
        {
            using var file = new FileStream(
                server.LogFile,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            file.Seek(Math.Max(from, file.Length - 4096), SeekOrigin.Begin);
            return new StreamReader(file).ReadToEnd().Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
