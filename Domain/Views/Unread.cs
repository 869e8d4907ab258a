using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>
/// What somebody has not read: visible to them, not taken back, not their own, after their marker, and after they came in.
/// Kept message by message, so that it is exact under every edit and redaction; bounded by what is unread.
/// </summary>
/// <param name="Viewer">Whose it is.</param>
/// <param name="Marks">How far they are.</param>
/// <param name="Messages">The unread messages, and whether each mentions the viewer.</param>
public sealed record Unread(PersonId Viewer, Marks Marks, Map<long, bool> Messages)
{
    /// <summary>Nothing seen yet.</summary>
    public static Unread Of(PersonId viewer) => new(viewer, Marks.None, Map<long, bool>());

    /// <summary>How many messages.</summary>
    public int Count => Messages.Count;

    /// <summary>How many of them mention the viewer.</summary>
    public int Mentions => Messages.Values.Count(mentions => mentions);

    /// <summary>After one more thing seen.</summary>
    public Unread Evolve(Seen seen) =>
        seen is Seen.Shown { Event: var happened } ? this with { Messages = Change(happened) } : this;

    private Map<long, bool> Change(Event happened) =>
        happened switch
        {
            Event.MessageSent sent => sent.By == Viewer || sent.Seq <= Marks.Read || sent.Content is Content.Gone
                ? Messages
                : Messages.AddOrUpdate(sent.Seq, sent.Mentions.Contains(Viewer)),
            Event.MessageEdited edited => Messages.TrySetItem(
                edited.Message.Seq,
                _ => edited.Mentions.Contains(Viewer)
            ),
            Event.MessageRedacted redacted => Messages.Remove(redacted.Message.Seq),
            // What was said before one came in is history, not news.
            Event.Joined joined when joined.By == Viewer => Map<long, bool>(),
            Event.Joined
            or Event.Created
            or Event.Renamed
            or Event.TopicSet
            or Event.Nicknamed
            or Event.Invited
            or Event.Left
            or Event.Reacted
            or Event.Unreacted => Messages,
        };

    /// <summary>After the marks moved; they never move back.</summary>
    public Unread Mark(Marks marks)
    {
        var joined = Marks.Join(marks);
        return this with { Marks = joined, Messages = Messages.Filter((seq, _) => seq > joined.Read) };
    }
}
