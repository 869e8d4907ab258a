namespace Chat.Domain.Games;

/// <summary>What somebody wants at a table.</summary>
public abstract record Command
{
    private Command() { }

    /// <summary>Offer a game, where none is going on. The host's dice become its secret.</summary>
    /// <param name="Game">Its name.</param>
    /// <param name="Deck">The name of a deck of its kind.</param>
    /// <param name="Rounds">How many rounds: 1 to the game's most.</param>
    public sealed record Offer(string Game, string Deck, int Rounds) : Command;

    /// <summary>Offer the last game once more.</summary>
    public sealed record Again : Command;

    /// <summary>Take a seat: before a game begins, or in the middle, to play from the next round on.</summary>
    /// <param name="Seal">
    /// <see cref="Sealing.Seal"/> of 32 bytes drawn by the player's own device. Before the game begins it is needed; in
    /// the middle there is nothing left to contribute to, and it is null.
    /// </param>
    public sealed record Sit(Bits256? Seal) : Command;

    /// <summary>Leave the table, at any time. Who leaves the room leaves the table.</summary>
    public sealed record GetUp : Command;

    /// <summary>Let nobody else in, and have everybody show what they sealed. By a player.</summary>
    public sealed record Begin : Command;

    /// <summary>Show what one sealed. A player's device does so by itself once it is asked for.</summary>
    public sealed record Unseal(Bits256 Contribution) : Command;

    /// <summary>Do something in the game.</summary>
    public sealed record Make(Move Move) : Command;

    /// <summary>Time has passed: what is due happens. Whoever asks; before it is due nothing happens.</summary>
    public sealed record Elapse : Command;
}

/// <summary>Who asks, when and where.</summary>
/// <param name="By">Who asks.</param>
/// <param name="At">When it is, never before the last event of the place.</param>
/// <param name="Place">The stream of the room where the table stands, as text.</param>
/// <param name="Dice">32 bytes drawn at random for this request, by a source that nobody foresees.</param>
public sealed record Asking(PersonId By, Instant At, string Place, Secret Dice);
