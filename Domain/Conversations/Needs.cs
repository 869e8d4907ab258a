namespace Chat.Domain.Conversations;

/// <summary>What a conversation's decisions may have to know besides its state.</summary>
public abstract record FactKey : AnyFactKey
{
    private FactKey() { }

    /// <summary>An earlier message, by its number.</summary>
    public sealed record Message(long Seq) : FactKey;

    /// <summary>The last messages of a person.</summary>
    public sealed record SaidBy(PersonId Person) : FactKey;

    /// <summary>What a person who is not in any more could see while they were.</summary>
    public sealed record AccessOf(PersonId Person) : FactKey;
}

/// <summary>What is known of it. Nothing of what was said.</summary>
public abstract record Fact : AnyFact
{
    private Fact() { }

    /// <summary>A message: its place, its author, when, whether it was taken back, who reacted with what.</summary>
    public sealed record Message(
        MessageRef Ref,
        PersonId Author,
        Instant SentAt,
        bool IsRedacted,
        Set<Reaction> Reactions
    ) : Fact;

    /// <summary>The last messages of a person, oldest first, at most <see cref="Limits.Purged"/>.</summary>
    public sealed record SaidBy(Listing<Said> Messages) : Fact;

    /// <summary>The stretches that a person could see; closed if they are not in.</summary>
    public sealed record AccessOf(Listing<Interval> Stretches) : Fact;
}

/// <summary>That something was said, and whether it was taken back; not what.</summary>
public readonly record struct Said(MessageRef Ref, Instant At, bool IsRedacted);

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
            Command.SendMessage { ReplyTo: { } seq } send => Message(seq)
                .Concat(Wording.Needs(context, send.Body, state)),
            Command.SendMessage send => Wording.Needs(context, send.Body, state),
            Command.EditMessage edit => Message(edit.Seq).Concat(Wording.Needs(context, edit.Body, state)),
            Command.RedactMessage redact => Message(redact.Seq),
            Command.React react => Message(react.Seq),
            Command.Unreact unreact => Message(unreact.Seq),
            Command.Pin pin => Message(pin.Seq),
            Command.Unpin unpin => Message(unpin.Seq),
            Command.Join when state.Settings.History is not HistoryRule.All => Coming(context.Person, state),
            Command.Create create => Reached(context, create.Members),
            Command.Invite invite => Reached(context, invite.People),
            Command.Ban { PurgeMs: not null } ban => Seq1<AnyFactKey>(new FactKey.SaidBy(ban.Person)),
            Command.Rename
            or Command.MakeLink
            or Command.DropLink
            or Command.SetTopic
            or Command.SetNickname
            or Command.Join
            or Command.Leave
            or Command.ChangeSettings
            or Command.SetWords
            or Command.SetRole
            or Command.DropRole
            or Command.AssignRoles
            or Command.TransferOwnership
            or Command.Kick
            or Command.Ban
            or Command.Unban
            or Command.Timeout
            or Command.Knock
            or Command.Close
            or Command.Reopen
            or Command.Record
            or Command.KeepParty
            or Command.Uninvite => Empty,
        };

    // Whether they take anything from whoever asks.
    private static Seq<AnyFactKey> Reached(Context context, Listing<PersonId> people) =>
        Welcome.StreamsOf(context, people).Map(stream => (AnyFactKey)new StreamFactKey(stream)).Strict();

    // Where the first message lies that one would see of the last ones.
    private static Seq<AnyFactKey> Coming(PersonId person, State state)
    {
        var former = Seq1<AnyFactKey>(new FactKey.AccessOf(person));
        return state.Settings.History is HistoryRule.Last && FirstShown(state) is { } seq
            ? former.Add(new FactKey.Message(seq))
            : former;
    }

    /// <summary>The first of the last messages that who comes in is shown; null where there is none.</summary>
    internal static long? FirstShown(State state) =>
        Math.Min(state.Settings.HistoryLast, state.LastSeq) is var shown and > 0 ? state.LastSeq - shown + 1 : null;

    private static Seq<AnyFactKey> Message(long seq) => Seq1<AnyFactKey>(new FactKey.Message(seq));
}
