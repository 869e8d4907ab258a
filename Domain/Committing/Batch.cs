namespace Chat.Domain.Committing;

/// <summary>What goes to the store in one transaction.</summary>
/// <param name="Number">Counts a lane's batches; names this one in the answer.</param>
/// <param name="Attempt">0 at first; more when the same batch is sent again since its outcome was unknown.</param>
/// <param name="Epoch">The lease under which it was decided; the store refuses it under a later one.</param>
/// <param name="Additions">One for each stream that changes.</param>
/// <param name="Marks">One for each person and stream.</param>
public sealed record Batch(long Number, int Attempt, long Epoch, Seq<Addition> Additions, Seq<MarkSet> Marks)
{
    /// <summary>
    /// What of the additions can be committed, and what is set aside: for a store that appends one batch at a time,
    /// given its versions and what it holds under ids.
    /// </summary>
    public (Seq<Recorded> Kept, Seq<Aside> Aside) Sift(
        Func<StreamKey, long> versionOf,
        Func<Seq<Guid>, Seq<Recorded>> lookUp
    )
    {
        var (kept, aside) = (new List<Recorded>(), new List<Aside>());
        var moved = new Dictionary<StreamKey, long>();
        foreach (var addition in Additions)
        {
            var all = addition.Events.Concat(addition.Further).Strict();
            var twins = lookUp(all.Map(recorded => recorded.Id));
            if (!twins.IsEmpty || !addition.Fits(Version))
            {
                aside.Add(new Aside(addition.Stream, twins));
                continue;
            }
            kept.AddRange(all);
            foreach (var recorded in all)
                moved[recorded.Stream] = recorded.Version;
        }
        return (toSeq(kept).Strict(), toSeq(aside).Strict());

        long Version(StreamKey stream) => moved.TryGetValue(stream, out var version) ? version : versionOf(stream);
    }
}

/// <summary>
/// What a batch adds to one stream. It is committed whole or set aside whole, further streams included.
/// </summary>
/// <param name="Stream">The stream.</param>
/// <param name="Expected">The version it must have.</param>
/// <param name="Events">Its events, of versions <c>Expected + 1 …</c></param>
/// <param name="Further">Events of further streams, each with the version that is expected there.</param>
/// <param name="Guards">Versions that foreign streams must have, checked under lock in the same transaction.</param>
/// <param name="After">
/// The stream as it is after these events. When it wants to be asked is noted in the same transaction; of the further
/// streams, whose state is not known here, that they want to be looked at.
/// </param>
public sealed record Addition(
    StreamKey Stream,
    long Expected,
    Seq<Recorded> Events,
    Seq<Recorded> Further,
    Seq<Guard> Guards,
    AnyStream After
)
{
    /// <summary>The stream as it was before these events; null where it was not looked at.</summary>
    public AnyStream? Before { get; init; }

    /// <summary>
    /// The further streams before and after it, as far as they were known whole: what can be published of them.
    /// </summary>
    public Seq<(StreamKey Stream, AnyStream Before, AnyStream After)> FurtherAfter { get; init; }

    internal bool Fits(Func<StreamKey, long> versionOf) =>
        versionOf(Stream) == Expected
        && Guards.ForAll(guard => versionOf(guard.Stream) == guard.Version)
        && Further
            .GroupBy(recorded => recorded.Stream)
            .All(group => group.Min(recorded => recorded.Version) == versionOf(group.Key) + 1);
}

/// <summary>A person's marks in a stream, already within what there is.</summary>
public sealed record MarkSet(StreamKey Stream, PersonId Person, Marks Marks);

/// <summary>What became of a batch.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>Committed, but for the streams set aside. The marks are what the store holds now.</summary>
    public sealed record Committed(Seq<Aside> Aside, Seq<MarkSet> Marks) : Outcome;

    /// <summary>It is known that nothing was committed.</summary>
    public sealed record Failed : Outcome;

    /// <summary>It may have been committed, may yet be, or not.</summary>
    public sealed record Unknown : Outcome;

    /// <summary>The lease is another's. Nothing was committed.</summary>
    public sealed record Fenced : Outcome;
}

/// <summary>
/// A stream whose addition was not committed: some of its events are there already (<paramref name="Twins"/>, as
/// stored), or, without twins, its version was stale or a guard failed.
/// </summary>
public sealed record Aside(StreamKey Stream, Seq<Recorded> Twins);
