namespace Chat.Domain.Committing;

/// <summary>What comes in, and what must be known before it can be decided.</summary>
internal static class Arriving
{
    public static Lane Arrive(Lane lane, Seq<Arrival> arrivals, List<Output> outputs)
    {
        if (lane.Epoch is null)
        {
            foreach (var arrival in arrivals)
                Refuse(arrival, new Refusal.Moved(), outputs);
            return lane;
        }
        var waiting = lane.Waiting;
        // Grouped by stream first: a slot is written once a step, however much came in for it.
        var touched = new Dictionary<StreamKey, Slot>();
        var active = lane.Active;
        foreach (var arrival in arrivals)
        {
            // What a policy asks follows from what is committed: it has nobody to try again, so there is room for it.
            if (waiting >= lane.Options.MaxWaiting && arrival.Ticket != 0)
            {
                Refuse(arrival, new Refusal.Busy(lane.Options.RetryAfterMs), outputs);
                continue;
            }
            waiting++;
            var slot = touched.TryGetValue(arrival.Stream, out var held) ? held : SlotOf(lane, arrival.Stream, outputs);
            if (slot.Queue.IsEmpty)
                active = active.Add(arrival.Stream);
            touched[arrival.Stream] = slot with { Queue = slot.Queue.Add(arrival), LastUsed = lane.Tick };
        }
        var slots = lane.Slots;
        foreach (var (stream, slot) in touched)
            slots = slots.AddOrUpdate(stream, Gather(lane, stream, slot, outputs));
        return lane with { Slots = slots, Active = active, Waiting = waiting };
    }

    private static Slot SlotOf(Lane lane, StreamKey stream, List<Output> outputs)
    {
        if (lane.Slots.Find(stream).Case is Slot slot)
            return slot;
        outputs.Add(new Output.Load(stream, lane.Tick));
        return Slot.New with { Ask = lane.Tick };
    }

    public static Lane Loaded(Lane lane, Input.Loaded loaded, List<Output> outputs)
    {
        if (lane.Slots.Find(loaded.Stream).Case is not Slot { Stream: null } slot || slot.Ask != loaded.Ask)
            return lane;
        // Nobody waits: it was woken, and its state says when it really wants to be asked.
        if (slot.Queue.IsEmpty)
            outputs.Add(Tidying.Reminder(loaded.Stream, loaded.Current));
        var ready = slot with { Stream = loaded.Current, SnapshotVersion = loaded.SnapshotVersion, Ask = 0 };
        return lane with { Slots = lane.Slots.SetItem(loaded.Stream, Gather(lane, loaded.Stream, ready, outputs)) };
    }

    /// <summary>
    /// Asks for the facts that what waits in a slot needs and nobody has asked for, one gathering at a time.
    /// </summary>
    public static Slot Gather(Lane lane, StreamKey stream, Slot slot, List<Output> outputs)
    {
        if (slot.Stream is not { } current || slot.IsGathering)
            return slot;
        var missing = slot
            .Queue.Take(lane.Options.MaxBatch)
            .OfType<Arrival.Request>()
            .SelectMany(request => Needs(lane.Slots, current, request.At(current.LastAt), request.Command, slot.Facts))
            .Where(key => !slot.Facts.Knows(key))
            .Distinct()
            .ToSeq()
            .Strict();
        if (missing.IsEmpty)
            return slot;
        outputs.Add(new Output.Gather(stream, missing, lane.Tick));
        return slot with { Ask = lane.Tick, SinceGather = Empty };
    }

    /// <summary>
    /// What must be known for a request, as far as that can be said with what is known: behind a fact lie others, and
    /// behind those yet others.
    /// </summary>
    public static Seq<AnyFactKey> Needs(
        HashMap<StreamKey, Slot> slots,
        AnyStream stream,
        Context context,
        AnyCommand command,
        Facts facts
    )
    {
        var needs = stream.Needs(context, command);
        while (!needs.IsEmpty && needs.ForAll(facts.Knows))
        {
            var behind = stream.Behind(context, command, Seeing(slots, facts, needs));
            var more = behind.Filter(key => !needs.Contains(key)).Strict();
            if (more.IsEmpty)
                break;
            needs = needs.Concat(more).Strict();
        }
        return needs;
    }

    /// <summary>
    /// Facts with what a lane itself holds of the streams that are needed: it knows more of them than was gathered, so
    /// one that is busy never starves who needs it.
    /// </summary>
    public static Facts Seeing(HashMap<StreamKey, Slot> slots, Facts facts, Seq<AnyFactKey> needs) =>
        needs
            .OfType<StreamFactKey>()
            .Aggregate(
                facts,
                (all, key) =>
                    slots.Find(key.Stream).Case is Slot { Stream: { } now }
                        ? all.With(key, Some<AnyFact>(new StreamFact(now)))
                        : all
            );

