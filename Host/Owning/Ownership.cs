using Chat.Host.Driving;
using Chat.Protocol;

namespace Chat.Host.Owning;

/// <summary>
/// Whose each bucket is, as far as this host knows: of its own it knows for certain, of others as of a moment ago.
/// </summary>
public sealed class Ownership(Peers peers) : IOwnership
{
    private readonly string?[] owners = new string?[Routing.Buckets];
    private readonly bool[] own = new bool[Routing.Buckets];

    /// <inheritdoc/>
    public bool IsOwn(StreamKey stream) => Volatile.Read(ref own[Routing.BucketOf(stream)]);

    /// <inheritdoc/>
    public Task ChangedAsync(StreamKey stream) => peers.TellAsync(stream);

    /// <summary>The host to ask about a stream; null where none is known.</summary>
    public string? OwnerOf(StreamKey stream) => Volatile.Read(ref owners[Routing.BucketOf(stream)]);

    /// <summary>Of all hosts, whose is whose.</summary>
    public void Learn(IReadOnlyList<Holder> living)
    {
        var now = new string?[Routing.Buckets];
        foreach (var holder in living)
        foreach (var bucket in holder.Buckets)
            now[bucket] = holder.Name;
        for (var bucket = 0; bucket < now.Length; bucket++)
            Volatile.Write(ref owners[bucket], now[bucket]);
    }

    /// <summary>Those of some that are not its own yet.</summary>
    public List<int> New(IEnumerable<int> buckets) => [.. buckets.Where(bucket => !own[bucket])];

    /// <summary>Those of its own that are not among some.</summary>
    public List<int> Gone(IEnumerable<int> buckets) =>
        [.. Enumerable.Range(0, Routing.Buckets).Where(bucket => own[bucket]).Except(buckets)];

    /// <summary>These are its own from now on, or are not any more.</summary>
    public void Set(IEnumerable<int> buckets, bool isOwn)
    {
        foreach (var bucket in buckets)
            Volatile.Write(ref own[bucket], isOwn);
    }

    /// <summary>Nothing is its own any more.</summary>
    public void Lose() => Set(Enumerable.Range(0, Routing.Buckets), false);
}
