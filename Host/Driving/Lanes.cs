using Chat.Protocol;

namespace Chat.Host.Driving;

/// <summary>Which streams are this host's, and how the owners of others hear that one of theirs changed.</summary>
public interface IOwnership
{
    /// <summary>Whether this host decides what is asked of a stream.</summary>
    bool IsOwn(StreamKey stream);

    /// <summary>Ends when every other host has heard that a stream changed, or holds nothing any more.</summary>
    Task ChangedAsync(StreamKey stream);
}

/// <summary>The lanes of this host: each stream of its own has one, by its bucket.</summary>
public sealed class Lanes : IAsyncDisposable
{
    private readonly LaneDriver[] drivers;
    private readonly IOwnership? ownership;

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
        Action<Output.Judged>? record = null,
        IOwnership? ownership = null
    )
    {
        this.ownership = ownership;
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

    /// <summary>Submits an arrival to the lane of its stream. Of another host's it is told to ask again.</summary>
    public void Submit(Arrival arrival, Action<Reply> caller)
    {
        if (IsOwn(arrival.Stream))
            Of(arrival.Stream).Submit(arrival, caller);
        else
            caller(new Reply.Refused(new Refusal.Moved()));
    }

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
        foreach (var some in reminders.Where(one => IsOwn(one.Stream)).GroupBy(reminder => Of(reminder.Stream)))
            some.Key.Post(new Input.Woken(toSeq(some).Strict()));
    }

    /// <summary>Tells the lane of a stream that it was changed from elsewhere, and waits until it knows.</summary>
    public Task ChangedAsync(StreamKey stream) => Of(stream).TellAsync(new Input.Changed(stream));

    /// <summary>Lets go of some streams, and waits until nothing is under way for them.</summary>
    public Task ReleaseAsync(Func<StreamKey, bool> which) =>
        Task.WhenAll(drivers.Select(driver => driver.ReleaseAsync(which)));

    // What a policy asks is decided here, whosever the stream is: versions keep it right.
    private Task TellAsync(StreamKey stream, Input input)
    {
        var told = Of(stream).TellAsync(input);
        return input is Input.Changed && ownership is not null && !IsOwn(stream)
            ? Task.WhenAll(told, ownership.ChangedAsync(stream))
            : told;
    }

    private bool IsOwn(StreamKey stream) => ownership?.IsOwn(stream) ?? true;

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
