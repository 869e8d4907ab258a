namespace Chat.Domain.Notices;

/// <summary>Why somebody is not told of a friend, if for anything.</summary>
[Flags]
public enum Bars
{
    /// <summary>For nothing.</summary>
    None = 0,

    /// <summary>The friend ghosts them: does not want them told.</summary>
    Ghosted = 1,

    /// <summary>They muted the friend: do not want to be told.</summary>
    Muted = 2,

    /// <summary>One of the two blocks the other.</summary>
    Blocked = 4,

    /// <summary>The friend lets nobody see that they are in.</summary>
    Hidden = 8,
}

/// <summary>A friend came into the house.</summary>
/// <param name="Who">Who.</param>
/// <param name="At">When.</param>
public readonly record struct Opening(PersonId Who, Instant At);

/// <summary>What is to be known of one who may be told, when they may be.</summary>
/// <param name="Openings">Who came in that they were not asked about yet.</param>
/// <param name="Friends">
/// Their friends among those and among <see cref="NoticeState.Waiting"/>, and what keeps each from being told of. Who
/// is missing here is not told of.
/// </param>
/// <param name="Quiet">In which hours they are told nothing; null if in none.</param>
/// <param name="IsIn">Whether they are in the house themselves: then they are told at once.</param>
public sealed record NoticeFacts(
    Listing<Opening> Openings,
    HashMap<PersonId, Bars> Friends,
    QuietHours? Quiet,
    bool IsIn
)
{
    /// <summary>Whether they may be told of somebody now.</summary>
    public bool MayTell(PersonId who, Instant now) =>
        Friends.Find(who) == Some(Bars.None) && Quiet?.Covers(now) is not true;
}

/// <summary>What somebody is told.</summary>
/// <param name="People">The friends who came in, first to last; at least one.</param>
/// <param name="IsDigest">Whether it stands for many that would have come one by one.</param>
public sealed record Notice(Listing<PersonId> People, bool IsDigest);

/// <summary>Somebody of whom there is to be told.</summary>
/// <param name="Opening">Their coming in.</param>
/// <param name="IsOfMany">Whether they came when many did.</param>
public readonly record struct Waiting(Opening Opening, bool IsOfMany);
