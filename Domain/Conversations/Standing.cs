namespace Chat.Domain.Conversations;

/// <summary>Where somebody stands: the checks that every topic begins with, so that no path forgets one.</summary>
internal static class Standing
{
    /// <summary>The marks that a person may set: a member's, within what has been said.</summary>
    public static Either<Refusal, Marks> Mark(State state, PersonId person, Marks marks) =>
        state.Members.ContainsKey(person)
            ? Right<Refusal, Marks>(marks.Within(state.LastSeq))
            : Left<Refusal, Marks>(Outside(person, state));

    /// <summary>
    /// Whether somebody who is not in may know that it is there: where anybody may come or knock, or they were asked
    /// in.
    /// </summary>
    public static bool IsKnown(PersonId person, State state) =>
        state.Exists && (state.Settings.Join is not JoinRule.Invite || state.Invited.ContainsKey(person));

    /// <summary>
    /// Why somebody who is not in may not do what members do. What exists and is not theirs looks like what does not
    /// exist.
    /// </summary>
    public static Refusal Outside(PersonId person, State state) =>
        IsKnown(person, state)
            ? new Refusal.NotAMember("member.required")
            : new Refusal.NotFound("conversation.unknown");

    /// <summary>The message that a command names, if whoever asks may see it.</summary>
    public static Either<Refusal, Fact.Message> Message(Member member, long seq, Facts facts) =>
        facts
            .Find<Fact.Message>(new FactKey.Message(seq))
            .Filter(message => member.MaySee(message.Ref.Version))
            .ToEither<Refusal>(() => new Refusal.NotFound("message.unknown"));

    /// <summary>The message that a command names, once it is known to be allowed.</summary>
    public static Either<Refusal, Fact.Message> Named(long seq, Facts facts) =>
        facts
            .Find<Fact.Message>(new FactKey.Message(seq))
            .ToEither<Refusal>(() => new Refusal.NotFound("message.unknown"));

    /// <summary>The same, and it must not have been taken back.</summary>
    public static Either<Refusal, Fact.Message> LiveMessage(Member member, long seq, Facts facts) =>
        Message(member, seq, facts).Bind(message => Must(!message.IsRedacted, new Refusal.Gone(), message));

    /// <summary>A value if a condition holds, else the refusal.</summary>
    public static Either<Refusal, T> Must<T>(bool holds, Refusal otherwise, T value) =>
        holds ? Right<Refusal, T>(value) : Left<Refusal, T>(otherwise);
}
