using System.Text;
using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>What a member may do. A function for each sort of question; each ends with the rule that decides.</summary>
internal sealed record Insider(State State, Facts Facts, PersonId Actor, Member Member, Instant Now)
{
    private static readonly Listing<string> AnyMember = ["member.required"];

    private Powers Powers => Layers.Of(State, Member);

    private int Rank => Layers.RankOf(State, Member);

    public Either<Refusal, Listing<string>> May(Command command) =>
        Sorts.RuleAgainst(State.Kind, command) is { } rule ? Refuse(new Refusal.Unsupported(rule))
        : !State.ClosedBy.IsEmpty && !IsWhenClosed(command) ? Refuse(new Refusal.NotAccepting("direct.closed"))
        : command
            is Command.Leave
                or Command.RedactMessage
                or Command.Unreact
                or Command.Close
                or Command.Reopen
                or Command.Record
            ? Ask(command)
        : Active() is { IsLeft: true } inactive ? inactive
        : Ask(command);

    // One's own words can be taken back at any time, who closed it may open it, and a call that there was stands there.
    private static bool IsWhenClosed(Command command) =>
        command is Command.RedactMessage or Command.Close or Command.Reopen or Command.Record;

    private Either<Refusal, Listing<string>> Ask(Command command) =>
        command switch
        {
            Command.Create
            or Command.Join
            or Command.Knock
            or Command.Leave
            or Command.Close
            or Command.Reopen
            or Command.Record
            or Command.SetNickname => Allowed(AnyMember),
            // All of them say it: each has to be one who may say something.
            Command.KeepParty keep => keep.Party.People.Fold(
                Allowed(AnyMember),
                (soFar, one) =>
                    soFar.Bind(_ => Inside(one.Person)).Bind(member => Speaks(one.Person, member, keep.Party))
            ),
            Command.Rename or Command.SetTopic => Needs(Permission.Rename),
            Command.Invite invite => Needs(Permission.Invite)
                .Bind(because => NobodyBanned(invite.People, because))
                .Bind(because => AllAccept(invite.People, because)),
            Command.MakeLink => Needs(Permission.Invite),
            Command.DropLink drop => State
                .Links.Find(drop.Link)
                .ToEither<Refusal>(() => new Refusal.NotFound("link.unknown"))
                .Bind(link => link.By == Actor ? Allowed(["link.own"]) : Needs(Permission.Admit)),
            Command.SendMessage send => Say(send),
            Command.EditMessage edit => Live(edit.Seq)
                .Bind(Authored)
                .Bind(InTime)
                .Bind(_ => Speak(edit.Body, edit.Roles)),
            Command.RedactMessage redact => Message(redact.Seq).Bind(TakeBack),
            Command.React react => Live(react.Seq).Bind(_ => Needs(Permission.React)),
            Command.Unreact unreact => Live(unreact.Seq).Bind(_ => Allowed(AnyMember)),
            Command.Pin pin => Live(pin.Seq).Bind(_ => Needs(Permission.Pin)),
            Command.Unpin unpin => Message(unpin.Seq).Bind(_ => Needs(Permission.Pin)),
            Command.ChangeSettings or Command.SetWords => Needs(Permission.ManageSettings),
            Command.SetRole set => Needs(Permission.ManageRoles)
                .Bind(because => Outranks(set.Rank, because))
                .Bind(because => Redefines(set.Role, set.Grant, because)),
            Command.DropRole drop => Needs(Permission.ManageRoles)
                .Bind(because => Known(drop.Role, because))
                .Bind(because => Redefines(drop.Role, Grant.None, because)),
            Command.AssignRoles assign => Needs(Permission.ManageRoles)
                .Bind(because => ActsOn(assign.Person, because))
                .Bind(because => Assigns(assign, because)),
            Command.TransferOwnership transfer => Must<Listing<string>>(
                    Rank == Layers.OwnerRank,
                    Forbidden("owner.required"),
                    ["owner"]
                )
                .Bind(because => Inside(transfer.Person).Map(_ => because)),
            Command.Kick kick => Needs(Permission.Kick).Bind(because => ActsOn(kick.Person, because)),
            Command.Ban ban => Needs(Permission.Ban)
                .Bind(because => Outranks(Layers.RankOf(State, ban.Person), because))
                .Bind(because => ban.PurgeMs is null ? Allowed(because) : Needs(Permission.Redact)),
            Command.Unban => Needs(Permission.Ban),
            Command.Timeout timeout => Needs(Permission.Timeout).Bind(because => ActsOn(timeout.Person, because)),
            Command.Uninvite uninvite => State.Invited.Find(uninvite.Person).Exists(one => one.By == Actor)
                ? Allowed(["invitation.own"])
                : Needs(Permission.Admit),
        };

