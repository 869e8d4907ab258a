namespace Chat.Domain.Conversations;

/// <summary>Saying it otherwise, and taking it back.</summary>
internal static class Editing
{
    public static Either<Refusal, Decision> Edit(Context context, Command.EditMessage edit, State state, Facts facts) =>
        Standing
            .Member(context, state)
            .Bind(member => Standing.LiveMessage(member, edit.Seq, facts))
            .Bind(message =>
                Standing.Must(
                    message.Author == context.Person,
                    new Refusal.Forbidden("message.author_required"),
                    message
                )
            )
            .Bind(message =>
                Sending
                    .Mentioned(edit.Mentions, state)
                    .Bind(mentions =>
                        Decision.Accept(
                            new Event.MessageEdited(
                                context.Stamp,
                                message.Ref,
                                new Content.Present(edit.Body),
                                mentions
                            )
                        )
                    )
            );

    public static Either<Refusal, Decision> Redact(
        Context context,
        Command.RedactMessage redact,
        State state,
        Facts facts
    ) =>
        Standing
            .Member(context, state)
            .Bind(member =>
                Standing
                    .Message(member, redact.Seq, facts)
                    .Bind(message => Standing.Must(MayRedact(context, state, member, message), NotYours, message))
            )
            .Bind(message =>
                message.IsRedacted
                    ? Decision.Nothing
                    : Decision.Accept(
                        new Event.MessageRedacted(context.Stamp, message.Ref, message.Author, redact.Reason)
                    )
            );

    private static Refusal NotYours => new Refusal.Forbidden("message.author_or_owner_required");

    // In a direct conversation nobody is above the other.
    private static bool MayRedact(Context context, State state, Member member, Fact.Message message) =>
        message.Author == context.Person || (member.Role == Role.Owner && state.Kind is not ConversationKind.Direct);
}
