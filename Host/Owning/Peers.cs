using System.Text;
using Chat.Host.Driving;
using Chat.Host.Store;
using Chat.Protocol;
using NATS.Client.Core;

namespace Chat.Host.Owning;

/// <summary>
/// Tells the other hosts what they must know before somebody is answered: that a stream changed that one of them may
/// hold, and what was taken from somebody's sight or their way in.
/// </summary>
public sealed class Peers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly INatsConnection connection;
    private readonly Database database;
    private readonly BucketRows rows;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private Task hearing = Task.CompletedTask;

    /// <param name="connection">Over which hosts hear of each other.</param>
    /// <param name="database">Where the others are to be found, and what happened.</param>
    /// <param name="log">Who could not be told.</param>
    public Peers(INatsConnection connection, Database database, ILogger log)
    {
        (this.connection, this.database, this.log) = (connection, database, log);
        rows = new BucketRows(database);
    }

    /// <summary>
    /// Ends when every other host has taken in that a stream changed, and what happened in these versions of it, or its
    /// lease has run out. Never throws; where the others cannot be found out it ends after as long as a lease lasts.
    /// </summary>
    public async Task TellAsync(StreamKey stream, long first = 0, long last = 0)
    {
        var words = Encoding.UTF8.GetBytes($"{stream} {first} {last}");
        var told = new System.Collections.Generic.HashSet<string>(StringComparer.Ordinal);
        var began = TimeProvider.System.GetTimestamp();
        while (!stopping.IsCancellationRequested && TimeProvider.System.GetElapsedTime(began) < LeaseRows.Length)
            try
            {
                var others = (await rows.OthersAsync()).Except(told).ToList();
                if (others.Count == 0)
                    return;
                told.UnionWith(await Task.WhenAll(others.Select(other => TellAsync(other, words))));
            }
            catch (Exception fault)
            {
                log.LogWarning("Another host has not been told yet: {Fault}", fault.Message);
                await Task.Delay(Pause);
            }
    }

    private async Task<string> TellAsync(string other, byte[] words)
    {
        await connection.RequestAsync<byte[], byte[]>(
            Subjects.HostTold(other),
            words,
            replyOpts: new NatsSubOpts { Timeout = Patience },
            cancellationToken: stopping.Token
        );
        return other;
    }

    /// <summary>Begins to hear from the others.</summary>
    /// <param name="lanes">They may hold a stream that changed.</param>
    /// <param name="take">What has to end before another host may answer.</param>
    /// <param name="stop">Gives up.</param>
    public async Task ListenAsync(Lanes lanes, Func<StreamKey, Seq<Recorded>, Task> take, CancellationToken stop)
    {
        var heard = await connection.SubscribeCoreAsync<byte[]>(
            Subjects.HostTold(database.Host),
            cancellationToken: stop
        );
        hearing = HearAsync(heard, lanes, take);
    }

    private async Task HearAsync(INatsSub<byte[]> heard, Lanes lanes, Func<StreamKey, Seq<Recorded>, Task> take)
    {
        try
        {
            await foreach (var message in heard.Msgs.ReadAllAsync(stopping.Token))
                _ = AnswerAsync(message, lanes, take);
        }
        catch (OperationCanceledException) { }
        finally
        {
            await heard.DisposeAsync();
        }
    }

    // What could not be taken in is not answered: then one is told once more.
    private async Task AnswerAsync(NatsMsg<byte[]> message, Lanes lanes, Func<StreamKey, Seq<Recorded>, Task> take)
    {
        try
        {
            if (
                Encoding.UTF8.GetString(message.Data ?? []).Split(' ') is not [var key, var from, var to]
                || StreamKey.Parse(key).Case is not StreamKey stream
            )
                return;
            var (first, last) = (long.Parse(from, null), long.Parse(to, null));
            await lanes.ChangedAsync(stream);
            if (first > 0)
                await take(stream, await RecordedRows.OfAsync(database, stream, first, last));
            await message.ReplyAsync<byte[]>([]);
        }
        catch (Exception fault)
        {
            log.LogWarning("What another host told was not taken in: {Fault}", fault.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await hearing;
        stopping.Dispose();
    }
}
