namespace Chat.Domain.Rooms;

/// <summary>How whoever asks stands to others, and at which versions that was looked at.</summary>
internal sealed record Ties(Map<PersonId, Pairs.State> Known, Seq<Guard> Guards)
{
    /// <summary>What must be known of them.</summary>
    public static Seq<AnyFactKey> Needs(Context context, IEnumerable<PersonId> others) =>
        toSeq(Others(context, others).Select(other => (AnyFactKey)new StreamFactKey(Key(context, other)))).Strict();

    public static Ties Of(Context context, IEnumerable<PersonId> others, Facts facts)
    {
        var found = Others(context, others)
            .SelectMany(other =>
                facts
                    .Find<StreamFact>(new StreamFactKey(Key(context, other)))
                    .Map(fact => (Other: other, Stream: Key(context, other), fact.Current))
            )
            .ToList();
        return new(
            toMap(found.Select(one => (one.Other, (Pairs.State)one.Current.State))),
            toSeq(found.Select(one => new Guard(one.Stream, one.Current.Version))).Strict()
        );
    }

    public bool AreFriends(PersonId other) => Known.Find(other).Exists(pair => pair.AreFriends);

    /// <summary>Whether a block lies between whoever asks and one of them.</summary>
    public bool IsAnyClosed => Known.Values.Any(pair => pair.IsClosed);

    private static IEnumerable<PersonId> Others(Context context, IEnumerable<PersonId> others) =>
        others.Where(other => other != context.Person).Distinct();

    private static StreamKey Key(Context context, PersonId other) =>
        StreamKey.Of(context.Tenant, context.Person, other);
}
