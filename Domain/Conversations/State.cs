namespace Chat.Domain.Conversations;

/// <summary>What a member may do beyond what every member may.</summary>
public enum Role
{
    /// <summary>As everyone.</summary>
    Member = 1,

    /// <summary>Names a channel, says its topic, and takes messages of others back. There is always one.</summary>
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
    /// <summary>Whether they may see what happened at a version.</summary>
    public bool MaySee(long version)
    {
        foreach (var stretch in Access)
            if (stretch.Contains(version))
                return true;
        return false;
    }
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
    Map<PersonId, PersonId> Invited
)
{
    /// <summary>Before it was made.</summary>
    public static State Initial { get; } = new(0, 0, null, null, null, Empty, Empty);

    /// <summary>Whether it was made.</summary>
    public bool Exists => Kind is not null;

    /// <summary>The version that the next event will have.</summary>
    public long Next => Version + 1;
}
