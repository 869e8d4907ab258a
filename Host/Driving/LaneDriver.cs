using System.Threading.Channels;
using Chat.Host.Operate;

namespace Chat.Host.Driving;

/// <summary>
/// Drives one lane: hands it what happened, one step after the other, and does what it wants done. It holds no rule;
/// what it adds are the store's calls, which come back as inputs, and the callers' replies.
/// </summary>
public sealed class LaneDriver : IAsyncDisposable
{
    private const int MostAtOnce = 1_024;
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<Signal> signals = Channel.CreateUnbounded<Signal>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Dictionary<long, Action<Reply>> callers = [];
    private readonly Releases releases = new();
    private readonly StoreCalls calls;
    private readonly IPublisher publisher;
    private readonly Func<StreamKey, Input, Task> elsewhere;
    private readonly Func<Instant> now;
    private readonly Func<bool> isHeld;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Action<Output.Judged>? record;
    private readonly int mostWaiting;
    private readonly Task running;
    private readonly ITimer ticks;
    private Lane lane;
    private long lastTicket;
    private int waiting;

    private readonly record struct Signal(
        Input? Input,
        Arrival? Arrival = null,
        Action<Reply>? Caller = null,
        TaskCompletionSource? Taken = null,
        TaskCompletionSource? Released = null
    );

    /// <summary>Starts a driver; its lane decides nothing before it has the lease.</summary>
    public LaneDriver(
        LaneOptions options,
        ICommitStore store,
        IPublisher publisher,
        Func<StreamKey, Input, Task> elsewhere,
        Func<Instant> now,
        Func<bool> isHeld,
        TimeProvider clock,
        ILogger log,
        Action<Output.Judged>? record = null
    )
    {
        (this.publisher, this.elsewhere, this.now, this.isHeld) = (publisher, elsewhere, now, isHeld);
        this.record = record;
        calls = new StoreCalls(store, Post, clock, log);
        (this.clock, this.log, mostWaiting) = (clock, log, options.MaxWaiting);
        lane = Lane.Create(record is null ? options : options with { IsRecorded = true });
        ticks = clock.CreateTimer(_ => Post(new Input.Elapsed()), null, TickEvery, TickEvery);
        running = Task.Run(RunAsync);
    }

    /// <summary>How many arrivals have not been answered.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Submits an arrival; its ticket is given here. Refused at once where too many wait already.</summary>
    public void Submit(Arrival arrival, Action<Reply> caller)
    {
        // The lane bounds what waits in it; this bounds what waits before it, should the lane itself be slow.
        if (Interlocked.Increment(ref waiting) > 2 * mostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            caller(new Reply.Refused(new Refusal.Busy(500)));
            return;
        }
        if (!signals.Writer.TryWrite(new Signal(null, arrival, caller)))
        {
            Interlocked.Decrement(ref waiting);
            caller(new Reply.Refused(new Refusal.Moved()));
        }
    }

    /// <summary>Tells the lane something.</summary>
    public void Post(Input input) => signals.Writer.TryWrite(new Signal(input));

