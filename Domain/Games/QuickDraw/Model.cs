namespace Chat.Domain.Games.QuickDraw;

/// <summary>A point of a drawing: from the left and from the top, each 0 to <see cref="Stroke.Size"/>.</summary>
public readonly record struct Point(int X, int Y);

/// <summary>A piece of a line. A long one comes in several, so that it is seen while it is drawn.</summary>
/// <param name="Ink">A colour, 0 to <see cref="MaxInk"/>; which it is the page knows.</param>
/// <param name="Width">How thick, 1 to <see cref="MaxWidth"/> of <see cref="Size"/>.</param>
/// <param name="Points">1 to <see cref="MaxPoints"/> points.</param>
/// <param name="Goes">Whether it goes on where the last one ended, and is taken back with it.</param>
public sealed record Stroke(int Ink, int Width, Listing<Point> Points, bool Goes)
{
    /// <summary>The last point in either direction.</summary>
    public const int Size = 4_095;

    /// <summary>The last colour.</summary>
    public const int MaxInk = 31;

    /// <summary>The thickest line.</summary>
    public const int MaxWidth = 255;

    /// <summary>Most points in one piece.</summary>
    public const int MaxPoints = 64;

    internal bool IsWithin =>
        Ink is >= 0 and <= MaxInk
        && Width is >= 1 and <= MaxWidth
        && Points.Count is >= 1 and <= MaxPoints
        && Points.All(point => point is { X: >= 0 and <= Size, Y: >= 0 and <= Size });
}

/// <summary>What a player does.</summary>
public abstract record Move : Games.Move
{
    private Move() { }

    /// <summary>Take one of the words that are offered. By who draws.</summary>
    /// <param name="Index">Which, 0 to 2.</param>
    public sealed record Choose(int Index) : Move;

    /// <summary>Draw. By who draws.</summary>
    public sealed record Draw(Stroke Stroke) : Move;

    /// <summary>Take back the last line, with all pieces that it goes on in. By who draws.</summary>
    public sealed record Undo : Move;

    /// <summary>Begin anew on a clean sheet. By who draws.</summary>
    public sealed record Wipe : Move;

    /// <summary>Say what it might be. By who guesses.</summary>
    /// <param name="Text">1 to <see cref="Guesses.MaxLength"/> characters on one line.</param>
    public sealed record Guess(string Text) : Move;
}

/// <summary>How near a guess is.</summary>
public enum Nearness
{
    /// <summary>It is not the word.</summary>
    Wrong = 0,

    /// <summary>It is nearly the word. Nobody else is told what it was, for it would tell them the word.</summary>
    Near = 1,

    /// <summary>It is the word.</summary>
    Right = 2,
}

/// <summary>What has happened.</summary>
public abstract record Event : GameEvent
{
    private Event() { }

    /// <summary>It is somebody's turn to draw; three words are before them.</summary>
    public sealed record TurnCame(PersonId Who, int Lap) : Event;

    /// <summary>A word was taken, and time runs.</summary>
    /// <param name="Index">Which of the three; only who draws is told.</param>
    /// <param name="By">Who draws; nobody where time was up, and it is the first.</param>
    /// <param name="Pattern">The word with a <c>_</c> for each letter and digit.</param>
    public sealed record Chosen(int? Index, PersonId? By, string Pattern) : Event;

    /// <summary>A piece of a line was drawn.</summary>
    public sealed record Drawn(Stroke Stroke) : Event;

    /// <summary>The last line was taken back.</summary>
    public sealed record Undone : Event;

    /// <summary>The sheet is clean again.</summary>
    public sealed record Wiped : Event;

    /// <summary>Somebody guessed.</summary>
    /// <param name="Who">Who did.</param>
    /// <param name="Text">What; of a right one only who knows the word is told.</param>
    /// <param name="Nearness">How near it is. Of a near one only they and who knows the word are told at all.</param>
    /// <param name="Points">What they have of it, once the turn is over.</param>
    public sealed record Guessed(PersonId Who, string? Text, Nearness Nearness, int Points) : Event;

    /// <summary>The turn is over, and the word is told.</summary>
    /// <param name="Word">The word; null where none was taken.</param>
    /// <param name="Gains">What everybody has of it who has something, in order of their ids.</param>
    public sealed record TurnOver(string? Word, Listing<Score> Gains) : Event;

    /// <summary>Somebody came in the middle; they guess from the next turn on, and draw last.</summary>
    public sealed record Entered(PersonId Who) : Event;

    /// <summary>Somebody left.</summary>
    public sealed record Gone(PersonId Who) : Event;
}

/// <summary>Where a turn is.</summary>
public enum Stage
{
    /// <summary>Between turns: what it was is shown.</summary>
    Shown = 0,

    /// <summary>A word is being chosen.</summary>
    Choosing = 1,

    /// <summary>It is drawn and guessed.</summary>
    Drawing = 2,
}

/// <summary>What somebody may see.</summary>
/// <param name="Stage">Where the turn is.</param>
/// <param name="Lap">Which lap it is, from 1.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Drawer">Who draws.</param>
/// <param name="Choices">The words to choose from; for who draws.</param>
/// <param name="Word">The word: for who draws, who has guessed it, and for all once the turn is over.</param>
/// <param name="Pattern">The word with a <c>_</c> for each letter and digit.</param>
/// <param name="Strokes">What is on the sheet.</param>
/// <param name="In">Who guesses, in order of their ids.</param>
/// <param name="Guessed">Who has guessed it.</param>
/// <param name="Gains">What everybody had of the last turn.</param>
/// <param name="Order">Who plays, in the order of their turns.</param>
public sealed record View(
    Stage Stage,
    int Lap,
    int Of,
    PersonId? Drawer,
    Listing<string> Choices,
    string? Word,
    string? Pattern,
    Listing<Stroke> Strokes,
    Listing<PersonId> In,
    Listing<PersonId> Guessed,
    Listing<Score> Gains,
    Listing<PersonId> Order
) : GameView;

/// <summary>A game of quick draw.</summary>
/// <param name="Deal">What it began with.</param>
/// <param name="Words">The words of the deck in the order of this game; after the last the first comes again.</param>
/// <param name="Laps">Whose turn it is.</param>
/// <param name="Turn">The number of the turn.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Drawer">Who draws, or drew last.</param>
/// <param name="Choice">Which of the three words it is.</param>
/// <param name="Since">When this stage began.</param>
/// <param name="Strokes">What is on the sheet.</param>
/// <param name="Pieces">How many pieces were drawn in this turn, also those that were taken back.</param>
/// <param name="In">Who guesses.</param>
/// <param name="Guessed">What those have of it who guessed it.</param>
/// <param name="Tries">How often each has guessed in this turn.</param>
/// <param name="Gains">What everybody had of the last turn.</param>
/// <param name="Scores">What everybody has who ever played.</param>
public sealed record State(
    Deal Deal,
    Listing<int> Words,
    Laps Laps,
    int Turn,
    Stage Stage,
    PersonId? Drawer,
    int? Choice,
    Instant Since,
    Seq<Stroke> Strokes,
    int Pieces,
    Set<PersonId> In,
    Map<PersonId, int> Guessed,
    Map<PersonId, int> Tries,
    Listing<Score> Gains,
    Map<PersonId, int> Scores
);
