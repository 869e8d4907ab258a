using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>
/// Who may do what: one total function that every command goes through before it is decided. It asks where somebody
/// stands and what the rules say; whether a change makes sense is decided after it.
/// </summary>
public static class Permissions
{
    /// <summary>Whether somebody may do something, at a time.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="facts">What <see cref="Needing.Needs"/> names for the command.</param>
    /// <param name="actor">Who.</param>
    /// <param name="command">What, and to whom or to which message.</param>
    /// <param name="now">When: every window is judged by it.</param>
    public static Verdict Evaluate(State state, Facts facts, PersonId actor, Command command, Instant now) =>
        Verdict.Of(
            state.Members.Find(actor).Case is Member member
                ? new Insider(state, facts, actor, member, now).May(command)
                : new Outsider(state, facts, actor, now).May(command)
        );

    /// <summary>
    /// What a change would come to: every permission that somebody would gain or lose, and whether who makes it would
    /// be locked out. Nothing happens.
    /// </summary>
    public static WhatIf Simulate(State state, Facts facts, Context context, Command command) =>
        WhatIf.Of(state, facts, context, command);
}

/// <summary>What somebody may do who is not in.</summary>
internal sealed record Outsider(State State, Facts Facts, PersonId Actor, Instant Now)
{
    public Either<Refusal, Listing<string>> May(Command command) =>
        command switch
        {
            Command.Create create when !State.Exists => IsUnwelcome(create)
                ? Refuse(Unwelcoming(create.Kind))
                : Allowed("conversation.new"),
            Command.Join { Link: { } link } => By(link),
            Command.Join => Coming("invitation.pending", State.Settings.Join is JoinRule.Open, Uninvited),
            Command.Knock => Coming("knock.welcome", State.Settings.Join is JoinRule.Knock, Unwelcome),
            // Who is not in an open conversation is already where they want to be.
            Command.Leave when IsKnown && State.Settings.Join is JoinRule.Open => Allowed("member.none"),
            Command.Uninvite { Person: var person } when person == Actor && State.Knocking.Contains(Actor) => Allowed(
                "knock.own"
            ),
            Command.Create
            or Command.Rename
            or Command.SetTopic
            or Command.SetNickname
            or Command.Invite
            or Command.MakeLink
            or Command.DropLink
            or Command.Leave
            or Command.SendMessage
            or Command.EditMessage
            or Command.RedactMessage
            or Command.React
            or Command.Unreact
            or Command.Pin
            or Command.Unpin
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
            or Command.Close
            or Command.Reopen
            or Command.Record
            or Command.KeepParty
            or Command.Uninvite => Refuse(Standing.Outside(Actor, State)),
        };

    private bool IsKnown => Standing.IsKnown(Actor, State);

    private Either<Refusal, Listing<string>> Coming(string rule, bool isOpen, Refusal otherwise) =>
        !IsKnown ? Refuse(Standing.Outside(Actor, State))
        : State.IsBanned(Actor, Now) ? Refuse(new Refusal.Banned(State.Banned[Actor].Until?.Since(Now)))
        : !isOpen && !State.Invited.ContainsKey(Actor) ? Refuse(otherwise)
        : State.Settings.Locked ? Refuse(new Refusal.Locked())
        : Allowed(rule);

    // Who has it has been told of the conversation, so they are told what became of it.
    private Either<Refusal, Listing<string>> By(LinkId id) =>
        State.Links.Find(id).Case is not Link link
            ? Refuse(IsKnown ? new Refusal.NotFound("link.unknown") : Standing.Outside(Actor, State))
        : State.IsBanned(Actor, Now) ? Refuse(new Refusal.Banned(State.Banned[Actor].Until?.Since(Now)))
        : link.People.Count > 0 && !link.People.Contains(Actor) ? Refuse(new Refusal.Forbidden(["link.not_for_you"]))
        : link.Until is { } until && until <= Now ? Refuse(new Refusal.LinkEnded("link.expired"))
        : link.Uses >= link.MaxUses ? Refuse(new Refusal.LinkEnded("link.used_up"))
        : !State.Members.Find(link.By).Exists(maker => Layers.Of(State, maker).Has(Permission.Invite))
            ? Refuse(new Refusal.LinkEnded("link.maker_may_not"))
        : State.Settings.Locked ? Refuse(new Refusal.Locked())
        : Allowed("link.valid");

    private bool IsUnwelcome(Command.Create create) =>
        Welcome.IsRefused(
            Actor,
            create.Members,
            Facts,
            privacy => create.Kind is ConversationKind.Direct ? privacy.Messages : privacy.Invites
        );

    private static Refusal Unwelcoming(ConversationKind kind) =>
        new Refusal.NotAccepting(kind is ConversationKind.Direct ? "direct.closed" : "person.not_accepting");

    private static Refusal Uninvited => new Refusal.Forbidden(["settings.join", "invitation.required"]);
    private static Refusal Unwelcome => new Refusal.Unsupported("settings.join");

    private static Either<Refusal, Listing<string>> Refuse(Refusal refusal) => Left<Refusal, Listing<string>>(refusal);

    private static Either<Refusal, Listing<string>> Allowed(string rule) => Right<Refusal, Listing<string>>([rule]);
}
