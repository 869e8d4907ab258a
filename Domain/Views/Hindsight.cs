using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>
/// What somebody could see of a conversation as it stood after a version of its stream: its people, how it was kept,
/// and its messages with the edits and reactions until then. Whoever asks is shown what they see themselves, and no
/// more: their own sight is as it is now, with their blocks. Whom the other has closed out is told to nobody, so it
/// takes nothing away. What was taken back since is gone from the events, and does not come back.
/// </summary>
/// <param name="View">
/// The conversation as it was then; empty where they were not in, and little more than its name where they were asked
/// in. Marks are no events and have no past: what was unread is counted from the marks that are given, as far as they
/// reach among what was said until then, and from when they came in; what was taken back since is not counted.
/// </param>
/// <param name="Hidden">
/// The numbers of messages that they could see, and whoever asks may not. Of oneself there are none: what one does not
/// see now is not there.
/// </param>
public sealed record Hindsight(ConversationView View, Listing<long> Hidden)
{
    /// <summary>
    /// Of somebody with these marks, from all that is stored of a conversation. None where whoever asks may not see
    /// that version: what is not theirs looks like what is not there.
    /// </summary>
    public static Option<Hindsight> Of(
        Seq<Recorded> past,
        long version,
        PersonId person,
        Marks marks,
        PersonId asker,
        Sight sight
    )
    {
        if (version > past.Count || !Visibility.Holds(sight.Access, version))
            return None;
        var until = past.Take((int)version).Strict();
        var then = until.Fold(Conversations.State.Initial, (state, one) => Evolution.Evolve(state, (Event)one.Event));
        var theirs = SightOf(then, person);
        var seen = Visibility.ShowAll(theirs.Within(sight), until);
        var history = History.Fold(seen);
        var could = person == asker ? [] : History.Fold(Visibility.ShowAll(theirs, until)).Messages.Keys;
        return new Hindsight(
            new ConversationView(
                until[0].Stream.Conversation,
                person,
                Known(then, person),
                history,
                UnreadOf(then, person, marks, seen)
            ),
            Listing.From(could.Where(seq => !history.Messages.ContainsKey(seq)))
        );
    }

    /// <summary>What they saw by, in a state: where they had been, and nothing of what came later.</summary>
    public static Sight SightOf(State then, PersonId person) =>
        Sight
            .Of(then.Members.Find(person).Map(member => member.Access).IfNone(Listing<Interval>.Empty))
            .AsOf(then.Version);

    /// <summary>What they knew of a state: all of it, what they were asked into, or nothing.</summary>
    public static State Known(State then, PersonId person) =>
        then.Members.ContainsKey(person) ? then
        : then.Invited.ContainsKey(person)
            ? Conversations.State.Initial with
            {
                Kind = then.Kind,
                Name = then.Name,
                Invited = then.Invited.Filter((asked, _) => asked == person),
            }
        : Conversations.State.Initial;

    /// <summary>What was unread of what is seen of it; what was before they came is not.</summary>
    public static Unread UnreadOf(State then, PersonId person, Marks marks, Seq<Seen> seen) =>
        then.Members.Find(person).Case is Member member
            ? seen.Filter(one => one.Version > member.JoinedAt)
                .Fold(Unread.Of(person).Mark(marks.Within(then.LastSeq)), (unread, one) => unread.Evolve(one))
            : Unread.Of(person);
}
