namespace Chat.Host.Shadow;

/// <summary>Where events are read for judging, and the keys of people's digests.</summary>
internal interface IPasts
{
    /// <summary>All events of a stream, in order.</summary>
    Task<IReadOnlyList<Recorded>> ReadAsync(StreamKey stream, CancellationToken stop);

    /// <summary>A person's key; empty where there is none any more.</summary>
    Task<byte[]> KeyOfAsync(PersonId person, CancellationToken stop);
}

/// <summary>A stream as it was, at any of its versions.</summary>
internal sealed class Past(AnyStream fresh, IReadOnlyList<Recorded> events)
{
    private AnyStream? held;

    /// <summary>The stream before its first event.</summary>
    public AnyStream Fresh => fresh;

    /// <summary>Its events.</summary>
    public IReadOnlyList<Recorded> Events => events;

    /// <summary>The version that it has now.</summary>
    public long Version => events.Count;

    /// <summary>The stream at a version; quick where one goes forward.</summary>
    public AnyStream At(long version)
    {
        var from = held is { } before && before.Version <= version ? before : fresh;
        return held = from.Fold(Between(from.Version, version).Select(recorded => recorded.Event));
    }

    /// <summary>The version that it had at a time: time goes back in no stream.</summary>
    public long VersionAt(Instant time)
    {
        var (low, high) = (0, events.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (events[middle].Event.At <= time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The events from one version to another.</summary>
    public IEnumerable<Recorded> Between(long from, long to)
    {
        for (var at = from; at < to; at++)
            yield return events[(int)at];
    }

    /// <summary>Facts after one more event.</summary>
    public Facts Evolve(Facts facts, Recorded recorded) => fresh.EvolveFacts(facts, recorded.Version, recorded.Event);
}

/// <summary>
/// Streams that others look at, held as long as there is room: a recording names the same few again and again.
/// </summary>
internal sealed class Others(IPasts pasts, Func<StreamKey, AnyStream> fresh)
{
    private const int MostEvents = 500_000;
    private readonly Dictionary<StreamKey, Past> held = [];
    private readonly Dictionary<PersonId, byte[]> keys = [];
    private long events;

    /// <summary>A stream.</summary>
    public async Task<Past> OfAsync(StreamKey stream, CancellationToken stop)
    {
        if (held.TryGetValue(stream, out var past))
            return past;
        past = await ReadAsync(stream, stop);
        if (events + past.Version > MostEvents)
        {
            held.Clear();
            events = 0;
        }
        events += past.Version;
        return held[stream] = past;
    }

    /// <summary>A stream, read now and not held.</summary>
    public async Task<Past> ReadAsync(StreamKey stream, CancellationToken stop) =>
        held.TryGetValue(stream, out var past) ? past : new Past(fresh(stream), await pasts.ReadAsync(stream, stop));

    /// <summary>A person's key.</summary>
    public async Task<byte[]> KeyOfAsync(PersonId person, CancellationToken stop) =>
        keys.TryGetValue(person, out var key) ? key : keys[person] = await pasts.KeyOfAsync(person, stop);
}
