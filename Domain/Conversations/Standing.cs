namespace Chat.Domain.Conversations;

/// <summary>Where somebody stands: the checks that every topic begins with, so that no path forgets one.</summary>
internal static class Standing
{
    /// <summary>
    /// Who asks, as a member, or why not. What exists and is not theirs looks like what does not exist; who was asked
    /// in, or may walk in as they like, is told that they are no member.
    /// </summary>
    public static Either<Refusal, Member> Member(Context context, State state) =>
        state.Members.Find(context.Person).ToEither(() => Outside(context.Person, state));

    /// <summary>The marks that a person may set: a member's, within what has been said.</summary>
    public static Either<Refusal, Marks> Mark(State state, PersonId person, Marks marks) =>
        state.Members.ContainsKey(person)
            ? Right<Refusal, Marks>(marks.Within(state.LastSeq))
            : Left<Refusal, Marks>(Outside(person, state));

    /// <summary>Why somebody who is not in may not do what members do.</summary>
    public static Refusal Outside(PersonId person, State state) =>
        state.Kind is ConversationKind.Channel || state.Invited.ContainsKey(person)
            ? new Refusal.NotAMember("member.required")
            : new Refusal.NotFound("conversation.unknown");

    /// <summary>The message that a command names, if whoever asks may see it.</summary>
    public static Either<Refusal, Fact.Message> Message(Member member, long seq, Facts facts) =>
        facts
            .Find<Fact.Message>(new FactKey.Message(seq))
            .Filter(message => member.MaySee(message.Ref.Version))
            .ToEither<Refusal>(() => new Refusal.NotFound("message.unknown"));

    /// <summary>The same, and it must not have been taken back.</summary>
    public static Either<Refusal, Fact.Message> LiveMessage(Member member, long seq, Facts facts) =>
        Message(member, seq, facts).Bind(message => Must(!message.IsRedacted, new Refusal.Gone(), message));

    /// <summary>A value if a condition holds, else the refusal.</summary>
    public static Either<Refusal, T> Must<T>(bool holds, Refusal otherwise, T value) =>
        holds ? Right<Refusal, T>(value) : Left<Refusal, T>(otherwise);
}
