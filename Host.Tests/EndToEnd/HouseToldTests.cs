using Chat.Client;
using Chat.Domain.Pairs;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Inside = Chat.Domain.Rooms.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What somebody found of the house, with what they are told since, is the house.</summary>
[Collection(ChatUp.Collection)]
public sealed class HouseToldTests(ChatUp chat)
{
    [Fact]
    public async Task Who_has_found_a_room_is_told_that_it_went_dark_though_they_were_never_told_of_it()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        var room = await mia.LightAsync("Kitchen");
        await BefriendAsync(mia, noor);
        Assert.NotNull(await noor.CardAsync(room));
        Assert.DoesNotContain(noor.House(), one => one["type"] is "card");
        await mia.DoAsync(room, new Inside.Leave());
        await Eventually.HoldsAsync(
            () => noor.House().Any(one => one["type"] is "closed" && one["room"] as string == room.Value),
            "Noor is told that it is dark"
        );
    }

    [Fact]
    public async Task What_looks_again_as_one_was_told_once_is_told_again()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var tess = await chat.Door.GuestAsync("tess");
        await BefriendAsync(mia, noor, tess);
        Must.Accept(await noor.Client.ChangeFriendAsync(new Command.Block(tess.Person)));
        var room = await mia.LightAsync("Kitchen");
        // With whom she blocks inside it looks locked to her; without the block it does not.
        await tess.EnterAsync(room);
        await Eventually.HoldsAsync(() => IsLocked(noor), "Noor is told that it is locked");
        Must.Accept(await noor.Client.ChangeFriendAsync(new Command.Unblock(tess.Person)));
        Assert.False((await noor.CardAsync(room))!.Locked);
        var before = noor.House().Count;
        await mia.DoAsync(room, new Inside.Lock());
        await Eventually.HoldsAsync(() => IsLocked(noor, before), "Noor is told again that it is locked");
        // Of what happens in it then nobody outside is told.
        var after = noor.House().Count;
        await tess.DoAsync(room, new Inside.Leave());
        await mia.DoAsync(room, new Inside.Unlock());
        await Eventually.HoldsAsync(
            () => noor.House().Skip(after).Any(one => one["type"] is "card"),
            "Noor is told that it is open"
        );
        Assert.Single(noor.House().Skip(after), one => one["type"] is "card");
        Assert.DoesNotContain(noor.House().Skip(after), one => one["person"] as string == tess.Person.Value);
    }

    private static bool IsLocked(Guest guest, int since = 0) =>
        guest.House().Skip(since).Any(one => one["type"] is "card" && RoomAnswers.Card(one.Inner("card")).Locked);
}
