namespace Chat.Domain.Conversations;

/// <summary>The rules: a switch, and a function for each command in the file of its topic.</summary>
public static class Rules
{
    /// <summary>Decides a command: first whether it is allowed, then what comes of it.</summary>
    public static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        Permissions.Evaluate(state, facts, context.Person, command, context.Now).Refusal is { } refusal
            ? Wording.Refused(context, command, state, refusal)
            : Allowed(context, command, state, facts);

    private static Either<Refusal, Decision> Allowed(Context context, Command command, State state, Facts facts) =>
        command switch
        {
            Command.Create create => Lifecycle.Create(context, create, state, facts),
            Command.Rename rename => Lifecycle.Rename(context, rename, state),
            Command.SetTopic set => Lifecycle.SetTopic(context, set, state),
            Command.SetNickname set => Membership.SetNickname(context, set, state),
            Command.Invite invite => Membership.Invite(context, invite, state, facts),
            Command.Join join => Membership.Join(context, join, state, facts),
            Command.MakeLink make => Linking.Make(context, make, state),
            Command.DropLink drop => Linking.Drop(context, drop),
            Command.Leave => Membership.Leave(context, state),
            Command.SendMessage send => Wording.Flagged(
                context,
                send.Body,
                Sending.Send(context, send, state, facts),
                state,
                facts
            ),
            Command.EditMessage edit => Wording.Flagged(
                context,
                edit.Body,
                Editing.Edit(context, edit, state, facts),
                state,
                facts
            ),
            Command.RedactMessage redact => Editing.Redact(context, redact, facts),
            Command.React react => Reacting.React(context, react, facts),
            Command.Unreact unreact => Reacting.Unreact(context, unreact, facts),
            Command.Pin pin => Pinning.Pin(context, pin, state, facts),
            Command.Unpin unpin => Pinning.Unpin(context, unpin, state, facts),
            Command.ChangeSettings change => Governing.ChangeSettings(context, change, state),
            Command.SetWords set => Wording.Set(context, set, state),
            Command.SetRole set => Governing.SetRole(context, set, state),
            Command.DropRole drop => Decision.Accept(new Event.RoleDropped(context.Stamp, drop.Role)),
            Command.AssignRoles assign => Governing.AssignRoles(context, assign, state),
            Command.TransferOwnership transfer => Governing.Transfer(context, transfer),
            Command.Kick kick => Decision.Accept(new Event.Kicked(context.Stamp, kick.Person, kick.Reason)),
            Command.Ban ban => Moderation.Ban(context, ban, state, facts),
            Command.Unban unban => Moderation.Unban(context, unban, state),
            Command.Timeout timeout => Moderation.Timeout(context, timeout, state),
            Command.Knock knock => Membership.Knock(context, knock, state),
            Command.Uninvite uninvite => Membership.Uninvite(context, uninvite, state),
            Command.Close => Closing.Close(context, state),
            Command.Reopen => Closing.Reopen(context, state),
            Command.Record call => Closing.Record(context, call),
            Command.KeepParty keep => Closing.KeepParty(context, keep),
        };
}
