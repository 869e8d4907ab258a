namespace Chat.Domain.Conversations;

/// <summary>Links that let people in.</summary>
internal static class Linking
{
    public static Either<Refusal, Decision> Make(Context context, Command.MakeLink make, State state)
    {
        var faults = FaultsOf(make);
        if (faults.Count > 0)
            return Left<Refusal, Decision>(new Refusal.Malformed(faults));
        if (state.Links.ContainsKey(make.Link))
            return Left<Refusal, Decision>(new Refusal.Forbidden(["link.taken"]));
        var until = make.ForMs is { } length ? context.Now.Plus(length) : (Instant?)null;
        var people = Listing.From(make.People.Distinct());
        return state.Links.Count < Limits.Links
            ? Decision.Accept(new Event.LinkMade(context.Stamp, make.Link, until, make.MaxUses, people))
            : Left<Refusal, Decision>(new Refusal.Full("links.bound"));
    }

    public static Either<Refusal, Decision> Drop(Context context, Command.DropLink drop) =>
        Decision.Accept(new Event.LinkDropped(context.Stamp, drop.Link));

    public static State Made(State state, Event.LinkMade made) =>
        state with
        {
            Links = state.Links.AddOrUpdate(made.Link, new Link(made.By, made.Until, made.MaxUses, made.People, 0)),
        };

    public static State Used(State state, LinkId? used) =>
        used is { } link
            ? state with
            {
                Links = state.Links.TrySetItem(link, found => found with { Uses = found.Uses + 1 }),
            }
            : state;

    private static Listing<string> FaultsOf(Command.MakeLink make)
    {
        var faults = new List<string>();
        if (make.Link.Value.Length < Limits.LinkLetters)
            faults.Add($"link: at least {Limits.LinkLetters} letters");
        if (make.ForMs is not (null or (> 0 and <= Limits.LongestMs)))
            faults.Add($"for_ms: 1 to {Limits.LongestMs}");
        if (make.MaxUses is not (null or (> 0 and <= Limits.ChannelMembers)))
            faults.Add($"max_uses: 1 to {Limits.ChannelMembers}");
        if (make.People.Count > Limits.LinkPeople)
            faults.Add($"people: at most {Limits.LinkPeople}");
        return Listing.From(faults);
    }
}
