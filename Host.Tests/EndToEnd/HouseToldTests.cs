using Chat.Client;
using Chat.Domain.Rooms;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Bonding = Chat.Domain.Pairs.Command;
using Inside = Chat.Domain.Rooms.Command;
using Playing = Chat.Domain.Games.Command;

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
        Must.Accept(await noor.Client.ChangeFriendAsync(new Bonding.Block(tess.Person)));
        var room = await mia.LightAsync("Kitchen");
        // With whom she blocks inside it looks locked to her; without the block it does not.
        await tess.EnterAsync(room);
        await Eventually.HoldsAsync(() => IsLocked(noor), "Noor is told that it is locked");
        Must.Accept(await noor.Client.ChangeFriendAsync(new Bonding.Unblock(tess.Person)));
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

    [Fact]
    public async Task A_game_is_told_of_when_it_begins_and_ends_and_not_where_the_room_is_locked()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, yuki, noor);
        var room = await mia.LightAsync("Kitchen");
        await yuki.EnterAsync(room);
        await Eventually.HoldsAsync(() => CardsTo(noor).Any(card => card.Occupants is [_, _]), "Noor sees both");
        var before = CardsTo(noor).Count();
        await DealAsync(room, mia, yuki);
        await Eventually.HoldsAsync(() => CardsTo(noor).Last().Game is "trivia", "Noor is told what is played");
        Assert.Equal("trivia", (await noor.CardAsync(room))!.Game);
        await yuki.PlayAsync(room, new Playing.GetUp());
        await Eventually.HoldsAsync(() => CardsTo(noor).Last().Game is null, "Noor is told that it is over");
        Assert.Equal(["trivia", null], CardsTo(noor).Skip(before).Select(card => card.Game));

        await mia.DoAsync(room, new Inside.Lock());
        await Eventually.HoldsAsync(() => CardsTo(noor).Last().Locked, "Noor is told that it is locked");
        var locked = await noor.CardAsync(room);
        var after = noor.House().Count;
        await DealAsync(room, mia, yuki);
        Assert.Equal(locked, await noor.CardAsync(room));
        await yuki.PlayAsync(room, new Playing.GetUp());
        await DealAsync(room, mia, yuki);
        await mia.DoAsync(room, new Inside.Unlock());
        await Eventually.HoldsAsync(() => !CardsTo(noor).Last().Locked, "Noor is told that it is open");
        Assert.Equal("trivia", CardsTo(noor).Last().Game);
        Assert.Single(noor.House().Skip(after), one => one["type"] is "card");
    }

    private static IEnumerable<Card> CardsTo(Guest guest) =>
        guest.House().Where(one => one["type"] is "card").Select(one => RoomAnswers.Card(one.Inner("card")));

    private static bool IsLocked(Guest guest, int since = 0) =>
        guest.House().Skip(since).Any(one => one["type"] is "card" && RoomAnswers.Card(one.Inner("card")).Locked);
}
