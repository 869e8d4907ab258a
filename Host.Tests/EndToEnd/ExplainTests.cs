using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Asking who may do what, why not, and what a change would come to.</summary>
[Collection(ChatUp.Collection)]
public sealed class ExplainTests(ChatUp chat)
{
    private static readonly ConversationId Nowhere = ConversationId.Of("c0");

    [Fact]
    public async Task What_is_explained_is_what_a_request_gets_and_nothing_happens()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        var kick = new Command.Kick(yuki.Person, null);
        var told = Must.Accept(await tomas.Client.ExplainAsync(channel, kick)).Explanation;
        Assert.Equal(["channel.default", "permission.kick"], told.Verdict.Because);
        Assert.Equal(("forbidden", mia.Person), (told.Verdict.Refusal!.Code, Assert.Single(told.Who)));
        Assert.True(Must.Accept(await mia.Client.ExplainAsync(channel, kick)).Explanation.Verdict.IsAllowed);
        told = Must.Accept(await tomas.Client.ExplainAsync(Nowhere, kick)).Explanation;
        Assert.Equal("not_found", told.Verdict.Refusal!.Code);
        Assert.Equal("not_found", Must.Refuse(await tomas.Client.WhatIfAsync(Nowhere, kick)).Code);

        var quiet = new Command.ChangeSettings(new SettingsChange(AnnounceOnly: true));
        var (version, whatIf) = Must.Accept(await mia.Client.WhatIfAsync(channel, quiet));
        Assert.Equal(
            [
                new Difference(tomas.Person, Permission.Send, IsGained: false),
                new Difference(yuki.Person, Permission.Send, IsGained: false),
            ],
            whatIf.Differences.OrderBy(one => one.Person)
        );
        Assert.False(whatIf.IsLockOut);
        var after = await mia.GetAsync(channel);
        Assert.Equal((version, false), (after.Entry.Version, after.Rules.Settings.AnnounceOnly));
        await tomas.SayAsync(channel, "still here");
        Assert.True(Must.Accept(await mia.Client.WhatIfAsync(channel, Handed(tomas))).WhatIf.IsLockOut);
        await Ruled.EndAsync(mia, tomas, yuki);

        static Command Handed(Guest guest) => new Command.TransferOwnership(guest.Person);
    }

    [Fact]
    public async Task It_is_explained_why_one_sees_no_more_of_the_past()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        await mia.DoAsync(channel, new Command.Kick(yuki.Person, null));
        await mia.DoAsync(channel, new Command.ChangeSettings(new SettingsChange(History: HistoryRule.Join)));
        await mia.SayAsync(channel, "before");
        await yuki.DoAsync(channel, new Command.Join());
        await mia.SayAsync(channel, "after");
        var told = Must.Accept(await tomas.Client.ExplainHistoryAsync(channel));
        Assert.Equal((1L, "history.all"), (told.SeesFrom, Assert.Single(told.Explanation.Verdict.Because)));
        await using var eve = await chat.Door.GuestAsync("eve");
        await eve.DoAsync(channel, new Command.Join());
        told = Must.Accept(await eve.Client.ExplainHistoryAsync(channel));
        Assert.Equal((3L, "history.join"), (told.SeesFrom, Assert.Single(told.Explanation.Verdict.Because)));
        told = Must.Accept(await yuki.Client.ExplainHistoryAsync(channel));
        Assert.Equal("history.away", told.Explanation.Verdict.Because[0]);
        Assert.Equal("not_found", Must.Refuse(await eve.Client.ExplainHistoryAsync(Nowhere)).Code);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task What_was_done_is_told_with_its_reason_and_rules_to_who_keeps_the_conversation()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        await mia.SayAsync(channel, "hello");
        await yuki.SayAsync(channel, "buy watches");
        var mods = RoleId.Of("mods");
        var grant = new Grant(Powers.Of(Permission.Ban, Permission.Redact), Powers.None);
        await mia.DoAsync(channel, new Command.SetRole(mods, Texts.RoleName("Mods"), 5, grant));
        await mia.DoAsync(channel, new Command.AssignRoles(tomas.Person, [mods], Grant.None));
        await tomas.DoAsync(channel, new Command.Ban(yuki.Person, null, Texts.Reason("spam"), 60_000));
        var page = Must.Accept(await mia.Client.AuditAsync(channel));
        Assert.Equal(["redacted", "banned", "roles_assigned", "role_set"], page.Lines.Select(line => line.What));
        var ban = page.Lines[1];
        Assert.Equal((tomas.Person, yuki.Person, "spam"), (ban.By, ban.Person!.Value, ban.Reason!.Value));
        Assert.Equal(["role.mods.allows", "permission.ban"], ban.Because);
        Assert.Equal((2L, yuki.Person), (page.Lines[0].Seq!.Value, page.Lines[0].Person!.Value));
        var older = Must.Accept(await mia.Client.AuditAsync(channel, ban.Version, 1));
        Assert.Equal(("roles_assigned", true), (Assert.Single(older.Lines).What, older.More));
        Assert.Equal("forbidden", Must.Refuse(await tomas.Client.AuditAsync(channel)).Code);
        Assert.Equal("not_a_member", Must.Refuse(await yuki.Client.AuditAsync(channel)).Code);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Who_is_kept_out_is_known_to_who_may_let_them_in()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        await mia.DoAsync(channel, new Command.Ban(yuki.Person, null, null));
        await mia.DoAsync(channel, new Command.Ban(Door.NewPerson("x"), 1, null));
        var bans = Must.Accept(await mia.Client.BansAsync(channel));
        Assert.Equal((new BanEntry(yuki.Person, null), false), (Assert.Single(bans.Bans), bans.More));
        var refusal = Must.Refuse(await tomas.Client.BansAsync(channel));
        Assert.Equal(["channel.default", "permission.ban"], refusal.Because);
        Assert.Equal("not_a_member", Must.Refuse(await yuki.Client.BansAsync(channel)).Code);
        await Ruled.EndAsync(mia, tomas, yuki);
    }
}

/// <summary>A channel of three, the first of them its owner.</summary>
internal static class Ruled
{
    public static async Task<(Guest Mia, Guest Tomas, Guest Yuki, ConversationId Channel)> GatherAsync(Door door)
    {
        var people = await Task.WhenAll(new[] { "mia", "tomas", "yuki" }.Select(name => door.GuestAsync(name)));
        var channel = await people[0]
            .CreateAsync(ConversationKind.Channel, "ruled", people[1].Person, people[2].Person);
        return (people[0], people[1], people[2], channel);
    }

    public static async Task EndAsync(params Guest[] guests)
    {
        foreach (var guest in guests)
            await guest.DisposeAsync();
    }
}
