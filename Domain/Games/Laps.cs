namespace Chat.Domain.Games;

/// <summary>Whose turn it is, in games where everybody has one in each lap.</summary>
/// <param name="Order">Who plays, in the order of their turns; whoever comes later comes last.</param>
/// <param name="Lap">Which lap it is, from 1; 0 before the first turn.</param>
/// <param name="Had">Who had their turn in this lap, also if they have left since.</param>
public sealed record Laps(Listing<PersonId> Order, int Lap, Set<PersonId> Had)
{
    /// <summary>Before the first turn, in an order that nobody chose.</summary>
    internal static Laps Of(Deal deal) =>
        new(Listing.From(deal.Shuffle("seats", deal.Seats.Count).Select(at => deal.Seats[at])), 0, Empty);

    /// <summary>Whose turn is next, and in which lap; nobody's after the last lap.</summary>
    internal Option<(PersonId Who, int Lap)> Next(int laps)
    {
        foreach (var who in Order)
            if (Lap > 0 && !Had.Contains(who))
                return Some((who, Lap));
        return Lap < laps && Order.Count > 0 ? Some((Order[0], Lap + 1)) : None;
    }

    /// <summary>After a turn began.</summary>
    internal Laps Began(PersonId who, int lap) =>
        this with
        {
            Lap = lap,
            Had = (lap == Lap ? Had : Empty).AddOrUpdate(who),
        };

    /// <summary>With one more, at the end.</summary>
    internal Laps With(PersonId who) => this with { Order = Order.Contains(who) ? Order : Order.Add(who) };

    /// <summary>Without one.</summary>
    internal Laps Without(PersonId who) => this with { Order = Listing.From(Order.Where(one => one != who)) };
}
