using System.Diagnostics;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>
/// Whether nats-server answers: a connection that is cut without a word looks whole for long. Nobody reaches what a
/// host owns that the server does not hear, so it does not hold on to it.
/// </summary>
internal sealed class Pulse : IAsyncDisposable
{
    // A server that is started again is back before that.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource stopping = new();
    private readonly INatsConnection connection;
    private readonly ILogger log;
    private readonly Task beating;
    private long heard = Stopwatch.GetTimestamp();

    public Pulse(INatsConnection connection, ILogger log)
    {
        (this.connection, this.log) = (connection, log);
        beating = BeatAsync();
    }

    /// <summary>Whether it has answered within the last seconds.</summary>
    public bool IsHeard => Stopwatch.GetElapsedTime(Volatile.Read(ref heard)) < Silence;

    /// <summary>Whether it answers now.</summary>
    public async Task<bool> AnswersAsync()
    {
        using var patiently = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        patiently.CancelAfter(Patience);
        try
        {
            await connection.PingAsync(patiently.Token);
            Volatile.Write(ref heard, Stopwatch.GetTimestamp());
            return true;
        }
        catch (Exception fault)
        {
            if (!stopping.IsCancellationRequested)
                log.LogWarning("nats-server does not answer: {Fault}", fault.Message);
            return false;
        }
    }

    private async Task BeatAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await AnswersAsync();
            await Task.Delay(Every, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await beating;
        stopping.Dispose();
    }
}
