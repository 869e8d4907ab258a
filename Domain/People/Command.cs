namespace Chat.Domain.People;

/// <summary>What somebody wants of themselves: a person's stream is addressed by nobody else.</summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>Be called so, and be described so; null leaves it as it is, a blank description clears it.</summary>
    public sealed record UpdateProfile(DisplayName? Name, About? About) : Command;

    /// <summary>Say who may reach one; null leaves it as it is.</summary>
    public sealed record SetPrivacy(Openness? Messages, Openness? Invites) : Command;

    /// <summary>
    /// Not come where one was asked in. Nobody else is told, then or later: to whoever asked it is as if it waited.
    /// </summary>
    public sealed record DeclineInvitation(ConversationId Conversation) : Command;

    /// <summary>Close a device out: no token that was issued to it until now is good any more.</summary>
    public sealed record RevokeDevice(DeviceId Device) : Command;
}
