using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;
using static Chat.Domain.Tests.Conversations.Talk;

namespace Chat.Domain.Tests.Conversations;

/// <summary>Who could make it otherwise, and why one sees no more, by examples.</summary>
public sealed class ExplanationTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly PersonId Yuki = PersonId.Of("yuki");
    private static readonly PersonId Anna = PersonId.Of("anna");
    private static readonly PersonId Zoe = PersonId.Of("zoe");
    private static readonly RoleId Leads = RoleId.Of("leads");

    // Mia's group. Tomas and Yuki lead, and Anna does, too, who came later; Zoe is one of them all.
    private static readonly State Group = After(
        State.Initial,
        new Event.Created(By(Mia), ConversationKind.Group, [Mia, Yuki, Tomas, Zoe], null),
        new Event.RoleSet(
            By(Mia),
            Leads,
            new RoleDefinition(
                RoleName.Create("Leads").IfFail(_ => null!),
                5,
                new Grant(
                    Powers.Of(Permission.ManageSettings, Permission.ManageRoles, Permission.Timeout, Permission.Kick),
                    Powers.None
                )
            )
        ),
        new Event.Joined(By(Anna), [Interval.OpenFrom(3)]),
        new Event.RolesAssigned(By(Mia), Yuki, [Leads], Grant.None),
        new Event.RolesAssigned(By(Mia), Tomas, [Leads], Grant.None),
        new Event.RolesAssigned(By(Mia), Anna, [Leads], Grant.None)
    );

    [Xunit.Fact]
    public void Who_could_unlock_it_is_named_the_highest_first_then_who_came_first()
    {
        var locked = After(Group, new Event.SettingsChanged(By(Mia), Group.Settings with { Locked = true }));
        Assert.Equal([Mia, Tomas, Yuki, Anna], WhoHelps(locked, Zoe, Say()));
        Assert.Empty(WhoHelps(Group, Zoe, Say()));
        Assert.Empty(WhoHelps(locked, PersonId.Of("stranger"), Say()));
    }

    [Xunit.Fact]
    public void A_longer_text_asks_for_who_may_change_the_settings()
    {
        var brief = After(Group, new Event.SettingsChanged(By(Mia), Group.Settings with { MessageBytes = 2 }));
        Assert.Equal([Mia, Tomas, Yuki, Anna], WhoHelps(brief, Zoe, Say()));
        Assert.Equal(new Refusal.TooLarge("settings.message_bytes"), Explain(brief, Zoe, Say()).Verdict.Refusal);
    }

    [Xunit.Fact]
    public void Who_stands_too_low_asks_who_could_do_it_themselves() =>
        Assert.Equal([Mia], WhoHelps(Group, Tomas, new Command.Kick(Yuki, null)));

    [Xunit.Fact]
    public void Only_the_owner_hands_it_on() =>
        Assert.Equal([Mia], WhoHelps(Group, Tomas, new Command.TransferOwnership(Yuki)));

    [Xunit.Fact]
    public void The_word_is_given_back_by_who_stands_above_and_may()
    {
        var silenced = After(Group, new Event.TimedOut(By(Mia), Tomas, Now.Plus(1_000), null));
        Assert.Equal([Mia], WhoHelps(silenced, Tomas, Say()));
        var silent = After(Group, new Event.TimedOut(By(Mia), Zoe, Now.Plus(1_000), null));
        Assert.Equal([Mia, Tomas, Yuki, Anna], WhoHelps(silent, Zoe, Say()));
    }

    [Xunit.Fact]
    public void What_is_missing_is_granted_by_who_has_it_and_manages_roles() =>
        Assert.Equal([Mia, Tomas, Yuki, Anna], WhoHelps(Group, Zoe, new Command.Kick(Anna, null)));

    [Xunit.Fact]
    public void Who_gives_it_away_is_told_that_they_cannot_take_it_back()
    {
        Assert.True(IsLockOut(Group, Mia, new Command.TransferOwnership(Zoe)));
        Assert.False(IsLockOut(Group, Mia, new Command.DropRole(Leads)));
        var locked = new SettingsChange(Locked: true);
        Assert.False(IsLockOut(Group, Tomas, new Command.ChangeSettings(locked)));

        // Zoe may by what everybody may, and takes it from everybody.
        var (low, name) = (RoleId.Of("low"), RoleName.Create("r").IfFail(_ => null!));
        var open = After(
            Group,
            new Event.RoleSet(By(Mia), low, new RoleDefinition(name, 1, Grant.None)),
            new Event.RolesAssigned(By(Mia), Zoe, [low], Grant.None),
            new Event.RoleSet(By(Mia), RoleId.Everyone, new RoleDefinition(name, 0, Managing))
        );
        Assert.True(IsLockOut(open, Zoe, new Command.SetRole(RoleId.Everyone, name, 0, Grant.None)));
        Assert.False(IsLockOut(open, Zoe, new Command.SetRole(RoleId.Everyone, name, 0, Managing)));
        Assert.True(IsLockOut(open, Zoe, new Command.DropRole(RoleId.Everyone)));
    }

    private static Grant Managing => new(Powers.Of(Permission.ManageRoles), Powers.None);

    private static bool IsLockOut(State state, PersonId person, Command command) =>
        Permissions.Simulate(state, Facts.Empty, new Context(person, DeviceId.Of("phone"), Now), command).IsLockOut;

    [Theory]
    [InlineData(1, "1-", 1, "history.all")]
    [InlineData(7, "7-", 7, "history.join")]
    [InlineData(7, "4-", 4, "history.earlier")]
    [InlineData(7, "", 7, "history.join")]
    [InlineData(9, "1-4 9-", 1, "history.away history.all")]
    [InlineData(9, "2-4 9-", 2, "history.away history.join")]
    [InlineData(9, "2-4 8-", 2, "history.away history.earlier")]
    public void Why_one_sees_no_more_of_the_past(long joined, string stretches, long from, string because)
    {
        var access = stretches
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(stretch => stretch.Split('-'))
            .Select(ends => new Interval(
                long.Parse(ends[0]),
                ends[1].Length > 0 ? long.Parse(ends[1]) : long.MaxValue
            ));
        var member = new Member(Role.Member, joined, 0, Listing.From(access), null);
        var state = Group with { Members = Group.Members.AddOrUpdate(Zoe, member) };
        var told = HistoryExplanation.Of(state, Zoe).IfNone(() => null!);
        Assert.Equal((from, because), (told.FromVersion, string.Join(' ', told.Because)));
        Assert.True(HistoryExplanation.Of(state, PersonId.Of("stranger")).IsNone);
    }

    private static Explanation Explain(State state, PersonId person, Command command) =>
        Explanation.Of(state, Facts.Empty, person, command, Now);

    private static Listing<PersonId> WhoHelps(State state, PersonId person, Command command) =>
        Explain(state, person, command).Who;
}
