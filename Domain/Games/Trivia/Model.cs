namespace Chat.Domain.Games.Trivia;

/// <summary>What a player does.</summary>
public abstract record Move : Games.Move
{
    private Move() { }

    /// <summary>Answer the question that is open. It counts once, and is not changed.</summary>
    /// <param name="Choice">The place of the answer among those shown, 0 to 3.</param>
    public sealed record Answer(int Choice) : Move;
}

/// <summary>What has happened.</summary>
public abstract record Event : GameEvent
{
    private Event() { }

    /// <summary>A question is asked, and may be answered from now on.</summary>
    public sealed record Asked(int Number) : Event;

    /// <summary>Somebody answered. Which it was only they know before the question is closed.</summary>
    public sealed record Answered(PersonId Who, int? Choice) : Event;

    /// <summary>The question is closed.</summary>
    /// <param name="Right">The place of the right answer.</param>
    /// <param name="Gains">Who answered what, and what they have of it, in order of their ids.</param>
    public sealed record Closed(int Right, Listing<Gain> Gains) : Event;

    /// <summary>Somebody came in the middle; they answer from the next question on.</summary>
    public sealed record Entered(PersonId Who) : Event;

    /// <summary>Somebody left. What they had answered counts.</summary>
    public sealed record Gone(PersonId Who) : Event;
}

/// <summary>What somebody answered, and the points of it.</summary>
public sealed record Gain(PersonId Who, int Choice, int Points);

/// <summary>Where a game of trivia is.</summary>
public enum Stage
{
    /// <summary>It begins in a moment.</summary>
    Ready = 0,

    /// <summary>A question is open.</summary>
    Open = 1,

    /// <summary>The answer is shown.</summary>
    Shown = 2,
}

/// <summary>What somebody may see.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Number">The number of the question, from 1; 0 before the first.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Choices">The four answers, in the order of this game.</param>
/// <param name="Answered">Who has answered, in order of their ids.</param>
/// <param name="Mine">What they answered themselves.</param>
/// <param name="Right">The right answer, once it is closed.</param>
/// <param name="Note">What there is to know about it, once it is closed.</param>
/// <param name="Gains">Who answered what, once it is closed.</param>
public sealed record View(
    Stage Stage,
    int Number,
    int Of,
    string? Text,
    Listing<string> Choices,
    Listing<PersonId> Answered,
    int? Mine,
    int? Right,
    string? Note,
    Listing<Gain> Gains
) : GameView;

/// <summary>An answer, and how much time was left of the question, in milliseconds.</summary>
public sealed record Given(int Choice, long LeftMs);

/// <summary>A game of trivia.</summary>
/// <param name="Deal">What it began with.</param>
/// <param name="Order">The questions of the deck in the order of this game.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Number">The number of the question.</param>
/// <param name="Since">When this stage began.</param>
/// <param name="Seats">Who plays.</param>
/// <param name="In">Who may answer the open question.</param>
/// <param name="Answers">What was answered to it.</param>
/// <param name="Gains">What came of the last one.</param>
/// <param name="Scores">What everybody has who ever played.</param>
public sealed record State(
    Deal Deal,
    Listing<int> Order,
    Stage Stage,
    int Number,
    Instant Since,
    Set<PersonId> Seats,
    Set<PersonId> In,
    Map<PersonId, Given> Answers,
    Listing<Gain> Gains,
    Map<PersonId, int> Scores
);
