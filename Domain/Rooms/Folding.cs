namespace Chat.Domain.Rooms;

/// <summary>What an event does to a room.</summary>
internal static class Folding
{
    public static State Evolve(State state, Event happened)
    {
        var after = Change(state, happened) with { Version = state.Version + 1 };
        return
            happened
                is Event.Knocked
                    or Event.Withdrew
                    or Event.Declined
                    or Event.Admitted
                    or Event.GuestsSet
                    or Event.KeepSet
                    or Event.Played
            ? after
            : after with
            {
                Talk = Listing.From(state.Talk.Append(new Line(after.Version, happened)).TakeLast(Room.MaxTalk)),
            };
    }

    private static State Change(State state, Event happened) =>
        happened switch
        {
            Event.Lit lit => Came(state, lit, new Entry(Way.Lit, null)) with
            {
                Name = lit.Name,
                Capacity = lit.Capacity,
                Keeper = lit.By,
                LockedBy = lit.IsLocked ? lit.By : null,
                Guests = toSet(lit.Guests.Distinct()),
                LitAt = lit.At,
            },
            Event.Entered entered => Came(state, entered, entered.Entry),
            Event.Left left => Gone(state, left.By, left.At),
            Event.Expelled expelled => Gone(state, expelled.Person, expelled.At) with
            {
                Expelled = state.Expelled.AddOrUpdate(expelled.Person),
                Admitted = state.Admitted.Remove(expelled.Person),
            },
            Event.Locked locked => state with { LockedBy = locked.By },
            Event.Unlocked => state with { LockedBy = null },
            Event.Knocked knocked => state with
            {
                Knocks = state.Knocks.AddOrUpdate(knocked.By, new Knock(knocked.At, knocked.Via)),
            },
            Event.Withdrew withdrew => state with { Knocks = state.Knocks.Remove(withdrew.By) },
            Event.Admitted admitted => state with
            {
                Knocks = state.Knocks.Remove(admitted.Person),
                Admitted = state.Admitted.AddOrUpdate(admitted.Person, new Admission(admitted.By, admitted.At)),
            },
            Event.Declined declined => state with { Knocks = state.Knocks.Remove(declined.Person) },
            Event.GuestsSet set => state with { Guests = toSet(set.Guests.Distinct()) },
            Event.KeepSet set => Keeping.Wished(state, set),
            Event.Said or Event.Noted => state,
            Event.Played played => Played(state, new Games.Entry(played.By, played.At, played.What)),
        };

    private static State Played(State state, Games.Entry entry) =>
        state with
        {
            Table = Playing.Table.Evolve(state.Table, entry),
            Log = entry.What is Games.Event.Offered ? Seq1(entry) : state.Log.Add(entry),
            Played = Keeping.After(state, entry.What),
        };

    private static State Came(State state, Event happened, Entry entry) =>
        state with
        {
            Occupants = state.Occupants.AddOrUpdate(happened.By, new Occupant(happened.At, state.Version + 1, entry)),
            Knocks = state.Knocks.Remove(happened.By),
            Admitted = state.Admitted.Remove(happened.By),
            Attendance = Keeping.Came(state.Attendance, happened.By, happened.At),
        };

    private static State Gone(State state, PersonId person, Instant at)
    {
        var after = state with
        {
            Occupants = state.Occupants.Remove(person),
            Attendance = state.Attendance.TrySetItem(person, one => one with { Until = at }),
        };
        return state.Keeper == person ? after with { Keeper = after.Inside.HeadOrNone().ToNullable() } : after;
    }
}
