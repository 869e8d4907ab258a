namespace Chat.Domain.Conversations;

/// <summary>The bounds of conversations. A request beyond one is refused, and changes nothing.</summary>
public static class Limits
{
    /// <summary>Members of a group.</summary>
    public const int GroupMembers = 1_000;

    /// <summary>Members of a channel.</summary>
    public const int ChannelMembers = 100_000;

    /// <summary>People named in one request: members of a create, people of an invite.</summary>
    public const int PeopleAtOnce = 1_000;

    /// <summary>Invitations that wait for an answer.</summary>
    public const int PendingInvitations = 1_000;

    /// <summary>People mentioned by one message.</summary>
    public const int Mentions = 50;

    /// <summary>Files of one message.</summary>
    public const int Attachments = 10;

    /// <summary>Different emoji under one message.</summary>
    public const int EmojiOfMessage = 50;

    /// <summary>Stretches of membership that are kept for a person; the oldest goes first.</summary>
    public const int AccessIntervals = 16;

    /// <summary>Roles of a conversation, that of everyone among them.</summary>
    public const int Roles = 100;

    /// <summary>Roles of one member.</summary>
    public const int RolesOfMember = 20;

    /// <summary>Messages that are pinned at a time.</summary>
    public const int Pins = 50;

    /// <summary>People who are kept out at a time; who was so until a moment that has passed does not count.</summary>
    public const int Bans = 10_000;

    /// <summary>People who knock at a time.</summary>
    public const int Knocks = 1_000;

    /// <summary>Links that let people in; one whose time is over counts until it is dropped.</summary>
    public const int Links = 100;

    /// <summary>People whom a link names.</summary>
    public const int LinkPeople = 25;

    /// <summary>The fewest letters of a link: what can be guessed lets anybody in.</summary>
    public const int LinkLetters = 16;

    /// <summary>The last messages of somebody that a ban takes back.</summary>
    public const int Purged = 100;

    /// <summary>
    /// The longest that somebody is kept out or kept silent other than for good: ten years, in milliseconds.
    /// </summary>
    public const long LongestMs = 315_360_000_000;
}