    // Who has not the word, or finds it locked, may still leave and take back what is their own.
    private Either<Refusal, Listing<string>> Active() =>
        Member.TimedOutUntil is { } until && Now < until ? Refuse(new Refusal.Muted(until.Since(Now)))
        : State.Settings.Locked && !Powers.Has(Permission.ManageSettings) ? Refuse(new Refusal.Locked())
        : Allowed(AnyMember);

    private Either<Refusal, Listing<string>> Needs(Permission permission)
    {
        var because = Layers.Because(State, Member, permission);
        return Powers.Has(permission) ? Allowed(because) : Refuse(new Refusal.Forbidden(because));
    }

    // What is asked most often is asked without a closure: docs/performance.md.
    private Either<Refusal, Listing<string>> Say(Command.SendMessage send)
    {
        var may = Speak(send.Body, send.Roles);
        if (may.IsRight && send.Files.Count > 0)
            may = Needs(Permission.Attach);
        may = Announces(may);
        if (may.IsRight && UntilNext() is { } wait)
            return Refuse(new Refusal.SlowMode(wait));
        return may.IsRight && send.ReplyTo is { } seq && Message(seq).Case is Refusal unknown ? Refuse(unknown) : may;
    }

    private Either<Refusal, Listing<string>> Speak(Body body, Listing<RoleId> called)
    {
        var may = Needs(Permission.Send);
        if (may.IsRight && IsTooLong(body))
            return Refuse(new Refusal.TooLarge("settings.message_bytes"));
        if (may.IsRight && called.Count > 0)
            may = Call(called);
        return may.IsRight && Wording.Forbids(State, Actor, body) is { } broken ? Refuse(broken) : may;
    }

    private bool IsTooLong(Body body) =>
        State.Settings.MessageBytes != Body.MaxBytes
        && Encoding.UTF8.GetByteCount(body.Value) > State.Settings.MessageBytes;

    private Either<Refusal, Listing<string>> Call(Listing<RoleId> called) =>
        Needs(Permission.MentionEveryone)
            .Bind(because => called.Fold(Allowed(because), (soFar, role) => soFar.Bind(_ => Callable(role, because))));

    private Either<Refusal, Listing<string>> Speaks(PersonId person, Member member, Rooms.Party party)
    {
        var one = this with { Actor = person, Member = member };
        return one.Announces(one.Active().Bind(_ => one.Speak(Body.Of(party.Name), [])));
    }

    private Either<Refusal, Listing<string>> Callable(RoleId role, Listing<string> because) =>
        role == RoleId.Everyone ? Allowed(because) : Known(role, because);

    // What somebody may say is asked of them as an announcement, where it would be one.
    private Either<Refusal, Listing<string>> Announces(Either<Refusal, Listing<string>> may) =>
        may.IsRight && State.Settings.AnnounceOnly ? Needs(Permission.Announce) : may;

    // How long somebody waits for their next word; null for not at all.
    private long? UntilNext() =>
        State.Settings.SlowModeMs > 0
        && Member.LastSentAt is { } last
        && last.Plus(State.Settings.SlowModeMs) is var next
        && Now < next
        && !Powers.Has(Permission.SkipSlowMode)
            ? next.Since(Now)
            : null;

    private Either<Refusal, Fact.Message> Message(long seq) => Standing.Message(Member, seq, Facts);

    private Either<Refusal, Fact.Message> Live(long seq) => Standing.LiveMessage(Member, seq, Facts);

