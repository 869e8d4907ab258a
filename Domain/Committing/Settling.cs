namespace Chat.Domain.Committing;

/// <summary>What becomes of a lane when a batch's outcome is known.</summary>
internal static class Settling
{
    public static Lane Settle(Lane lane, Input.Settled settled, List<Output> outputs)
    {
        if (lane.Flight is not { } flight || flight.Batch.Number != settled.Batch)
            return lane;
        return settled.Outcome switch
        {
            Outcome.Committed committed => Committed(lane with { Flight = null }, flight, committed, outputs),
            Outcome.Failed when flight.Batch.Attempt == 0 => Abandon(
                lane with
                {
                    Flight = null,
                },
                flight,
                new Refusal.Unavailable(lane.Options.RetryAfterMs),
                outputs
            ),
            Outcome.Fenced => Fenced(
                Abandon(lane with { Flight = null }, flight, new Refusal.Moved(), outputs),
                flight,
                outputs
            ),
            // Absence is no answer, it may still commit: the same ids again, and nothing else meanwhile. That a later
            // attempt failed says nothing of the first.
            Outcome.Unknown or Outcome.Failed => Again(lane, flight, outputs),
        };
    }

    // A batch of an earlier lease says nothing of the one that was taken since.
    private static Lane Fenced(Lane lane, InFlight flight, List<Output> outputs) =>
        flight.Batch.Epoch == lane.Epoch ? Arriving.DismissAll(lane, outputs) : lane;

    private static Lane Again(Lane lane, InFlight flight, List<Output> outputs)
    {
        var batch = flight.Batch with { Attempt = flight.Batch.Attempt + 1 };
        outputs.Add(new Output.Append(batch));
        return lane with { Flight = flight with { Batch = batch } };
    }

    // Known not to be committed: the state stands as it was, and those who asked are told to ask again under their ids.
    private static Lane Abandon(Lane lane, InFlight flight, Refusal refusal, List<Output> outputs)
    {
        foreach (var addition in flight.Batch.Additions)
        foreach (var decided in flight.Decided[addition.Stream].Decided)
            Arriving.Refuse(decided.Request, refusal, outputs);
        foreach (var marking in flight.Markings)
            Arriving.Refuse(marking, refusal, outputs);
        return flight.Batch.Additions.Fold(lane, (next, addition) => Regather(next, addition.Stream, outputs));
    }

    private static Lane Committed(Lane lane, InFlight flight, Outcome.Committed committed, List<Output> outputs)
    {
        var aside = committed.Aside.ToDictionary(one => one.Stream);
        var publish = new List<Output>();
        var standing = new List<Asking>();
        foreach (var addition in flight.Batch.Additions)
        {
            var deciding = flight.Decided[addition.Stream];
            if (!aside.TryGetValue(addition.Stream, out var set))
                lane = Applied(lane, flight, addition, deciding, outputs, publish, standing);
            else if (flight.Batch.Attempt > 0 && IsOurs(addition, set))
                lane = Forgotten(
                    Applied(lane, flight, addition, deciding, outputs, publish, standing),
                    addition.Stream,
                    outputs
                );
            else
                lane = SetAside.Take(lane, deciding, set, outputs);
        }
        AnswerMarks(lane, flight, committed.Marks, outputs, publish);
        outputs.AddRange(publish);
        return Asked.Ask(lane, toSeq(standing).Strict(), outputs);
    }

    // Sent again after an unknown outcome, and there already to the last event: the first time had committed.
    private static bool IsOurs(Addition addition, Aside set) =>
        addition.Events.ForAll(mine =>
            set.Twins.Exists(twin => twin.Id == mine.Id && twin.Version == mine.Version && twin.Stream == mine.Stream)
        );

