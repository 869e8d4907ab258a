using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;
using Bonding = Chat.Domain.Pairs.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Calling everyone at once, and all who have a role, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class CallingTests(ChatUp chat)
{
    private static readonly RoleId Cooks = RoleId.Of("cooks");

    [Fact]
    public async Task Who_may_calls_everyone_or_a_role_and_each_is_counted_once()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person, yuki.Person);
        var refused = Must.Refuse(await tomas.Client.ChangeAsync(group, Call("come", RoleId.Everyone)));
        Assert.Equal(("forbidden", "permission.mention_everyone"), (refused.Code, refused.Because[^1]));
        Assert.Equal("not_found", await mia.RefusedAsync(group, Call("come", Cooks)));
        await mia.DoAsync(group, new Command.SetRole(Cooks, Texts.RoleName("Cooks"), 1, Grant.None));
        await mia.DoAsync(group, new Command.AssignRoles(yuki.Person, [Cooks], Grant.None));

        // By name and with everyone is once.
        await mia.DoAsync(group, Call("come", RoleId.Everyone) with { Mentions = [tomas.Person] });
        await CountAsync((mia, 0), (tomas, 1), (yuki, 1));
        await mia.DoAsync(group, Call("it is hot", Cooks));
        await CountAsync((mia, 0), (tomas, 1), (yuki, 2));
        var told = (await yuki.HistoryAsync(group)).Messages;
        Assert.Equal([true, false], told.Select(message => message.IsForEveryone));
        Assert.Equal([yuki.Person], told[1].Mentions);

        // What is said otherwise calls whom it calls then; what was read, or taken back, calls nobody.
        var edit = new Command.EditMessage(2, Texts.Body("it is hot, all of you"), []) { Roles = [RoleId.Everyone] };
        await mia.DoAsync(group, edit);
        await CountAsync((mia, 0), (tomas, 2), (yuki, 2));
        Must.Accept(await tomas.Client.ReadAsync(group, 1));
        await CountAsync((tomas, 1));
        await mia.DoAsync(group, new Command.EditMessage(1, Texts.Body("do not come"), []));
        await CountAsync((tomas, 1), (yuki, 1));
        await mia.DoAsync(group, new Command.RedactMessage(2, null));
        await CountAsync((tomas, 0), (yuki, 0));

        // Who came later was not called, nor is who has nothing to do with whoever calls.
        await mia.DoAsync(group, Call("again", RoleId.Everyone));
        await using var zoe = await chat.Door.GuestAsync("zoe");
        await mia.DoAsync(group, new Command.Invite([zoe.Person]));
        await zoe.DoAsync(group, new Command.Join());
        await CountAsync((tomas, 1), (zoe, 0));
        Must.Accept(await tomas.Client.ChangeFriendAsync(new Bonding.Block(mia.Person)));
        await CountAsync((tomas, 0), (yuki, 1));

        async Task CountAsync(params (Guest Guest, int Mentions)[] expected)
        {
            foreach (var (guest, mentions) in expected)
                Assert.Equal((guest.Person, mentions), (guest.Person, (await guest.EntryAsync(group))!.Mentions));
        }
    }

    private static Command.SendMessage Call(string text, params RoleId[] roles) =>
        new(Texts.Body(text), null, []) { Roles = [.. roles] };
}
