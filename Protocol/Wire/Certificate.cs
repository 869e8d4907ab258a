using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>A part of a view that is compared by itself.</summary>
public enum ViewPart
{
    /// <summary>What it is called, how it is kept, and how far it has got.</summary>
    Details = 1,

    /// <summary>Who is in, was asked in or knocks.</summary>
    Members = 2,

    /// <summary>The newest messages.</summary>
    Messages = 3,

    /// <summary>What is unread.</summary>
    Counts = 4,
}

/// <summary>
/// What a person's view of a conversation is at a version, in digests of <see cref="Canon"/>: a device that holds it
/// otherwise has drifted, and begins it anew.
/// </summary>
/// <param name="Conversation">Which.</param>
/// <param name="Version">At which version.</param>
/// <param name="Marks">The person's marks, with which was counted.</param>
/// <param name="Unread">How many messages are unread.</param>
/// <param name="Mentions">How many of them mention the person.</param>
/// <param name="From">The first message that <paramref name="Messages"/> stands for.</param>
/// <param name="Details">The digest of <see cref="ViewPart.Details"/>, below 2^52, as the others.</param>
/// <param name="Members">That of <see cref="ViewPart.Members"/>; none where they are too many to be held.</param>
/// <param name="Messages">That of <see cref="ViewPart.Messages"/>.</param>
public sealed record Certificate(
    ConversationId Conversation,
    long Version,
    Marks Marks,
    int Unread,
    int Mentions,
    long From,
    long Details,
    long? Members,
    long Messages
)
{
    /// <summary>The most that are asked for at once.</summary>
    public const int Most = 8;

    /// <summary>That of a view whose counts are known to be right.</summary>
    public static Certificate Of(ConversationView view)
    {
        var from = view.History.Messages.Keys.FirstOrDefault(view.State.LastSeq + 1);
        return new Certificate(
            view.Conversation,
            view.Version,
            view.Unread.Marks,
            view.Unread.Count,
            view.Unread.Mentions,
            from,
            DetailsOf(view.State),
            MembersOf(view.State),
            MessagesOf(view.History, from)
        );
    }

    /// <summary>That of a conversation as it begins anew for somebody who is in.</summary>
    public static Certificate Of(Resumption.Reset begun, PersonId viewer)
    {
        var isWhole =
            begun.Details.Members.Count < Wire.Details.MaxMembers
            && begun.Details.Invited.Count < Wire.Details.MaxMembers
            && begun.Details.Rules.Knocking.Count < Wire.Details.MaxMembers;
        var all = Of(Anew.ViewOf(begun, viewer));
        return isWhole ? all : all with { Members = null };
    }

    /// <summary>
    /// In which parts a view is otherwise. What cannot be compared is not: all of it at another version, messages that
    /// are not held as far back, counts under other marks or known not to be right.
    /// </summary>
    public Listing<ViewPart> DriftOf(ConversationView held)
    {
        if (held.Version != Version)
            return [];
        var reaches = held.History.Messages.Keys.FirstOrDefault(From) <= From;
        var counts = held.Unread.Marks == Marks && held.Unread.IsExact;
        return Listing.From(
            new (ViewPart Part, bool IsSame)[]
            {
                (ViewPart.Details, DetailsOf(held.State) == Details),
                (ViewPart.Members, Members is not { } digest || MembersOf(held.State) == digest),
                (ViewPart.Messages, !reaches || MessagesOf(held.History, From) == Messages),
                (ViewPart.Counts, !counts || (held.Unread.Count == Unread && held.Unread.Mentions == Mentions)),
            }
                .Where(one => !one.IsSame)
                .Select(one => one.Part)
        );
    }

    private static long DetailsOf(State state)
    {
        var kept = state.Settings;
        var canon = new Canon();
        return canon
            .Add(state.Kind is { } kind ? Words.Of(kind) : null)
            .Add(state.Name?.Value)
            .Add(state.Topic?.Value)
            .Add(state.LastSeq)
            .Add(Governed.Of(kept.Join))
            .Add(Governed.Of(kept.History))
            .Add(kept.HistoryLast)
            .Add(kept.AnnounceOnly)
            .Add(kept.Locked)
            .Add(kept.SlowModeMs)
            .Add(kept.EditWindowMs)
            .Add(kept.MessageBytes)
            .Each(
                state.Roles.AsEnumerable(),
                one => canon.Add(one.Key.Value).Add(one.Value.Name.Value).Add(one.Value.Rank).Add(one.Value.Grant)
            )
            .Each(state.Pins, pin => canon.Add(pin.Seq))
            .Digest;
    }

    private static long MembersOf(State state)
    {
        var canon = new Canon();
        return canon
            .Each(
                state.Members.AsEnumerable(),
                one =>
                    canon
                        .Add(one.Key.Value)
                        .Add(Words.Of(one.Value.Role))
                        .Add(one.Value.JoinedAt)
                        .Add(one.Value.Nickname?.Value)
                        .Each(one.Value.Roles, role => canon.Add(role.Value))
                        .Add(one.Value.Grant)
                        .Add(one.Value.TimedOutUntil)
            )
            .Add(state.Invited.Keys)
            .Add(state.Knocking)
            .Digest;
    }

    private static long MessagesOf(History history, long from)
    {
        var canon = new Canon();
        return canon.Each(history.Messages.Values.Where(one => one.Seq >= from), one => Add(canon, one)).Digest;
    }

    private static void Add(Canon canon, Message message) =>
        canon
            .Add(message.Seq)
            .Add(message.Version)
            .Add(message.By.Value)
            .Add(message.At)
            .Add(message.OccurredAt)
            .Add((message.Content as Content.Present)?.Body.Value)
            .Each((message.Content as Content.Present)?.Files ?? [], file => canon.Add(file.File.Value))
            .Add(message.IsAction)
            .Add(message.ReplyTo)
            .Add(message.Mentions)
            .Add(message.IsForEveryone)
            .Add(message.EditedAt)
            .Add(message.RedactedBy?.Value)
            .Add(message.Reason?.Value)
            .Each(message.Reactions, one => canon.Add(one.Emoji.Value).Add(one.People));
}
