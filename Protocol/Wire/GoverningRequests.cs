using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// Requests about roles, settings, pins and who is let in: as a client writes them, and as a host reads them.
/// </summary>
internal static class GoverningRequests
{
    /// <summary>How many fields a command has besides the client's id.</summary>
    public static int FieldsOf(Command command) =>
        command switch
        {
            Command.ChangeSettings settings => Given(settings.Change).Count(given => given),
            Command.SetRole set => 3 + Governed.FieldsOf(set.Grant),
            Command.AssignRoles assign => 1 + Writing.Count(assign.Roles.Count > 0) + Governed.FieldsOf(assign.Grant),
            Command.Kick kick => 1 + Writing.Count(kick.Reason is not null),
            Command.Ban ban => 1
                + Writing.Count(ban.ForMs is not null, ban.Reason is not null, ban.PurgeMs is not null),
            Command.MakeLink make => 1
                + Writing.Count(make.ForMs is not null, make.MaxUses is not null, make.People.Count > 0),
            Command.Timeout timeout => 2 + Writing.Count(timeout.Reason is not null),
            Command.Knock knock => Writing.Count(knock.Reason is not null),
            _ => 1,
        };

    /// <summary>Writes those fields.</summary>
    public static void Write(ref MessagePackWriter writer, Command command)
    {
        switch (command)
        {
            case Command.Pin pin:
                writer.Field("seq", pin.Seq);
                break;
            case Command.Unpin unpin:
                writer.Field("seq", unpin.Seq);
                break;
            case Command.ChangeSettings settings:
                Write(ref writer, settings.Change);
                break;
            case Command.SetWords set:
                writer.Field(WordRules.Name, set.Rules, WordRules.Write);
                break;
            case Command.SetRole set:
                writer.Field("role", set.Role.Value);
                writer.Field("name", set.Name.Value);
                writer.Field("rank", set.Rank);
                Governed.Write(ref writer, set.Grant);
                break;
            case Command.DropRole drop:
                writer.Field("role", drop.Role.Value);
                break;
            case Command.AssignRoles assign:
                writer.Field("person", assign.Person.Value);
                if (assign.Roles.Count > 0)
                    Governed.Write(ref writer, "roles", assign.Roles);
                Governed.Write(ref writer, assign.Grant);
                break;
            case Command.MakeLink make:
                writer.Field("link", make.Link.Value);
                if (make.ForMs is { } length)
                    writer.Field("for_ms", length);
                if (make.MaxUses is { } uses)
                    writer.Field("max_uses", uses);
                if (make.People.Count > 0)
                    writer.Field("people", make.People);
                break;
            case Command.DropLink drop:
                writer.Field("link", drop.Link.Value);
                break;
            default:
                WriteAbout(ref writer, command);
                break;
        }
    }

    private static void WriteAbout(ref MessagePackWriter writer, Command command)
    {
        (PersonId? person, long? length, Reason? reason) = command switch
        {
            Command.TransferOwnership transfer => ((PersonId?)transfer.Person, (long?)null, (Reason?)null),
            Command.Kick kick => (kick.Person, null, kick.Reason),
            Command.Ban ban => (ban.Person, ban.ForMs, ban.Reason),
            Command.Unban unban => (unban.Person, null, null),
            Command.Timeout timeout => (timeout.Person, timeout.ForMs, timeout.Reason),
            Command.Uninvite uninvite => (uninvite.Person, null, null),
            Command.Knock knock => (null, null, knock.Reason),
            _ => throw new ArgumentException($"{command.GetType()} has no form", nameof(command)),
        };
        if (person is { } about)
            writer.Field("person", about.Value);
        if (length is { } milliseconds)
            writer.Field("for_ms", milliseconds);
        if (reason is not null)
            writer.Field("reason", reason.Value);
        if (command is Command.Ban { PurgeMs: { } purge })
            writer.Field("purge_ms", purge);
    }

    private static bool[] Given(SettingsChange change) =>
        [
            change.Join is not null,
            change.History is not null,
            change.HistoryLast is not null,
            change.AnnounceOnly is not null,
            change.Locked is not null,
            change.SlowModeMs is not null,
            change.EditWindowMs is not null,
            change.MessageBytes is not null,
        ];

    private static void Write(ref MessagePackWriter writer, SettingsChange change)
    {
        if (change.Join is { } join)
            writer.Field("join", Governed.Of(join));
        if (change.History is { } history)
            writer.Field("history", Governed.Of(history));
        if (change.HistoryLast is { } last)
            writer.Field("history_last", last);
        if (change.AnnounceOnly is { } announce)
            writer.Field("announce_only", announce);
        if (change.Locked is { } locked)
            writer.Field("locked", locked);
        if (change.SlowModeMs is { } slow)
            writer.Field("slow_mode_ms", slow);
        if (change.EditWindowMs is { } window)
            writer.Field("edit_window_ms", window);
        if (change.MessageBytes is { } bytes)
            writer.Field("message_bytes", bytes);
    }

