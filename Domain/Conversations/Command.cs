namespace Chat.Domain.Conversations;

/// <summary>What a conversation is.</summary>
public enum ConversationKind
{
    /// <summary>Two people; one for each pair, for ever; nobody joins or leaves.</summary>
    Direct = 1,

    /// <summary>People who were asked in; one sees it from when one joined.</summary>
    Group = 2,

    /// <summary>Open to whoever knows it, with all of its history.</summary>
    Channel = 3,
}

/// <summary>What somebody wants of a conversation.</summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>Make it. <see cref="Members"/> are in it at once, its creator always.</summary>
    public sealed record Create(ConversationKind Kind, Listing<PersonId> Members, ConversationName? Name) : Command;

    /// <summary>Give it another name.</summary>
    public sealed record Rename(ConversationName Name) : Command;

    /// <summary>Say what it is about; a blank topic clears it.</summary>
    public sealed record SetTopic(Topic Topic) : Command;

    /// <summary>Call oneself something in this conversation.</summary>
    public sealed record SetNickname(Nickname Nickname) : Command;

    /// <summary>Ask people in.</summary>
    public sealed record Invite(Listing<PersonId> People) : Command;

    /// <summary>Come in: to a channel as one likes, to a group when invited, or by a link.</summary>
    public sealed record Join(LinkId? Link = null) : Command;

    /// <summary>
    /// Make a link that lets people in: for some milliseconds, so many of them, only these; without a bound, until it
    /// is dropped.
    /// </summary>
    public sealed record MakeLink(LinkId Link, long? ForMs, int? MaxUses, Listing<PersonId> People) : Command;

    /// <summary>Let a link let nobody in any more.</summary>
    public sealed record DropLink(LinkId Link) : Command;

    /// <summary>Go out.</summary>
    public sealed record Leave : Command;

    /// <summary>
    /// Say something. Who is no member cannot be mentioned and is left out of <see cref="Mentions"/>.
    /// </summary>
    public sealed record SendMessage(Body Body, long? ReplyTo, Listing<PersonId> Mentions, bool IsAction = false)
        : Command
    {
        /// <summary>
        /// The files that it carries. What is said of them is taken as it is: whoever takes requests from clients has
        /// to know that they are the caller's own, and uploaded for this conversation.
        /// </summary>
        public Listing<Attachment> Files { get; init; } = [];

        /// <summary>Roles that are called: who has one is mentioned. Everyone is the role of everyone.</summary>
        public Listing<RoleId> Roles { get; init; } = [];
    }

    /// <summary>Say it otherwise; by its author.</summary>
    public sealed record EditMessage(long Seq, Body Body, Listing<PersonId> Mentions) : Command
    {
        /// <summary>Roles that are called from now on.</summary>
        public Listing<RoleId> Roles { get; init; } = [];
    }

    /// <summary>Take a message back, for everyone: by its author, or by an owner with a reason.</summary>
    public sealed record RedactMessage(long Seq, Reason? Reason) : Command;

    /// <summary>Put an emoji under a message.</summary>
    public sealed record React(long Seq, Emoji Emoji) : Command;

    /// <summary>Take one's own emoji away again.</summary>
    public sealed record Unreact(long Seq, Emoji Emoji) : Command;

    /// <summary>Pin a message, so that everybody finds it.</summary>
    public sealed record Pin(long Seq) : Command;

    /// <summary>Take a pin off.</summary>
    public sealed record Unpin(long Seq) : Command;

    /// <summary>Change how the conversation is kept.</summary>
    public sealed record ChangeSettings(SettingsChange Change) : Command;

    /// <summary>
    /// Let these be all the rules about words. Nobody is told of them; who breaks one learns its id.
    /// </summary>
    public sealed record SetWords(Listing<WordRule> Rules) : Command;

    /// <summary>
    /// Define a role, or define it anew. That of everyone has the rank 0 and is there from the beginning.
    /// </summary>
    public sealed record SetRole(RoleId Role, RoleName Name, int Rank, Grant Grant) : Command;

    /// <summary>Let a role be no more; who had it has it no longer.</summary>
    public sealed record DropRole(RoleId Role) : Command;

    /// <summary>Give a member exactly these roles, and what they alone are granted and denied.</summary>
    public sealed record AssignRoles(PersonId Person, Listing<RoleId> Roles, Grant Grant) : Command;

    /// <summary>Make another member the owner; by the owner, who is a member then.</summary>
    public sealed record TransferOwnership(PersonId Person) : Command;

    /// <summary>Put a member out. They may come back as anybody may.</summary>
    public sealed record Kick(PersonId Person, Reason? Reason) : Command;

    /// <summary>
    /// Put somebody out, or keep them out before they come: for some milliseconds, or until they are let in again. What
    /// they said in the last <see cref="PurgeMs"/> is taken back, at most their last <see cref="Limits.Purged"/>
    /// messages.
    /// </summary>
    public sealed record Ban(PersonId Person, long? ForMs, Reason? Reason, long? PurgeMs = null) : Command;

    /// <summary>Let somebody come in again.</summary>
    public sealed record Unban(PersonId Person) : Command;

    /// <summary>Take the word from a member for some milliseconds; 0 gives it back.</summary>
    public sealed record Timeout(PersonId Person, long ForMs, Reason? Reason) : Command;

    /// <summary>Ask to be asked in.</summary>
    public sealed record Knock(Reason? Reason) : Command;

    /// <summary>
    /// Take nothing more from the other of a direct conversation, and send nothing. Nobody asks this by itself: it
    /// comes with a block, see <see cref="Pairs"/>.
    /// </summary>
    public sealed record Close : Command;

    /// <summary>Undo that.</summary>
    public sealed record Reopen : Command;

    /// <summary>
    /// Keep that there was a call between the two of a direct conversation, by whoever made it. Nobody asks this by
    /// itself: it comes with the call's end, see <see cref="Calls"/>.
    /// </summary>
    /// <param name="IsVideo">Whether they were to be seen, too.</param>
    /// <param name="How">How it ended.</param>
    /// <param name="LengthMs">How long they talked, in milliseconds; 0 where it was not taken.</param>
    public sealed record Record(bool IsVideo, Calls.Ending How, long LengthMs) : Command;

    /// <summary>
    /// Keep that there was a party of members in a room, which all of them may speak of here. Nobody asks this by
    /// itself: it comes with the last one's going, see <see cref="Rooms"/>.
    /// </summary>
    public sealed record KeepParty(Rooms.Party Party) : Command;

    /// <summary>Take an invitation back or turn a knock away; one's own knock, too.</summary>
    public sealed record Uninvite(PersonId Person) : Command;
}