    /// <summary>
    /// Tells the lane something, and waits until it has taken it in; a lane that ended holds nothing.
    /// </summary>
    public Task TellAsync(Input input)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return signals.Writer.TryWrite(new Signal(input, Taken: taken)) ? taken.Task : Task.CompletedTask;
    }

    /// <summary>Lets go of some streams: ends when all that was under way for them is answered and published.</summary>
    public Task ReleaseAsync(Func<StreamKey, bool> which)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return signals.Writer.TryWrite(new Signal(new Input.Released(which), Released: released))
            ? released.Task
            : Task.CompletedTask;
    }

    private async Task RunAsync()
    {
        var arrivals = new List<Arrival>();
        var reader = signals.Reader;
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out var signal))
            {
                if (signal.Arrival is { } arrival)
                {
                    arrivals.Add(arrival with { Ticket = Ticket(signal.Caller!) });
                    if (arrivals.Count < MostAtOnce)
                        continue;
                }
                StepArrivals(arrivals);
                if (signal.Input is { } input)
                    Step(input);
                signal.Taken?.SetResult();
                releases.Take(signal.Released, lane.UnderWay);
            }
            StepArrivals(arrivals);
            releases.Take(null, lane.UnderWay);
        }
        foreach (var caller in callers.Values)
            caller(new Reply.Refused(new Refusal.Moved()));
    }

    private long Ticket(Action<Reply> caller)
    {
        callers[++lastTicket] = caller;
        return lastTicket;
    }

    private void StepArrivals(List<Arrival> arrivals)
    {
        if (arrivals.Count == 0)
            return;
        var all = toSeq(arrivals).Strict();
        arrivals.Clear();
        Step(new Input.Arrived(all));
    }

    // Past its lease a host decides nothing from what it holds, also where it stood still and whoever watches the lease
    // has not woken yet.
    private void Step(Input input)
    {
        if (lane.Epoch is not null && !isHeld())
            Take(new Input.LeaseLost());
        Take(input);
    }

    private void Take(Input input)
    {
        Seq<Output> outputs;
        try
        {
            (lane, outputs) = Committing.Step(lane, input, now());
        }
        // The rules are total, so this is a bug of ours. It must not take the neighbours with it: what the step was
        // about is refused, and the lane goes on from where it was.
        catch (Exception fault) when (Instead.Of(input) is { } instead)
        {
            log.LogCritical(fault, "A step failed on {Input}", input.GetType().Name);
            foreach (var arrival in (input as Input.Arrived)?.Arrivals ?? default)
                Carry(new Output.Answer(arrival.Ticket, new Reply.Refused(new Refusal.Unavailable(1_000))));
            Take(instead);
            return;
        }
        Meters.Waiting(lane.Waiting, lane.Streams);
        var first = First(outputs);
        foreach (var output in outputs)
            if (output is not Output.Tell)
                Carry(output, first);
    }

    // What is so before anybody is answered: who owns a stream that was changed from here knows it, and what was taken
    // away is gone.
    private Task? First(Seq<Output> outputs)
    {
        Task? first = null;
        foreach (var output in outputs)
        {
            var one = output switch
            {
                Output.Tell tell => elsewhere(tell.Stream, new Input.Changed(tell.Stream)),
                Output.Publish publish => publisher.Withdraw(publish.Stream, publish.Events),
                _ => null,
            };
            if (one is not null)
                first = first is null ? one : Task.WhenAll(first, one);
        }
        return first;
    }

    /// <summary>Whether the loop runs.</summary>
    public bool IsRunning => !running.IsCompleted;

    private void Carry(Output output, Task? told = null)
    {
        switch (output)
        {
            case Output.Answer answer:
                if (callers.Remove(answer.Ticket, out var caller))
                {
                    Interlocked.Decrement(ref waiting);
                    if (told is null)
                        caller(answer.Reply);
                    else
                        _ = told.ContinueWith(_ => caller(answer.Reply), TaskScheduler.Default);
                }
                break;
            case Output.Publish publish:
                publisher.Publish(publish);
                break;
            case Output.PublishMarks marks:
                publisher.PublishMarks(marks.Stream, marks.Marks);
                break;
            case Output.Forward forward:
                _ = elsewhere(forward.Request.Stream, new Input.Arrived(Seq1<Arrival>(forward.Request)));
                break;
            case Output.Judged judged:
                record?.Invoke(judged);
                break;
            default:
                _ = calls.AskAsync(output);
                break;
        }
    }

    /// <summary>Waits until nothing waits, at most so long.</summary>
    public async Task DrainAsync(TimeSpan most)
    {
        var until = clock.GetTimestamp();
        while (Waiting > 0 && clock.GetElapsedTime(until) < most)
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
    }

    /// <summary>Ends the loop; who still waits is told to ask another host.</summary>
    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        signals.Writer.TryComplete();
        await running;
    }
}
