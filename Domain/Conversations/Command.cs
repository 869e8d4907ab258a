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

    /// <summary>Come in: to a channel as one likes, to a group when invited.</summary>
    public sealed record Join : Command;

    /// <summary>Go out.</summary>
    public sealed record Leave : Command;

    /// <summary>
    /// Say something. Who is no member cannot be mentioned and is left out of <see cref="Mentions"/>.
    /// </summary>
    public sealed record SendMessage(Body Body, long? ReplyTo, Listing<PersonId> Mentions, bool IsAction = false)
        : Command;

    /// <summary>Say it otherwise; by its author.</summary>
    public sealed record EditMessage(long Seq, Body Body, Listing<PersonId> Mentions) : Command;

    /// <summary>Take a message back, for everyone: by its author, or by an owner with a reason.</summary>
    public sealed record RedactMessage(long Seq, Reason? Reason) : Command;

    /// <summary>Put an emoji under a message.</summary>
    public sealed record React(long Seq, Emoji Emoji) : Command;

    /// <summary>Take one's own emoji away again.</summary>
    public sealed record Unreact(long Seq, Emoji Emoji) : Command;
}
