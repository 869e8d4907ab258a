using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;
using static Chat.Domain.Tests.Conversations.Talk;

namespace Chat.Domain.Tests.Conversations;

/// <summary>Who may do what, by examples; the laws have the rest.</summary>
public sealed class PermissionTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly PersonId Yuki = PersonId.Of("yuki");
    private static readonly RoleId Helpers = RoleId.Of("helpers");
    private static readonly RoleName Name = RoleName.Create("Helpers").Match(name => name, _ => null!);

    // Mia's channel, with Tomas among its helpers, who may kick and may not speak.
    private static readonly State Channel = After(
        State.Initial,
        new Event.Created(By(Mia), ConversationKind.Channel, [Mia, Tomas, Yuki], null),
        new Event.RoleSet(
            By(Mia),
            Helpers,
            new RoleDefinition(Name, 5, new Grant(Powers.Of(Permission.Kick), Powers.Of(Permission.Send)))
        ),
        new Event.RolesAssigned(By(Mia), Tomas, [Helpers], Grant.None)
    );

    [Xunit.Fact]
    public void A_refusal_says_where_a_permission_was_lost() =>
        Assert.Equal(["role.helpers.denies", "permission.send"], Judge(Channel, Tomas, Say()).Because);

    [Xunit.Fact]
    public void What_is_allowed_says_where_it_comes_from()
    {
        Assert.Equal(["role.helpers.allows", "permission.kick"], Judge(Channel, Tomas, Kick(Yuki)).Because);
        Assert.Equal(["channel.default", "permission.send"], Judge(Channel, Yuki, Say()).Because);
        Assert.Equal(["owner", "permission.send"], Judge(Channel, Mia, Say()).Because);
    }

    [Xunit.Fact]
    public void A_member_alone_may_be_granted_what_their_role_denies()
    {
        var grant = new Grant(Powers.Of(Permission.Send), Powers.None);
        var after = After(Channel, new Event.RolesAssigned(By(Mia), Tomas, [Helpers], grant));
        Assert.Equal(["member.allows", "permission.send"], Judge(after, Tomas, Say()).Because);
    }

    [Xunit.Fact]
    public void Nobody_puts_out_who_stands_as_high() =>
        Assert.Equal(["rank.too_low"], Judge(Channel, Tomas, Kick(Mia)).Because);

    [Xunit.Fact]
    public void Nobody_gives_what_they_have_not()
    {
        var lead = new Grant(Powers.Of(Permission.ManageRoles), Powers.None);
        var after = After(Channel, new Event.RolesAssigned(By(Mia), Tomas, [Helpers], lead));
        var raised = new Command.SetRole(RoleId.Of("more"), Name, 1, new Grant(Powers.Of(Permission.Ban), Powers.None));
        Assert.Equal(["grant.beyond_own"], Judge(after, Tomas, raised).Because);
        Assert.Equal(["rank.too_low"], Judge(after, Tomas, raised with { Rank = 5, Grant = Grant.None }).Because);
    }

    [Xunit.Fact]
    public void Silence_ends_by_itself()
    {
        var after = After(Channel, new Event.TimedOut(By(Mia), Yuki, Now.Plus(1_000), null));
        Assert.Equal(1_000, Judge(after, Yuki, Say()).Refusal!.RetryAfterMs);
        Assert.True(Judge(after, Yuki, Say(), Now.Plus(1_000)).IsAllowed);
        Assert.True(Judge(after, Yuki, new Command.Leave()).IsAllowed);
        Assert.False(Layers.Now(after, Yuki, Now.Plus(999)).Has(Permission.Send));
        Assert.True(Layers.Now(after, Yuki, Now.Plus(1_000)).Has(Permission.Send));
    }

    [Xunit.Fact]
    public void A_ban_that_takes_back_what_was_said_asks_for_that_permission_too()
    {
        var bans = new Grant(Powers.Of(Permission.Ban), Powers.None);
        var after = After(Channel, new Event.RolesAssigned(By(Mia), Tomas, [Helpers], bans));
        Assert.True(Judge(after, Tomas, new Command.Ban(Yuki, null, null)).IsAllowed);
        Assert.Equal("permission.redact", Judge(after, Tomas, new Command.Ban(Yuki, null, null, 1_000)).Because.Last());
        Assert.True(Judge(after, Mia, new Command.Ban(Yuki, null, null, 1_000)).IsAllowed);
    }

    [Xunit.Fact]
    public void What_is_ones_own_one_takes_back_oneself()
    {
        var tea = LinkId.Of("tea-and-biscuits");
        var after = After(
            Channel,
            new Event.LinkMade(By(Yuki), tea, null, null, []),
            new Event.Invited(By(Yuki), [PersonId.Of("zoe")])
        );
        Assert.Equal(["link.own"], Judge(after, Yuki, new Command.DropLink(tea)).Because);
        Assert.Equal("permission.admit", Judge(after, Tomas, new Command.DropLink(tea)).Because.Last());
        Assert.Equal(["invitation.own"], Judge(after, Yuki, new Command.Uninvite(PersonId.Of("zoe"))).Because);
        Assert.Equal("permission.admit", Judge(after, Tomas, new Command.Uninvite(PersonId.Of("zoe"))).Because.Last());
    }

    [Xunit.Fact]
    public void Where_it_is_locked_only_who_could_unlock_it_changes_anything()
    {
        var after = After(Channel, new Event.SettingsChanged(By(Mia), Channel.Settings with { Locked = true }));
        Assert.Equal("locked", Judge(after, Yuki, Say()).Refusal!.Code);
        Assert.True(Judge(after, Mia, Say()).IsAllowed);
        Assert.True(Judge(after, Yuki, new Command.Leave()).IsAllowed);
    }

    [Xunit.Fact]
    public void Words_that_are_kept_out_name_their_rule_and_what_they_cost()
    {
        var blocked = After(Channel, Words(WordAction.Block, 0));
        Assert.Equal(["words.hello"], Judge(blocked, Yuki, Say()).Because);
        var dear = After(Channel, Words(WordAction.Timeout, 1_000));
        Assert.Equal(["member.timed_out", "words.hello"], Judge(dear, Yuki, Say()).Because);
        Assert.True(Judge(dear, Mia, Say()).IsAllowed);
    }

    private static Event Words(WordAction action, long forMs)
    {
        var phrase = Phrase.Create("hello").Match(one => one, _ => null!);
        return new Event.WordsSet(By(Mia), [new WordRule(WordRuleId.Of("hello"), [phrase], action, forMs)]);
    }

    private static Command Kick(PersonId person) => new Command.Kick(person, null);

    private static Verdict Judge(State state, PersonId person, Command command, Instant? now = null) =>
        Permissions.Evaluate(state, Facts.Empty, person, command, now ?? Now);
}
