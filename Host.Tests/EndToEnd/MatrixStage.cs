using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using LanguageExt;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>People who stand to a channel in every way that there is.</summary>
internal sealed class MatrixStage : IAsyncDisposable
{
    private static readonly RoleId Helpers = RoleId.Of("helpers");
    private static readonly RoleId Quiet = RoleId.Of("quiet");
    private static readonly LinkId Open = LinkId.Of("a-link-of-the-owner");
    private readonly Dictionary<string, Guest> cast = [];

    public IEnumerable<KeyValuePair<string, Guest>> Cast => cast;

    /// <summary>Messages 1 to 3: the owner's, the helper's, one of another member.</summary>
    public Facts Facts { get; private set; } = Facts.Empty;

    public Instant Now { get; private set; }

    /// <summary>The events of the last channel.</summary>
    public IReadOnlyList<Recorded> Past { get; private set; } = [];

    /// <summary>The state of the last channel; all of them are alike.</summary>
    public State Last { get; private set; } = State.Initial;

    public static async Task<MatrixStage> SetAsync(Door door)
    {
        var stage = new MatrixStage();
        foreach (
            var name in new[]
            {
                "owner",
                "helper",
                "plain",
                "quiet",
                "muted",
                "invited",
                "knocking",
                "banned",
                "kicked",
                "stranger",
            }
        )
            stage.cast[name] = await door.GuestAsync(name);
        await stage.ChannelAsync();
        return stage;
    }

    private PersonId Person(string name) => cast[name].Person;

    /// <summary>A channel in which each of them stands as their name says.</summary>
    public async Task<ConversationId> ChannelAsync()
    {
        var owner = cast["owner"];
        PersonId[] members = [.. new[] { "helper", "plain", "quiet", "muted", "kicked" }.Select(Person)];
        var channel = await owner.CreateAsync(ConversationKind.Channel, "matrix", members);
        var all = Powers.All.Without(Powers.Of(Permission.ManageSettings));
        foreach (
            var command in new Command[]
            {
                new Command.SetRole(Helpers, Texts.RoleName("Helpers"), 5, new Grant(all, Powers.None)),
                new Command.SetRole(
                    Quiet,
                    Texts.RoleName("Quiet"),
                    1,
                    new Grant(Powers.None, Powers.Of(Permission.Send, Permission.React, Permission.Invite))
                ),
                new Command.AssignRoles(Person("helper"), [Helpers], Grant.None),
                new Command.AssignRoles(Person("quiet"), [Quiet], Grant.None),
                Say("the owner's"),
            }
        )
            await owner.DoAsync(channel, command);
        await cast["helper"].DoAsync(channel, Say("the helper's"));
        await cast["plain"].DoAsync(channel, Say("a member's"));
        foreach (
            var command in new Command[]
            {
                new Command.MakeLink(Open, null, null, []),
                new Command.Pin(1),
                new Command.Timeout(Person("muted"), 3_600_000, null),
                new Command.Kick(Person("kicked"), null),
                new Command.Ban(Person("banned"), null, null),
                new Command.ChangeSettings(new SettingsChange(JoinRule.Knock, EditWindowMs: 3_600_000)),
                new Command.Invite([Person("invited")]),
            }
        )
            await owner.DoAsync(channel, command);
        await cast["knocking"].DoAsync(channel, new Command.Knock(null));
        Last = await StateAsync(channel);
        return channel;
    }

    /// <summary>The state that its events fold to: the owner sees all of them, but that there is a link.</summary>
    public async Task<State> StateAsync(ConversationId channel)
    {
        var owner = cast["owner"];
        var version = (await owner.GetAsync(channel)).Entry.Version;
        await owner.HearsAsync(channel, version);
        var seen = owner.Heard(channel).DistinctBy(one => one.Version).OrderBy(one => one.Version).ToList();
        var made = new Event.LinkMade(new Stamp(owner.Person, new Instant(0)), Open, null, null, []);
        var shown = seen.ConvertAll(one => one as Seen.Shown ?? new Seen.Shown(one.Version, made));
        Assert.Single(seen.OfType<Seen.Hidden>());
        Assert.Equal(version, shown.Count);
        Facts = shown.Aggregate(
            Facts
                .Empty.With(new FactKey.Message(1), Option<AnyFact>.None)
                .With(new FactKey.Message(2), Option<AnyFact>.None)
                .With(new FactKey.Message(3), Option<AnyFact>.None),
            (facts, one) => Evolution.EvolveFacts(facts, one.Version, one.Event)
        );
        Now = shown[^1].Event.At;
        var origin = new Origin(DeviceId.Of(Door.Device), ClientId.Of("-"), default);
        Past = shown.ConvertAll(one => new Recorded(
            StreamKey.Of(TenantId.Main, channel),
            one.Version,
            Guid.Empty,
            one.Event,
            origin,
            []
        ));
        // Others' access is not told: a channel shows all of it to who is in.
        return shown.Aggregate(State.Initial, (held, one) => Evolution.Evolve(held, one.Event));
    }

