namespace Chat.Domain.Games.Potluck;

/// <summary>What events do to a game of potluck.</summary>
internal static class Folding
{
    public static State Evolve(State state, Instant at, Event happened) =>
        happened switch
        {
            Event.RoundCame came => state with
            {
                Laps = state.Laps.Began(came.Judge, came.Lap),
                Number = came.Number,
                Stage = Stage.Playing,
                Since = at,
                Judge = came.Judge,
                In = toSet(state.Laps.Order.Where(who => who != came.Judge)),
                Played = Empty,
                Table = [],
                Pick = null,
                Players = [],
            },
            Event.Submitted submitted => state with
            {
                Played = state.Played.AddOrUpdate(submitted.Who, submitted.Card ?? -1),
            },
            Event.Laid laid => state with { Stage = Stage.Judging, Since = at, Table = laid.Cards },
            Event.Judged judged => Judged(state, judged) with { Stage = Stage.Shown, Since = at },
            Event.Voided => state with { Stage = Stage.Shown, Since = at, Played = Empty, Table = [] },
            Event.Entered entered => Filled(state, entered.Who) with
            {
                Laps = state.Laps.With(entered.Who),
                Scores = Tally.Add(state.Scores, entered.Who, 0),
            },
            Event.Gone gone => state with
            {
                Laps = state.Laps.Without(gone.Who),
                In = state.In.Remove(gone.Who),
                Played = state.Stage is Stage.Playing ? state.Played.Remove(gone.Who) : state.Played,
            },
        };

    /// <summary>With a full hand for somebody, as far as there are cards.</summary>
    public static State Filled(State state, PersonId who)
    {
        var hand = state.Hands.Find(who).IfNone([]);
        var more = state.Pile.Skip(state.Drawn).Take(Rules.Hand - hand.Count).ToList();
        return state with
        {
            Drawn = state.Drawn + more.Count,
            Hands = state.Hands.AddOrUpdate(who, Listing.From(hand.Concat(more))),
        };
    }

    // Who played draws another card, in order of their ids.
    private static State Judged(State state, Event.Judged judged)
    {
        var scores =
            judged.Pick is { } pick && pick >= 0 && pick < judged.Players.Count
                ? Tally.Add(state.Scores, judged.Players[pick], 1)
                : state.Scores;
        return state
            .Played.AsEnumerable()
            .Aggregate(state, (held, played) => Filled(Without(held, played.Key, played.Value), played.Key)) with
        {
            Pick = judged.Pick,
            Players = judged.Players,
            Scores = scores,
        };
    }

    private static State Without(State state, PersonId who, int card) =>
        state with
        {
            Hands = state.Hands.AddOrUpdate(
                who,
                Listing.From(state.Hands.Find(who).IfNone([]).Where(one => one != card))
            ),
        };
}
