namespace Chat.Domain.Conversations;

/// <summary>A message as its stream knows it.</summary>
/// <param name="Seq">Its number among the messages: what commands name.</param>
/// <param name="Version">Its place in the stream: what access is judged by.</param>
/// <param name="Author">Who said it: what a block is judged by. Null where it was stored before that was.</param>
public readonly record struct MessageRef(long Seq, long Version, PersonId? Author = null);

/// <summary>What happened in a conversation.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp)
        : base(stamp) { }

    /// <summary>
    /// The message that this is about, where it is about an earlier one: seen only by who sees that one.
    /// </summary>
    public virtual MessageRef? About => null;

    /// <summary>
    /// Whether it is shown to nobody: whose doing it was hears of it elsewhere, and nobody else is to know.
    /// </summary>
    public virtual bool IsSilent => false;

    /// <summary>
    /// Whether it is what somebody says and shows of themselves: a block veils it. What is done to the conversation and
    /// to the people in it is everybody's.
    /// </summary>
    public bool IsPersonal => this is MessageSent or MessageEdited or Reacted or Unreacted or Nicknamed;

    /// <summary>It was made, with these members; the first is its creator and owner.</summary>
    public sealed record Created(Stamp Stamp, ConversationKind Kind, Listing<PersonId> Members, ConversationName? Name)
        : Event(Stamp);

    /// <summary>It got another name.</summary>
    public sealed record Renamed(Stamp Stamp, ConversationName Name) : Event(Stamp);

    /// <summary>It is about something else now.</summary>
    public sealed record TopicSet(Stamp Stamp, Topic Topic) : Event(Stamp);

    /// <summary>A member is called something else here.</summary>
    public sealed record Nicknamed(Stamp Stamp, Nickname Nickname) : Event(Stamp);

    /// <summary>People were asked in.</summary>
    public sealed record Invited(Stamp Stamp, Listing<PersonId> People) : Event(Stamp);

    /// <summary>
    /// Somebody came in and sees these stretches, the last of them open. Settings changed later reopen nothing.
    /// </summary>
    /// <param name="Stamp">Who and when.</param>
    /// <param name="Access">The stretches.</param>
    /// <param name="Link">The link that they came by, which is nobody's to see; none where they came otherwise.</param>
    public sealed record Joined(Stamp Stamp, Listing<Interval> Access, LinkId? Link = null) : Event(Stamp);

    /// <summary>There is a link that lets people in. Who has it may come, so it is not shown.</summary>
    public sealed record LinkMade(Stamp Stamp, LinkId Link, Instant? Until, int? MaxUses, Listing<PersonId> People)
        : Event(Stamp)
    {
        /// <inheritdoc/>
        public override bool IsSilent => true;
    }

    /// <summary>A link lets nobody in any more.</summary>
    public sealed record LinkDropped(Stamp Stamp, LinkId Link) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override bool IsSilent => true;
    }

    /// <summary>Somebody went out.</summary>
    public sealed record Left(Stamp Stamp) : Event(Stamp);

    /// <summary>Something was said, as message <see cref="Seq"/>.</summary>
    public sealed record MessageSent(
        Stamp Stamp,
        long Seq,
        Content Content,
        MessageRef? ReplyTo,
        Listing<PersonId> Mentions,
        bool IsAction = false
    ) : Event(Stamp)
    {
        /// <summary>Whether everyone who sees it is mentioned.</summary>
        public bool IsForEveryone { get; init; }

        /// <inheritdoc/>
        public override long? MessageSeq => Seq;
    }

    /// <summary>A message says something else now, and mentions these.</summary>
    public sealed record MessageEdited(Stamp Stamp, MessageRef Message, Content Content, Listing<PersonId> Mentions)
        : Event(Stamp)
    {
        /// <summary>Whether everyone who sees it is mentioned now.</summary>
        public bool IsForEveryone { get; init; }

        /// <inheritdoc/>
        public override MessageRef? About => Message;
    }

    /// <summary>A message was taken back.</summary>
    public sealed record MessageRedacted(Stamp Stamp, MessageRef Message, PersonId Author, Reason? Reason)
        : Event(Stamp)
    {
        /// <inheritdoc/>
        public override MessageRef? About => Message;
    }

    /// <summary>An emoji was put under a message.</summary>
    public sealed record Reacted(Stamp Stamp, MessageRef Message, Emoji Emoji) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override MessageRef? About => Message;
    }

    /// <summary>An emoji was taken away.</summary>
    public sealed record Unreacted(Stamp Stamp, MessageRef Message, Emoji Emoji) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override MessageRef? About => Message;
    }

    /// <summary>A message was pinned.</summary>
    public sealed record Pinned(Stamp Stamp, MessageRef Message) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override MessageRef? About => Message;
    }

    /// <summary>A pin was taken off.</summary>
    public sealed record Unpinned(Stamp Stamp, MessageRef Message) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override MessageRef? About => Message;
    }

    /// <summary>It is kept so from now on.</summary>
    public sealed record SettingsChanged(Stamp Stamp, Settings Settings) : Event(Stamp);

    /// <summary>These are all the rules about words. Who reads them knows how to get round them.</summary>
    public sealed record WordsSet(Stamp Stamp, Listing<WordRule> Rules) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override bool IsSilent => true;
    }

    /// <summary>A role is this from now on.</summary>
    public sealed record RoleSet(Stamp Stamp, RoleId Role, RoleDefinition Definition) : Event(Stamp);

    /// <summary>A role is no more.</summary>
    public sealed record RoleDropped(Stamp Stamp, RoleId Role) : Event(Stamp);

    /// <summary>A member has these roles, and this of their own.</summary>
    public sealed record RolesAssigned(Stamp Stamp, PersonId Person, Listing<RoleId> Roles, Grant Grant) : Event(Stamp);

    /// <summary>Another member is the owner.</summary>
    public sealed record OwnershipTransferred(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>A member was put out.</summary>
    public sealed record Kicked(Stamp Stamp, PersonId Person, Reason? Reason) : Event(Stamp);

    /// <summary>
    /// Somebody may not come in, until then or until they are let. Whether they were in: else they are not told.
    /// </summary>
    public sealed record Banned(Stamp Stamp, PersonId Person, Instant? Until, Reason? Reason, bool WasIn)
        : Event(Stamp);

    /// <summary>Somebody may come in again.</summary>
    public sealed record Unbanned(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>A member has not the word until then; null when it was given back.</summary>
    public sealed record TimedOut(Stamp Stamp, PersonId Person, Instant? Until, Reason? Reason) : Event(Stamp)
    {
        /// <summary>The rule about words that did it, when they would have said what it names; none where a person
        /// did.</summary>
        public WordRuleId? Rule { get; init; }

        /// <inheritdoc/>
        public override Refusal? Refused => Rule is { } rule ? WordRule.Kept(rule, isSilenced: true) : null;
    }

    /// <summary>Somebody asks to be asked in.</summary>
    public sealed record Knocked(Stamp Stamp, Reason? Reason) : Event(Stamp);

    /// <summary>An invitation was taken back, or a knock.</summary>
    public sealed record Uninvited(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>Whoever did it takes nothing more from the other, and sends nothing.</summary>
    public sealed record Closed(Stamp Stamp) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override bool IsSilent => true;
    }

    /// <summary>Whoever did it takes and sends again.</summary>
    public sealed record Reopened(Stamp Stamp) : Event(Stamp)
    {
        /// <inheritdoc/>
        public override bool IsSilent => true;
    }

    /// <summary>There was a call, by whoever did this; how it ended, and how long they talked.</summary>
    public sealed record Called(Stamp Stamp, bool IsVideo, Calls.Ending How, long LengthMs) : Event(Stamp);

    /// <summary>Members were in a room together, and all of them wanted it kept.</summary>
    public sealed record Partied(Stamp Stamp, Rooms.Party Party) : Event(Stamp);

    /// <summary>Who is in no more because of this event.</summary>
    public PersonId? Leaver =>
        this switch
        {
            Left left => left.By,
            Kicked kicked => kicked.Person,
            Banned { WasIn: true } banned => banned.Person,
            _ => null,
        };

    /// <summary>
    /// This event without what was said: what stays after a redaction. Folding it gives the same state.
    /// </summary>
    public Event Stripped() =>
        this switch
        {
            MessageSent sent => sent with { Content = Content.Redacted },
            MessageEdited edited => edited with { Content = Content.Redacted },
            _ => this,
        };
}
