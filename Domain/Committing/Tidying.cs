namespace Chat.Domain.Committing;

/// <summary>What time brings: commands that fall due, and streams that nobody has used for long.</summary>
internal static class Tidying
{
    public static Lane Tidy(Lane lane, Instant now, List<Output> outputs)
    {
        var due = lane
            .Slots.AsEnumerable()
            .SelectMany(pair => DueOf(pair.Key, pair.Value, now))
            .OrderBy(arrival => arrival.Stream)
            .ToSeq()
            .Strict();
        var woken = due.IsEmpty || lane.Epoch is null ? lane : Arriving.Arrive(lane, due, outputs);
        return woken.Slots.Count <= lane.Options.MaxStreams ? woken : Evict(woken);
    }

    /// <summary>
    /// Loads what nobody has loaded, and forgets what is held and older than what was noted, so that it is asked when
    /// time goes by. What turns out not to want that yet, or any more, is noted as it is.
    /// </summary>
    public static Lane Wake(Lane lane, Seq<Reminder> reminders, Instant now, List<Output> outputs) =>
        lane.Epoch is null ? lane : reminders.Fold(lane, (next, reminder) => Wake(next, reminder, now, outputs));

    private static Lane Wake(Lane lane, Reminder reminder, Instant now, List<Output> outputs)
    {
        var stream = reminder.Stream;
        var slot = lane.Slots.Find(stream).IfNoneUnsafe((Slot?)null);
        if (slot is { Stream: null } or { Queue.IsEmpty: false } || IsUnderWay(lane, stream))
            return lane;
        if (slot?.Stream is { } current && current.Version >= reminder.Version)
        {
            if (DueOf(stream, slot, now).IsNone)
                outputs.Add(Reminder(stream, current));
            return lane;
        }
        outputs.Add(new Output.Load(stream, lane.Tick));
        var loading = Slot.New with { Ask = lane.Tick, LastUsed = lane.Tick };
        return lane with { Slots = lane.Slots.AddOrUpdate(stream, loading) };
    }

    public static Output.Remind Reminder(StreamKey stream, AnyStream current) =>
        new(stream, current.Version, current.Due.Map(due => due.At));

    private static Option<Arrival> DueOf(StreamKey stream, Slot slot, Instant now) =>
        slot is { Stream: { } current, Queue.IsEmpty: true }
            ? current
                .Due.Filter(due => due.At <= now)
                .Map(due => (Arrival)Policy.Request(stream, due.Command, $"due-{current.Version}"))
            : None;

    private static bool IsUnderWay(Lane lane, StreamKey stream) => lane.Flight?.Decided.ContainsKey(stream) == true;

    // Down to three quarters, the longest unused first, so that it does not happen on every tick.
    private static Lane Evict(Lane lane)
    {
        var idle = lane
            .Slots.AsEnumerable()
            .Where(pair => pair.Value is { Stream: not null, Queue.IsEmpty: true, IsGathering: false })
            .Where(pair => !IsUnderWay(lane, pair.Key))
            .OrderBy(pair => pair.Value.LastUsed)
            .ThenBy(pair => pair.Key)
            .Take(lane.Slots.Count - (lane.Options.MaxStreams * 3 / 4))
            .Select(pair => pair.Key);
        return lane with { Slots = lane.Slots.RemoveRange(toSeq(idle).Strict()) };
    }
}

/// <summary>
/// Requests that no person made: their ids follow from what asked for them, so they take effect once.
/// </summary>
internal static class Policy
{
    private static readonly PersonId System = PersonId.Of("_policy");
    private static readonly DeviceId Device = DeviceId.Of("_policy");

    public static Arrival.Request Request(StreamKey stream, AnyCommand command, string id) =>
        new(0, stream, System, Device, ClientId.Of(id), default, command);
}
