using System.Diagnostics;
using Chat.Host.Driving;
using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Protocol;
using NATS.Client.Core;

namespace Chat.Host.Owning;

/// <summary>
/// Keeps the buckets shared out among the hosts: takes those that a dead one left, takes up those that it was given,
/// and gives of its own until all have equally many. It looks every second, and when another says that something
/// changed.
/// </summary>
public sealed class Owning : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // What has cost this host its lease may have cost others theirs: they are let take them again.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly BucketRows buckets;
    private readonly LeaseRows leases;
    private readonly Ownership ownership;
    private readonly Lanes lanes;
    private readonly Leasing lease;
    private readonly INatsConnection connection;
    private readonly string name;
    private readonly Func<Instant, ValueTask> announce;
    private readonly ILogger log;
    private readonly SemaphoreSlim wake = new(0);
    private readonly CancellationTokenSource stopping = new();
    private Task going = Task.CompletedTask;
    private long retaken;
    private Instant? quiet;

    private Owning(
        Database database,
        Ownership ownership,
        Lanes lanes,
        Leasing lease,
        INatsConnection connection,
        Func<Instant, ValueTask> announce,
        ILogger log
    )
    {
        (buckets, leases, name) = (new BucketRows(database), new LeaseRows(database), database.Host);
        (this.ownership, this.lanes, this.lease, this.connection) = (ownership, lanes, lease, connection);
        (this.announce, this.log) = (announce, log);
    }

    /// <summary>Begins; returns when it has what is its own.</summary>
    /// <param name="database">The database, under the host's name.</param>
    /// <param name="ownership">Where it is written down.</param>
    /// <param name="lanes">Who let go of what is given away.</param>
    /// <param name="lease">The lease; without it nothing is its own.</param>
    /// <param name="connection">Over which hosts hear of each other.</param>
    /// <param name="announce">What has to be told anew where something was taken over, since when.</param>
    /// <param name="logs">What moved, and what failed.</param>
    /// <param name="stop">Gives up starting.</param>
    public static async Task<Owning> BeginAsync(
        Database database,
        Ownership ownership,
        Lanes lanes,
        Leasing lease,
        INatsConnection connection,
        Func<Instant, ValueTask> announce,
        ILoggerFactory logs,
        CancellationToken stop
    )
    {
        var owning = new Owning(database, ownership, lanes, lease, connection, announce, logs.CreateLogger<Owning>());
        lease.Lost += ownership.Lose;
        lease.Retaken += owning.Begin;
        var heard = await connection.SubscribeCoreAsync<byte[]>(Subjects.BucketsMoved, cancellationToken: stop);
        await owning.RoundAsync(stop);
        owning.going = Task.WhenAll(owning.GoAsync(), owning.HearAsync(heard));
        return owning;
    }

    /// <summary>All hosts whose leases run, and how much is whose.</summary>
    public async Task<IEnumerable<HostShare>> SharesAsync()
    {
        var (living, _) = await buckets.ReadAsync(CancellationToken.None);
        return living.Select(one => new HostShare(one.Name, one.Buckets.Count, one.IsLeaving));
    }

    /// <summary>Gives away all it has, if there is another host to take it.</summary>
    public async Task LeaveAsync()
    {
        await EndAsync();
        try
        {
            await buckets.LeaveAsync();
            await RoundAsync(CancellationToken.None);
        }
        // Then it is taken over once the lease is given up, or has run out.
        catch (Exception fault)
        {
            log.LogWarning("Buckets were not given away: {Fault}", fault.Message);
        }
    }

    private void Wake() => wake.Release();

    private void Begin(Instant _)
    {
        Volatile.Write(ref retaken, Stopwatch.GetTimestamp());
        Wake();
    }

    private async Task GoAsync()
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                await wake.WaitAsync(Every, stopping.Token);
                await RoundAsync(stopping.Token);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Buckets were not looked at: {Fault}", fault.Message);
            }
            catch (OperationCanceledException) { }
    }

    private async Task HearAsync(INatsSub<byte[]> heard)
    {
        try
        {
            await foreach (var _ in heard.Msgs.ReadAllAsync(stopping.Token))
                Wake();
        }
        catch (OperationCanceledException) { }
        finally
        {
            await heard.DisposeAsync();
        }
    }

    private async Task RoundAsync(CancellationToken stop)
    {
        if (!lease.IsHeld)
            return;
        var (living, left) = await buckets.ReadAsync(stop);
        if (left is { } since && Stopwatch.GetElapsedTime(Volatile.Read(ref retaken)) >= Grace)
        {
            // Also where it is not known whether they were taken over: then the next round finds nothing left.
            quiet = quiet is { } before && before < since ? before : since;
            await leases.TakeOverAsync(stop);
            (living, _) = await buckets.ReadAsync(stop);
        }
        if (quiet is { } silent)
        {
            await announce(silent);
            quiet = null;
        }
        var mine = living.FirstOrDefault(one => one.Name == name)?.Buckets ?? [];
        await LetGoAsync(ownership.Gone(mine));
        await TakeUpAsync(ownership.New(mine));
        ownership.Learn(living);
        await GiveAsync(living, stop);
    }

    // What was held of them when they were its own once before is old.
    private async Task TakeUpAsync(List<int> some)
    {
        if (some.Count == 0)
            return;
        await lanes.ReleaseAsync(In(some));
        ownership.Set(some, true);
        // Lost meanwhile: a later round takes up what is its own then.
        if (!lease.IsHeld)
            ownership.Lose();
        log.LogInformation("{Count} buckets are taken up", some.Count);
    }

    private async Task LetGoAsync(List<int> some)
    {
        if (some.Count == 0)
            return;
        ownership.Set(some, false);
        await lanes.ReleaseAsync(In(some));
    }

    private async Task GiveAsync(IReadOnlyList<Holder> living, CancellationToken stop)
    {
        var gifts = Balance.GiftsOf(name, living);
        foreach (var (to, some) in gifts)
        {
            await LetGoAsync([.. some]);
            await buckets.GiveAsync(to, some, stop);
            log.LogInformation("{Count} buckets are given to {Host}", some.Count, to);
        }
        if (gifts.Count == 0)
            return;
        var (now, _) = await buckets.ReadAsync(stop);
        ownership.Learn(now);
        await connection.PublishAsync<byte[]>(Subjects.BucketsMoved, [], cancellationToken: stop);
    }

    private static Func<StreamKey, bool> In(List<int> some)
    {
        var all = some.ToHashSet();
        return stream => all.Contains(Routing.BucketOf(stream));
    }

    private async Task EndAsync()
    {
        await stopping.CancelAsync();
        await going;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stopping.Dispose();
    }
}
