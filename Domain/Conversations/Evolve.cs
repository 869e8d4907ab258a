namespace Chat.Domain.Conversations;

/// <summary>
/// What an event does to the state and to facts that are held. Total: hostile events too fold to something.
/// </summary>
public static class Evolution
{
    /// <summary>The state after one more event.</summary>
    public static State Evolve(State state, Event happened)
    {
        var after = Change(state, happened);
        return after.Version == state.Next ? after : after with { Version = state.Next };
    }

    private static State Change(State state, Event happened) =>
        happened switch
        {
            Event.Created created => Made(state, created),
            Event.Renamed renamed => state with { Name = renamed.Name },
            Event.TopicSet set => state with { Topic = set.Topic.Value.Length == 0 ? null : set.Topic },
            Event.Nicknamed named => On(state, named.By, member => member with { Nickname = named.Nickname }),
            Event.Invited invited => Asked(state, invited),
            Event.Joined joined => Linking.Used(Entered(state, joined), joined.Link),
            Event.LinkMade made => Linking.Made(state, made),
            Event.LinkDropped dropped => state with { Links = state.Links.Remove(dropped.Link) },
            Event.Left left => Out(state, left.By),
            Event.MessageSent sent => Said(state, sent),
            Event.MessageRedacted redacted => Unpinned(state, redacted.Message.Seq),
            Event.Pinned pinned => Pinned(state, pinned.Message),
            Event.Unpinned unpinned => Unpinned(state, unpinned.Message.Seq),
            Event.MessageEdited or Event.Reacted or Event.Unreacted or Event.Called or Event.Partied => state,
            Event.SettingsChanged changed => state with { Settings = changed.Settings },
            Event.WordsSet set => state with { Words = set.Rules },
            Event.RoleSet set => state with { Roles = state.Roles.AddOrUpdate(set.Role, set.Definition) },
            Event.RoleDropped dropped => Governing.Dropped(state, dropped.Role),
            Event.RolesAssigned set => On(state, set.Person, it => it with { Roles = set.Roles, Grant = set.Grant }),
            Event.OwnershipTransferred transferred => Governing.Transferred(state, transferred.Person),
            Event.Kicked kicked => Out(state, kicked.Person),
            Event.Banned banned => Moderation.Banned(state, banned),
            Event.Unbanned unbanned => state with { Banned = state.Banned.Remove(unbanned.Person) },
            Event.TimedOut timed => On(state, timed.Person, member => member with { TimedOutUntil = timed.Until }),
            Event.Knocked knocked => state with { Knocking = state.Knocking.AddOrUpdate(knocked.By) },
            Event.Uninvited uninvited => Moderation.Uninvited(state, uninvited.Person),
            Event.Closed closed => state with { ClosedBy = state.ClosedBy.AddOrUpdate(closed.By) },
            Event.Reopened reopened => state with { ClosedBy = state.ClosedBy.Remove(reopened.By) },
        };

    internal static State On(State state, PersonId person, Func<Member, Member> change) =>
        state with
        {
            Members = state.Members.TrySetItem(person, change),
        };

    /// <summary>Without somebody among its members.</summary>
    internal static State Out(State state, PersonId person) =>
        state with
        {
            Members = WithAnOwner(state.Members.Remove(person)),
        };

    private static State Asked(State state, Event.Invited invited) =>
        state with
        {
            Invited = invited.People.Fold(
                state.Invited,
                (asked, person) =>
                    state.Members.ContainsKey(person)
                        ? asked
                        : asked.TryAdd(person, new Invitation(invited.By, state.Next))
            ),
            Knocking = invited.People.Fold(state.Knocking, (knocking, person) => knocking.Remove(person)),
        };

    private static State Entered(State state, Event.Joined joined) =>
        state with
        {
            Members = state.Members.AddOrUpdate(
                joined.By,
                new Member(RoleOfNext(state), state.Next, state.LastSeq, joined.Access, null)
            ),
            Invited = state.Invited.Remove(joined.By),
            Knocking = state.Knocking.Remove(joined.By),
        };

    private static State Said(State state, Event.MessageSent sent)
    {
        // The version with it: it happens most often, and a state is a large thing to copy twice.
        var after = state with
        {
            LastSeq = Math.Max(state.LastSeq, sent.Seq),
            Version = state.Next,
        };
        return state.Settings.SlowModeMs == 0
            ? after
            : On(after, sent.By, member => member with { LastSentAt = sent.At });
    }

    private static State Pinned(State state, MessageRef message)
    {
        var others = Unpinned(state, message.Seq);
        return others with { Pins = others.Pins.Add(message) };
    }

    private static State Unpinned(State state, long seq) =>
        state.Pins.Any(pin => pin.Seq == seq)
            ? state with
            {
                Pins = Listing.From(state.Pins.Where(pin => pin.Seq != seq)),
            }
            : state;

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
        return state with
        {
            Kind = created.Kind,
            Name = created.Name,
            Members = members,
            Settings = Settings.Of(created.Kind),
        };
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
            Event.MessageSent sent => WithMessage(facts, version, sent),
            Event.MessageRedacted redacted => OnSaid(
                OnMessage(facts, redacted.Message, message => message with { IsRedacted = true, Reactions = Empty }),
                redacted.Author,
                said => said.Select(one => one.Ref.Seq == redacted.Message.Seq ? one with { IsRedacted = true } : one)
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
            Event.Kicked kicked => Closing(facts, kicked.Person, access => Access.Closed(access, version)),
            Event.Banned { WasIn: true } ban => Closing(facts, ban.Person, access => Access.Closed(access, version)),
            Event.Created created => created.Members.Fold(
                facts,
                (held, person) => Closing(held, person, _ => [Interval.OpenFrom(version)])
            ),
            Event.Renamed
            or Event.LinkMade
            or Event.LinkDropped
            or Event.TopicSet
            or Event.Nicknamed
            or Event.Invited
            or Event.MessageEdited
            or Event.Pinned
            or Event.Unpinned
            or Event.SettingsChanged
            or Event.WordsSet
            or Event.RoleSet
            or Event.RoleDropped
            or Event.RolesAssigned
            or Event.OwnershipTransferred
            or Event.Banned
            or Event.Unbanned
            or Event.TimedOut
            or Event.Knocked
            or Event.Closed
            or Event.Reopened
            or Event.Called
            or Event.Partied
            or Event.Uninvited => facts,
        };

    private static Facts WithMessage(Facts facts, long version, Event.MessageSent sent)
    {
        var (key, place) = (new FactKey.Message(sent.Seq), new MessageRef(sent.Seq, version, sent.By));
        var known = OnSaid(
            facts,
            sent.By,
            said => said.Append(new Said(place, sent.At, false)).TakeLast(Limits.Purged)
        );
        return known.Knows(key) ? known.With(key, new Fact.Message(place, sent.By, sent.At, false, Empty)) : known;
    }

    private static Facts OnSaid(Facts facts, PersonId by, Func<IEnumerable<Said>, IEnumerable<Said>> change)
    {
        var key = new FactKey.SaidBy(by);
        if (!facts.Knows(key))
            return facts;
        var before = facts.Find<Fact.SaidBy>(key).Map(fact => fact.Messages).IfNone(Listing<Said>.Empty);
        return facts.With(key, new Fact.SaidBy(Listing.From(change(before))));
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
