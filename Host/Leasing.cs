using Chat.Host.Driving;
using Chat.Host.Operate;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// This host's lease: taken, renewed every three seconds, measured with the monotonic clock from before it was asked
/// for. Past it the host neither decides nor answers, and takes it again. It also tells the time: the database's, as
/// of the last renewal.
/// </summary>
public sealed class Leasing : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    // An answer that does not come is not waited for: another connection may have one, and what is cut short while it
    // waits for a standby can be seen by the other hosts, who know by it that this one lives. So there is always one
    // that has not run out.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Once one did not come in time the next is waited for longer, for where a standby always takes so long none would
    // ever come. Two of them, one asked for when the other came, have to fit into a lease.
    private static readonly TimeSpan MorePatience = TimeSpan.FromSeconds(4.75);

    private readonly LeaseRows rows;
    private readonly Term term;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private Task renewing = Task.CompletedTask;
    private TimeSpan patience = Patience;
    private Lanes? lanes;
    private Func<CancellationToken, Task> catchUp = _ => Task.CompletedTask;
    private Func<bool> isHeard = () => true;

    private Leasing(LeaseRows rows, Term term, TimeProvider clock, ILogger log) =>
        (this.rows, this.term, this.clock, this.log) = (rows, term, clock, log);

    /// <summary>Until when the lease of the host of this name before it ran; null where there was none.</summary>
    public Instant? Followed { get; private init; }

    /// <summary>
    /// Since when nobody may have been told what was committed: a minute before the last holder was last heard of.
    /// </summary>
    public Instant QuietSince { get; private init; }

    /// <summary>It was lost: what was this host's may be another's by now.</summary>
    public event Action? Lost;

    /// <summary>
    /// It was lost and taken again: what was committed since it ran until then, nobody may have been told.
    /// </summary>
    public event Action<Instant>? Retaken;

    /// <summary>Whether the lease is running. Once seen to have run out, it has, until it is taken again.</summary>
    public bool IsHeld => term.IsRunning;

    /// <summary>The database's time.</summary>
    public Instant Now => term.Now;

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
                var term = new Term(clock);
                term.Begin(taken.Epoch, taken.Now, asked);
                return new Leasing(rows, term, clock, logs.CreateLogger<Leasing>())
                {
                    Followed = taken.Quiet,
                    QuietSince = quiet,
                };
            }
            if (clock.GetElapsedTime(started) > 2 * LeaseRows.Length)
                throw new StartFailure(
                    $"Another host named {options.Name} is running on this database.",
                    "Stop it first."
                );
            await Task.Delay(RetryAfter, clock, stop);
        }
    }

    /// <summary>Tells lanes of the lease, now and whenever it is lost or taken again.</summary>
    /// <param name="driven">The lanes.</param>
    /// <param name="learn">
    /// What has to be known anew before anything rests on a lease that was lost: past it a host is told nothing.
    /// </param>
    /// <param name="heard">Whether anybody reaches this host; else its lease runs out, for another.</param>
    public void Drive(Lanes driven, Func<CancellationToken, Task> learn, Func<bool>? heard = null)
    {
        (lanes, catchUp, isHeard) = (driven, learn, heard ?? isHeard);
        driven.Post(new Input.LeaseTaken(term.Epoch));
        renewing = RenewAsync();
    }

    private async Task RenewAsync()
    {
        var pause = RenewEvery;
        while (!stopping.IsCancellationRequested)
        {
            var asked = clock.GetTimestamp();
            try
            {
                await Task.Delay(pause, clock, stopping.Token);
                asked = clock.GetTimestamp();
                var isRenewed = isHeard() ? await TryRenewAsync() || await TryTakeAsync() : RunsOut();
                var rest = RenewEvery - clock.GetElapsedTime(asked);
                pause = isRenewed && rest > RetryAfter ? rest : RetryAfter;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning("The lease was not renewed: {Fault}", fault.Message);
                pause = RetryAfter;
                RunsOut();
            }
            patience = clock.GetElapsedTime(asked) < Patience ? Patience : MorePatience;
        }
    }

    private bool RunsOut()
    {
        if (!IsHeld)
            Lose();
        return false;
    }

    // One that came too late has been given up by the lanes, whichever of them looked first.
    private async Task<bool> TryRenewAsync()
    {
        if (!IsHeld)
            return false;
        using var patiently = Patiently();
        var asked = clock.GetTimestamp();
        return await rows.RenewAsync(term.Epoch, patiently.Token) is { } now && term.TryExtend(now, asked);
    }

    // Under a later epoch, unless another has it.
    private async Task<bool> TryTakeAsync()
    {
        Lose();
        using var patiently = Patiently();
        var asked = clock.GetTimestamp();
        if (await rows.TakeAsync(false, patiently.Token) is not { } taken)
            return false;
        // From here on the others tell this host again.
        await catchUp(stopping.Token);
        log.LogWarning("The lease was taken again under epoch {Epoch}", taken.Epoch);
        var ranUntil = term.At.Plus((long)LeaseRows.Length.TotalMilliseconds);
        term.Begin(taken.Epoch, taken.Now, asked);
        lanes!.Post(new Input.LeaseTaken(taken.Epoch));
        Retaken?.Invoke(ranUntil);
        return IsHeld;
    }

    private CancellationTokenSource Patiently()
    {
        var patiently = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        patiently.CancelAfter(patience);
        return patiently;
    }

    private void Lose()
    {
        term.End();
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
            await rows.ReleaseAsync(term.Epoch);
        }
        catch (Exception fault)
        {
            log.LogWarning("The lease was not given back: {Fault}", fault.Message);
        }
        stopping.Dispose();
    }
}
