using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>People who are closed out of everything, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class SuspensionTests(ChatUp chat)
{
    [Xunit.Fact]
    public async Task Whoever_is_suspended_is_out_within_a_second_on_all_devices_until_they_are_let_in()
    {
        await using var lead = await LeadAsync();
        await using var mia = await chat.Door.GuestAsync("mia");
        var person = Door.NewPerson("tomas");
        var tokens = new[] { "phone", "desk" }.Select(device => chat.Door.TokenOf(person, device)).ToArray();
        await using var phone = await RawClient.ConnectAsync(chat.Door.Url, tokens[0]);
        await using var desk = await RawClient.ConnectAsync(chat.Door.Url, tokens[1]);

        var id = ChatClient.NewId();
        var since = Stopwatch.GetTimestamp();
        Assert.False(Must.Accept(await lead.Client.SuspendAsync(person, null, Texts.Reason("spam"), id)).Replayed);
        Assert.True(await phone.IsClosedAsync() && await desk.IsClosedAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 1);
        Assert.True(Must.Accept(await lead.Client.SuspendAsync(person, null, Texts.Reason("spam"), id)).Replayed);
        foreach (var token in tokens.Append(chat.Door.TokenOf(person, "new")))
            await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(chat.Door.Url, token));
        var held = Must.Accept(await lead.Client.SuspensionAsync(person)).IfNone(() => throw new("not suspended"));
        Assert.Equal((lead.Person, null, Texts.Reason("spam")), (held.By, held.Until, held.Why));

        // Their words stay, and others go on.
        Assert.True(Must.Accept(await lead.Client.SuspensionAsync(mia.Person)).IsNone);
        Must.Accept(await lead.Client.RestoreAsync(person));
        await using var back = await RawClient.ConnectAsync(chat.Door.Url, tokens[0]);
        Assert.True(Must.Accept(await lead.Client.SuspensionAsync(person)).IsNone);
        // What was asked then is told the same, and does nothing.
        Assert.True(Must.Accept(await lead.Client.SuspendAsync(person, null, Texts.Reason("spam"), id)).Replayed);
        Assert.True(Must.Accept(await lead.Client.SuspensionAsync(person)).IsNone);
    }

    [Xunit.Fact]
    public async Task A_suspension_ends_by_itself()
    {
        await using var lead = await LeadAsync();
        var person = Door.NewPerson("tomas");
        var token = chat.Door.TokenOf(person, "phone");
        Must.Accept(await lead.Client.SuspendAsync(person, 1_500));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(chat.Door.Url, token));
        var since = Stopwatch.GetTimestamp();
        while (Must.Accept(await lead.Client.SuspensionAsync(person)).IsSome)
            Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 10);
        await using var back = await RawClient.ConnectAsync(chat.Door.Url, token);
    }

    [Xunit.Fact]
    public async Task Only_who_may_ban_among_the_staff_suspends_and_whoever_stands_below_them()
    {
        await using var lead = await LeadAsync();
        await using var helper = await chat.Door.GuestAsync("helper");
        await using var other = await chat.Door.GuestAsync("other");
        await using var mia = await chat.Door.GuestAsync("mia");
        Assert.Equal("not_found", Code(await mia.Client.SuspendAsync(helper.Person)));
        Assert.Equal("not_found", Code(await mia.Client.RestoreAsync(helper.Person)));
        Assert.Equal("not_found", Must.Refuse(await mia.Client.SuspensionAsync(helper.Person)).Code);

        await lead.DoAsync(ChatUp.Staff, new Command.Invite([helper.Person, other.Person]));
        await helper.DoAsync(ChatUp.Staff, new Command.Join());
        await other.DoAsync(ChatUp.Staff, new Command.Join());
        Assert.Equal("forbidden", Code(await helper.Client.SuspendAsync(mia.Person)));
        Assert.Equal("forbidden", Must.Refuse(await helper.Client.SuspensionAsync(mia.Person)).Code);
        var role = RoleId.Of("guards");
        var grant = new Grant(Powers.Of(Permission.Ban), Powers.None);
        await lead.DoAsync(ChatUp.Staff, new Command.SetRole(role, Texts.RoleName("Guards"), 5, grant));
        await lead.DoAsync(ChatUp.Staff, new Command.AssignRoles(helper.Person, [role], Grant.None));
        await lead.DoAsync(ChatUp.Staff, new Command.AssignRoles(other.Person, [role], Grant.None));
        foreach (var above in new[] { lead.Person, other.Person, helper.Person })
            Assert.Equal("forbidden", Code(await helper.Client.SuspendAsync(above)));
        Must.Accept(await helper.Client.SuspendAsync(mia.Person, 60_000));
        Must.Accept(await helper.Client.RestoreAsync(mia.Person));
        Assert.Equal("malformed", Code(await helper.Client.SuspendAsync(mia.Person, -1)));
    }

    private async Task<Guest> LeadAsync()
    {
        var lead = await chat.Door.GuestAsync(ChatUp.Lead, Door.Device);
        await lead.DoAsync(null, new Command.Create(ConversationKind.Group, [], null), ChatUp.StaffRequest);
        return lead;
    }

    private static string Code(Either<Domain.Deciding.Refusal, Domain.Committing.Receipt> answer) =>
        Must.Refuse(answer).Code;
}
