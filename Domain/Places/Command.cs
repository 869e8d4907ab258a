using Chat.Domain.Notices;

namespace Chat.Domain.Places;

/// <summary>
/// What somebody wants of their own place in the house; but for a wave, which goes to another's. Going from room to
/// room is asked of the rooms.
/// </summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>Lock every room that one enters, or do so no more.</summary>
    public sealed record SetPrivate(bool IsPrivate) : Command;

    /// <summary>Have nothing told in some hours; null: at any time.</summary>
    public sealed record SetQuiet(QuietHours? Quiet) : Command;

    /// <summary>Not have a friend told of oneself; they do not learn it.</summary>
    public sealed record Ghost(PersonId Person) : Command;

    /// <summary>Have them told again.</summary>
    public sealed record Unghost(PersonId Person) : Command;

    /// <summary>Not be told of a friend; they do not learn it.</summary>
    public sealed record Mute(PersonId Person) : Command;

    /// <summary>Be told again.</summary>
    public sealed record Unmute(PersonId Person) : Command;

    /// <summary>
    /// Wave at the friend whose place it is; into the room that one is in, they may come in then, locked or not.
    /// </summary>
    public sealed record Wave(RoomId? Room, bool IsBuzz) : Command;

    /// <summary>Have seen the waves that there are.</summary>
    public sealed record SeeWaves : Command;
}
