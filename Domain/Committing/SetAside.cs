namespace Chat.Domain.Committing;

/// <summary>
/// A stream that the store set aside, while its neighbours were committed: its duplicates are answered as the first
/// time, and what stood behind them is decided again.
/// </summary>
internal static class SetAside
{
    public static Lane Take(Lane lane, Deciding deciding, Aside set, List<Output> outputs)
    {
        var twins = set.Twins.ToDictionary(twin => twin.Id);
        var again = new List<Arrival>();
        foreach (var decided in deciding.Decided)
        {
            if (!twins.TryGetValue(decided.Request.EventId, out var first))
            {
                again.Add(decided.Request);
                continue;
            }
            var reply = Asked.Replayed(decided.Request, first);
            if (decided.Request.Ticket != 0)
                outputs.Add(new Output.Answer(decided.Request.Ticket, reply));
            if (decided.Judged is { } judged)
                outputs.Add(judged.Twin(reply));
        }
        return lane.Slots.Find(set.Stream).Case is Slot slot
            ? Requeued(lane, slot, set, toSeq(again).Strict(), outputs)
            : Gone(lane, again, outputs);
    }

    // The lease went while the batch was under way: another host decides what was not committed.
    private static Lane Gone(Lane lane, List<Arrival> again, List<Output> outputs)
    {
        foreach (var arrival in again)
            Arriving.Refuse(arrival, new Refusal.Moved(), outputs);
        return lane;
    }

    private static Lane Requeued(Lane lane, Slot slot, Aside set, Seq<Arrival> again, List<Output> outputs)
    {
        var attempts = set.Twins.IsEmpty ? slot.Attempts + 1 : slot.Attempts;
        if (attempts > lane.Options.MaxAttempts)
        {
            foreach (var arrival in again)
                Arriving.Refuse(arrival, new Refusal.Busy(lane.Options.RetryAfterMs), outputs);
            again = Empty;
            attempts = 0;
        }
        var queue = again.Concat(slot.Queue).Strict();
        // Whether a twin or another writer: the store has seen something that this slot may not have.
        if (queue.IsEmpty)
            return lane with { Slots = lane.Slots.Remove(set.Stream) };
        var next = Arriving.Reload(lane, set.Stream, slot with { Queue = queue, Attempts = attempts }, outputs);
        return lane with
        {
            Slots = lane.Slots.SetItem(set.Stream, next),
            Active = slot.Queue.IsEmpty ? lane.Active.Add(set.Stream) : lane.Active,
            Waiting = lane.Waiting + again.Count,
        };
    }
}
