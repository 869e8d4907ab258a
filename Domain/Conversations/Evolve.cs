namespace Chat.Domain.Conversations;

/// <summary>
/// What an event does to the state and to facts that are held. Total: hostile events too fold to something.
/// </summary>
public static class Evolution
{
    /// <summary>The state after one more event.</summary>
    public static State Evolve(State state, Event happened) => Change(state, happened) with { Version = state.Next };

    private static State Change(State state, Event happened) =>
        happened switch
        {
            Event.Created created => Made(state, created),
            Event.Renamed renamed => state with { Name = renamed.Name },
            Event.TopicSet set => state with { Topic = set.Topic.Value.Length == 0 ? null : set.Topic },
            Event.Nicknamed named => state with
            {
                Members = state.Members.TrySetItem(named.By, member => member with { Nickname = named.Nickname }),
            },
            Event.Invited invited => state with
            {
                Invited = invited.People.Fold(
                    state.Invited,
                    (asked, person) => state.Members.ContainsKey(person) ? asked : asked.TryAdd(person, invited.By)
                ),
            },
            Event.Joined joined => state with
            {
                Members = state.Members.AddOrUpdate(
                    joined.By,
                    new Member(RoleOfNext(state), state.Next, state.LastSeq, joined.Access, null)
                ),
                Invited = state.Invited.Remove(joined.By),
            },
            Event.Left left => state with { Members = WithAnOwner(state.Members.Remove(left.By)) },
            Event.MessageSent sent => state with { LastSeq = Math.Max(state.LastSeq, sent.Seq) },
            Event.MessageEdited or Event.MessageRedacted or Event.Reacted or Event.Unreacted => state,
        };

    private static State Made(State state, Event.Created created)
    {
        var access = Listing.Of([Interval.OpenFrom(state.Next)]);
        var members = created.Members.Fold(
            Map<PersonId, Member>(),
            (map, person) =>
                map.AddOrUpdate(
                    person,
                    new Member(map.IsEmpty ? Role.Owner : Role.Member, state.Next, state.LastSeq, access, null)
                )
        );
        return state with { Kind = created.Kind, Name = created.Name, Members = members };
    }

    private static Role RoleOfNext(State state) => state.Members.IsEmpty ? Role.Owner : Role.Member;

    // When the last owner goes, the one who came first follows: a conversation always has an owner while anyone is in
    // it.
    private static Map<PersonId, Member> WithAnOwner(Map<PersonId, Member> members)
    {
        if (members.IsEmpty || members.Values.Any(member => member.Role == Role.Owner))
            return members;
        var first = members.AsEnumerable().MinBy(pair => (pair.Value.JoinedAt, pair.Key));
        return members.SetItem(first.Key, first.Value with { Role = Role.Owner });
    }

    /// <summary>What an event at a version does to facts about messages and former members.</summary>
    public static Facts EvolveFacts(Facts facts, long version, Event happened) =>
        happened switch
        {
            Event.MessageSent sent => WithMessage(facts, new MessageRef(sent.Seq, version), sent.By),
            Event.MessageRedacted redacted => OnMessage(
                facts,
                redacted.Message,
                message => message with { IsRedacted = true, Reactions = Empty }
            ),
            Event.Reacted reacted => OnMessage(
                facts,
                reacted.Message,
                message => message with { Reactions = message.Reactions.AddOrUpdate(new(reacted.Emoji, reacted.By)) }
            ),
            Event.Unreacted removed => OnMessage(
                facts,
                removed.Message,
                message => message with { Reactions = message.Reactions.Remove(new(removed.Emoji, removed.By)) }
            ),
            Event.Joined joined => Closing(facts, joined.By, _ => joined.Access),
            Event.Left left => Closing(facts, left.By, access => Access.Closed(access, version)),
            Event.Created created => created.Members.Fold(
                facts,
                (held, person) => Closing(held, person, _ => [Interval.OpenFrom(version)])
            ),
            Event.Renamed or Event.TopicSet or Event.Nicknamed or Event.Invited or Event.MessageEdited => facts,
        };

    private static Facts WithMessage(Facts facts, MessageRef message, PersonId author)
    {
        var key = new FactKey.Message(message.Seq);
        return facts.Knows(key) ? facts.With(key, new Fact.Message(message, author, false, Empty)) : facts;
    }

    private static Facts OnMessage(Facts facts, MessageRef message, Func<Fact.Message, Fact.Message> change)
    {
        var key = new FactKey.Message(message.Seq);
        return facts.Find<Fact.Message>(key).Match(known => facts.With(key, change(known)), () => facts);
    }

    private static Facts Closing(Facts facts, PersonId person, Func<Listing<Interval>, Listing<Interval>> change)
    {
        var key = new FactKey.AccessOf(person);
        if (!facts.Knows(key))
            return facts;
        var before = facts.Find<Fact.AccessOf>(key).Map(fact => fact.Stretches).IfNone(Listing<Interval>.Empty);
        return facts.With(key, new Fact.AccessOf(change(before)));
    }
}
