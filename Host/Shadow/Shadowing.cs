namespace Chat.Host.Shadow;

/// <summary>How many requests of a verb were recorded, and what became of them.</summary>
internal sealed record Counts(int Same, int Differ, int Unknown)
{
    public int All => Same + Differ + Unknown;

    public Counts With(Judgement judgement) =>
        judgement switch
        {
            Judgement.Same => this with { Same = Same + 1 },
            Judgement.Differs => this with { Differ = Differ + 1 },
            Judgement.Unknown => this with { Unknown = Unknown + 1 },
        };
}

/// <summary>What a recording comes to under the rules of this version.</summary>
/// <param name="ByVerb">The counts of each verb.</param>
/// <param name="Differing">Every request whose verdict is another now.</param>
/// <param name="Unknown">Why requests could not be judged, and how many.</param>
internal sealed record Report(
    IReadOnlyDictionary<string, Counts> ByVerb,
    IReadOnlyList<Judged> Differing,
    IReadOnlyDictionary<string, int> Unknown
)
{
    public Counts Sum =>
        ByVerb.Values.Aggregate(
            new Counts(0, 0, 0),
            (all, one) => new Counts(all.Same + one.Same, all.Differ + one.Differ, all.Unknown + one.Unknown)
        );
}

/// <summary>Judges a whole recording, a stream at a time: it holds one stream, and those that it looks at.</summary>
internal static class Shadowing
{
    public static async Task<Report> RunAsync(
        Recording recording,
        IPasts pasts,
        Func<StreamKey, AnyStream> fresh,
        Action<int> progress,
        CancellationToken stop
    )
    {
        var judging = new Judging(pasts, fresh);
        var counts = new SortedDictionary<string, Counts>(StringComparer.Ordinal);
        var differing = new List<Judged>();
        var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var stream in recording.Streams)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var one in await judging.OfStreamAsync(stream, recording.Of(stream), stop))
            {
                var verb = one.Request.Written.Area is "conversation"
                    ? one.Request.Written.Verb
                    : $"{one.Request.Written.Area} {one.Request.Written.Verb}";
                counts[verb] = counts.GetValueOrDefault(verb, new Counts(0, 0, 0)).With(one.Judgement);
                if (one.Judgement is Judgement.Differs)
                    differing.Add(one);
                else if (one.Judgement is Judgement.Unknown(var why))
                    unknown[why] = unknown.GetValueOrDefault(why) + 1;
                progress(1);
            }
        }
        return new Report(counts, differing, unknown);
    }
}
