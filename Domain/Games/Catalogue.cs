namespace Chat.Domain.Games;

/// <summary>The games there are: the one place where a game is named besides its own folder.</summary>
public static class Catalogue
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static Listing<AnyGame> All { get; } =
    [Trivia.Rules.Game, HeadsUp.Rules.Game, QuickDraw.Rules.Game, Potluck.Rules.Game];
}
