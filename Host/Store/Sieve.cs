using Chat.Domain.Committing;

namespace Chat.Host.Store;

/// <summary>What the store is known to hold; what is not known is taken to be as it is expected.</summary>
internal sealed record Known(IReadOnlyDictionary<StreamKey, long> Versions, IReadOnlyDictionary<Guid, Recorded> Events)
{
    public static Known Nothing { get; } = new(new Dictionary<StreamKey, long>(), new Dictionary<Guid, Recorded>());
}

/// <summary>The additions that can go in together, and those that are set aside.</summary>
internal sealed record Sifted(IReadOnlyList<Addition> Kept, Seq<Aside> Aside);

/// <summary>
/// Which additions of a batch go in, one after the other: the same rule as the memory store's, with what is known of
/// the database beneath it. One that is set aside leaves no trace for those behind it.
/// </summary>
internal static class Sieve
{
    public static Sifted Sift(Seq<Addition> additions, Known known)
    {
        var versions = new Dictionary<StreamKey, long>(known.Versions);
        var events = new Dictionary<Guid, Recorded>(known.Events);
        var kept = new List<Addition>();
        var aside = new List<Aside>();
        foreach (var addition in additions)
        {
            var added = addition.Events.Concat(addition.Further);
            var twins = added.Choose(one => events.TryGetValue(one.Id, out var twin) ? Some(twin) : None).Strict();
            if (!twins.IsEmpty || Fitting(addition, versions) is not { } after)
            {
                aside.Add(new Aside(addition.Stream, twins));
                continue;
            }
            foreach (var (stream, version) in after)
                versions[stream] = version;
            foreach (var recorded in added)
                events[recorded.Id] = recorded;
            kept.Add(addition);
        }
        return new Sifted(kept, toSeq(aside).Strict());
    }

    /// <summary>The versions of all that the addition names, after it; nothing if one is not as it expects.</summary>
    private static Dictionary<StreamKey, long>? Fitting(Addition addition, Dictionary<StreamKey, long> versions)
    {
        var after = new Dictionary<StreamKey, long>();
        if (!Stands(addition.Stream, addition.Expected))
            return null;
        foreach (var guard in addition.Guards)
            if (!Stands(guard.Stream, guard.Version))
                return null;
        foreach (var recorded in addition.Events.Concat(addition.Further))
        {
            if (!Stands(recorded.Stream, recorded.Version - 1))
                return null;
            after[recorded.Stream] = recorded.Version;
        }
        return after;

        bool Stands(StreamKey stream, long expected)
        {
            if (!after.TryGetValue(stream, out var version) && !versions.TryGetValue(stream, out version))
                version = expected;
            after[stream] = version;
            return version == expected;
        }
    }
}
