namespace Chat.Host.Shadow;

/// <summary>
/// What a decision looked at in other streams, as it stood then. At the version that the recording names; else by time,
/// and then only where nothing changed about that time, since the recording does not say which of two was seen.
/// </summary>
internal static class Lookup
{
    // Facts are read before a request is decided, and kept while something waits for them; clocks of hosts differ.
    private const long EarlierMs = 10_000;
    private const long LaterMs = 1_000;

    /// <summary>The fact under a key; why it is not known, where it is not.</summary>
    public static async Task<Either<string, Option<AnyFact>>> FindAsync(
        Others others,
        AnyFactKey key,
        Basis basis,
        CancellationToken stop
    ) =>
        key switch
        {
            StreamFactKey whole => Whole(await others.OfAsync(whole.Stream, stop), whole.Stream, basis),
            ElsewhereFactKey there => Elsewhere(await others.OfAsync(there.Stream, stop), there, basis),
            _ => Right<string, Option<AnyFact>>(None),
        };

    private static Either<string, Option<AnyFact>> Whole(Past past, StreamKey stream, Basis basis)
    {
        var seen = basis.Seen.FirstOrDefault(guard => guard.Stream == stream);
        var (from, to) = seen is null ? Around(past, basis.Now) : (seen.Version, seen.Version);
        return to > past.Version ? Left<string, Option<AnyFact>>($"the database ends before what it saw of {stream}")
            : from < to ? Left<string, Option<AnyFact>>(Changing(stream))
            : Right<string, Option<AnyFact>>(Some<AnyFact>(new StreamFact(past.At(from))));
    }

    private static Either<string, Option<AnyFact>> Elsewhere(Past past, ElsewhereFactKey key, Basis basis)
    {
        var (from, to) = Around(past, basis.Now);
        var facts = Gathering.FromEvents(past.Fresh, Seq1(key.Key), toSeq(past.Between(0, from)).Strict());
        var found = facts.Find<AnyFact>(key.Key);
        foreach (var recorded in past.Between(from, to))
        {
            facts = past.Evolve(facts, recorded);
            if (!facts.Find<AnyFact>(key.Key).Equals(found))
                return Left<string, Option<AnyFact>>(Changing(key.Stream));
        }
        return Right<string, Option<AnyFact>>(found);
    }

    private static (long From, long To) Around(Past past, Instant now) =>
        (past.VersionAt(now.Plus(-EarlierMs)), past.VersionAt(now.Plus(LaterMs)));

    private static string Changing(StreamKey stream) => $"what it looks at in {stream} changed about that time";
}
