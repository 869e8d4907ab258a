namespace Chat.Domain.Games.QuickDraw;

/// <summary>What events do to a game of quick draw.</summary>
internal static class Folding
{
    public static State Evolve(State state, Instant at, Event happened) =>
        happened switch
        {
            Event.TurnCame came => Came(state, came, at),
            Event.Chosen chosen => state with
            {
                Stage = Stage.Drawing,
                Since = at,
                Choice = chosen.Index,
                In = toSet(state.Laps.Order.Where(who => who != state.Drawer)),
            },
            Event.Drawn drawn => state with { Strokes = state.Strokes.Add(drawn.Stroke), Pieces = state.Pieces + 1 },
            Event.Undone => state with { Strokes = WithoutLast(state.Strokes) },
            Event.Wiped => state with { Strokes = Empty },
            Event.Guessed guessed => Guessed(state, guessed),
            Event.TurnOver over => state with
            {
                Stage = Stage.Shown,
                Since = at,
                Gains = over.Gains,
                Scores = over.Gains.Aggregate(state.Scores, (scores, gain) => Tally.Add(scores, gain.Who, gain.Points)),
            },
            Event.Entered entered => state with
            {
                Laps = state.Laps.With(entered.Who),
                Scores = Tally.Add(state.Scores, entered.Who, 0),
            },
            Event.Gone gone => state with { Laps = state.Laps.Without(gone.Who), In = state.In.Remove(gone.Who) },
        };

    private static State Came(State state, Event.TurnCame came, Instant at) =>
        state with
        {
            Laps = state.Laps.Began(came.Who, came.Lap),
            Turn = state.Turn + 1,
            Stage = Stage.Choosing,
            Drawer = came.Who,
            Choice = null,
            Since = at,
            Strokes = Empty,
            Pieces = 0,
            In = Empty,
            Guessed = Empty,
            Tries = Empty,
            Gains = [],
        };

    private static State Guessed(State state, Event.Guessed guessed) =>
        state with
        {
            Tries = state.Tries.AddOrUpdate(guessed.Who, 1 + state.Tries.Find(guessed.Who).IfNone(0)),
            Guessed =
                guessed.Nearness is Nearness.Right
                    ? state.Guessed.AddOrUpdate(guessed.Who, guessed.Points)
                    : state.Guessed,
        };

    // A line begins with a piece that does not go on.
    private static Seq<Stroke> WithoutLast(Seq<Stroke> strokes)
    {
        var left = strokes.Count - 1;
        while (left > 0 && strokes[left].Goes)
            left--;
        return strokes.Take(Math.Max(0, left)).Strict();
    }
}
