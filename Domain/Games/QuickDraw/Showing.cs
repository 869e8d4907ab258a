namespace Chat.Domain.Games.QuickDraw;

/// <summary>Who may see what of a game of quick draw.</summary>
internal static class Showing
{
    public static View Look(State state, PersonId? who)
    {
        var isDrawer = who is { } one && one == state.Drawer && state.Laps.Order.Contains(one);
        return new(
            state.Stage,
            state.Laps.Lap,
            state.Deal.Rounds,
            state.Drawer,
            isDrawer && state.Stage is Stage.Choosing
                ? Listing.From(Enumerable.Range(0, Rules.Choices).Select(at => Rules.WordAt(state, at).Text))
                : [],
            state.Choice is not null && Knows(state, who) ? Rules.WordOf(state).Text : null,
            state.Choice is null ? null : Guesses.Pattern(Rules.WordOf(state).Text),
            Listing.From(state.Strokes),
            Listing.From(state.In),
            Listing.From(state.Guessed.Keys),
            state.Gains,
            state.Laps.Order
        );
    }

    public static Option<Event> Show(State state, PersonId? who, Event happened) =>
        happened switch
        {
            Event.Chosen chosen => Some<Event>(who == state.Drawer ? chosen : chosen with { Index = null }),
            Event.Guessed guessed when guessed.Who == who || Knows(state, who) => Some(happened),
            Event.Guessed { Nearness: Nearness.Near } => None,
            Event.Guessed { Nearness: Nearness.Right } right => Some<Event>(right with { Text = null }),
            Event.Guessed
            or Event.TurnCame
            or Event.Drawn
            or Event.Undone
            or Event.Wiped
            or Event.TurnOver
            or Event.Entered
            or Event.Gone => Some(happened),
        };

    public static Option<Move> MoveOf(Event happened) =>
        happened switch
        {
            Event.Chosen { By: not null, Index: { } index } => Some<Move>(new Move.Choose(index)),
            Event.Drawn drawn => Some<Move>(new Move.Draw(drawn.Stroke)),
            Event.Undone => Some<Move>(new Move.Undo()),
            Event.Wiped => Some<Move>(new Move.Wipe()),
            Event.Guessed { Text: { } text } => Some<Move>(new Move.Guess(text)),
            Event.Chosen or Event.Guessed or Event.TurnCame or Event.TurnOver or Event.Entered or Event.Gone => None,
        };

    // Who draws, who has guessed it, and everybody once it is over.
    private static bool Knows(State state, PersonId? who) =>
        state.Stage is Stage.Shown || (who is { } one && (one == state.Drawer || state.Guessed.ContainsKey(one)));
}
