namespace Chat.Domain.People;

/// <summary>What others see of a person.</summary>
/// <param name="Name">What they call themselves.</param>
/// <param name="About">A few words.</param>
public sealed record Profile(DisplayName? Name, About? About)
{
    /// <summary>Nothing said yet.</summary>
    public static Profile Empty { get; } = new(null, null);
}

/// <summary>From whom somebody takes something.</summary>
public enum Openness
{
    /// <summary>From anybody.</summary>
    Everyone = 1,

    /// <summary>From friends.</summary>
    Friends = 2,

    /// <summary>From nobody.</summary>
    Nobody = 3,
}

/// <summary>Who may reach somebody, and what others learn of them. What has begun goes on.</summary>
/// <param name="Messages">Who may begin a direct conversation with them.</param>
/// <param name="Invites">Who may put them into a new conversation, or ask them into one.</param>
public sealed record Privacy(Openness Messages, Openness Invites)
{
    // What goes without saying is not held: what was said before there was more to say is as it was.
    private readonly Openness? find;
    private readonly Openness? presence;
    private readonly Openness? receipts;

    /// <summary>
    /// Whether they have opened themselves: they may be suggested to others, and friendships with who has, too, be used
    /// for that. Nobody has who has not said so.
    /// </summary>
    public bool MayMeet { get; init; }

    /// <summary>Who finds them by their name or handle; friends until they have said so.</summary>
    public Openness Find
    {
        get => find ?? Openness.Friends;
        init => find = Unless(value, Openness.Friends);
    }

    /// <summary>
    /// Who sees that they are in the house, where they are in no room: friends or nobody. Nobody else ever does.
    /// </summary>
    public Openness Presence
    {
        get => presence ?? Openness.Friends;
        init => presence = Unless(value, Openness.Friends);
    }

    /// <summary>
    /// Who is told how far they have read and received, among whoever is in a conversation with them; of whoever is
    /// not told they are not told either.
    /// </summary>
    public Openness Receipts
    {
        get => receipts ?? Openness.Everyone;
        init => receipts = Unless(value, Openness.Everyone);
    }

    /// <summary>Anybody, until something else is said.</summary>
    public static Privacy Open { get; } = new(Openness.Everyone, Openness.Everyone);

    private static Openness? Unless(Openness said, Openness unsaid) => said == unsaid ? null : said;
}

/// <summary>Somebody is closed out of everything.</summary>
/// <param name="By">By whom of the staff.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">Until when; null where only being let in ends it.</param>
/// <param name="Why">Why.</param>
public sealed record Suspension(PersonId By, Instant At, Instant? Until, Reason? Why)
{
    /// <summary>Whether it is so at a time.</summary>
    public bool Holds(Instant now) => Until is not { } until || now < until;
}

/// <summary>A person, as far as decisions about them go.</summary>
/// <param name="Profile">What others see.</param>
/// <param name="Revoked">The devices that were closed out, and until when what was issued to them is void.</param>
/// <param name="Privacy">Who may reach them.</param>
public sealed record State(Profile Profile, Map<DeviceId, Instant> Revoked, Privacy Privacy)
{
    /// <summary>That they are closed out, or were until a time; null where they are not.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>Who is not to be suggested to them, at most <see cref="Person.MaxDismissed"/>.</summary>
    public Set<PersonId> Dismissed { get; init; } = Empty;

    /// <summary>Before anything was said.</summary>
    public static State Initial { get; } = new(Profile.Empty, Empty, Privacy.Open);
}
