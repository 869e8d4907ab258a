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

    private static Option<Arrival> DueOf(StreamKey stream, Slot slot, Instant now) =>
        slot is { Stream: { } current, Queue.IsEmpty: true }
            ? current
                .Due.Filter(due => due.At <= now)
                .Map(due => (Arrival)Policy.Request(stream, due.Command, $"due-{current.Version}"))
            : None;

    // Down to three quarters, the longest unused first, so that it does not happen on every tick.
    private static Lane Evict(Lane lane)
    {
        var idle = lane
            .Slots.AsEnumerable()
            .Where(pair => pair.Value is { Stream: not null, Queue.IsEmpty: true, IsGathering: false })
            .Where(pair => lane.Flight?.Decided.ContainsKey(pair.Key) != true)
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
