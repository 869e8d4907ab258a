using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games;

// What a log proves.
public sealed partial record Table
{
    /// <summary>The log of a game, from its entries, once it has ended; before that it is nobody's to see.</summary>
    public Option<Listing<LogEntry>> Log(IEnumerable<Entry> entries)
    {
        var state = State.Initial;
        var log = new List<LogEntry>();
        foreach (var entry in entries)
        {
            state = Evolve(state, entry);
            log.Add(new LogEntry(entry, state.Link));
        }
        return state.Phase is Phase.Over ? Some(Listing.From(log)) : None;
    }

    /// <summary>
    /// Whether a log is what was played: everything in it is decided once more. It needs the deck, and nothing else.
    /// </summary>
    /// <param name="log">All of one game.</param>
    /// <param name="seen">
    /// Links that a device kept while it was played. Without any, a host that made up all of a game would not be found
    /// out; with one, nothing before it can have been made up later.
    /// </param>
    public Verdict Verify(Listing<LogEntry> log, params ReadOnlySpan<Seen> seen)
    {
        if (log.Count == 0)
            return new Verdict.Unfinished();
        if (log[0].Entry.What is not Event.Offered offered)
            return new Verdict.Broken(0, "entry.not_first");
        if (GameOf(offered.Plan).IsNone)
            return new Verdict.Unknown("game.unknown");
        if (!Shelf.Find(offered.Plan.Deck).Exists(deck => deck.Digest == offered.Plan.Cards))
            return new Verdict.Unknown("deck.unknown");
        var verdict = Replay(log, offered);
        foreach (var (index, link) in seen)
            if (verdict is Verdict.Sound && !(index > 0 && index <= log.Count && log[(int)index - 1].Link == link))
                return new Verdict.Broken((int)Math.Clamp(index - 1, 0, log.Count), "link.not_seen");
        return verdict;
    }

    private Verdict Replay(Listing<LogEntry> log, Event.Offered offered)
    {
        var (state, last, at) = (State.Before(offered), log[0].Entry.At, 0);
        while (at < log.Count)
        {
            var lead = log[at].Entry;
            if (state.Phase is Phase.Over)
                return new Verdict.Broken(at, "entry.after_end");
            if (lead.At < last)
                return new Verdict.Broken(at, "time.back");
            last = lead.At;
            var asking = new Asking(lead.By, lead.At, offered.Place, offered.Secret ?? default);
            var decided = Decide(state, asking, CommandOf(state, lead.What));
            if (decided.Case is Refusal refusal)
                return new Verdict.Broken(at, refusal.Because.LastOrDefault(refusal.Code));
            var events = decided.IfLeft(Empty);
            if (events.IsEmpty)
                return new Verdict.Broken(at, "entry.without_cause");
            foreach (var expected in events)
            {
                if (at == log.Count)
                    return new Verdict.Unfinished();
                if (log[at].Entry != new Entry(lead.By, lead.At, expected))
                    return new Verdict.Broken(at, "entry.other");
                state = Evolve(state, log[at].Entry);
                if (state.Link != log[at].Link)
                    return new Verdict.Broken(at, "link.other");
                at++;
            }
        }
        return state.Ended is { } ended ? new Verdict.Sound(ended.Scores) : new Verdict.Unfinished();
    }

    // What somebody wanted of which an event came; where nobody wanted it, time did.
    private Command CommandOf(State state, Event happened) =>
        happened switch
        {
            Event.Offered offered => new Command.Offer(offered.Plan.Game, offered.Plan.Deck, offered.Plan.Rounds),
            Event.Sat sat => new Command.Sit(sat.Seal),
            Event.GotUp => new Command.GetUp(),
            Event.Begun => new Command.Begin(),
            Event.Unsealed unsealed => new Command.Unseal(unsealed.Contribution),
            Event.Played played => GameOf(state.Plan)
                .Bind(game => game.MoveOf(played.What))
                .Map(move => (Command)new Command.Make(move))
                .IfNone(new Command.Elapse()),
            Event.Dealt or Event.Ended => new Command.Elapse(),
        };
}
