namespace Chat.Domain.Committing;

/// <summary>
/// The commit loop driven by a store that answers at once: what an embedding service uses. It writes no loop, and gives
/// the same guarantees as the host's: a request under an id takes effect once.
/// </summary>
/// <param name="Lane">The loop's state.</param>
/// <param name="Store">Where events are kept.</param>
/// <param name="New">The stream of a key before its first event.</param>
public sealed record Embedded(Lane Lane, IStore Store, Func<StreamKey, AnyStream> New)
{
    /// <summary>A loop over a store, its lease taken.</summary>
    public static Embedded Over(IStore store, Func<StreamKey, AnyStream> fresh) =>
        new(
            Committing.Step(Lane.Create(new LaneOptions()), new Input.LeaseTaken(1), new Instant(0)).Lane,
            store,
            fresh
        );

    /// <summary>
    /// Submits arrivals and carries out all that the loop wants, until nothing is left to do. Returns the answers and
    /// what is to be published, in order.
    /// </summary>
    public (Embedded Next, Seq<Output> Outputs) Submit(Seq<Arrival> arrivals, Instant now) =>
        Run(new Input.Arrived(arrivals), now);

    /// <summary>
    /// Asks what wants to be asked by now, and forgets what was long unused; to be called now and then.
    /// </summary>
    public (Embedded Next, Seq<Output> Outputs) Elapse(Instant now)
    {
        var (woken, first) = Run(new Input.Woken(Store.DueBy(now)), now);
        var (next, then) = woken.Run(new Input.Elapsed(), now);
        return (next, first.Concat(then).Strict());
    }

    private (Embedded Next, Seq<Output> Outputs) Run(Input begin, Instant now)
    {
        var lane = Lane;
        var heard = new List<Output>();
        var inputs = new Queue<Input>([begin]);
        while (inputs.TryDequeue(out var input))
        {
            (lane, var outputs) = Committing.Step(lane, input, now);
            foreach (var output in outputs)
                if (Carry(output).Case is Input next)
                    inputs.Enqueue(next);
                else
                    heard.Add(output);
        }
        return (this with { Lane = lane }, toSeq(heard).Strict());
    }

    private Option<Input> Carry(Output output) =>
        output switch
        {
            Output.Load load => Some<Input>(new Input.Loaded(load.Stream, Folded(load.Stream), 0, load.Ask)),
            Output.Gather gather => Some<Input>(Gathered(gather)),
            Output.Append append => Some<Input>(new Input.Settled(append.Batch.Number, Store.Append(append.Batch))),
            Output.LookUp ask => Some<Input>(
                new Input.Found(toHashMap(Store.LookUp(ask.Ids).Map(found => (found.Id, found))), ask.Ask)
            ),
            Output.Tell tell => Some<Input>(new Input.Changed(tell.Stream)),
            Output.Forward forward => Some<Input>(new Input.Arrived(Seq1<Arrival>(forward.Request))),
            Output.Remind remind => Reminded(remind),
            Output.Answer or Output.Publish or Output.PublishMarks or Output.Snapshot or Output.Judged => None,
        };

    private Option<Input> Reminded(Output.Remind remind)
    {
        Store.Remind(remind.Stream, remind.Version, remind.At);
        return None;
    }

    private AnyStream Folded(StreamKey stream) => New(stream).Fold(Store.Load(stream).Map(recorded => recorded.Event));

    private Option<AnyFact> Elsewhere(ElsewhereFactKey key) =>
        Gathering.FromEvents(New(key.Stream), Seq1(key.Key), Store.Load(key.Stream)).Find<AnyFact>(key.Key);

    private Input Gathered(Output.Gather gather)
    {
        var events = Store.Load(gather.Stream);
        var own = Gathering.FromEvents(New(gather.Stream), gather.Keys, events);
        var facts = gather
            .Keys.OfType<StreamFactKey>()
            .Fold(own, (known, key) => known.With(key, Some<AnyFact>(new StreamFact(Folded(key.Stream)))));
        facts = gather.Keys.OfType<ElsewhereFactKey>().Fold(facts, (known, key) => known.With(key, Elsewhere(key)));
        return new Input.Gathered(gather.Stream, events.Count, facts, gather.Ask);
    }
}

/// <summary>
/// Facts as a fold over a stream's own events; any store can gather them so, if it has nothing faster.
/// </summary>
public static class Gathering
{
    /// <summary>The facts under some keys, after these events.</summary>
    public static Facts FromEvents(AnyStream fresh, Seq<AnyFactKey> keys, Seq<Recorded> events) =>
        events.Fold(
            keys.Fold(Facts.Empty, (facts, key) => facts.With(key, None)),
            (facts, recorded) => fresh.EvolveFacts(facts, recorded.Version, recorded.Event)
        );
}
