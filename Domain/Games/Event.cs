namespace Chat.Domain.Games;

/// <summary>What has happened at a table.</summary>
public abstract record Event
{
    private Event() { }

    /// <summary>A game is offered, and the host has committed to a secret.</summary>
    /// <param name="Place">Where the table stands.</param>
    /// <param name="Number">The number of the game at this table: 1, 2, 3 …</param>
    /// <param name="Plan">What is to be played.</param>
    /// <param name="Commitment"><see cref="Sealing.Commit"/> of the secret.</param>
    /// <param name="Secret">The secret; shown to nobody before the game has ended.</param>
    /// <param name="Past">Cards of the deck that were played here before, by number: they come last.</param>
    public sealed record Offered(
        string Place,
        long Number,
        Plan Plan,
        Bits256 Commitment,
        Secret? Secret,
        Listing<int> Past
    ) : Event;

    /// <summary>Somebody took a seat.</summary>
    public sealed record Sat(PersonId Who, Bits256? Seal) : Event;

    /// <summary>Somebody left the table.</summary>
    public sealed record GotUp(PersonId Who) : Event;

    /// <summary>Nobody else is let in, and what was sealed is to be shown.</summary>
    public sealed record Begun : Event;

    /// <summary>Somebody showed what they had sealed.</summary>
    public sealed record Unsealed(PersonId Who, Bits256 Contribution) : Event;

    /// <summary>The game begins, with these: who did not show what they had sealed has lost the seat.</summary>
    public sealed record Dealt(Listing<PersonId> Seats) : Event;

    /// <summary>Something happened in the game.</summary>
    public sealed record Played(GameEvent What) : Event;

    /// <summary>The game has ended, and the secret is told.</summary>
    /// <param name="Why">How it came to that.</param>
    /// <param name="Scores">What everybody has who played, without what was not finished.</param>
    /// <param name="Secret">What the host had committed to.</param>
    /// <param name="Link">The link of all that happened before: whoever changes any of it must change this.</param>
    public sealed record Ended(Ending Why, Listing<Score> Scores, Secret Secret, Bits256 Link) : Event;
}

/// <summary>What is played.</summary>
/// <param name="Game">The game's name.</param>
/// <param name="Rules">The number of its rules.</param>
/// <param name="Deck">The deck's name.</param>
/// <param name="Cards">The digest of all that is in the deck.</param>
/// <param name="Rounds">How many rounds.</param>
public sealed record Plan(string Game, int Rules, string Deck, Bits256 Cards, int Rounds);

/// <summary>How a game came to its end.</summary>
public enum Ending
{
    /// <summary>It was played to the end.</summary>
    Finished = 1,

    /// <summary>Too few were left to go on, or showed what they had sealed.</summary>
    TooFew = 2,

    /// <summary>Nobody began it in time.</summary>
    Lapsed = 3,
}

/// <summary>An event in its place: who asked for it, and when.</summary>
public sealed record Entry(PersonId By, Instant At, Event What);

/// <summary>An entry of a log, with the link after it.</summary>
public sealed record LogEntry(Entry Entry, Bits256 Link);