    public static Lane Gathered(Lane lane, Input.Gathered gathered, List<Output> outputs)
    {
        if (
            lane.Slots.Find(gathered.Stream).Case is not Slot { IsGathering: true, Stream: { } stream } slot
            || slot.Ask != gathered.Ask
        )
            return lane;
        var idle = slot with { Ask = 0, SinceGather = Empty };
        return lane with { Slots = lane.Slots.SetItem(gathered.Stream, Next()) };

        Slot Next()
        {
            if (gathered.Version <= stream.Version)
            {
                var facts = CaughtUp(slot, stream, gathered);
                var known = facts.Known.Fold(slot.Facts, (all, pair) => all.With(pair.Key, pair.Value));
                return Gather(lane, gathered.Stream, idle with { Facts = known }, outputs);
            }
            // Facts newer than the state: of a batch under way, then they are gathered again once it is settled; else
            // somebody else wrote.
            return lane.Flight?.Decided.ContainsKey(gathered.Stream) == true
                ? idle
                : Reload(lane, gathered.Stream, idle, outputs);
        }
    }

    private static Facts CaughtUp(Slot slot, AnyStream stream, Input.Gathered gathered) =>
        slot
            .SinceGather.Where(recorded => recorded.Version > gathered.Version)
            .Fold(gathered.Facts, (facts, recorded) => stream.EvolveFacts(facts, recorded.Version, recorded.Event));

    public static Lane Changed(Lane lane, StreamKey stream, List<Output> outputs)
    {
        if (lane.Slots.Find(stream).Case is not Slot slot)
            return lane;
        // What is under way for it may have committed before that change, so it alone does not tell.
        if (lane.Flight?.Decided.ContainsKey(stream) == true)
            return lane with { Slots = lane.Slots.SetItem(stream, slot with { IsStale = true }) };
        // Also what is being loaded may have been read before the change.
        return lane with
        {
            Slots = slot.Queue.IsEmpty
                ? lane.Slots.Remove(stream)
                : lane.Slots.SetItem(stream, Reload(lane, stream, slot, outputs)),
        };
    }

    /// <summary>A slot that keeps what waits and forgets what it knew.</summary>
    public static Slot Reload(Lane lane, StreamKey stream, Slot slot, List<Output> outputs)
    {
        outputs.Add(new Output.Load(stream, lane.Tick));
        return Slot.New with
        {
            Queue = slot.Queue,
            Attempts = slot.Attempts,
            LastUsed = slot.LastUsed,
            Ask = lane.Tick,
        };
    }

    /// <summary>Refuses all that waits for a stream that could not be read, and forgets it.</summary>
    public static Lane Dismiss(Lane lane, Input.NotLoaded failed, Refusal refusal, List<Output> outputs)
    {
        var stream = failed.Stream;
        if (lane.Slots.Find(stream).Case is not Slot slot || slot.Ask != failed.Ask)
            return lane;
        foreach (var arrival in slot.Queue)
            Refuse(arrival, refusal, outputs);
        return lane with
        {
            Slots = lane.Slots.Remove(stream),
            Active = lane.Active.Filter(other => other != stream).Strict(),
            Waiting = lane.Waiting - slot.Queue.Count,
        };
    }

    /// <summary>
    /// The lease is gone: nothing that waits is decided here. What is under way is answered when it is settled.
    /// </summary>
    public static Lane DismissAll(Lane lane, List<Output> outputs)
    {
        foreach (var stream in lane.Active)
        foreach (var arrival in lane.Slots[stream].Queue)
            Refuse(arrival, new Refusal.Moved(), outputs);
        return lane with { Epoch = null, Slots = Empty, Active = Empty, Waiting = 0 };
    }

    /// <summary>
    /// Lets go of some streams. One that a batch is under way for is read anew when that is settled, and goes then.
    /// </summary>
    public static Lane Released(Lane lane, Func<StreamKey, bool> which, List<Output> outputs)
    {
        var gone = lane.Slots.Filter((stream, _) => which(stream));
        foreach (var stream in lane.Active.Filter(which))
        foreach (var arrival in gone[stream].Queue)
            Refuse(arrival, new Refusal.Moved(), outputs);
        var rest = gone.Keys.Fold(
            lane.Slots,
            (slots, stream) =>
                lane.Flight?.Decided.ContainsKey(stream) == true
                    ? slots.SetItem(stream, gone[stream] with { Queue = Empty, IsStale = true })
                    : slots.Remove(stream)
        );
        return lane with
        {
            Slots = rest,
            Active = lane.Active.Filter(stream => !which(stream)).Strict(),
            Waiting = lane.Waiting - gone.Values.Sum(slot => slot.Queue.Count),
        };
    }

    public static void Refuse(Arrival arrival, Refusal refusal, List<Output> outputs)
    {
        if (arrival.Ticket != 0)
            outputs.Add(new Output.Answer(arrival.Ticket, new Reply.Refused(refusal)));
    }
}
