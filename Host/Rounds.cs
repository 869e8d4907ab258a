namespace Chat.Host;

/// <summary>
/// Does something at once, and again every so often, until it is closed. What fails is told to the log and tried again.
/// </summary>
internal sealed class Rounds : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<CancellationToken, Task> round;
    private readonly string failed;
    private readonly ILogger log;
    private readonly Task going;

    /// <summary>Begins; <paramref name="failed"/> are the words for a round that did not get through.</summary>
    public Rounds(TimeSpan every, Func<CancellationToken, Task> round, string failed, TimeProvider clock, ILogger log)
    {
        (this.round, this.failed, this.log) = (round, failed, log);
        going = Task.Run(() => GoAsync(every, clock));
    }

    private async Task GoAsync(TimeSpan every, TimeProvider clock)
    {
        using var ticks = new PeriodicTimer(every, clock);
        try
        {
            do try
            {
                await round(stopping.Token);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("{Failed}: {Fault}", failed, fault.Message);
            }
            while (await ticks.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) { }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await going;
        stopping.Dispose();
    }
}
