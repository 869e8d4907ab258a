using System.Threading.Channels;

namespace Chat.Host.House;

/// <summary>
/// Tells one thing after the other, each once what it needs was read: what is told last is how it is.
/// </summary>
internal sealed class InOrder : IAsyncDisposable
{
    private readonly Channel<Func<Task>> waiting = Channel.CreateUnbounded<Func<Task>>();
    private readonly ILogger log;
    private readonly Task telling;

    public InOrder(ILogger log)
    {
        this.log = log;
        telling = Task.Run(TellAsync);
    }

    /// <summary>Tells this once all before it is told.</summary>
    public void Later(Func<Task> tell) => waiting.Writer.TryWrite(tell);

    private async Task TellAsync()
    {
        await foreach (var tell in waiting.Reader.ReadAllAsync())
            try
            {
                await tell();
            }
            catch (Exception fault)
            {
                log.LogWarning("What changed in the house was not told: {Fault}", fault.Message);
            }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await telling;
    }
}