    private Either<Refusal, Fact.Message> Authored(Fact.Message message) =>
        Must(message.Author == Actor, Forbidden("message.author_required"), message);

    private Either<Refusal, Fact.Message> InTime(Fact.Message message) =>
        Must(
            State.Settings.EditWindowMs is 0 || Now < message.SentAt.Plus(State.Settings.EditWindowMs),
            new Refusal.TooLate("settings.edit_window"),
            message
        );

    // One's own at any time; another's with the permission, unless they stand higher.
    private Either<Refusal, Listing<string>> TakeBack(Fact.Message message) =>
        message.Author == Actor
            ? Allowed(["message.own"])
            : Active()
                .Bind(_ => Needs(Permission.Redact))
                .Bind(because =>
                    Must(Layers.RankOf(State, message.Author) <= Rank, Forbidden("rank.too_low"), because)
                );

    private Either<Refusal, Listing<string>> NobodyBanned(Listing<PersonId> people, Listing<string> because) =>
        Must(!people.Any(person => State.IsBanned(person, Now)), Forbidden("person.banned"), because);

    private Either<Refusal, Listing<string>> AllAccept(Listing<PersonId> people, Listing<string> because) =>
        Must(
            !Welcome.IsRefused(Actor, people, Facts, privacy => privacy.Invites),
            new Refusal.NotAccepting("person.not_accepting"),
            because
        );

    private Either<Refusal, Member> Inside(PersonId person) =>
        State.Members.Find(person).ToEither<Refusal>(() => new Refusal.NotFound("person.not_a_member"));

    private Either<Refusal, Listing<string>> ActsOn(PersonId person, Listing<string> because) =>
        Inside(person).Bind(member => Outranks(Layers.RankOf(State, member), because));

    private Either<Refusal, Listing<string>> Outranks(int rank, Listing<string> because) =>
        Must(rank < Rank, Forbidden("rank.too_low"), because);

    private Either<Refusal, Listing<string>> Known(RoleId role, Listing<string> because) =>
        Must(State.Roles.ContainsKey(role), new Refusal.NotFound("role.unknown"), because);

    // What stands below oneself, and gives no more than one has.
    private Either<Refusal, Listing<string>> Redefines(RoleId role, Grant grant, Listing<string> because)
    {
        var before = State.Roles.Find(role).Map(found => found.Grant).IfNone(Grant.None);
        return Outranks(Layers.RankOf(State, role), because).Bind(_ => Within(grant, before, because));
    }

    private Either<Refusal, Listing<string>> Assigns(Command.AssignRoles assign, Listing<string> because)
    {
        var held = State.Members[assign.Person];
        var (before, after) = (held.Roles, Listing.From(assign.Roles.Distinct()));
        var given = after.Where(role => !before.Contains(role));
        return given
            .Fold(Allowed(because), (soFar, role) => soFar.Bind(_ => Known(role, because)))
            .Bind(_ => given.Fold(Allowed(because), (soFar, role) => soFar.Bind(_ => Below(role))))
            .Bind(_ => Within(Together(after), Together(before), because))
            .Bind(_ => Within(assign.Grant, held.Grant, because));

        Either<Refusal, Listing<string>> Below(RoleId role) => Outranks(Layers.RankOf(State, role), because);

        Grant Together(Listing<RoleId> roles) =>
            roles.Fold(Grant.None, (all, role) => State.Roles.Find(role).Match(one => all.And(one.Grant), () => all));
    }

    private Either<Refusal, Listing<string>> Within(Grant after, Grant before, Listing<string> because) =>
        Must(after.Beyond(before).IsWithin(Layers.Granted(State, Member)), Forbidden("grant.beyond_own"), because);

    private static Refusal Forbidden(string rule) => new Refusal.Forbidden([rule]);

    private static Either<Refusal, Listing<string>> Refuse(Refusal refusal) => Left<Refusal, Listing<string>>(refusal);

    private static Either<Refusal, Listing<string>> Allowed(Listing<string> because) =>
        Right<Refusal, Listing<string>>(because);

    private static Either<Refusal, T> Must<T>(bool holds, Refusal otherwise, T value) =>
        Standing.Must(holds, otherwise, value);
}
