using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;
using Declines = Chat.Domain.People.Command.DeclineInvitation;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Not coming where one was asked in.</summary>
[Collection(ChatUp.Collection)]
public sealed class DeclineTests(ChatUp chat)
{
    [Fact]
    public async Task Declined_and_ignored_look_alike_to_who_asked()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var declines = await chat.Door.GuestAsync("declines");
        await using var ignores = await chat.Door.GuestAsync("ignores");
        var group = await mia.CreateAsync(ConversationKind.Group, "supper");
        await mia.DoAsync(group, new Command.Invite([declines.Person, ignores.Person]));
        var version = (await mia.GetAsync(group)).Entry.Version;
        await DeclineAsync(declines, group);
        await mia.ArrivedAsync();

        var seen = await mia.GetAsync(group);
        Assert.Equal(version, seen.Entry.Version);
        Assert.Equal(2, seen.Invited.Count);
        Assert.Equal(version, mia.Heard(group).Max(one => one.Version));
        var again = await mia.DoAsync(group, new Command.Invite([declines.Person, ignores.Person]));
        Assert.Equal(version, again.Version);
    }

    [Fact]
    public async Task Who_declined_is_rid_of_it_and_may_still_come_or_be_asked_anew()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "supper");
        await mia.DoAsync(group, new Command.Invite([tomas.Person]));
        var page = Must.Accept(await tomas.Client.ResumeAsync(null));
        Assert.Equal(Standing.Invited, (await tomas.EntryAsync(group))?.Standing);
        await DeclineAsync(tomas, group);
        Assert.Null(await tomas.EntryAsync(group));
        var missed = Must.Accept(await tomas.Client.ResumeAsync(page.Cursor)).Conversations;
        Assert.IsType<Resumption.Left>(Assert.Single(missed, one => one.Conversation == group));

        await mia.DoAsync(group, new Command.Uninvite(tomas.Person));
        await mia.DoAsync(group, new Command.Invite([tomas.Person]));
        Assert.Equal(Standing.Invited, (await tomas.EntryAsync(group))?.Standing);
        await DeclineAsync(tomas, group);
        await tomas.DoAsync(group, new Command.Join());
        Assert.Equal(Standing.Member, (await tomas.EntryAsync(group))?.Standing);
    }

    [Fact]
    public async Task Where_nobody_asked_there_is_nothing_to_decline_and_nothing_to_learn()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "secret");
        var there = await DeclineAsync(eve, group);
        var nowhere = await DeclineAsync(eve, ConversationId.Of("c0"));
        Assert.Equal(nowhere, there);
        Assert.Equal(0, there.Version);
    }

    private static async Task<Domain.Committing.Receipt> DeclineAsync(Guest guest, ConversationId where) =>
        Must.Accept(await guest.Client.ChangeSelfAsync(new Declines(where)));
}