    /// <summary>Every verb, to whom and to what it makes a difference.</summary>
    public IReadOnlyList<Command> Commands(Guest by) =>
        [
            new Command.Rename(Texts.Name("otherwise")),
            new Command.SetTopic(Texts.Topic("this and that")),
            new Command.SetNickname(Texts.Nickname("x")),
            new Command.Invite([Door.NewPerson("new")]),
            new Command.Invite([Person("banned")]),
            new Command.Join(),
            new Command.Leave(),
            Say("hello"),
            new Command.SendMessage(Texts.Body("so"), 1, []),
            new Command.SendMessage(Texts.Body("so"), 9, []),
            new Command.SendMessage(Texts.Body("all"), null, []) { Roles = [RoleId.Everyone] },
            new Command.SendMessage(Texts.Body("those"), null, []) { Roles = [Helpers, RoleId.Of("none")] },
            .. Enumerable.Range(1, 3).Select(seq => new Command.EditMessage(seq, Texts.Body("no"), [])),
            .. Enumerable.Range(1, 3).Select(seq => new Command.RedactMessage(seq, null)),
            new Command.React(1, Texts.Emoji("+")),
            new Command.Unreact(1, Texts.Emoji("+")),
            new Command.Pin(2),
            new Command.Unpin(1),
            new Command.ChangeSettings(new SettingsChange(AnnounceOnly: true)),
            new Command.SetWords([]),
            new Command.SetRole(RoleId.Of("low"), Texts.RoleName("Low"), 2, Grant.None),
            new Command.SetRole(RoleId.Of("high"), Texts.RoleName("High"), 9, Grant.None),
            new Command.SetRole(
                RoleId.Of("beyond"),
                Texts.RoleName("Beyond"),
                2,
                new Grant(Powers.Of(Permission.ManageSettings), Powers.None)
            ),
            new Command.DropRole(Quiet),
            new Command.DropRole(Helpers),
            new Command.DropRole(RoleId.Of("none")),
            new Command.AssignRoles(Person("plain"), [Quiet], Grant.None),
            new Command.AssignRoles(Person("plain"), [Helpers], Grant.None),
            .. OnPeople(person => new Command.AssignRoles(person, [], Grant.None)),
            .. OnPeople(person => new Command.TransferOwnership(person)),
            .. OnPeople(person => new Command.Kick(person, null)),
            .. OnPeople(person => new Command.Ban(person, 60_000, null)),
            .. OnPeople(person => new Command.Timeout(person, 60_000, null)),
            .. OnPeople(person => new Command.Ban(person, 60_000, null, 60_000)),
            new Command.MakeLink(LinkId.Of($"a-link-made-by-{by.Person}"), null, 3, []),
            new Command.DropLink(Open),
            new Command.DropLink(LinkId.Of("one-that-is-not-there")),
            new Command.Join(Open),
            new Command.Join(LinkId.Of("one-that-is-not-there")),
            new Command.Unban(Person("banned")),
            new Command.Knock(null),
            .. new[] { Person("invited"), Person("knocking"), by.Person }.Select(one => new Command.Uninvite(one)),
        ];

    private IEnumerable<Command> OnPeople(Func<PersonId, Command> make) =>
        new[] { "owner", "helper", "plain", "stranger" }.Select(name => make(Person(name)));

    private static Command Say(string text) => new Command.SendMessage(Texts.Body(text), null, []);

    public async ValueTask DisposeAsync()
    {
        foreach (var guest in cast.Values)
            await guest.DisposeAsync();
    }
}
