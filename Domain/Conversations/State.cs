using Chat.Domain.Views;

namespace Chat.Domain.Conversations;

/// <summary>What a member may do beyond what every member may.</summary>
public enum Role
{
    /// <summary>As everyone.</summary>
    Member = 1,

    /// <summary>Everything. There is always one, but in a direct conversation nobody is above the other.</summary>
    Owner = 2,
}

/// <summary>One who is in.</summary>
/// <param name="Role">What they may do.</param>
/// <param name="JoinedAt">The version at which they came in: who came first has the lowest.</param>
/// <param name="JoinedSeq">The last message before they came: unread counts from here.</param>
/// <param name="Access">The versions they may see, in order, the last stretch open.</param>
/// <param name="Nickname">What they are called here.</param>
public sealed record Member(Role Role, long JoinedAt, long JoinedSeq, Listing<Interval> Access, Nickname? Nickname)
{
    /// <summary>The roles that they were given, in order.</summary>
    public Listing<RoleId> Roles { get; init; } = [];

    /// <summary>What they alone are granted and denied.</summary>
    public Grant Grant { get; init; } = Grant.None;

    /// <summary>Until when they have not the word.</summary>
    public Instant? TimedOutUntil { get; init; }

    /// <summary>When they last said something while messages were to be apart; it is not kept otherwise.</summary>
    public Instant? LastSentAt { get; init; }

    /// <summary>Whether they may see what happened at a version.</summary>
    public bool MaySee(long version) => Visibility.Holds(Access, version);
}

/// <summary>An invitation that waits for an answer.</summary>
/// <param name="By">Who asked.</param>
/// <param name="Version">When, in the stream.</param>
public readonly record struct Invitation(PersonId By, long Version);

/// <summary>A link that lets people in.</summary>
/// <param name="By">Who made it: it is worth as much as their permission to invite.</param>
/// <param name="Until">Until when.</param>
/// <param name="MaxUses">How many it lets in.</param>
/// <param name="People">Whom it lets in; anybody where nobody is named.</param>
/// <param name="Uses">How many have come by it.</param>
public sealed record Link(PersonId By, Instant? Until, int? MaxUses, Listing<PersonId> People, int Uses);

/// <summary>Somebody is kept out.</summary>
/// <param name="Until">Until when; null where only being let in ends it.</param>
public readonly record struct Ban(Instant? Until)
{
    /// <summary>Whether its time is over.</summary>
    public bool IsOver(Instant now) => Until is { } until && until <= now;
}

/// <summary>
/// All that deciding about a conversation rests on. Bounded by its members and pending invitations, not by its history,
/// and it knows nothing of what was said.
/// </summary>
public sealed record State(
    long Version,
    long LastSeq,
    ConversationKind? Kind,
    ConversationName? Name,
    Topic? Topic,
    Map<PersonId, Member> Members,
    Map<PersonId, Invitation> Invited
)
{
    /// <summary>How it is kept.</summary>
    public Settings Settings { get; init; } = Settings.Of(null);

    /// <summary>The roles that were defined.</summary>
    public Map<RoleId, RoleDefinition> Roles { get; init; }

    /// <summary>The rules about words, the first that fits first.</summary>
    public Listing<WordRule> Words { get; init; } = [];

    /// <summary>Who is kept out.</summary>
    public Map<PersonId, Ban> Banned { get; init; }

    /// <summary>Who knocks.</summary>
    public Set<PersonId> Knocking { get; init; }

    /// <summary>The links that let people in, also those whose time or uses are over.</summary>
    public Map<LinkId, Link> Links { get; init; }

    /// <summary>Who of a direct conversation closed it.</summary>
    public Set<PersonId> ClosedBy { get; init; }

    /// <summary>What is pinned, in the order in which it was.</summary>
    public Listing<MessageRef> Pins { get; init; } = [];

    /// <summary>Before it was made.</summary>
    public static State Initial { get; } = new(0, 0, null, null, null, Empty, Empty);

    /// <summary>Whether it was made.</summary>
    public bool Exists => Kind is not null;

    /// <summary>Whether somebody is kept out at a time.</summary>
    public bool IsBanned(PersonId person, Instant now) =>
        Banned.Find(person).Match(ban => !ban.IsOver(now), () => false);

    /// <summary>The version that the next event will have.</summary>
    public long Next => Version + 1;
}
