namespace Chat.Domain.Committing;

/// <summary>
/// The commit loop without its input and output: what a lane does about what it is told. The host drives it with
/// PostgreSQL and NATS, the simulator with a seed, an embedding service with a store of its own.
/// </summary>
public static class Committing
{
    /// <summary>
    /// The lane after an input, and what it wants done, in order. <paramref name="now"/> is the database's time as the
    /// host knows it; it is read once for all that one step decides.
    /// </summary>
    public static (Lane Lane, Seq<Output> Outputs) Step(Lane lane, Input input, Instant now)
    {
        var outputs = new List<Output>();
        var next = Take(lane with { Tick = lane.Tick + 1 }, input, now, outputs);
        return (Forming.Form(next, now, outputs), toSeq(outputs).Strict());
    }

    private static Lane Take(Lane lane, Input input, Instant now, List<Output> outputs) =>
        input switch
        {
            Input.Arrived arrived => Arriving.Arrive(lane, arrived.Arrivals, outputs),
            Input.Loaded loaded => Arriving.Loaded(lane, loaded, outputs),
            Input.NotLoaded failed => Arriving.Dismiss(lane, failed, Unavailable(lane), outputs),
            Input.Gathered gathered => Arriving.Gathered(lane, gathered, outputs),
            Input.Settled settled => Settling.Settle(lane, settled, outputs),
            Input.Found found => Asked.Answer(lane, found.Ask, found.Events, null, outputs),
            Input.NotFound failed => Asked.Answer(lane, failed.Ask, Empty, Unavailable(lane), outputs),
            Input.Changed changed => Arriving.Changed(lane, changed.Stream, outputs),
            Input.Released released => Arriving.Released(lane, released.Which, outputs),
            Input.LeaseTaken taken => lane with { Epoch = taken.Epoch },
            Input.LeaseLost => Arriving.DismissAll(lane, outputs),
            Input.Elapsed => Tidying.Tidy(lane, now, outputs),
            Input.Woken woken => Tidying.Wake(lane, woken.Reminders, now, outputs),
        };

    private static Refusal Unavailable(Lane lane) => new Refusal.Unavailable(lane.Options.RetryAfterMs);
}
