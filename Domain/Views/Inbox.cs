using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>How somebody stands to a conversation in their inbox.</summary>
public enum Standing
{
    /// <summary>In.</summary>
    Member = 1,

    /// <summary>Asked in.</summary>
    Invited = 2,

    /// <summary>In no more: a tombstone.</summary>
    Former = 3,
}

/// <summary>A line of the inbox.</summary>
public sealed record InboxEntry(
    ConversationId Conversation,
    Standing Standing,
    ConversationKind Kind,
    ConversationName? Name,
    long Version,
    long Seq,
    Marks Marks,
    int Unread,
    int Mentions,
    Message? Last
);

/// <summary>
/// A conversation as one of its people holds it: a fold of what they are shown and of their own marks. A client keeps
/// one for each conversation; the page's folds agree with it on golden vectors.
/// </summary>
/// <param name="Conversation">Which.</param>
/// <param name="Viewer">Whose view it is.</param>
/// <param name="State">What is known of its members, name and topic. Access of others is not known to a client.</param>
/// <param name="History">The messages that are held.</param>
/// <param name="Unread">What is unread.</param>
public sealed record ConversationView(
    ConversationId Conversation,
    PersonId Viewer,
    State State,
    History History,
    Unread Unread
)
{
    /// <summary>Before anything was seen.</summary>
    public static ConversationView Of(ConversationId conversation, PersonId viewer) =>
        new(conversation, viewer, State.Initial, History.Empty, Unread.Of(viewer));

    /// <summary>The last version that is folded in.</summary>
    public long Version => State.Version;

    /// <summary>Whether something shown is the next; if it is later there is a hole, and one resumes.</summary>
    public bool IsNext(Seen seen) => seen.Version <= Version + 1 && seen.Until > Version;

    /// <summary>
    /// After one more thing seen. What is held already changes nothing; what is not the next must not be given.
    /// </summary>
    public ConversationView Evolve(Seen seen) =>
        seen.Until <= Version
            ? this
            : this with
            {
                State = seen is Seen.Shown shown
                    ? Evolution.Evolve(State, shown.Event)
                    : State with
                    {
                        Version = seen.Until,
                    },
                History = History.Evolve(seen),
                Unread = Unread.Evolve(seen),
            };

    /// <summary>After the viewer's marks moved, on whichever of their devices.</summary>
    public ConversationView Mark(Marks marks) => this with { Unread = Unread.Mark(marks) };

    /// <summary>Its line in the inbox; none before it exists for the viewer.</summary>
    public Option<InboxEntry> Entry =>
        State.Kind is { } kind
            ? Some(
                new InboxEntry(
                    Conversation,
                    StandingOf(),
                    kind,
                    State.Name,
                    Version,
                    State.LastSeq,
                    Unread.Marks,
                    Unread.Count,
                    Unread.Mentions,
                    History.Messages.IsEmpty
                        ? null
                        : History.Messages.Max.Map(pair => pair.Value).IfNoneUnsafe((Message?)null)
                )
            )
            : None;

    private Standing StandingOf() =>
        State.Members.ContainsKey(Viewer) ? Standing.Member
        : State.Invited.ContainsKey(Viewer) ? Standing.Invited
        : Standing.Former;
}
