namespace Chat.Domain.Conversations;

/// <summary>What a conversation's decisions may have to know besides its state.</summary>
public abstract record FactKey : AnyFactKey
{
    private FactKey() { }

    /// <summary>An earlier message, by its number.</summary>
    public sealed record Message(long Seq) : FactKey;

    /// <summary>What a person who is not in any more could see while they were.</summary>
    public sealed record AccessOf(PersonId Person) : FactKey;
}

/// <summary>What is known of it. Nothing of what was said.</summary>
public abstract record Fact : AnyFact
{
    private Fact() { }

    /// <summary>A message: its place, its author, whether it was taken back, who reacted with what.</summary>
    public sealed record Message(MessageRef Ref, PersonId Author, bool IsRedacted, Set<Reaction> Reactions) : Fact;

    /// <summary>The stretches that a person could see; closed if they are not in.</summary>
    public sealed record AccessOf(Listing<Interval> Stretches) : Fact;
}

/// <summary>One person's emoji under a message.</summary>
public readonly record struct Reaction(Emoji Emoji, PersonId Person) : IComparable<Reaction>
{
    /// <inheritdoc/>
    public int CompareTo(Reaction other)
    {
        var byEmoji = Emoji.CompareTo(other.Emoji);
        return byEmoji != 0 ? byEmoji : Person.CompareTo(other.Person);
    }
}

/// <summary>Which facts a command needs. None for a plain send.</summary>
public static class Needing
{
    /// <summary>The facts to gather before deciding.</summary>
    public static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command switch
        {
            Command.SendMessage { ReplyTo: { } seq } => Message(seq),
            Command.EditMessage edit => Message(edit.Seq),
            Command.RedactMessage redact => Message(redact.Seq),
            Command.React react => Message(react.Seq),
            Command.Unreact unreact => Message(unreact.Seq),
            Command.Join when state.Kind is ConversationKind.Group => Seq1<AnyFactKey>(
                new FactKey.AccessOf(context.Person)
            ),
            Command.Create
            or Command.Rename
            or Command.SetTopic
            or Command.SetNickname
            or Command.Invite
            or Command.Join
            or Command.Leave
            or Command.SendMessage => Empty,
        };

    private static Seq<AnyFactKey> Message(long seq) => Seq1<AnyFactKey>(new FactKey.Message(seq));
}
