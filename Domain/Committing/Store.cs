namespace Chat.Domain.Committing;

/// <summary>
/// What an embedding service brings: somewhere to keep events. Each call is one transaction. The host's own store does
/// the same with PostgreSQL, asynchronously, and is driven by the same loop.
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

    /// <summary>
    /// Streams that want to be asked by now. A store that notes nothing knows none: then what falls due in a stream
    /// that nobody has loaded waits until somebody does.
    /// </summary>
    Seq<Reminder> DueBy(Instant now) => Empty;

    /// <summary>Notes when a stream, as it is at a version, wants to be asked.</summary>
    void Remind(StreamKey stream, long version, Option<Instant> at) { }
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
    private HashMap<StreamKey, (long Version, Instant At)> Notes { get; init; }

    /// <summary>The events of a stream.</summary>
    public Seq<Recorded> Load(StreamKey stream) => Streams.Find(stream).IfNone(Seq<Recorded>());

    /// <summary>The event under an id.</summary>
    public Option<Recorded> Find(Guid id) => Ids.Find(id);

    /// <summary>A person's marks.</summary>
    public Marks MarksOf(StreamKey stream, PersonId person) => Marks.Find((stream, person)).IfNone(Values.Marks.None);

    /// <summary>The version of a stream; 0 where there is none.</summary>
    public long VersionOf(StreamKey stream) => Load(stream).Count;

    /// <summary>Streams that want to be asked by now.</summary>
    public Seq<Reminder> DueBy(Instant now) =>
        Notes
            .AsEnumerable()
            .Where(note => note.Value.At <= now)
            .OrderBy(note => note.Key)
            .Select(note => new Reminder(note.Key, note.Value.Version))
            .ToSeq()
            .Strict();

    /// <summary>The store that knows when a stream, as it is at a version, wants to be asked.</summary>
    public MemoryStore Remind(StreamKey stream, long version, Option<Instant> at) =>
        Notes.Find(stream).Exists(noted => noted.Version > version)
            ? this
            : this with
            {
                Notes = at.Match(
                    Some: instant => Notes.AddOrUpdate(stream, (version, instant)),
                    None: () => Notes.Remove(stream)
                ),
            };

    /// <summary>The store after a batch, and what became of it.</summary>
    public (MemoryStore Store, Outcome Outcome) Append(Batch batch)
    {
        var (kept, aside) = batch.Sift(VersionOf, ids => ids.Map(Find).Somes().Strict());
        var store = batch
            .Additions.Filter(addition => !aside.Exists(one => one.Stream == addition.Stream))
            .Fold(kept.Fold(this, (held, recorded) => held.With(recorded)), Reminded);
        var marks = batch.Marks.Fold(
            store.Marks,
            (all, set) => all.AddOrUpdate((set.Stream, set.Person), set.Marks.Join, set.Marks)
        );
        var now = batch.Marks.Map(set => set with { Marks = marks[(set.Stream, set.Person)] }).Strict();
        return (store with { Marks = marks }, new Outcome.Committed(aside, now));
    }

    private static MemoryStore Reminded(MemoryStore store, Addition addition) =>
        addition.Further.Fold(
            addition.After.Due.Map(due => store.Remind(addition.Stream, addition.After.Version, due.At)).IfNone(store),
            (held, further) => held.Remind(further.Stream, further.Version, new Instant(0))
        );

    private MemoryStore With(Recorded recorded) =>
        this with
        {
            Streams = Streams.AddOrUpdate(recorded.Stream, held => held.Add(recorded), Seq1(recorded)),
            Ids = Ids.Add(recorded.Id, recorded),
        };
}
