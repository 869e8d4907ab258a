namespace Chat.Domain.Conversations;

/// <summary>The rules: a switch, and a function for each command in the file of its topic.</summary>
public static class Rules
{
    /// <summary>Decides a command.</summary>
    public static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        command switch
        {
            Command.Create create => Lifecycle.Create(context, create, state),
            Command.Rename rename => Lifecycle.Rename(context, rename, state),
            Command.SetTopic set => Lifecycle.SetTopic(context, set, state),
            Command.SetNickname set => Membership.SetNickname(context, set, state),
            Command.Invite invite => Membership.Invite(context, invite, state),
            Command.Join => Membership.Join(context, state, facts),
            Command.Leave => Membership.Leave(context, state),
            Command.SendMessage send => Sending.Send(context, send, state, facts),
            Command.EditMessage edit => Editing.Edit(context, edit, state, facts),
            Command.RedactMessage redact => Editing.Redact(context, redact, state, facts),
            Command.React react => Reacting.React(context, react, state, facts),
            Command.Unreact unreact => Reacting.Unreact(context, unreact, state, facts),
        };
}
