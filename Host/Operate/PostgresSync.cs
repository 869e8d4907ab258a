using Npgsql;

namespace Chat.Host.Operate;

/// <summary>
/// Whether the standby has all that can be read of the primary. What was acknowledged it has at all times; but what a
/// primary finds in its log when it starts can be read before the standby has it, and so can what somebody committed
/// whose wait was cut short. So it is looked at: how far was the primary on disk, and is the standby as far?
/// </summary>
/// <param name="open">A superuser's connection to the primary; null while there is none.</param>
internal sealed class PostgresSync(Func<CancellationToken, Task<NpgsqlConnection?>> open) : IAsyncDisposable
{
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private Task watching = Task.CompletedTask;
    private int doubts;
    private bool holds;

    /// <summary>It has, as far as is known; false until it is known again after <see cref="Doubt"/>.</summary>
    public bool Holds => Volatile.Read(ref holds);

    public void Begin() => watching = Task.Run(WatchAsync, CancellationToken.None);

    /// <summary>One of the two is started: what was known holds no more.</summary>
    public void Doubt()
    {
        lock (gate)
        {
            doubts++;
            holds = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    // A primary that does not answer leaves it as it was: that is when it matters.
    private async Task WatchAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var admin = await open(stopping.Token);
                if (admin is not null)
                {
                    await WatchAsync(admin);
                }
            }
            catch (NpgsqlException)
            {
                // It has died, or is not a primary yet.
            }

            await Task.Delay(Look, stopping.Token);
        }
    }

    private async Task WatchAsync(NpgsqlConnection admin)
    {
        var began = Volatile.Read(ref doubts);
        var aim = long.MaxValue;
        while (began == Volatile.Read(ref doubts))
        {
            var (now, standby) = await PostgresReplication.PositionsAsync(admin, stopping.Token);
            var hasAll = standby >= aim;
            lock (gate)
            {
                holds = began == doubts && hasAll;
            }

            aim = hasAll ? aim : now;
            await Task.Delay(Look, stopping.Token);
        }
    }
}
