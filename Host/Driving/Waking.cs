namespace Chat.Host.Driving;

/// <summary>Asks the store every second what wants to be asked, and wakes the lanes of it.</summary>
public sealed class Waking : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task asking;

    /// <summary>Begins; a lane without its lease does nothing about it.</summary>
    public Waking(Lanes lanes, ICommitStore store, Func<Instant> now, TimeProvider clock, ILogger log) =>
        asking = Task.Run(() => AskAsync(lanes, store, now, clock, log));

    private async Task AskAsync(Lanes lanes, ICommitStore store, Func<Instant> now, TimeProvider clock, ILogger log)
    {
        using var ticks = new PeriodicTimer(Every, clock);
        try
        {
            while (await ticks.WaitForNextTickAsync(stopping.Token))
                try
                {
                    lanes.Wake(await store.DueByAsync(now()));
                }
                catch (Exception fault) when (!stopping.IsCancellationRequested)
                {
                    log.LogWarning("What falls due could not be asked for: {Fault}", fault.Message);
                }
        }
        catch (OperationCanceledException) { }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await asking;
        stopping.Dispose();
    }
}
