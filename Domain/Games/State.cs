namespace Chat.Domain.Games;

/// <summary>Where a table is.</summary>
public enum Phase
{
    /// <summary>Nothing was played yet.</summary>
    Empty = 0,

    /// <summary>A game is offered, and people take their seats.</summary>
    Gathering = 1,

    /// <summary>Players show what they sealed.</summary>
    Unsealing = 2,

    /// <summary>It is played.</summary>
    Playing = 3,

    /// <summary>It has ended.</summary>
    Over = 4,
}

/// <summary>A table: the game that is played there, or was last.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Number">How many games were offered here.</param>
/// <param name="Place">Where the table stands.</param>
/// <param name="Plan">What is played; null before the first.</param>
/// <param name="Past">Cards of its deck that were played here before.</param>
/// <param name="Used">The same after the last game, with what was played in it.</param>
/// <param name="Secret">The host's secret.</param>
/// <param name="Commitment">What the host committed to.</param>
/// <param name="Since">When this phase began.</param>
/// <param name="Seats">Who sits here.</param>
/// <param name="Seals">What each sealed, who sat down in time.</param>
/// <param name="Shown">What was shown of it, also by those who have left since.</param>
/// <param name="Play">The game itself, once it was dealt.</param>
/// <param name="Ended">How it ended.</param>
/// <param name="Index">How many entries this game has.</param>
/// <param name="Link">The link of all of them.</param>
public sealed record State(
    Phase Phase,
    long Number,
    string Place,
    Plan? Plan,
    Listing<int> Past,
    Listing<int> Used,
    Secret Secret,
    Bits256 Commitment,
    Instant Since,
    Set<PersonId> Seats,
    Map<PersonId, Bits256> Seals,
    Map<PersonId, Bits256> Shown,
    AnyPlay? Play,
    Event.Ended? Ended,
    long Index,
    Bits256 Link
)
{
    /// <summary>Before the first game.</summary>
    public static State Initial { get; } =
        new(Phase.Empty, 0, "", null, [], [], default, default, default, Empty, Empty, Empty, null, null, 0, default);

    /// <summary>What a table was like before a game was offered, as far as that game depends on it.</summary>
    public static State Before(Event.Offered offered) =>
        Initial with
        {
            Number = offered.Number - 1,
            Plan = offered.Plan,
            Used = offered.Past,
        };

    /// <summary>Whether a game is going on.</summary>
    public bool IsBusy => Phase is Phase.Gathering or Phase.Unsealing or Phase.Playing;

    /// <summary>The name of the game that is being played; null while none is, or one is only offered.</summary>
    public string? Running => Phase is Phase.Playing ? Plan?.Game : null;
}

/// <summary>What somebody may see of a table.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Number">The number of the game.</param>
/// <param name="Plan">What is played.</param>
/// <param name="Commitment">What the host committed to.</param>
/// <param name="Seats">Who sits here, in order of their ids.</param>
/// <param name="Shown">Who has shown what they sealed.</param>
/// <param name="Due">When something happens by itself.</param>
/// <param name="Play">What they may see of the game.</param>
/// <param name="Scores">The points so far.</param>
/// <param name="Ended">How it ended, with the secret.</param>
/// <param name="Index">How many entries its log has.</param>
/// <param name="Link">
/// The link of all of them. A device that keeps some of these can tell later whether the log is the one it saw.
/// </param>
public sealed record TableView(
    Phase Phase,
    long Number,
    Plan? Plan,
    Bits256 Commitment,
    Listing<PersonId> Seats,
    Listing<PersonId> Shown,
    Instant? Due,
    GameView? Play,
    Listing<Score> Scores,
    Event.Ended? Ended,
    long Index,
    Bits256 Link
);
