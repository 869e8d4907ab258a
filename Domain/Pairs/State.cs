namespace Chat.Domain.Pairs;

/// <summary>How somebody stands to another, as they know it.</summary>
public enum Bond
{
    /// <summary>Nothing is between them.</summary>
    None = 0,

    /// <summary>They asked, and wait. Whether the other declined, ignored or never saw it they cannot tell.</summary>
    Asked = 1,

    /// <summary>The other asks.</summary>
    Asks = 2,

    /// <summary>Friends.</summary>
    Friend = 3,
}

/// <summary>What one of two people knows of what is between them.</summary>
/// <param name="Bond">How they stand.</param>
/// <param name="HasBlocked">Whether they closed the other out.</param>
/// <param name="Version">
/// How often this changed, as they see it: 0, 1, 2 … for each of the two by itself, so that it tells nothing of what
/// the other did in silence.
/// </param>
/// <param name="At">When it last did.</param>
public sealed record View(Bond Bond, bool HasBlocked, long Version, Instant At)
{
    /// <summary>Before anything was between them.</summary>
    public static View None { get; } = new(Bond.None, false, 0, new Instant(0));

    /// <summary>Whether there is anything to list.</summary>
    public bool IsSomething => Bond is not Bond.None || HasBlocked;
}

/// <summary>What is between two people.</summary>
/// <param name="People">The two, in order; nobody before the first event.</param>
/// <param name="AreFriends">Whether they are friends.</param>
/// <param name="Asked">Who has asked and not taken it back.</param>
/// <param name="Unheard">Those of them whose request the other is not shown: it was declined, or came in spite of a
/// block.</param>
/// <param name="Blockers">Who has closed the other out.</param>
/// <param name="Views">What each of the two knows.</param>
/// <param name="Version">How many events there were.</param>
/// <param name="ToldAt">At which of them what each of the two knows last changed.</param>
public sealed record State(
    Listing<PersonId> People,
    bool AreFriends,
    Set<PersonId> Asked,
    Set<PersonId> Unheard,
    Set<PersonId> Blockers,
    Map<PersonId, View> Views,
    long Version,
    Map<PersonId, long> ToldAt
)
{
    /// <summary>Before anything happened.</summary>
    public static State Initial { get; } = new([], false, Empty, Empty, Empty, Empty, 0, Empty);

    /// <summary>Whether either has closed the other out.</summary>
    public bool IsClosed => !Blockers.IsEmpty;

    /// <summary>What one of the two knows.</summary>
    public View ViewOf(PersonId person) => Views.Find(person).IfNone(View.None);

    /// <summary>
    /// Who was told something by events from a version on: the other is not to know that there was one.
    /// </summary>
    public Listing<PersonId> ToldSince(long version) =>
        Listing.From(People.Where(person => ToldAt.Find(person).Exists(at => at >= version)));

    /// <summary>The other of the two.</summary>
    public PersonId OtherThan(PersonId person) => People.FirstOrDefault(one => one != person, person);

    /// <summary>Whether somebody's request is before the other.</summary>
    public bool Hears(PersonId of) => Asked.Contains(of) && !Unheard.Contains(of);
}
