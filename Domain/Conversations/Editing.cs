namespace Chat.Domain.Conversations;

/// <summary>Saying it otherwise, and taking it back.</summary>
internal static class Editing
{
    public static Either<Refusal, Decision> Edit(Context context, Command.EditMessage edit, State state, Facts facts) =>
        Standing
            .Must(edit.Body != Body.None, new Refusal.Malformed(["body: words"]), unit)
            .Bind(_ => Standing.Named(edit.Seq, facts))
            .Bind(message =>
                Sending
                    .Mentioned(edit.Mentions, edit.Roles, state)
                    .Bind(mentions =>
                        Decision.Accept(
                            new Event.MessageEdited(
                                context.Stamp,
                                message.Ref,
                                new Content.Present(edit.Body),
                                mentions
                            )
                            {
                                IsForEveryone = edit.Roles.Contains(RoleId.Everyone),
                            }
                        )
                    )
            );

    public static Either<Refusal, Decision> Redact(Context context, Command.RedactMessage redact, Facts facts) =>
        Standing
            .Named(redact.Seq, facts)
            .Bind(message =>
                message.IsRedacted
                    ? Decision.Nothing
                    : Decision.Accept(
                        new Event.MessageRedacted(context.Stamp, message.Ref, message.Author, redact.Reason)
                    )
            );
}
