using Chat.Host.Driving;
using Chat.Host.Operate;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// This host's lease: taken, renewed every three seconds, measured with the monotonic clock from before it was asked
/// for. Past it the host neither decides nor answers. It also tells the time: the database's, as of the last renewal.
/// </summary>
public sealed class Leasing : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);
    private readonly LeaseRows rows;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private Task renewing = Task.CompletedTask;
    private Lanes? lanes;
    private Held held;

    private sealed record Held(long Epoch, Instant At, long Asked);

    private Leasing(LeaseRows rows, TimeProvider clock, ILogger log, Held held, Instant quietSince)
    {
        (this.rows, this.clock, this.log) = (rows, clock, log);
        this.held = held;
        QuietSince = quietSince;
    }

    /// <summary>
    /// Since when nobody may have been told what was committed: a minute before the last holder was last heard of.
    /// </summary>
    public Instant QuietSince { get; }

    /// <summary>It was lost: what was this host's may be another's by now.</summary>
    public event Action? Lost;

    /// <summary>It was lost and taken again: what was committed meanwhile, nobody may have been told.</summary>
    public event Action? Retaken;

    /// <summary>Whether the lease is running.</summary>
    public bool IsHeld => Age < LeaseRows.Length;

    /// <summary>The database's time.</summary>
    public Instant Now => Volatile.Read(ref held).At.Plus((long)Age.TotalMilliseconds);

    private TimeSpan Age => clock.GetElapsedTime(Volatile.Read(ref held).Asked);

    /// <summary>Takes the lease; waits for one that is running to run out.</summary>
    /// <exception cref="StartFailure">Another host holds it and goes on holding it.</exception>
    public static async Task<Leasing> TakeAsync(
        Database database,
        ChatHostOptions options,
        TimeProvider clock,
        ILoggerFactory logs,
        CancellationToken stop
    )
    {
        var rows = new LeaseRows(database);
        var started = clock.GetTimestamp();
        while (true)
        {
            var asked = clock.GetTimestamp();
            if (await rows.TakeAsync(options.IsSole, stop) is { } taken)
            {
                var quiet = LeaseRows.QuietSince(taken.Quiet ?? taken.Now);
                return new Leasing(
                    rows,
                    clock,
                    logs.CreateLogger<Leasing>(),
                    new Held(taken.Epoch, taken.Now, asked),
                    quiet
                );
            }
            if (clock.GetElapsedTime(started) > 2 * LeaseRows.Length)
                throw new StartFailure(
                    $"Another host named {options.Name} is running on this database.",
                    "Stop it first."
                );
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, stop);
        }
    }

    /// <summary>Tells lanes of the lease, now and whenever it is lost or taken again.</summary>
    public void Drive(Lanes driven)
    {
        lanes = driven;
        driven.Post(new Input.LeaseTaken(held.Epoch));
        renewing = RenewAsync();
    }

    private async Task RenewAsync()
    {
        var isLost = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(isLost ? TimeSpan.FromMilliseconds(250) : RenewEvery, clock, stopping.Token);
                isLost = !await TryRenewAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning("The lease was not renewed: {Fault}", fault.Message);
                isLost = !IsHeld;
                if (isLost)
                    Lose();
            }
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        var asked = clock.GetTimestamp();
        var epoch = held.Epoch;
        // Within its time a lease is renewed; past it, it is taken again under a later epoch, unless another has it.
        if (IsHeld && await rows.RenewAsync(epoch, stopping.Token) is { } now)
        {
            Volatile.Write(ref held, new Held(epoch, now, asked));
            return true;
        }
        Lose();
        if (await rows.TakeAsync(false, stopping.Token) is not { } taken)
            return false;
        log.LogWarning("The lease was taken again under epoch {Epoch}", taken.Epoch);
        Volatile.Write(ref held, new Held(taken.Epoch, taken.Now, asked));
        lanes!.Post(new Input.LeaseTaken(taken.Epoch));
        Retaken?.Invoke();
        return true;
    }

    private void Lose()
    {
        Lost?.Invoke();
        lanes!.Post(new Input.LeaseLost());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await renewing;
        try
        {
            await rows.ReleaseAsync(held.Epoch);
        }
        catch (Exception fault)
        {
            log.LogWarning("The lease was not given back: {Fault}", fault.Message);
        }
        stopping.Dispose();
    }
}
