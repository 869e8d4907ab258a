using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Roles, settings and who is let in, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class ModerationTests(ChatUp chat)
{
    private static readonly RoleId Helpers = RoleId.Of("helpers");

    [Fact]
    public async Task Who_is_put_out_hears_it_and_nothing_after_and_may_come_back()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await tomas.SayAsync(channel, "hello");
        await mia.DoAsync(channel, new Command.Kick(tomas.Person, Texts.Reason("asleep")));
        Assert.IsType<Event.Kicked>(Assert.IsType<Seen.Shown>(await tomas.HearsAsync(channel, 3)).Event);
        await mia.SayAsync(channel, "he is gone");
        Assert.Equal("not_a_member", Must.Refuse(await tomas.Client.HistoryAsync(channel)).Code);
        Assert.Null(await tomas.EntryAsync(channel));
        await tomas.DoAsync(channel, new Command.Join());
        Assert.Equal(2, Must.Accept(await tomas.Client.HistoryAsync(channel)).Messages.Count);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Who_is_kept_out_does_not_come_back_however_they_try()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await mia.DoAsync(channel, new Command.Ban(tomas.Person, 3_600_000, null));
        var refusal = Must.Refuse(await tomas.Client.ChangeAsync(channel, new Command.Join()));
        Assert.Equal("banned", refusal.Code);
        Assert.InRange(refusal.RetryAfterMs!.Value, 1, 3_600_000);
        Assert.Equal(["person.banned"], await WhyAsync(yuki, channel, new Command.Invite([tomas.Person])));
        await mia.DoAsync(channel, new Command.Unban(tomas.Person));
        await tomas.DoAsync(channel, new Command.Join());
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Who_was_silenced_speaks_again_when_it_is_over()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await mia.DoAsync(channel, new Command.Timeout(tomas.Person, 1_000, null));
        var refusal = Must.Refuse(await tomas.Client.ChangeAsync(channel, Say("now?")));
        Assert.Equal(("muted", true), (refusal.Code, refusal.RetryAfterMs is > 0 and <= 1_000));
        await Task.Delay((int)refusal.RetryAfterMs!.Value + 50);
        await tomas.SayAsync(channel, "now");
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task A_helper_helps_as_far_as_their_role_goes_and_a_refusal_says_how_far()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        var grant = new Grant(Powers.Of(Permission.Kick, Permission.ManageRoles), Powers.Of(Permission.Invite));
        await mia.DoAsync(channel, new Command.SetRole(Helpers, Texts.RoleName("Helpers"), 5, grant));
        await mia.DoAsync(channel, new Command.AssignRoles(tomas.Person, [Helpers], Grant.None));

        Assert.Equal(["rank.too_low"], await WhyAsync(tomas, channel, new Command.Kick(mia.Person, null)));
        Assert.Equal(
            ["role.helpers.denies", "permission.invite"],
            await WhyAsync(tomas, channel, new Command.Invite([Door.NewPerson("x")]))
        );
        var more = new Grant(Powers.Of(Permission.Ban), Powers.None);
        Assert.Equal(
            ["grant.beyond_own"],
            await WhyAsync(tomas, channel, new Command.AssignRoles(yuki.Person, [], more))
        );
        Assert.Equal(
            ["channel.default", "permission.kick"],
            await WhyAsync(yuki, channel, new Command.Kick(tomas.Person, null))
        );
        await tomas.DoAsync(channel, new Command.Kick(yuki.Person, null));
        var held = (await tomas.GetAsync(channel)).Members.Single(member => member.Person == tomas.Person);
        Assert.Equal([Helpers], held.Roles);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Who_knocks_is_let_in_and_sees_what_the_settings_of_that_moment_show()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await mia.DoAsync(channel, new Command.Kick(yuki.Person, null));
        var kept = new SettingsChange(JoinRule.Knock, HistoryRule.Last, HistoryLast: 2);
        await mia.DoAsync(channel, new Command.ChangeSettings(kept));
        foreach (var text in new[] { "one", "two", "three" })
            await tomas.SayAsync(channel, text);
        Assert.Equal(["settings.join", "invitation.required"], await WhyAsync(yuki, channel, new Command.Join()));
        await yuki.DoAsync(channel, new Command.Knock(Texts.Reason("it is me")));
        Assert.Equal([yuki.Person], (await mia.GetAsync(channel)).Rules.Knocking);
        await tomas.DoAsync(channel, new Command.Invite([yuki.Person]));
        Assert.Empty((await mia.GetAsync(channel)).Rules.Knocking);
        await yuki.DoAsync(channel, new Command.Join());
        var seen = Must.Accept(await yuki.Client.HistoryAsync(channel)).Messages;
        Assert.Equal([2L, 3], seen.Select(message => message.Seq));
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task A_channel_that_is_closed_to_strangers_is_not_there_for_them()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await using var eve = await chat.Door.GuestAsync("eve");
        Assert.Equal("not_a_member", Must.Refuse(await eve.Client.HistoryAsync(channel)).Code);
        await mia.DoAsync(channel, new Command.ChangeSettings(new SettingsChange(JoinRule.Invite)));
        foreach (var command in new Command[] { new Command.Join(), new Command.Knock(null), Say("x") })
            Assert.Equal("not_found", await eve.RefusedAsync(channel, command));
        Assert.Equal("not_found", Must.Refuse(await eve.Client.HistoryAsync(channel)).Code);
        await mia.DoAsync(channel, new Command.Invite([eve.Person]));
        Assert.Equal(Standing.Invited, (await eve.EntryAsync(channel))?.Standing);
        Assert.Equal("not_a_member", Must.Refuse(await eve.Client.HistoryAsync(channel)).Code);
        await mia.DoAsync(channel, new Command.Uninvite(eve.Person));
        Assert.Equal("not_found", await eve.RefusedAsync(channel, new Command.Join()));
        Assert.Null(await eve.EntryAsync(channel));
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Settings_hold_who_says_what_and_how_often()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await SetAsync(new SettingsChange(SlowModeMs: 60_000));
        await tomas.SayAsync(channel, "one");
        Assert.Equal("slow_mode", await tomas.RefusedAsync(channel, Say("two")));
        await SetAsync(new SettingsChange(SlowModeMs: 0, EditWindowMs: 1));
        var edit = new Command.EditMessage(1, Texts.Body("otherwise"), []);
        Assert.Equal("too_late", await tomas.RefusedAsync(channel, edit));
        await SetAsync(new SettingsChange(EditWindowMs: 0, MessageBytes: 3));
        Assert.Equal("too_large", await tomas.RefusedAsync(channel, edit));
        await SetAsync(new SettingsChange(AnnounceOnly: true));
        Assert.Equal(["channel.default", "permission.announce"], await WhyAsync(tomas, channel, Say("two")));
        await SetAsync(new SettingsChange(AnnounceOnly: false, Locked: true));
        Assert.Equal("locked", await tomas.RefusedAsync(channel, new Command.React(1, Texts.Emoji("+"))));
        Assert.True((await tomas.GetAsync(channel)).Rules.Settings.Locked);
        await tomas.DoAsync(channel, new Command.RedactMessage(1, null));
        await tomas.DoAsync(channel, new Command.Leave());
        await Ruled.EndAsync(mia, tomas, yuki);

        Task SetAsync(SettingsChange change) => mia.DoAsync(channel, new Command.ChangeSettings(change));
    }

    [Fact]
    public async Task A_pin_is_seen_by_who_sees_its_message_and_goes_with_it()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        await mia.DoAsync(channel, new Command.Kick(yuki.Person, null));
        await mia.DoAsync(channel, new Command.ChangeSettings(new SettingsChange(History: HistoryRule.Join)));
        await mia.SayAsync(channel, "to keep");
        await mia.DoAsync(channel, new Command.Pin(1));
        await yuki.DoAsync(channel, new Command.Join());
        Assert.Equal([1L], (await tomas.GetAsync(channel)).Rules.Pins.Select(pin => pin.Seq));
        Assert.Empty((await yuki.GetAsync(channel)).Rules.Pins);
        await mia.DoAsync(channel, new Command.RedactMessage(1, null));
        Assert.Empty((await tomas.GetAsync(channel)).Rules.Pins);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Whose_it_is_can_be_handed_on_by_the_owner_alone()
    {
        var (mia, tomas, yuki, channel) = await GatherAsync();
        Assert.Equal(["owner.required"], await WhyAsync(tomas, channel, new Command.TransferOwnership(yuki.Person)));
        await mia.DoAsync(channel, new Command.TransferOwnership(tomas.Person));
        Assert.Equal("forbidden", await mia.RefusedAsync(channel, new Command.Kick(yuki.Person, null)));
        await tomas.DoAsync(channel, new Command.Kick(mia.Person, null));
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    private Task<(Guest Mia, Guest Tomas, Guest Yuki, ConversationId Channel)> GatherAsync() =>
        Ruled.GatherAsync(chat.Door);

    private static Command Say(string text) => new Command.SendMessage(Texts.Body(text), null, []);

    private static async Task<Listing<string>> WhyAsync(Guest guest, ConversationId where, Command command) =>
        Must.Refuse(await guest.Client.ChangeAsync(where, command)).Because;
}
