using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games;

// What events do to a table, and what is seen of it.
public sealed partial record Table
{
    /// <summary>What an entry does to the state. It never throws, whatever the entries are.</summary>
    public State Evolve(State state, Entry entry)
    {
        var after = entry.What switch
        {
            Event.Offered offered => Offered(offered, entry.At),
            Event.Sat sat => state with
            {
                Seats = state.Seats.AddOrUpdate(sat.Who),
                Seals = sat.Seal is { } seal ? state.Seals.AddOrUpdate(sat.Who, seal) : state.Seals,
            },
            Event.GotUp gotUp => state with { Seats = state.Seats.Remove(gotUp.Who) },
            Event.Begun => state with { Phase = Phase.Unsealing, Since = entry.At },
            Event.Unsealed shown => state with { Shown = state.Shown.AddOrUpdate(shown.Who, shown.Contribution) },
            Event.Dealt dealt => Dealt(state, dealt, entry.At),
            Event.Played played => state with { Play = state.Play?.Evolve(entry.At, played.What) },
            Event.Ended ended => state with
            {
                Phase = Phase.Over,
                Since = entry.At,
                Ended = ended,
                Used = state.Play?.Used ?? state.Past,
            },
        };
        return after with
        {
            Index = after.Index + 1,
            Link = Sealing.Link(after.Link, after.Secret, after.Index, Entries.Write(entry)),
        };
    }

    private static State Offered(Event.Offered offered, Instant at) =>
        State.Initial with
        {
            Phase = Phase.Gathering,
            Number = offered.Number,
            Place = offered.Place,
            Plan = offered.Plan,
            Past = offered.Past,
            Used = offered.Past,
            Secret = offered.Secret ?? default,
            Commitment = offered.Commitment,
            Since = at,
            Link = Sealing.FirstLink(offered.Place, offered.Number),
        };

    // A deck or a game that was changed since is not there any more: then nothing is played, and it ends.
    private State Dealt(State state, Event.Dealt dealt, Instant at)
    {
        var seed = Sealing.Seed(state.Place, state.Number, state.Secret, state.Shown);
        var seats = toSet(dealt.Seats);
        var play =
            from plan in Optional(state.Plan)
            from game in GameOf(plan)
            from deck in Shelf.Find(plan.Deck).Filter(found => found.Digest == plan.Cards)
            select game.Start(
                new Deal(
                    Listing.From(seats),
                    deck,
                    plan.Rounds,
                    at,
                    state.Past,
                    (purpose, count) => Shuffle(seed, purpose, count)
                )
            );
        return state with { Phase = Phase.Playing, Since = at, Seats = seats, Play = play.Case as AnyPlay };
    }

    /// <summary>When the table next wants to be asked to <see cref="Command.Elapse"/>.</summary>
    public Option<Instant> Due(State state) =>
        state.Phase switch
        {
            Phase.Gathering => Some(state.Since.Plus(state.Seats.IsEmpty ? OfferedMs : GatheringMs)),
            Phase.Unsealing => Some(state.Since.Plus(UnsealingMs)),
            Phase.Playing => state.Play is { } play ? play.Due : Some(state.Since),
            _ => None,
        };

    /// <summary>What somebody may see of the table; null for what anybody may.</summary>
    public TableView View(State state, PersonId? who) =>
        new(
            state.Phase,
            state.Number,
            state.Plan,
            state.Commitment,
            Listing.From(state.Seats),
            Listing.From(state.Seats.Filter(one => state.Shown.ContainsKey(one))),
            Due(state).ToNullable(),
            state.Play?.View(who),
            state.Play?.Scores ?? [],
            state.Ended,
            state.Index,
            state.Link
        );

    /// <summary>
    /// An event as somebody may see it, in the state before it; nothing if they may not know of it before the game has
    /// ended.
    /// </summary>
    public Option<Event> Show(State before, PersonId? who, Event happened) =>
        happened switch
        {
            Event.Offered offered => Some<Event>(offered with { Secret = null }),
            Event.Played played => before.Play is { } play
                ? play.Show(who, played.What).Map(shown => (Event)new Event.Played(shown))
                : None,
            Event.Sat or Event.GotUp or Event.Begun or Event.Unsealed or Event.Dealt or Event.Ended => Some(happened),
        };
}
