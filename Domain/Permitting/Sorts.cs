using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>What a direct conversation has not that others have, and the other way round.</summary>
internal static class Sorts
{
    /// <summary>The rule by which a command is not one of this sort; null where it is.</summary>
    public static string? RuleAgainst(ConversationKind? kind, Command command) =>
        kind is ConversationKind.Direct ? OnlyOfMany(command)
        : command is Command.Close or Command.Reopen ? "group.is_not_closed"
        : command is Command.Record ? "group.has_no_calls"
        : command is Command.KeepParty && kind is ConversationKind.Channel ? "channel.keeps_no_party"
        : null;

    private static string? OnlyOfMany(Command command) =>
        command switch
        {
            Command.Rename or Command.SetTopic => "direct.has_no_name",
            Command.ChangeSettings or Command.SetWords or Command.SetRole or Command.DropRole or Command.AssignRoles =>
                "direct.has_no_rules",
            Command.Invite
            or Command.MakeLink
            or Command.DropLink
            or Command.Leave
            or Command.TransferOwnership
            or Command.Kick
            or Command.Ban
            or Command.Unban
            or Command.Timeout
            or Command.Uninvite => "direct.is_for_two",
            Command.Create
            or Command.SetNickname
            or Command.Join
            or Command.SendMessage
            or Command.EditMessage
            or Command.RedactMessage
            or Command.React
            or Command.Unreact
            or Command.Pin
            or Command.Unpin
            or Command.Close
            or Command.Reopen
            or Command.Record
            or Command.KeepParty
            or Command.Knock => null,
        };
}
