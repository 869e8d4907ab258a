namespace Chat.Domain.Committing;

/// <summary>
/// What an embedding service brings: somewhere to keep events. Four calls, each one transaction. The host's own store
/// does the same with PostgreSQL, asynchronously, and is driven by the same loop.
/// </summary>
public interface IStore
{
    /// <summary>The events of a stream, in the order of their versions.</summary>
    Seq<Recorded> Load(StreamKey stream);

    /// <summary>The events under these ids, as far as there are any.</summary>
    Seq<Recorded> LookUp(Seq<Guid> ids);

    /// <summary>
    /// Appends each addition whole, or sets it aside if one of its ids is there already (with those twins), a version
    /// is not the expected one, or a guard does not hold; then takes the marks, by maximum.
    /// </summary>
    Outcome Append(Batch batch);
}

/// <summary>A store in memory: for tests, and for trying things out. A value; appending makes another.</summary>
public sealed record MemoryStore
{
    private MemoryStore() { }

    /// <summary>A store without events.</summary>
    public static MemoryStore Empty { get; } = new();

    private HashMap<StreamKey, Seq<Recorded>> Streams { get; init; }
    private HashMap<Guid, Recorded> Ids { get; init; }
    private HashMap<(StreamKey, PersonId), Marks> Marks { get; init; }

    /// <summary>The events of a stream.</summary>
    public Seq<Recorded> Load(StreamKey stream) => Streams.Find(stream).IfNone(Seq<Recorded>());

    /// <summary>The event under an id.</summary>
    public Option<Recorded> Find(Guid id) => Ids.Find(id);

    /// <summary>A person's marks.</summary>
    public Marks MarksOf(StreamKey stream, PersonId person) => Marks.Find((stream, person)).IfNone(Values.Marks.None);

    /// <summary>The version of a stream; 0 where there is none.</summary>
    public long VersionOf(StreamKey stream) => Load(stream).Count;

    /// <summary>The store after a batch, and what became of it.</summary>
    public (MemoryStore Store, Outcome Outcome) Append(Batch batch)
    {
        var store = this;
        var aside = new List<Aside>();
        foreach (var addition in batch.Additions)
        {
            var added = addition.Events.Concat(addition.Further);
            var twins = added.Map(recorded => store.Find(recorded.Id)).Somes().Strict();
            if (!twins.IsEmpty || !store.Admits(addition))
                aside.Add(new Aside(addition.Stream, twins));
            else
                store = added.Fold(store, (held, recorded) => held.With(recorded));
        }
        var marks = batch.Marks.Fold(
            store.Marks,
            (all, set) => all.AddOrUpdate((set.Stream, set.Person), set.Marks.Join, set.Marks)
        );
        var now = batch.Marks.Map(set => set with { Marks = marks[(set.Stream, set.Person)] }).Strict();
        return (store with { Marks = marks }, new Outcome.Committed(toSeq(aside).Strict(), now));
    }

    private bool Admits(Addition addition) =>
        VersionOf(addition.Stream) == addition.Expected
        && addition.Guards.ForAll(guard => VersionOf(guard.Stream) == guard.Version)
        && addition
            .Further.GroupBy(recorded => recorded.Stream)
            .All(group => group.Min(recorded => recorded.Version) == VersionOf(group.Key) + 1);

    private MemoryStore With(Recorded recorded) =>
        this with
        {
            Streams = Streams.AddOrUpdate(recorded.Stream, held => held.Add(recorded), Seq1(recorded)),
            Ids = Ids.Add(recorded.Id, recorded),
        };
}
