namespace Chat.Domain.Rooms;

/// <summary>How whoever asks stands to others, and at which versions that was looked at.</summary>
internal sealed record Ties(Map<PersonId, Pairs.State> Known, Set<PersonId> Ghosts, Seq<Guard> Guards)
{
    /// <summary>What must be known of them.</summary>
    public static Seq<AnyFactKey> Needs(Context context, IEnumerable<PersonId> others) =>
        toSeq(Others(context, others).Select(other => (AnyFactKey)new StreamFactKey(Key(context, other)))).Strict();

    /// <summary>What must be known for <see cref="AtDoor"/>.</summary>
    public static Seq<AnyFactKey> WithPlaces(Context context, Seq<PersonId> others) =>
        Needs(context, others)
            .Concat(Others(context, others).Select(other => (AnyFactKey)Moving.PlaceOf(context, other)))
            .ToSeq()
            .Strict();

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
            Empty,
            toSeq(found.Select(one => new Guard(one.Stream, one.Current.Version))).Strict()
        );
    }

    /// <summary>The same of those inside, with which of them do not want whoever asks told of them.</summary>
    public static Ties AtDoor(Context context, State room, Facts facts)
    {
        var ties = Of(context, room.Inside, facts);
        var places = Others(context, room.Inside)
            .SelectMany(other =>
                facts.Stream(Moving.PlaceOf(context, other).Stream).Map(stream => (Other: other, Stream: stream))
            )
            .ToList();
        var guards = places.Select(one => new Guard(Moving.PlaceOf(context, one.Other).Stream, one.Stream.Version));
        return ties with
        {
            Ghosts = toSet(
                places
                    .Where(one => ((Places.State)one.Stream.State).Ghosted.Contains(context.Person))
                    .Select(one => one.Other)
            ),
            Guards = ties.Guards.Concat(guards).Strict(),
        };
    }

    public bool AreFriends(PersonId other) => Known.Find(other).Exists(pair => pair.AreFriends);

    /// <summary>Whether they are friends, and the other wants whoever asks told of them.</summary>
    public bool Opens(PersonId other) => AreFriends(other) && !Ghosts.Contains(other);

    /// <summary>Whether a block lies between whoever asks and one of them.</summary>
    public bool IsAnyClosed => Known.Values.Any(pair => pair.IsClosed);

    private static IEnumerable<PersonId> Others(Context context, IEnumerable<PersonId> others) =>
        others.Where(other => other != context.Person).Distinct();

    private static StreamKey Key(Context context, PersonId other) =>
        StreamKey.Of(context.Tenant, context.Person, other);
}
