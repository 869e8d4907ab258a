using Chat.Host.Store;

namespace Chat.Host;

/// <summary>Keeps the index of what was said behind what is committed by half a second at most, while it can.</summary>
public sealed class Indexing : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task following;

    /// <summary>Begins. Of several hosts one is at it at a time, whichever comes first.</summary>
    public Indexing(SearchIndex index, TimeProvider clock, ILogger log) =>
        following = Task.Run(() => FollowAsync(index, clock, log));

    private async Task FollowAsync(SearchIndex index, TimeProvider clock, ILogger log)
    {
        using var ticks = new PeriodicTimer(Every, clock);
        try
        {
            do try
            {
                while (await index.RoundAsync(stopping.Token)) { }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("What was said could not be indexed: {Fault}", fault.Message);
            }
            while (await ticks.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) { }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await following;
        stopping.Dispose();
    }
}
