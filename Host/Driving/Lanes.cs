using Chat.Protocol;

namespace Chat.Host.Driving;

/// <summary>The lanes of this host: each stream has one, by its bucket.</summary>
public sealed class Lanes : IAsyncDisposable
{
    private readonly LaneDriver[] drivers;

    /// <summary>Starts so many lanes over one store.</summary>
    public Lanes(
        int count,
        LaneOptions options,
        ICommitStore store,
        IPublisher publisher,
        Func<Instant> now,
        Func<bool> isHeld,
        TimeProvider clock,
        ILoggerFactory logs,
        Action<Output.Judged>? record = null
    )
    {
        var log = logs.CreateLogger<LaneDriver>();
        drivers =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new LaneDriver(options, store, publisher, TellAsync, now, isHeld, clock, log, record)),
        ];
    }

    /// <summary>How many arrivals wait in all lanes.</summary>
    public int Waiting => drivers.Sum(driver => driver.Waiting);

    /// <summary>Whether all of them run.</summary>
    public bool AreRunning => drivers.All(driver => driver.IsRunning);

    /// <summary>Submits an arrival to the lane of its stream.</summary>
    public void Submit(Arrival arrival, Action<Reply> caller) => Of(arrival.Stream).Submit(arrival, caller);

    /// <summary>Submits, and waits for the answer.</summary>
    public Task<Reply> SubmitAsync(Arrival arrival)
    {
        var answer = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        Submit(arrival, answer.SetResult);
        return answer.Task;
    }

    /// <summary>Tells every lane something.</summary>
    public void Post(Input input)
    {
        foreach (var driver in drivers)
            driver.Post(input);
    }

    /// <summary>Tells the lanes of streams that these want to be asked.</summary>
    public void Wake(IReadOnlyList<Reminder> reminders)
    {
        foreach (var some in reminders.GroupBy(reminder => Of(reminder.Stream)))
            some.Key.Post(new Input.Woken(toSeq(some).Strict()));
    }

    private Task TellAsync(StreamKey stream, Input input) => Of(stream).TellAsync(input);

    private LaneDriver Of(StreamKey stream) => drivers[Routing.BucketOf(stream) % drivers.Length];

    /// <summary>Waits until all that came in is answered, at most so long.</summary>
    public Task DrainAsync(TimeSpan most) => Task.WhenAll(drivers.Select(driver => driver.DrainAsync(most)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var driver in drivers)
            await driver.DisposeAsync();
    }
}
