using System.Threading.Channels;
using Chat.Host.Nats;
using Chat.Host.Store;

namespace Chat.Host.Owning;

/// <summary>
/// Announces to whoever another host let in what changed of late: before this one knew that they are here it told them
/// nothing, and they may have resumed before that.
/// </summary>
public sealed class Greeting : IAsyncDisposable
{
    private const int MostAtOnce = 1_000;
    private const long LatelyMs = 120_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Channel<string> met = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource stopping = new();
    private readonly Database database;
    private readonly Fanout fanout;
    private readonly Func<Instant> now;
    private readonly ILogger log;
    private readonly Task going;

    /// <param name="database">Where it is read what changed.</param>
    /// <param name="sessions">Who says whom it meets.</param>
    /// <param name="fanout">Who announces.</param>
    /// <param name="now">The database's time.</param>
    /// <param name="log">What failed; it is tried again.</param>
    public Greeting(Database database, Sessions sessions, Fanout fanout, Func<Instant> now, ILogger log)
    {
        (this.database, this.fanout, this.now, this.log) = (database, fanout, now, log);
        sessions.Met = person => met.Writer.TryWrite(person);
        going = GoAsync();
    }

    private async Task GoAsync()
    {
        var people = new System.Collections.Generic.HashSet<string>(StringComparer.Ordinal);
        while (!stopping.IsCancellationRequested)
            try
            {
                if (people.Count == 0)
                    people.Add(await met.Reader.ReadAsync(stopping.Token));
                while (people.Count < MostAtOnce && met.Reader.TryRead(out var person))
                    people.Add(person);
                Heads.Tell(fanout, await HeadReads.ChangedAsync(database, now().Plus(-LatelyMs), people));
                people.Clear();
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Who came was not told yet what changed: {Fault}", fault.Message);
                await Task.Delay(Pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) { }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await going;
        stopping.Dispose();
    }
}
