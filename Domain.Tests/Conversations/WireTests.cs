using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Domain.Tests.Conversations;

/// <summary>What a client writes is what a host reads, and nothing that it writes can be something else.</summary>
public sealed class WireTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly DeviceId Phone = DeviceId.Of("phone");

    public static TheoryData<Command> Commands =>
        [
            new Command.Create(ConversationKind.Group, [PersonId.Of("tomas")], Name("Supper")),
            new Command.Create(ConversationKind.Direct, [PersonId.Of("tomas")], null),
            new Command.Rename(Name("Breakfast")),
            new Command.SetTopic(Topic.Create("").Match(t => t, _ => null!)),
            new Command.SetNickname(Nickname.Create("Mimi").Match(n => n, _ => null!)),
            new Command.Invite([PersonId.Of("yuki"), PersonId.Of("noor")]),
            new Command.Join(),
            new Command.Leave(),
            new Command.SendMessage(Text("hello"), 7, [PersonId.Of("yuki")], true),
            new Command.SendMessage(Text("a\nb 🫶"), null, [], false),
            new Command.EditMessage(3, Text("hullo"), [PersonId.Of("yuki")]),
            new Command.RedactMessage(3, Reason.Create("rude").Match(r => r, _ => null!)),
            new Command.React(3, Emoji.Create("🫶").Match(e => e, _ => null!)),
            new Command.Unreact(3, Emoji.Create("🫶").Match(e => e, _ => null!)),
            new Command.Pin(3),
            new Command.Unpin(3),
            new Command.ChangeSettings(new SettingsChange(JoinRule.Knock, HistoryRule.Last, 9, false, true, 1, 0, 9)),
            new Command.ChangeSettings(new SettingsChange(Locked: false)),
            new Command.SetRole(
                RoleId.Of("helpers"),
                RoleName.Create("Helpers").Match(name => name, _ => null!),
                7,
                new Grant(Powers.Of(Permission.Kick, Permission.Admit), Powers.Of(Permission.Announce))
            ),
            new Command.DropRole(RoleId.Of("helpers")),
            new Command.AssignRoles(PersonId.Of("yuki"), [RoleId.Of("helpers")], Grant.None),
            new Command.TransferOwnership(PersonId.Of("yuki")),
            new Command.Kick(PersonId.Of("yuki"), null),
            new Command.Ban(PersonId.Of("yuki"), 60_000, Reason.Create("rude").Match(r => r, _ => null!)),
            new Command.Ban(PersonId.Of("yuki"), null, null),
            new Command.Unban(PersonId.Of("yuki")),
            new Command.Timeout(PersonId.Of("yuki"), 0, null),
            new Command.Knock(Reason.Create("it is me").Match(r => r, _ => null!)),
            new Command.Uninvite(PersonId.Of("yuki")),
        ];

    [Xunit.Fact]
    public void What_there_is_no_word_for_is_not_written()
    {
        var (id, none) = (ClientId.Of("c1"), (Domain.People.Openness)99);
        var phrase = Phrase.Create("fool").Match(one => one, _ => null!);
        var rules = new Command.SetWords([new WordRule(WordRuleId.Of("r1"), [phrase], (WordAction)99)]);
        Assert.Throws<ArgumentException>(() => RequestBodies.Of(rules, id));
        var privacy = new Domain.People.Command.SetPrivacy(null, null) { Receipts = none };
        Assert.Throws<ArgumentException>(() => PeopleRequests.Of(privacy, id));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_arrives_as_it_was_sent(Command command)
    {
        var id = command is Command.Create ? "-" : "supper";
        var subject = Subjects.Request(Mia, Phone, "conversation", id, RequestBodies.VerbOf(command));
        var address = Subjects.ParseRequest(subject).Match(found => found, () => null!);

        var asked = Fields
            .Read(RequestBodies.Of(command, ClientId.Of("1")))
            .Bind(body => Requests.Parse(address, body));
        var change = Assert.IsType<Ask.Change>(
            (object)asked.Match(ask => ask, refusal => throw new(refusal.ToString()))
        );

        Assert.Equal(command, change.Command);
        Assert.Equal(ClientId.Of("1"), change.Client);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Json_says_the_same(Command command)
    {
        var id = command is Command.Create ? "-" : "supper";
        var address = new Address(Mia, Phone, "conversation", id, RequestBodies.VerbOf(command));
        var json = Json.FromMessagePack(RequestBodies.Of(command, ClientId.Of("1")));

        var asked = Json.Read(json).Bind(body => Requests.Parse(address, body));

        Assert.Equal(
            command,
            Assert.IsType<Ask.Change>((object)asked.Match(ask => ask, refusal => throw new(refusal.ToString()))).Command
        );
    }

    [Theory]
    [InlineData("chat.v1.inbox.mia.phone.abc", true)]
    [InlineData("chat.v1.inbox.mia.phone.a.b", true)]
    [InlineData("chat.v1.inbox.mia.phone", false)]
    [InlineData("chat.v1.inbox.mia.phone.", false)]
    [InlineData("chat.v1.inbox.mia.phone.>", false)]
    [InlineData("chat.v1.inbox.mia.phone.*", false)]
    [InlineData("chat.v1.inbox.mia.phone..a", false)]
    [InlineData("chat.v1.inbox.mia.phonebook.a", false)]
    [InlineData("chat.v1.inbox.tomas.phone.a", false)]
    [InlineData("chat.v1.evt.mia.a", false)]
    [InlineData("chat.int.lease", false)]
    [InlineData(null, false)]
    public void Only_a_literal_below_ones_own_inbox_is_answered(string? reply, bool answered) =>
        Assert.Equal(answered, Subjects.IsOwnInbox(reply, Mia, Phone));

    [Xunit.Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var address = new Address(Mia, Phone, "conversation", "supper", "edit");

        var refused = Requests.Parse(address, Fields.None).Match(_ => null!, refusal => refusal);

        Assert.Equal("malformed", refused.Code);
        Assert.Equal(["body", "client_id", "seq"], refused.Because.Select(rule => rule.Split(':')[0]).Order());
    }

    private static Body Text(string text) => Body.Create(text).Match(b => b, _ => null!);

    private static ConversationName Name(string text) => ConversationName.Create(text).Match(n => n, _ => null!);
}
