namespace Chat.Domain.Committing;

/// <summary>Forms the next batch: decides what waits, against what is committed, while nothing is under way.</summary>
internal static class Forming
{
    public static Lane Form(Lane lane, Instant now, List<Output> outputs)
    {
        if (lane.Epoch is not { } epoch || lane.Flight is not null || lane.Active.IsEmpty)
            return lane;
        var draft = new Draft(lane.Options.MaxBatch, lane.Options.IsRecorded);
        var slots = lane.Slots;
        var active = new List<StreamKey>();
        var unfinished = new List<StreamKey>();
        foreach (var stream in lane.Active)
        {
            var slot = slots[stream];
            var (rest, isBlocked) =
                draft.Room > 0 && slot.Stream is { } current
                    ? DecideStream(stream, current, slot, now, draft, lane.Slots)
                    : (slot.Queue, true);
            if (rest.Count != slot.Queue.Count)
                slots = slots.SetItem(stream, After(lane, slot, rest, draft, stream, outputs));
            // What lies behind a fact is another thing once that fact has changed here; nobody has asked for it yet.
            else if (isBlocked)
                slots = slots.SetItem(stream, Arriving.Gather(lane, stream, slot, outputs));
            if (!rest.IsEmpty)
                (isBlocked ? active : unfinished).Add(stream);
        }
        var formed = lane with
        {
            Slots = slots,
            Active = toSeq(active.Concat(unfinished)).Strict(),
            Waiting = lane.Waiting - draft.Taken,
        };
        foreach (var (arrival, refusal) in draft.Refusals)
            Arriving.Refuse(arrival, refusal, outputs);
        var next = Send(Asked.Ask(formed, toSeq(draft.Standing).Strict(), outputs), draft, epoch, outputs);
        // A batch of refusals alone sends nothing that would come back: what it left waiting is taken up at once.
        return next.Flight is null && draft.Taken > 0 ? Form(next, now, outputs) : next;
    }

    // Facts are kept while something waits for them, or until what was decided with them is settled.
    private static Slot After(
        Lane lane,
        Slot slot,
        Seq<Arrival> rest,
        Draft draft,
        StreamKey stream,
        List<Output> outputs
    )
    {
        if (draft.Decided.ContainsKey(stream))
            return slot with { Queue = rest };
        // What came to the front of a long queue needs facts that nobody has asked for yet.
        var next = slot with
        {
            Queue = rest,
            Facts = rest.IsEmpty ? Facts.Empty : slot.Facts,
        };
        return Arriving.Gather(lane, stream, next, outputs);
    }

    private static Lane Send(Lane lane, Draft draft, long epoch, List<Output> outputs)
    {
        if (draft.Additions.Count == 0 && draft.Marks.Count == 0)
            return lane;
        var batch = new Batch(
            lane.NextBatch,
            0,
            epoch,
            toSeq(draft.Additions).Strict(),
            toSeq(draft.Marks.Select(pair => new MarkSet(pair.Key.Stream, pair.Key.Person, pair.Value))).Strict()
        );
        outputs.Add(new Output.Append(batch));
        return lane with
        {
            NextBatch = lane.NextBatch + 1,
            Flight = new InFlight(
                batch,
                toHashMap(draft.Decided.Select(d => (d.Key, d.Value))),
                toSeq(draft.Markings).Strict(),
                toHashMap(draft.Marked.Select(pair => (pair.Key, pair.Value)))
            ),
        };
    }

    /// <summary>Decides the front of a stream's queue; what is left, and whether it must wait for something.</summary>
    private static (Seq<Arrival> Left, bool IsBlocked) DecideStream(
        StreamKey stream,
        AnyStream current,
        Slot slot,
        Instant now,
        Draft draft,
        HashMap<StreamKey, Slot> slots
    )
    {
        var deciding = new StreamDraft(stream, current, slot.Facts, slots);
        var taken = 0;
        var blocked = false;
        foreach (var arrival in slot.Queue)
        {
            if (draft.Room - taken <= 0 || draft.Touched.Contains(stream))
                break;
            if (arrival is Arrival.Marking marking)
            {
                // Marks are stored even where the stream is set aside: they must not rest on what is not committed yet.
                var marks = current.Mark(marking.Person, marking.Marks);
                if (blocked = !marks.Equals(deciding.After.Mark(marking.Person, marking.Marks)))
                    break;
                draft.Mark(marking, current, marks);
            }
            else if (arrival is Arrival.Request request && !deciding.TryDecide(request, now, draft))
            {
                blocked = true;
                break;
            }
            taken++;
        }
        draft.Take(taken, deciding);
        return (slot.Queue.Skip(taken).Strict(), blocked);
    }
}
