using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>
/// What somebody has not read: visible to them, not taken back, not their own, after their marker, and after they came
/// in. Kept message by message, so that it is exact under every edit and redaction; bounded by what is unread.
/// </summary>
/// <param name="Viewer">Whose it is.</param>
/// <param name="Marks">How far they are.</param>
/// <param name="Messages">The unread messages, and whether each mentions the viewer.</param>
/// <param name="Earlier">What is unread before the messages that are held, where a host gave only the counts.</param>
public sealed record Unread(PersonId Viewer, Marks Marks, Map<long, bool> Messages, UnreadEarlier? Earlier = null)
{
    /// <summary>Nothing seen yet.</summary>
    public static Unread Of(PersonId viewer) => new(viewer, Marks.None, Map<long, bool>());

    /// <summary>How many messages.</summary>
    public int Count => Messages.Count + (Earlier?.Count ?? 0);

    /// <summary>How many of them mention the viewer.</summary>
    public int Mentions => Messages.Values.Count(mentions => mentions) + (Earlier?.Mentions ?? 0);

    /// <summary>Whether the counts are known to be right; if not, one asks for the conversation again.</summary>
    public bool IsExact => Earlier is not { IsExact: false };

    /// <summary>After one more thing seen.</summary>
    public Unread Evolve(Seen seen) =>
        seen is Seen.Shown { Event: var happened }
            ? this with
            {
                Messages = Change(happened),
                Earlier = Earlier?.After(happened, this),
            }
            : this;

    private Map<long, bool> Change(Event happened) =>
        happened switch
        {
            Event.MessageSent sent => sent.By == Viewer || sent.Seq <= Marks.Read || sent.Content is Content.Gone
                ? Messages
                : Messages.AddOrUpdate(sent.Seq, sent.IsForEveryone || sent.Mentions.Contains(Viewer)),
            Event.MessageEdited edited => Messages.TrySetItem(
                edited.Message.Seq,
                _ => edited.IsForEveryone || edited.Mentions.Contains(Viewer)
            ),
            Event.MessageRedacted redacted => Messages.Remove(redacted.Message.Seq),
            // What was said before one came in is history, not news.
            Event.Joined joined when joined.By == Viewer => Map<long, bool>(),
            Event.Joined
            or Event.Created
            or Event.Renamed
            or Event.WordsSet
            or Event.LinkMade
            or Event.LinkDropped
            or Event.TopicSet
            or Event.Nicknamed
            or Event.Invited
            or Event.Left
            or Event.Pinned
            or Event.Unpinned
            or Event.SettingsChanged
            or Event.RoleSet
            or Event.RoleDropped
            or Event.RolesAssigned
            or Event.OwnershipTransferred
            or Event.Kicked
            or Event.Banned
            or Event.Unbanned
            or Event.TimedOut
            or Event.Knocked
            or Event.Closed
            or Event.Reopened
            or Event.Called
            or Event.Partied
            or Event.Uninvited
            or Event.Reacted
            or Event.Unreacted => Messages,
        };

    /// <summary>After the marks moved; they never move back.</summary>
    public Unread Mark(Marks marks)
    {
        var joined = Marks.Join(marks);
        return new Unread(
            Viewer,
            joined,
            Messages.Filter((seq, _) => seq > joined.Read),
            Earlier?.Read(Marks.Read, joined.Read)
        );
    }
}

/// <summary>Counts of unread messages that are not held one by one.</summary>
/// <param name="Until">The last message that they cover.</param>
/// <param name="Count">How many.</param>
/// <param name="Mentions">How many of them mention the viewer.</param>
/// <param name="IsExact">False once something happened to them that the counts alone cannot follow.</param>
public sealed record UnreadEarlier(long Until, int Count, int Mentions, bool IsExact = true)
{
    internal UnreadEarlier? After(Event happened, Unread unread) =>
        happened switch
        {
            Event.Joined joined when joined.By == unread.Viewer => null,
            Event.MessageRedacted redacted when Covers(redacted.Message, unread) && redacted.Author != unread.Viewer =>
                this with
                {
                    Count = Math.Max(0, Count - 1),
                    IsExact = false,
                },
            Event.MessageEdited edited when Covers(edited.Message, unread) => this with { IsExact = false },
            _ => this,
        };

    internal UnreadEarlier? Read(long before, long now) =>
        now >= Until ? null
        : now > before ? this with { IsExact = false }
        : this;

    private bool Covers(MessageRef message, Unread unread) => message.Seq <= Until && message.Seq > unread.Marks.Read;
}
