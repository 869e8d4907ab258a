namespace Chat.Domain.Conversations;

/// <summary>Saying something.</summary>
internal static class Sending
{
    public static Either<Refusal, Decision> Send(Context context, Command.SendMessage send, State state, Facts facts) =>
        Quoted(send.ReplyTo, facts)
            .Bind(quoted =>
                Mentioned(send.Mentions, state)
                    .Bind(mentions =>
                        Decision.Accept(
                            new Event.MessageSent(
                                context.Stamp,
                                state.LastSeq + 1,
                                new Content.Present(send.Body),
                                quoted.ToNullable(),
                                mentions,
                                send.IsAction
                            )
                        )
                    )
            );

    /// <summary>Those of the named people who are in, each once; who is not in cannot be mentioned.</summary>
    public static Either<Refusal, Listing<PersonId>> Mentioned(Listing<PersonId> named, State state)
    {
        if (named.Count == 0)
            return Right(named);
        var members = Listing.From(named.Distinct().Where(state.Members.ContainsKey));
        return Standing.Must(members.Count <= Limits.Mentions, new Refusal.Full("mentions.bound"), members);
    }

    private static Either<Refusal, Option<MessageRef>> Quoted(long? replyTo, Facts facts) =>
        replyTo is { } seq
            ? Standing.Named(seq, facts).Map(message => Some(message.Ref))
            : Right<Refusal, Option<MessageRef>>(None);
}
