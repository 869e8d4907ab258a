using Chat.Domain.Conversations;

namespace Chat.Domain.Rooms;

/// <summary>
/// The record of a party: who wants one and where, and what is written there in the append with which the last one
/// goes. The conversation's own rules say whether it takes it; where it does not, there is none, and whoever goes goes.
/// </summary>
internal static class Keeping
{
    /// <summary>What must be known to want a record.</summary>
    public static Seq<AnyFactKey> Needs(Context context, Command.Keep keep) =>
        toSeq(Optional(keep.Into).Map(into => (AnyFactKey)new StreamFactKey(StreamKey.Of(context.Tenant, into))))
            .Strict();

    /// <summary>
    /// What must be known for somebody to go out of a room: the conversation that the record is to stand in, where
    /// there will be one.
    /// </summary>
    public static Seq<AnyFactKey> Needs(Context context, PersonId who, State state) =>
        Awaited(state, who)
            .Map(into => (AnyFactKey)new StreamFactKey(StreamKey.Of(context.Tenant, into)))
            .ToSeq()
            .Strict();

    /// <summary>What comes of somebody's wish, who is inside.</summary>
    public static Either<Refusal, Decision> Keep(Context context, Command.Keep keep, State state, Facts facts)
    {
        if (keep.Into is not { } into)
            return Decision.If(
                state.Wish is { } wish && wish.Agreed.Contains(context.Person),
                new Event.KeepSet(context.Stamp, null)
            );
        if (state.Name is not { } name)
            return Room.Refused(Room.Unknown);
        if (
            state.Wish is { } wished
            && wished.Into == into
            && wished.Agreed.Contains(context.Person)
            && state.Inside.ForAll(wished.Asked.Contains)
        )
            return Decision.Nothing;
        var key = StreamKey.Of(context.Tenant, into);
        var conversation = facts.Stream(key).IfNone(Conversation.New);
        // What it would not take in the end it does not take now.
        return Judge(context, conversation, PartyOf(name, state, state.Inside, context.Now), facts)
            .Map(_ => new Decision(
                Seq1<AnyEvent>(new Event.KeepSet(context.Stamp, into)),
                Empty,
                Seq1(new Guard(key, conversation.Version))
            ));
    }

    /// <summary>
    /// What else happens where somebody goes out of a room, with the events that this is; nothing where they are not
    /// the last, or not all wanted a record.
    /// </summary>
    public static (Seq<(StreamKey, AnyEvent)> Further, Seq<Guard> Guards) Kept(
        Context context,
        PersonId who,
        State state,
        Seq<AnyEvent> going,
        Facts facts
    )
    {
        if (Awaited(state, who).Case is not ConversationId into || state.Name is not { } name)
            return (Empty, Empty);
        var key = StreamKey.Of(context.Tenant, into);
        var conversation = facts.Stream(key).IfNone(Conversation.New);
        var dark = going.OfType<Event>().Aggregate(state, Folding.Evolve);
        var kept = Judge(
                context with
                {
                    Person = who,
                },
                conversation,
                PartyOf(name, dark, dark.Attendance.Keys, context.Now),
                facts
            )
            .Map(decision => decision.Events)
            .IfLeft(Empty);
        return (kept.Map(happened => (key, happened)).Strict(), Seq1(new Guard(key, conversation.Version)));
    }

    /// <summary>The wish after somebody's.</summary>
    public static State Wished(State state, Event.KeepSet set)
    {
        var inside = toSet(state.Occupants.Keys);
        return set.Into is { } into
                ? state with
                {
                    Wish =
                        state.Wish is { } wish && wish.Into == into
                            ? new Wish(into, wish.Asked.Union(inside), wish.Agreed.AddOrUpdate(set.By))
                            : new Wish(into, inside, Set(set.By)),
                }
            : state.Wish is { } held && held.Agreed.Remove(set.By) is { IsEmpty: false } left
                ? state with
                {
                    Wish = held with { Agreed = left },
                }
            : state with { Wish = null };
    }

    /// <summary>Who was ever inside, after somebody came in.</summary>
    public static Map<PersonId, Attended> Came(Map<PersonId, Attended> before, PersonId who, Instant at) =>
        before.Count > Party.MaxPeople ? before : before.TryAdd(who, new Attended(who, at, at));

    /// <summary>The games that were played, after something happened at the table.</summary>
    public static Listing<PartyGame> After(State before, Games.Event happened) =>
        happened is Games.Event.Ended { Scores.Count: > 0 } ended && before.Table.Plan is { } plan
            ? Listing.From(
                before
                    .Played.Append(new PartyGame(plan.Game, ended.Why is Games.Ending.Finished, ended.Scores))
                    .TakeLast(Party.MaxGames)
            )
            : before.Played;

    /// <summary>The wish as somebody sees it; null where they were not asked.</summary>
    public static WishView? View(State state, PersonId viewer) =>
        state.Wish is { } wish && wish.Asked.Contains(viewer)
            ? new WishView(
                wish.Into,
                Listing.From(state.Inside.Filter(wish.Asked.Contains)),
                Listing.From(state.Inside.Filter(wish.Agreed.Contains)),
                state.Attendance.Count > Party.MaxPeople
                    || state.Attendance.Keys.Any(who => !state.Occupants.ContainsKey(who) && !wish.Agreed.Contains(who))
            )
            : null;

    // Where the record is to stand, if somebody is the last to go and all who were there want one; of who was alone
    // there is none.
    private static Option<ConversationId> Awaited(State state, PersonId who) =>
        state.Wish is { } wish
        && state.Occupants.Count == 1
        && state.Occupants.ContainsKey(who)
        && state.Attendance.Count is >= 2 and <= Party.MaxPeople
        && state.Attendance.Keys.ForAll(wish.Agreed.Contains)
            ? Some(wish.Into)
            : None;

    private static Either<Refusal, Decision> Judge(Context context, AnyStream conversation, Party party, Facts facts) =>
        conversation.Decide(
            context.At(conversation) with
            {
                Id = "-",
            },
            new Conversations.Command.KeepParty(party),
            facts
        );

    private static Party PartyOf(RoomName name, State state, IEnumerable<PersonId> people, Instant until) =>
        new(
            name,
            state.LitAt,
            until,
            Listing.From(
                people
                    .SelectMany(who => state.Attendance.Find(who))
                    .Select(one => state.Occupants.ContainsKey(one.Person) ? one with { Until = until } : one)
                    .OrderBy(one => one.From.Milliseconds)
                    .ThenBy(one => one.Person)
            ),
            state.Played
        );
}