    /// <summary>Reads the command of a verb; none for a verb of another sort.</summary>
    public static Option<Func<Validation<Fault, Command>>> Read(string verb, Fields body) =>
        verb switch
        {
            "pin" => Some(() => Requests.Seq(body).Map(seq => (Command)new Command.Pin(seq))),
            "unpin" => Some(() => Requests.Seq(body).Map(seq => (Command)new Command.Unpin(seq))),
            "settings" => Some(() => Settings(body).Map(change => (Command)new Command.ChangeSettings(change))),
            "words" => Some(() => WordRules.Given(body).Map(rules => (Command)new Command.SetWords(rules))),
            "role" => Some(() =>
                (
                    body.Text("role", RoleId.Create),
                    body.Text("name", RoleName.Create),
                    body.Number("rank", 0, RoleDefinition.MaxRank),
                    Grant(body)
                ).Apply((role, name, rank, grant) => (Command)new Command.SetRole(role, name, (int)rank, grant))
            ),
            "drop_role" => Some(() =>
                body.Text("role", RoleId.Create).Map(role => (Command)new Command.DropRole(role))
            ),
            "assign" => Some(() =>
                (Person(body), Roles(body), Grant(body)).Apply(
                    (person, roles, grant) => (Command)new Command.AssignRoles(person, roles, grant)
                )
            ),
            "transfer" => About(body, person => new Command.TransferOwnership(person)),
            "unban" => About(body, person => new Command.Unban(person)),
            "uninvite" => About(body, person => new Command.Uninvite(person)),
            "kick" => Some(() =>
                (Person(body), Why(body)).Apply(
                    (person, why) => (Command)new Command.Kick(person, Requests.OrNull(why))
                )
            ),
            "ban" => Some(() =>
                (
                    Person(body),
                    body.NumberIfAny("for_ms", 1, Limits.LongestMs),
                    Why(body),
                    body.NumberIfAny("purge_ms", 1, Limits.LongestMs)
                ).Apply(
                    (person, length, why, purge) =>
                        (Command)new Command.Ban(person, length.ToNullable(), Requests.OrNull(why), purge.ToNullable())
                )
            ),
            "link" => Some(() =>
                (
                    body.Text("link", LinkId.Create),
                    body.NumberIfAny("for_ms", 1, Limits.LongestMs),
                    body.NumberIfAny("max_uses", 1, Limits.ChannelMembers),
                    body.People("people", Limits.LinkPeople)
                ).Apply(
                    (link, length, uses, people) =>
                        (Command)
                            new Command.MakeLink(
                                link,
                                length.ToNullable(),
                                uses.Map(most => (int)most).ToNullable(),
                                people
                            )
                )
            ),
            "unlink" => Some(() => body.Text("link", LinkId.Create).Map(link => (Command)new Command.DropLink(link))),
            "timeout" => Some(() =>
                (Person(body), body.Number("for_ms", 0, Limits.LongestMs), Why(body)).Apply(
                    (person, length, why) => (Command)new Command.Timeout(person, length, Requests.OrNull(why))
                )
            ),
            "knock" => Some(() => Why(body).Map(why => (Command)new Command.Knock(Requests.OrNull(why)))),
            _ => None,
        };

    private static Option<Func<Validation<Fault, Command>>> About(Fields body, Func<PersonId, Command> make) =>
        Some(() => Person(body).Map(make));

    private static Validation<Fault, PersonId> Person(Fields body) => body.Text("person", PersonId.Create);

    private static Validation<Fault, Option<Reason>> Why(Fields body) => body.TextIfAny("reason", Reason.Create);

    private static Validation<Fault, Grant> Grant(Fields body) =>
        (Governed.Powers(body, "allow"), Governed.Powers(body, "deny")).Apply((allow, deny) => new Grant(allow, deny));

    private static Validation<Fault, Listing<RoleId>> Roles(Fields body) =>
        Governed.Roles(body, "roles", Limits.RolesOfMember);

    private static Validation<Fault, SettingsChange> Settings(Fields body) =>
        (
            Governed.JoinIfAny(body),
            Governed.HistoryIfAny(body),
            body.NumberIfAny("history_last", 0, Domain.Conversations.Settings.MaxHistoryLast),
            body.FlagIfAny("announce_only"),
            body.FlagIfAny("locked"),
            (
                body.NumberIfAny("slow_mode_ms", 0, Domain.Conversations.Settings.MaxSlowModeMs),
                body.NumberIfAny("edit_window_ms", 0, Domain.Conversations.Settings.MaxEditWindowMs),
                body.NumberIfAny("message_bytes", 1, Body.MaxBytes)
            ).Apply((slow, window, bytes) => (Slow: slow, Window: window, Bytes: bytes))
        ).Apply(
            (join, history, last, announce, locked, more) =>
                new SettingsChange(
                    join.ToNullable(),
                    history.ToNullable(),
                    last.Map(number => (int)number).ToNullable(),
                    announce.ToNullable(),
                    locked.ToNullable(),
                    more.Slow.ToNullable(),
                    more.Window.ToNullable(),
                    more.Bytes.Map(number => (int)number).ToNullable()
                )
        );
}
