namespace Chat.Domain.People;

/// <summary>
/// What somebody wants of themselves; but for the staff, who close people out, a person's stream is addressed by nobody
/// else.
/// </summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>Be called so, and be described so; null leaves it as it is, a blank description clears it.</summary>
    public sealed record UpdateProfile(DisplayName? Name, About? About) : Command;

    /// <summary>Say who may reach one and learn what of one; null leaves it as it is.</summary>
    public sealed record SetPrivacy(Openness? Messages, Openness? Invites) : Command
    {
        /// <summary>Whether one may be suggested to others, and friendships of one's own used for that.</summary>
        public bool? MayMeet { get; init; }

        /// <summary>Who finds one.</summary>
        public Openness? Find { get; init; }

        /// <summary>Who sees that one is in: friends or nobody.</summary>
        public Openness? Presence { get; init; }

        /// <summary>Who is told how far one has read and received, and of whom one is.</summary>
        public Openness? Receipts { get; init; }
    }

    /// <summary>Not have somebody suggested, for ever; they do not learn it.</summary>
    public sealed record Dismiss(PersonId Person) : Command;

    /// <summary>
    /// Not come where one was asked in. Nobody else is told, then or later: to whoever asked it is as if it waited.
    /// </summary>
    public sealed record DeclineInvitation(ConversationId Conversation) : Command;

    /// <summary>Close a device out: no token that was issued to it until now is good any more.</summary>
    public sealed record RevokeDevice(DeviceId Device) : Command;

    /// <summary>
    /// Close whoever's stream it is out of everything, for some milliseconds or until they are let in again: by one of
    /// the staff, which is the conversation that whoever takes requests from clients names.
    /// </summary>
    public sealed record Suspend(ConversationId Staff, long? ForMs, Reason? Why) : Command;

    /// <summary>Let them in again; by one of the staff.</summary>
    public sealed record Restore(ConversationId Staff) : Command;
}
