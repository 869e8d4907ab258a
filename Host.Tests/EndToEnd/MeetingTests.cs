using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Bonding = Chat.Domain.Pairs.Command;
using Placing = Chat.Domain.Places.Command;
using Rooming = Chat.Domain.Rooms.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Whom people are suggested to meet, and who is close to them: over NATS, as devices ask.</summary>
[Collection(ChatUp.Collection)]
public sealed class MeetingTests(ChatUp chat)
{
    [Fact]
    public async Task Who_is_open_is_suggested_through_a_friend_who_is_open_and_nobody_else()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await BefriendAsync(noor, mia, sven);
        Assert.Empty(await MetAsync(mia));
        Must.Accept(await sven.Client.OpenAsync(true));
        // Noor has not said that hers may be used.
        Assert.Empty(await MetAsync(mia));
        Must.Accept(await noor.Client.OpenAsync(true));
        var name = DisplayName.Create("Sven").IfFail(_ => throw new ArgumentException("name"));
        Must.Accept(await sven.Client.ChangeSelfAsync(new Domain.People.Command.UpdateProfile(name, null)));

        var found = Assert.Single(await MetAsync(mia));
        Assert.Equal((sven.Person, "Sven", 1), (found.Person.Person, found.Person.Profile.Name?.Value, found.Mutual));
        Assert.Equal([noor.Person], found.Through.Select(one => one.Person));
        Assert.Null(found.MetAt);
        // To him nobody is suggested: Mia has not opened herself.
        Assert.Empty(await MetAsync(sven));
        Assert.True(Must.Accept(await sven.Client.SelfAsync()).Privacy.MayMeet);
        Must.Accept(await sven.Client.OpenAsync(false));
        Assert.Empty(await MetAsync(mia));
    }

    [Fact]
    public async Task Who_is_a_friend_asked_blocked_or_dismissed_is_not_suggested()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        Must.Accept(await noor.Client.OpenAsync(true));
        await BefriendAsync(mia, noor);
        var others = new List<Guest>();
        for (var n = 0; n < 6; n++)
        {
            others.Add(await chat.Door.GuestAsync($"other-{n}"));
            Must.Accept(await others[n].Client.OpenAsync(true));
            await BefriendAsync(noor, others[n]);
        }
        Assert.Equal(others.Select(one => one.Person).Order(), (await MetAsync(mia)).Select(Who).Order());
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Request(others[0].Person)));
        Must.Accept(await others[1].Client.ChangeFriendAsync(new Bonding.Request(mia.Person)));
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(others[2].Person)));
        Must.Accept(await others[3].Client.ChangeFriendAsync(new Bonding.Block(mia.Person)));
        Must.Accept(await mia.Client.DismissAsync(others[4].Person));
        Assert.Equal([others[5].Person], (await MetAsync(mia)).Select(Who));
        // Nor after Noor is no friend any more, through whom alone she knows of them.
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Remove(noor.Person)));
        Assert.DoesNotContain(others[5].Person, (await MetAsync(mia)).Select(Who));
        Assert.Equal("malformed", Must.Refuse(await mia.Client.DismissAsync(mia.Person)).Code);
        foreach (var one in others)
            await one.DisposeAsync();
    }

    [Fact]
    public async Task Who_was_in_a_room_with_one_is_suggested_until_it_has_faded()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await BefriendAsync(noor, mia, sven);
        Must.Accept(await sven.Client.OpenAsync(true));
        var room = await noor.LightAsync("Kitchen");
        await mia.EnterAsync(room);
        await sven.EnterAsync(room);
        // She goes on into another, and so out of this one.
        await mia.LightAsync("Attic");
        // Too short to count by itself: it is told beside what does.
        Assert.Empty(await MetAsync(mia));
        Must.Accept(await noor.Client.OpenAsync(true));
        await Eventually.HoldsAsync(
            async () =>
                (await MetAsync(mia)).SingleOrDefault() is { MetAt: not null, Mutual: 1 } one
                && Who(one) == sven.Person,
            "Mia is told that they met"
        );
    }

    [Fact]
    public async Task Who_is_written_to_and_answers_is_close_and_their_room_stands_first()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, sven, yuki);
        await TalkAsync(mia, sven, 3, 3);
        await TalkAsync(mia, noor, 1, 2);
        // She never answers.
        await TalkAsync(mia, yuki, 9, 0);
        var closest = Must.Accept(await mia.Client.ClosestAsync());
        Assert.Equal([sven.Person, noor.Person], closest.Select(one => one.Person));
        Assert.Equal((3, 3), (closest[0].Given, closest[0].Got));
        Assert.Equal((1, 2), (closest[1].Given, closest[1].Got));
        Assert.Equal([sven.Person], Must.Accept(await mia.Client.ClosestAsync(1)).Select(one => one.Person));

        var rooms = new List<RoomId>();
        foreach (var one in new[] { yuki, noor, sven })
            rooms.Add(await one.LightAsync("Kitchen"));
        var house = await mia.HouseAsync();
        Assert.Equal([rooms[2], rooms[1], rooms[0]], house.Rooms.Select(card => card.Room));
        Assert.Equal([sven.Person, noor.Person, yuki.Person], house.Friends.Select(one => one.Person));
        // Locked it stands among those in which nobody close is seen: its place says nothing of who is inside.
        await sven.DoAsync(rooms[2], new Rooming.Lock());
        RoomId[] rest = [rooms[0], rooms[2]];
        Assert.Equal([rooms[1], .. rest.Order()], (await mia.HouseAsync()).Rooms.Select(card => card.Room));
    }

    [Fact]
    public async Task Who_is_muted_or_no_friend_any_more_is_not_close()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, sven, yuki);
        foreach (var one in new[] { noor, sven, yuki })
            await TalkAsync(mia, one, 2, 2);
        Assert.Equal(3, Must.Accept(await mia.Client.ClosestAsync()).Count);
        // From then on, however lately it was ranked.
        await mia.PlaceAsync(new Placing.Mute(noor.Person));
        Must.Accept(await sven.Client.ChangeFriendAsync(new Bonding.Block(mia.Person)));
        Assert.Equal([yuki.Person], Must.Accept(await mia.Client.ClosestAsync()).Select(one => one.Person));
    }

    private static async Task TalkAsync(Guest one, Guest other, int given, int got)
    {
        var conversation = await one.CreateAsync(ConversationKind.Direct, null, other.Person);
        for (var n = 0; n < given; n++)
            await one.SayAsync(conversation, $"hello {n}");
        for (var n = 0; n < got; n++)
            await other.SayAsync(conversation, $"hello back {n}");
    }

    private static PersonId Who(SuggestionEntry one) => one.Person.Person;

    private static async Task<Listing<SuggestionEntry>> MetAsync(Guest guest) =>
        Must.Accept(await guest.Client.MeetAsync());
}
