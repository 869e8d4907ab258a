namespace Chat.Domain.Conversations;

/// <summary>Saying something.</summary>
internal static class Sending
{
    public static Either<Refusal, Decision> Send(Context context, Command.SendMessage send, State state, Facts facts)
    {
        var carried = Carried(context, send);
        var quoted = send.ReplyTo is { } seq ? Standing.Named(seq, facts).Case : null;
        var mentions = Mentioned(send.Mentions, send.Roles, state);
        return (carried.Case, quoted, mentions.Case) switch
        {
            (Content content, Fact.Message or null, Listing<PersonId> called) => Decision.Accept(
                new Event.MessageSent(
                    context.Stamp,
                    state.LastSeq + 1,
                    content,
                    (quoted as Fact.Message)?.Ref,
                    called,
                    send.IsAction
                )
                {
                    IsForEveryone = send.Roles.Contains(RoleId.Everyone),
                }
            ),
            (Refusal carriesNothing, _, _) => carriesNothing,
            (_, Refusal unknown, _) => unknown,
            var (_, _, tooMany) => (Refusal)tooMany!,
        };
    }

    // Words, files, or both.
    private static Either<Refusal, Content> Carried(Context context, Command.SendMessage send) =>
        send.Files.Count == 0
            ? send.Body == Body.None
                ? new Refusal.Malformed(["body: words, or attachments"])
                : new Content.Present(send.Body)
            : send.Files.Count > Limits.Attachments
                ? Left<Refusal, Content>(new Refusal.Full("attachments.bound"))
                : Standing.Must<Content>(
                    send.Files.All(file => context.Now < file.At.Plus(Attachment.WaitsMs)),
                    new Refusal.TooLate("attachment.expired"),
                    new Content.Present(send.Body) { Files = Listing.From(send.Files.Distinct()) }
                );

    /// <summary>
    /// Those of the named people who are in, and who has one of the roles, each once; who is not in cannot be
    /// mentioned. The role of everyone names nobody by themselves.
    /// </summary>
    public static Either<Refusal, Listing<PersonId>> Mentioned(
        Listing<PersonId> named,
        Listing<RoleId> roles,
        State state
    )
    {
        if (named.Count == 0 && roles.Count == 0)
            return Right(named);
        var called =
            roles.Count == 0
                ? []
                : state.Members.AsEnumerable().Where(one => one.Value.Roles.Any(roles.Contains)).Select(one => one.Key);
        var members = Listing.From(named.Where(state.Members.ContainsKey).Concat(called).Distinct());
        return Standing.Must(members.Count <= Limits.Mentions, new Refusal.Full("mentions.bound"), members);
    }
}
