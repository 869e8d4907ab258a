namespace Chat.Domain.People;

/// <summary>What happened to a person.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp)
        : base(stamp) { }

    /// <summary>They are called and described so: the whole profile, so that the last one says all.</summary>
    public sealed record ProfileChanged(Stamp Stamp, DisplayName? Name, About? About) : Event(Stamp);

    /// <summary>They may be reached so from now on: the whole of it, so that the last one says all.</summary>
    public sealed record PrivacyChanged(Stamp Stamp, Privacy Privacy) : Event(Stamp);

    /// <summary>They do not come where they were asked in; the invitation stands, and they do not see it.</summary>
    public sealed record InvitationDeclined(Stamp Stamp, ConversationId Conversation) : Event(Stamp);

    /// <summary>They do not want that one suggested.</summary>
    public sealed record Dismissed(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>What was issued to a device until then is good no more.</summary>
    public sealed record DeviceRevoked(Stamp Stamp, DeviceId Device) : Event(Stamp);

    /// <summary>They are closed out of everything, until then or until they are let in again.</summary>
    public sealed record Suspended(Stamp Stamp, Instant? Until, Reason? Why) : Event(Stamp);

    /// <summary>They are let in again.</summary>
    public sealed record Restored(Stamp Stamp) : Event(Stamp);
}
