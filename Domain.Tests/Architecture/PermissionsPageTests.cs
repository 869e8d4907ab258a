using System.Text;
using System.Xml.Linq;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Tests.Stored;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Architecture;

/// <summary>
/// docs/permissions.md is what the code says: the defaults of each kind, and what each verb asks for, found by asking.
/// Delete it, and it is written anew.
/// </summary>
public sealed class PermissionsPageTests
{
    private static readonly Instant Now = new(1_760_000_000_000);
    private static readonly PersonId Owner = PersonId.Of("owner");
    private static readonly PersonId Member = PersonId.Of("member");
    private static readonly PersonId Other = PersonId.Of("other");
    private static readonly RoleId Role = RoleId.Of("role");

    // A group in which everything is denied to everybody, so that each verb says what it lacks; and one in which
    // everybody may speak, and no more than that.
    private static readonly State[] Groups = [Group(Powers.None), Group(Powers.Of(Permission.Send))];

    private static State Group(Powers powers) =>
        new Event[]
        {
            new Event.Created(new Stamp(Owner, Now), ConversationKind.Group, [Owner, Member, Other], null),
            new Event.RoleSet(new Stamp(Owner, Now), Role, new RoleDefinition(Name("r"), 1, Grant.None)),
            new Event.RoleSet(
                new Stamp(Owner, Now),
                RoleId.Everyone,
                new RoleDefinition(Name("everyone"), 0, new Grant(powers, Powers.All))
            ),
            new Event.LinkMade(new Stamp(Owner, Now), LinkId.Of("a-link-of-theirs"), null, null, []),
        }.Aggregate(Domain.Conversations.State.Initial, Evolution.Evolve);

    private static readonly Facts Said = Facts.Empty.With(
        new FactKey.Message(1),
        Some<AnyFact>(new Fact.Message(new MessageRef(1, 2), Other, Now, false, []))
    );

    [Xunit.Fact]
    public void The_page_is_what_the_code_says()
    {
        var page = Path.Combine(Repository.Root, "docs", "permissions.md");
        if (!File.Exists(page))
        {
            File.WriteAllText(page, Page());
            Assert.Fail("docs/permissions.md was written: look at it, keep it, and run again");
        }
        Assert.Equal(File.ReadAllText(page), Page());
    }

    [Xunit.Fact]
    public void Every_permission_is_asked_for_by_something()
    {
        var asked = Commands().SelectMany(RulesOf).ToHashSet();
        // These two are asked for only where the settings say so, and the last at the desk.
        var elsewhere = new[] { Permission.Announce, Permission.SkipSlowMode, Permission.Reports };
        Assert.All(
            Enum.GetValues<Permission>().Except(elsewhere),
            one => Assert.Contains($"permission.{one.Word()}", asked)
        );
    }

    private static string Page()
    {
        var text = new StringBuilder(
            """
            # Who may do what

            One function decides it, `Permissions.Evaluate`; every command goes through it before anything is decided.
            A refusal carries the rules that led to it, the deciding one last: where a permission was lost
            (`channel.default`, `role.helpers.denies`, `member.denies`), then which it is (`permission.kick`).

            What a member may do is what the kind of the conversation gives everybody, then the role `everyone`, then
            all other roles of theirs as one layer, then what was granted and denied to them alone. In each layer
            denials come first, so what a layer allows stays allowed. The owner may do everything; there is always one
            while anyone is in, and whoever came first follows an owner who leaves. Who may not `send` cannot
            `announce` either, `attach` or `mention_everyone`.

            A role has a rank. Nobody puts out, silences or gives roles to who stands as high as they do, touches a
            role as high as their own, or gives what they have not themselves. Who has not the word, or finds a
            conversation locked, may still leave, take back what they said and take their emoji away.

            | permission | what it is for | direct | group | channel | asked for by |
            |---|---|---|---|---|---|

            """
        );
        foreach (var permission in Enum.GetValues<Permission>())
            text.Append(Line(permission)).Append('\n');
        return text.ToString();
    }

    private static string Line(Permission permission)
    {
        var given = new[] { ConversationKind.Direct, ConversationKind.Group, ConversationKind.Channel }.Select(kind =>
            Layers.Defaults(kind).Has(permission) ? "yes" : ""
        );
        var verbs = Commands()
            .Where(command => RulesOf(command).Contains($"permission.{permission.Word()}"))
            .Select(command => $"`{RequestBodies.VerbOf(command)}`")
            .Distinct();
        var defaults = string.Join(" | ", given);
        return $"| `{permission.Word()}` | {Summary(permission)} | {defaults} | {string.Join(", ", verbs)} |";
    }

    private static IEnumerable<string> RulesOf(Command command) =>
        Groups.Select(group => Permissions.Evaluate(group, Said, Member, command, Now).Because.Last());

    private static Command[] Commands() =>
        [
            new Command.SendMessage(Samples.Text(Body.Create("x")), null, []),
            new Command.SendMessage(Body.None, null, []) { Files = [Samples.Picture with { At = Now }] },
            new Command.SendMessage(Samples.Text(Body.Create("x")), null, []) { Roles = [RoleId.Everyone] },
            new Command.RedactMessage(1, null),
            new Command.React(1, Samples.Text(Emoji.Create("x"))),
            new Command.Rename(Samples.Text(ConversationName.Create("x"))),
            new Command.SetTopic(Samples.Text(Topic.Create("x"))),
            new Command.Invite([PersonId.Of("stranger")]),
            new Command.Pin(1),
            new Command.Unpin(1),
            new Command.ChangeSettings(new SettingsChange()),
            new Command.SetWords([]),
            new Command.SetRole(Role, Name("x"), 1, Grant.None),
            new Command.DropRole(Role),
            new Command.AssignRoles(Other, [], Grant.None),
            new Command.Kick(Other, null),
            new Command.Ban(Other, null, null),
            new Command.MakeLink(LinkId.Of("another-of-mine"), null, null, []),
            new Command.DropLink(LinkId.Of("a-link-of-theirs")),
            new Command.Unban(Other),
            new Command.Timeout(Other, 1, null),
            new Command.Uninvite(Other),
        ];

    private static string Summary(Permission permission)
    {
        var name = $"F:{typeof(Permission).FullName}.{permission}";
        var file = Path.Combine(AppContext.BaseDirectory, "Chat.Domain.xml");
        var found = XDocument.Load(file).Descendants("member").First(one => one.Attribute("name")!.Value == name);
        return string.Join(
            ' ',
            found.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private static RoleName Name(string text) => Samples.Text(RoleName.Create(text));
}
