namespace Chat.Domain.Deciding;

/// <summary>Names something that a decision must know and the state does not hold.</summary>
public abstract record AnyFactKey;

/// <summary>What is known under a <see cref="AnyFactKey"/>.</summary>
public abstract record AnyFact;

/// <summary>Another stream as a whole. Whoever relies on it names its version among the guards.</summary>
public sealed record StreamFactKey(StreamKey Stream) : AnyFactKey;

/// <summary>What is known under a key of another stream. No guard holds it: what follows from it must stand.</summary>
public sealed record ElsewhereFactKey(StreamKey Stream, AnyFactKey Key) : AnyFactKey;

/// <summary>Another stream as it stands; of one that does not exist, as it is before its first event.</summary>
public sealed record StreamFact(AnyStream Current) : AnyFact;

/// <summary>
/// Facts by key. A key that was asked for and holds nothing is present as <c>None</c>: known to be absent is not the
/// same as not yet known.
/// </summary>
public sealed record Facts(HashMap<AnyFactKey, Option<AnyFact>> Known)
{
    /// <summary>Nothing is known.</summary>
    public static Facts Empty { get; } = new(HashMap<AnyFactKey, Option<AnyFact>>());

    /// <summary>The fact under a key, where it is known and of that type.</summary>
    public Option<T> Find<T>(AnyFactKey key)
        where T : AnyFact => Known.Find(key).Flatten().Bind(fact => fact is T found ? Some(found) : None);

    /// <summary>Another stream as it stands, where it is known.</summary>
    public Option<AnyStream> Stream(StreamKey stream) =>
        Find<StreamFact>(new StreamFactKey(stream)).Map(fact => fact.Current);

    /// <summary>That another stream stays as it is known; version 0 where it is not.</summary>
    internal Guard GuardOf(StreamKey stream) => new(stream, Stream(stream).Map(found => found.Version).IfNone(0));

    /// <summary>Whether a key has been answered, be it by nothing.</summary>
    public bool Knows(AnyFactKey key) => Known.ContainsKey(key);

    /// <summary>These facts with one more, or another.</summary>
    public Facts With(AnyFactKey key, Option<AnyFact> fact) => new(Known.AddOrUpdate(key, fact));
}
