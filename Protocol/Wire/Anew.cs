using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>A view from what a host says it is, for a client that begins a conversation anew.</summary>
public static class Anew
{
    /// <summary>
    /// The view. Of the messages before those that came with it only the counts are known
    /// (<see cref="UnreadEarlier"/>).
    /// </summary>
    public static ConversationView ViewOf(Resumption.Reset reset, PersonId viewer)
    {
        var details = reset.Details;
        var entry = details.Entry;
        var state = Domain.Conversations.State.Initial with
        {
            Version = entry.Version,
            LastSeq = entry.Seq,
            Kind = entry.Kind,
            Name = entry.Name,
            Topic = details.Topic,
            Members = toMap(details.Members.Select(member => (member.Person, MemberOf(member, details)))),
            Invited = toMap(details.Invited.Select(person => (person, new Invitation(person, 0)))),
            Settings = details.Rules.Settings,
            Roles = toMap(details.Rules.Roles.Select(one => (one.Role, one.Definition))),
            Knocking = toSet(details.Rules.Knocking),
            Pins = details.Rules.Pins,
        };
        var history = new History(toMap(reset.Newest.Select(message => (message.Seq, message))));
        return new ConversationView(reset.Conversation, viewer, state, history, UnreadOf(reset, viewer));
    }

    private static Member MemberOf(MemberEntry member, Details details) =>
        new(member.Role, member.JoinedAt, details.JoinedSeq, Listing<Interval>.Empty, member.Nickname)
        {
            Roles = member.Roles,
            Grant = member.Grant,
            TimedOutUntil = member.TimedOutUntil,
        };

    private static Unread UnreadOf(Resumption.Reset reset, PersonId viewer)
    {
        var entry = reset.Details.Entry;
        var from = Math.Max(entry.Marks.Read, reset.Details.JoinedSeq);
        var listed = toMap(
            reset
                .Newest.Where(message => message.Seq > from && message.By != viewer && !message.IsRedacted)
                .Select(message => (message.Seq, message.Calls(viewer)))
        );
        var first = reset.Newest.Count > 0 ? reset.Newest[0].Seq : entry.Seq + 1;
        var earlier =
            first - 1 > from
                ? new UnreadEarlier(
                    first - 1,
                    Math.Max(0, entry.Unread - listed.Count),
                    Math.Max(0, entry.Mentions - listed.Values.Count(mentions => mentions))
                )
                : null;
        return new Unread(viewer, entry.Marks, listed, earlier);
    }
}
