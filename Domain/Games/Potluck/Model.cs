namespace Chat.Domain.Games.Potluck;

/// <summary>What a player does.</summary>
public abstract record Move : Games.Move
{
    private Move() { }

    /// <summary>Play a card to the prompt. By anybody but the judge, once a round.</summary>
    /// <param name="Card">The number of a card in one's hand.</param>
    public sealed record Put(int Card) : Move;

    /// <summary>Say which fits best. By the judge.</summary>
    /// <param name="Index">Its place among those on the table, from 0.</param>
    public sealed record Pick(int Index) : Move;
}

/// <summary>What has happened.</summary>
public abstract record Event : GameEvent
{
    private Event() { }

    /// <summary>A round began: there is a prompt, and somebody judges.</summary>
    public sealed record RoundCame(int Number, PersonId Judge, int Lap) : Event;

    /// <summary>Somebody played a card; which it was only they know.</summary>
    public sealed record Submitted(PersonId Who, int? Card) : Event;

    /// <summary>The cards are on the table, in an order that tells nothing of whose they are.</summary>
    public sealed record Laid(Listing<int> Cards) : Event;

    /// <summary>The round is over.</summary>
    /// <param name="By">The judge; nobody where time was up.</param>
    /// <param name="Pick">The place of the best on the table, a point for whose it was; null for none.</param>
    /// <param name="Players">Whose each of them was.</param>
    public sealed record Judged(PersonId? By, int? Pick, Listing<PersonId> Players) : Event;

    /// <summary>There is nothing to judge, or nobody who does: the cards go back to their hands.</summary>
    public sealed record Voided : Event;

    /// <summary>Somebody came in the middle; they play from the next round on.</summary>
    public sealed record Entered(PersonId Who) : Event;

    /// <summary>Somebody left; what they had played goes back to their hand, unless it is on the table.</summary>
    public sealed record Gone(PersonId Who) : Event;
}

/// <summary>A card.</summary>
/// <param name="Number">Its number in the deck, from 0.</param>
/// <param name="Text">What is on it.</param>
public sealed record Card(int Number, string Text);

/// <summary>Where a round is.</summary>
public enum Stage
{
    /// <summary>It is over, or none has begun.</summary>
    Shown = 0,

    /// <summary>Cards are played.</summary>
    Playing = 1,

    /// <summary>The cards are on the table.</summary>
    Judging = 2,
}

/// <summary>What somebody may see.</summary>
/// <param name="Stage">Where the round is.</param>
/// <param name="Number">The number of the round, from 1.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Judge">Who judges.</param>
/// <param name="Prompt">What cards are played to.</param>
/// <param name="Hand">The cards in their own hand.</param>
/// <param name="Mine">The number of the card that they have played.</param>
/// <param name="Played">Who has played, in order of their ids.</param>
/// <param name="Table">The cards on the table.</param>
/// <param name="Pick">The place of the best among these.</param>
/// <param name="Players">Whose each of these was, once it is judged.</param>
/// <param name="Order">Who plays, in the order in which they judge.</param>
public sealed record View(
    Stage Stage,
    int Number,
    int Of,
    PersonId? Judge,
    string? Prompt,
    Listing<Card> Hand,
    int? Mine,
    Listing<PersonId> Played,
    Listing<Card> Table,
    int? Pick,
    Listing<PersonId> Players,
    Listing<PersonId> Order
) : GameView;

/// <summary>A game of potluck.</summary>
/// <param name="Deal">What it began with.</param>
/// <param name="Prompts">The prompts of the deck in the order of this game.</param>
/// <param name="Pile">The answers of the deck in the order of this game.</param>
/// <param name="Drawn">How many of these were drawn.</param>
/// <param name="Laps">Who judges.</param>
/// <param name="Number">The number of the round.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Since">When this stage began.</param>
/// <param name="Judge">Who judges.</param>
/// <param name="In">Who plays to this prompt.</param>
/// <param name="Hands">The cards of everybody who ever played, also those that are being played.</param>
/// <param name="Played">What was played to this prompt.</param>
/// <param name="Table">The cards on the table.</param>
/// <param name="Pick">Which of them was best.</param>
/// <param name="Players">Whose they were.</param>
/// <param name="Scores">What everybody has who ever played.</param>
public sealed record State(
    Deal Deal,
    Listing<int> Prompts,
    Listing<int> Pile,
    int Drawn,
    Laps Laps,
    int Number,
    Stage Stage,
    Instant Since,
    PersonId? Judge,
    Set<PersonId> In,
    Map<PersonId, Listing<int>> Hands,
    Map<PersonId, int> Played,
    Listing<int> Table,
    int? Pick,
    Listing<PersonId> Players,
    Map<PersonId, int> Scores
);