    private static Lane Applied(
        Lane lane,
        InFlight flight,
        Addition addition,
        Deciding deciding,
        List<Output> outputs,
        List<Output> publish,
        List<Asking> standing
    )
    {
        foreach (var further in addition.Further.Map(recorded => recorded.Stream).Distinct())
            outputs.Add(new Output.Tell(further));
        foreach (var decided in deciding.Decided)
            if (!decided.HasEvents)
                standing.Add(new Asking(decided.Request, decided.Reply, decided.Judged));
            else
                Answer(decided, outputs);
        publish.Add(new Output.Publish(addition.Stream, addition.Before, addition.After, addition.Events));
        foreach (var (stream, before, after) in addition.FurtherAfter)
            publish.Add(
                new Output.Publish(stream, before, after, addition.Further.Filter(one => one.Stream == stream).Strict())
            );
        foreach (var recorded in addition.Events)
            Policies(addition.After, recorded, publish);
        if (lane.Slots.Find(addition.Stream).Case is not Slot slot)
            return lane;
        // What was read under a later lease, or after this, is newer; what was read before this is old, and says so.
        if (flight.Batch.Epoch != lane.Epoch || slot.Stream?.Version > addition.After.Version)
            return slot.Stream?.Version < addition.After.Version
                ? Forgotten(lane, addition.Stream, outputs)
                : Regather(lane, addition.Stream, outputs);
        var next = lane with { Slots = lane.Slots.SetItem(addition.Stream, Advanced(slot, addition, deciding)) };
        return slot.IsStale ? Forgotten(next, addition.Stream, outputs) : next;

        Slot Advanced(Slot slot, Addition added, Deciding of)
        {
            var every = lane.Options.SnapshotEveryOf(added.Stream);
            var isSnapshotDue = added.After.Version - slot.SnapshotVersion >= every;
            if (isSnapshotDue)
                publish.Add(new Output.Snapshot(added.Stream, added.After));
            var next = slot with
            {
                Stream = added.After,
                Ask = slot.Stream is null ? 0 : slot.Ask,
                Facts = slot.Queue.IsEmpty ? Facts.Empty : of.Facts,
                SinceGather = slot.IsGathering ? slot.SinceGather.Concat(added.Events).Strict() : Empty,
                SnapshotVersion = isSnapshotDue ? added.After.Version : slot.SnapshotVersion,
                Attempts = 0,
            };
            return Arriving.Gather(lane, added.Stream, next, outputs);
        }
    }

    private static void Answer(Decided decided, List<Output> outputs)
    {
        if (decided.Request.Ticket != 0)
            outputs.Add(new Output.Answer(decided.Request.Ticket, decided.Reply));
        if (decided.Judged is { } judged)
            outputs.Add(judged);
    }

    // Our own rows may hold another's events behind them: what is held of the stream is read anew.
    private static Lane Forgotten(Lane lane, StreamKey stream, List<Output> outputs) =>
        lane.Slots.Find(stream).Case is Slot { Stream: not null } slot
            ? lane with
            {
                Slots = slot.Queue.IsEmpty
                    ? lane.Slots.Remove(stream)
                    : lane.Slots.SetItem(stream, Arriving.Reload(lane, stream, slot, outputs)),
            }
            : lane;

    private static Lane Regather(Lane lane, StreamKey stream, List<Output> outputs) =>
        lane.Slots.Find(stream).Case is not Slot slot ? lane
        : slot.IsStale ? Forgotten(lane, stream, outputs)
        : lane with { Slots = lane.Slots.SetItem(stream, Arriving.Gather(lane, stream, slot, outputs)) };

    // At least once, and once in effect: the id follows from the event that asked.
    private static void Policies(AnyStream stream, Recorded recorded, List<Output> publish)
    {
        var index = 0;
        foreach (var (to, command) in stream.React(recorded.Event))
            publish.Add(new Output.Forward(Policy.Request(to, command, $"{recorded.Id:N}-{index++}")));
    }

    private static void AnswerMarks(
        Lane lane,
        InFlight flight,
        Seq<MarkSet> stored,
        List<Output> outputs,
        List<Output> publish
    )
    {
        var now = stored.ToDictionary(set => (set.Stream, set.Person), set => set.Marks);
        foreach (var marking in flight.Markings)
            if (marking.Ticket != 0 && now.TryGetValue((marking.Stream, marking.Person), out var marks))
                outputs.Add(new Output.Answer(marking.Ticket, new Reply.Marked(marks)));
        // What was set aside may be held no more; marks moved all the same.
        foreach (var set in stored)
            publish.Add(
                new Output.PublishMarks(
                    lane.Slots.Find(set.Stream).Case is Slot { Stream: { } stream }
                        ? stream
                        : flight.Marked[set.Stream],
                    set
                )
            );
    }
}
