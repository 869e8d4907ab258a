namespace Chat.Domain.Games.HeadsUp;

/// <summary>What a player does.</summary>
public abstract record Move : Games.Move
{
    private Move() { }

    /// <summary>Begin one's turn. By the guesser.</summary>
    public sealed record Ready : Move;

    /// <summary>They said it. By anybody but the guesser.</summary>
    /// <param name="Card">The number of the card that is meant: two who say so at once mean the same.</param>
    public sealed record Got(int Card) : Move;

    /// <summary>Take another card. By the guesser.</summary>
    /// <param name="Card">The number of the card that is meant.</param>
    public sealed record Pass(int Card) : Move;
}

/// <summary>What has happened.</summary>
public abstract record Event : GameEvent
{
    private Event() { }

    /// <summary>It is somebody's turn, once they are ready.</summary>
    public sealed record TurnCame(PersonId Who, int Lap) : Event;

    /// <summary>The turn began: there is a card, and time runs.</summary>
    /// <param name="By">The guesser who was ready; nobody where time was up.</param>
    public sealed record Started(PersonId? By) : Event;

    /// <summary>A card was guessed, as somebody says, or passed.</summary>
    public sealed record Marked(PersonId By, int Card, bool IsRight) : Event;

    /// <summary>The turn is over.</summary>
    /// <param name="Who">Whose it was.</param>
    /// <param name="Points">What they have of it: a point for each card.</param>
    public sealed record TurnOver(PersonId Who, int Points) : Event;

    /// <summary>Somebody came in the middle; their turn comes last.</summary>
    public sealed record Entered(PersonId Who) : Event;

    /// <summary>Somebody left.</summary>
    public sealed record Gone(PersonId Who) : Event;
}

/// <summary>A card that is out of play.</summary>
/// <param name="Number">Its number in this game, from 1.</param>
/// <param name="Text">What is on it.</param>
/// <param name="IsRight">Whether it was guessed; null where time was up first.</param>
public sealed record Card(int Number, string Text, bool? IsRight);

/// <summary>What somebody may see.</summary>
/// <param name="Lap">Which lap it is, from 1.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Guesser">Who guesses.</param>
/// <param name="IsRunning">Whether the turn has begun.</param>
/// <param name="Number">The number of the card in play.</param>
/// <param name="Text">What is on it; null for the guesser, and for who is nobody in particular.</param>
/// <param name="Cards">The cards of this turn, or of the last one, that are out of play.</param>
/// <param name="Order">Who plays, in the order of their turns.</param>
public sealed record View(
    int Lap,
    int Of,
    PersonId? Guesser,
    bool IsRunning,
    int Number,
    string? Text,
    Listing<Card> Cards,
    Listing<PersonId> Order
) : GameView;

/// <summary>A game of heads-up.</summary>
/// <param name="Deal">What it began with.</param>
/// <param name="Words">The words of the deck in the order of this game; after the last the first comes again.</param>
/// <param name="Laps">Whose turn it is.</param>
/// <param name="Guesser">Who guesses.</param>
/// <param name="IsRunning">Whether their turn has begun.</param>
/// <param name="Since">When it did, or when they were asked to.</param>
/// <param name="Number">The number of the card that is in play, or comes next.</param>
/// <param name="Cards">The cards of this turn, or of the last one, that are out of play.</param>
/// <param name="Scores">What everybody has who ever played.</param>
public sealed record State(
    Deal Deal,
    Listing<int> Words,
    Laps Laps,
    PersonId? Guesser,
    bool IsRunning,
    Instant Since,
    int Number,
    Listing<Card> Cards,
    Map<PersonId, int> Scores
);
