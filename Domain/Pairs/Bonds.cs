namespace Chat.Domain.Pairs;

/// <summary>What an event does to what is between two people.</summary>
internal static class Bonds
{
    public static State Evolve(State state, Event happened)
    {
        var after = Change(Known(state, happened), happened) with { Version = state.Version + 1 };
        return after.People.Fold(after, (next, person) => Told(next, person, happened.At));
    }

    private static State Known(State state, Event happened) =>
        state.People.Count == 2
            ? state
            : state with
            {
                People = Listing.From(new[] { happened.By, happened.Other }.Distinct().Order()),
            };

    private static State Change(State state, Event happened) =>
        happened switch
        {
            Event.Requested => state with
            {
                Asked = state.Asked.AddOrUpdate(happened.By),
                Unheard = state.IsClosed ? state.Unheard.AddOrUpdate(happened.By) : state.Unheard,
            },
            Event.Befriended => state with { AreFriends = true, Asked = Empty, Unheard = Empty },
            Event.Declined => state with { Unheard = state.Unheard.AddOrUpdate(happened.Other) },
            Event.Cancelled => Withdrawn(state, happened.By),
            Event.Removed => state with { AreFriends = false },
            Event.Blocked => Withdrawn(state, happened.By) with
            {
                AreFriends = false,
                Blockers = state.Blockers.AddOrUpdate(happened.By),
                // The other goes on to wait for an answer that does not come.
                Unheard = state.Asked.Contains(happened.Other) ? Set(happened.Other) : Empty,
            },
            Event.Unblocked => state with { Blockers = state.Blockers.Remove(happened.By) },
        };

    private static State Withdrawn(State state, PersonId person) =>
        state with
        {
            Asked = state.Asked.Remove(person),
            Unheard = state.Unheard.Remove(person),
        };

    private static State Told(State state, PersonId person, Instant at)
    {
        var before = state.ViewOf(person);
        var (bond, hasBlocked) = (BondOf(state, person), state.Blockers.Contains(person));
        return bond == before.Bond && hasBlocked == before.HasBlocked
            ? state
            : state with
            {
                Views = state.Views.AddOrUpdate(person, new View(bond, hasBlocked, before.Version + 1, at)),
                ToldAt = state.ToldAt.AddOrUpdate(person, state.Version),
            };
    }

    private static Bond BondOf(State state, PersonId person) =>
        state.AreFriends ? Bond.Friend
        : state.Asked.Contains(person) ? Bond.Asked
        : state.People.Exists(other => other != person && state.Hears(other)) ? Bond.Asks
        : Bond.None;
}
