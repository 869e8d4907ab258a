using Chat.Client;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Bonding = Chat.Domain.Pairs.Command;
using Placing = Chat.Domain.Places.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Rooms, from outside: over NATS, as devices ask.</summary>
[Collection(ChatUp.Collection)]
public sealed class RoomTests(ChatUp chat)
{
    [Fact]
    public async Task A_friend_walks_in_and_a_friend_of_theirs_and_all_know_through_whom()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await using var nobody = await chat.Door.GuestAsync("nobody");
        await BefriendAsync(mia, noor, sven);
        var kitchen = await mia.LightAsync("Kitchen");

        var seen = await noor.CardAsync(kitchen);
        Assert.False(seen!.Locked);
        Assert.Equal([new Face(mia.Person, false, null)], seen.Occupants);
        await noor.EnterAsync(kitchen);
        // Noor is a stranger to Sven, and named before he comes in.
        Assert.Equal(
            [new Face(mia.Person, false, null), new Face(noor.Person, true, mia.Person)],
            (await sven.CardAsync(kitchen))!.Occupants
        );
        // Who lit it came through nobody.
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(noor, yuki);
        Assert.Contains(new Face(mia.Person, true, null), (await yuki.CardAsync(kitchen))!.Occupants!);
        await sven.EnterAsync(kitchen);
        var inside = await sven.InsideAsync(kitchen);
        Assert.Equal(
            [(mia.Person, Way.Lit, null), (noor.Person, Way.Friend, mia.Person), (sven.Person, Way.Friend, mia.Person)],
            inside.Occupants.Select(one => (one.Person, one.Way, one.By))
        );
        Assert.Equal(mia.Person, inside.Keeper);
        // Whoever has no friend inside is not told that there is a room.
        Assert.Equal("room.unknown", await nobody.RefusedAsync(kitchen, new Command.Enter()));
        Assert.Empty((await nobody.HouseAsync()).Rooms);
        Assert.Equal("room.unknown", Must.Refuse(await nobody.Client.LookAsync(kitchen)).Because.Last());
        await Eventually.HoldsAsync(
            () => mia.Rooms().Select(RoomAnswers.View).Any(view => view.Occupants.Count == 3),
            "Mia is told who came"
        );
    }

    [Fact]
    public async Task Of_a_locked_room_nobody_outside_sees_who_is_in_or_hears_that_something_happens()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, yuki, noor);
        await BefriendAsync(yuki, noor);
        var attic = await mia.LightAsync("Attic", isLocked: true);
        await noor.Client.HereAsync();
        Assert.Equal(new Card(attic, RoomName("Attic"), true, false, false, null), await noor.CardAsync(attic));
        Assert.Equal("room.locked", await noor.RefusedAsync(attic, new Command.Enter()));
        Assert.DoesNotContain((await noor.HouseAsync()).Friends, friend => friend.Person == mia.Person);
        await mia.PlaceAsync(new Placing.Wave(attic, false), yuki.Person);
        await Task.Delay(300);
        var before = noor.House().Count;

        await yuki.EnterAsync(attic);
        await mia.DoAsync(attic, new Command.Say(RoomText("quiet please")));
        Assert.Equal(Way.Wave, (await yuki.InsideAsync(attic)).Occupants[1].Way);
        await Task.Delay(300);
        await noor.ArrivedAsync();
        var told = noor.House().Skip(before).ToList();
        Assert.DoesNotContain(told, one => one["type"] is "card" or "closed");
        Assert.DoesNotContain(told, one => one["type"] is "friend" && one["where"] is "room");
        Assert.Equal(new Card(attic, RoomName("Attic"), true, false, false, null), await noor.CardAsync(attic));
    }

    [Fact]
    public async Task Who_knocks_is_let_in_or_not()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await BefriendAsync(mia, noor, sven);
        var room = await mia.LightAsync("Study", isLocked: true);
        await noor.DoAsync(room, new Command.Knock());
        await sven.DoAsync(room, new Command.Knock());
        Assert.Equal([noor.Person, sven.Person], (await mia.InsideAsync(room)).Knocks.Select(one => one.Person));
        await mia.DoAsync(room, new Command.Admit(noor.Person));
        await mia.DoAsync(room, new Command.Decline(sven.Person));
        await Answered(noor, true);
        await Answered(sven, false);
        await noor.EnterAsync(room);
        Assert.Equal("room.locked", await sven.RefusedAsync(room, new Command.Enter()));
        Assert.Equal(Way.Admitted, (await noor.InsideAsync(room)).Occupants[1].Way);
        Assert.Empty((await noor.InsideAsync(room)).Knocks);
        // Once only.
        await noor.DoAsync(room, new Command.Leave());
        Assert.Equal("room.locked", await noor.RefusedAsync(room, new Command.Enter()));

        static Task Answered(Guest guest, bool isAdmitted) =>
            Eventually.HoldsAsync(
                () =>
                    guest
                        .House()
                        .Any(one => one["type"] is "answered" && one["admitted"] is bool it && it == isAdmitted),
                "the knock is answered"
            );
    }

    [Fact]
    public async Task Nobody_is_in_two_rooms_and_the_last_puts_out_the_light()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, noor);
        var kitchen = await mia.LightAsync("Kitchen");
        var study = await noor.LightAsync("Study");
        await noor.EnterAsync(kitchen);
        // The study went dark with her.
        Assert.Equal("room.unknown", Must.Refuse(await mia.Client.LookAsync(study)).Because.Last());
        Assert.Equal(kitchen, (await noor.HouseAsync()).Me.Room);
        var balcony = await noor.LightAsync("Balcony");
        Assert.Equal([mia.Person], (await mia.InsideAsync(kitchen)).Occupants.Select(one => one.Person));
        await mia.EnterAsync(balcony);
        Assert.Equal([balcony], (await mia.HouseAsync()).Rooms.Select(card => card.Room));
        await Eventually.HoldsAsync(
            () => noor.House().Any(one => one["type"] is "closed" && one["room"] as string == kitchen.Value),
            "Noor is told that the kitchen is dark"
        );
        await Eventually.HoldsAsync(
            () => noor.Rooms().Any(one => one["gone"] is "left" && one["room"] as string == study.Value),
            "Noor's devices are told that she left"
        );
    }

    [Fact]
    public async Task The_last_place_is_taken_once()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var others = new List<Guest>();
        for (var n = 0; n < 5; n++)
            others.Add(await chat.Door.GuestAsync("friend"));
        await BefriendAsync(mia, [.. others]);
        var room = await mia.LightAsync("Kitchen", capacity: 3);
        var tries = await Task.WhenAll(others.Select(one => one.Client.RoomAsync(room, new Command.Enter())));
        Assert.Equal(2, tries.Count(one => one.IsRight));
        Assert.All(
            tries.Where(one => one.IsLeft),
            one => Assert.Equal("room.capacity", Must.Refuse(one).Because.Last())
        );
        Assert.Equal(3, (await mia.InsideAsync(room)).Occupants.Count);
        Assert.True((await others[0].CardAsync(room))!.Full);
        foreach (var one in others)
            await one.DisposeAsync();
    }

    [Fact]
    public async Task A_room_with_somebody_whom_a_block_keeps_away_looks_locked()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, tomas, noor);
        await BefriendAsync(tomas, noor);
        Must.Accept(await tomas.Client.ChangeFriendAsync(new Bonding.Block(noor.Person)));
        var room = await mia.LightAsync("Kitchen");
        Assert.False((await noor.CardAsync(room))!.Locked);
        await tomas.EnterAsync(room);
        Assert.Equal(new Card(room, RoomName("Kitchen"), true, false, false, null), await noor.CardAsync(room));
        Assert.Equal("room.locked", await noor.RefusedAsync(room, new Command.Enter()));
        await noor.DoAsync(room, new Command.Knock());
        Assert.Empty((await mia.InsideAsync(room)).Knocks);
    }

    [Fact]
    public async Task Notes_are_for_one_and_words_for_all_inside_since_they_came()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, yuki);
        var room = await mia.LightAsync("Kitchen");
        await mia.DoAsync(room, new Command.Say(RoomText("before anybody came")));
        await noor.EnterAsync(room);
        await yuki.EnterAsync(room);
        await mia.DoAsync(room, new Command.Say(RoomText("hello both")));
        await noor.DoAsync(room, new Command.Note(mia.Person, RoomText("only for you")));
        Assert.Equal(["hello both", "only for you"], await SaidTo(noor));
        Assert.Equal(["hello both"], await SaidTo(yuki));
        Assert.Equal(["before anybody came", "hello both", "only for you"], await SaidTo(mia));
        Must.Accept(await yuki.Client.FlingAsync(room, Texts.Emoji("👏")));
        Must.Accept(await yuki.Client.PassAsync(room, mia.Person, null, Signal("offer")));
        await Eventually.HoldsAsync(
            () => mia.House().Any(one => one["type"] is "reaction") && mia.House().Any(one => one["data"] is "offer"),
            "reactions fly, signals are passed on"
        );
        Assert.DoesNotContain(noor.House(), one => one["data"] is "offer");
        await yuki.DoAsync(room, new Command.Leave());
        Assert.Equal(
            "room.not_inside",
            Must.Refuse(await yuki.Client.PassAsync(room, mia.Person, null, Signal("x"))).Because.Last()
        );
        Assert.Equal("room.not_inside", await yuki.RefusedAsync(room, new Command.Say(RoomText("from outside"))));

        async Task<IEnumerable<string>> SaidTo(Guest guest) =>
            (await guest.InsideAsync(room)).Talk.Where(line => line.Text is not null).Select(line => line.Text!.Value);
    }

    [Fact]
    public async Task The_keeper_puts_out_who_may_not_come_back_and_goes_on_to_who_was_longest()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, yuki);
        await BefriendAsync(noor, yuki);
        var room = await mia.LightAsync("Kitchen");
        await noor.EnterAsync(room);
        await yuki.EnterAsync(room);
        Assert.Equal("room.not_keeper", await yuki.RefusedAsync(room, new Command.Expel(noor.Person)));
        await mia.DoAsync(room, new Command.Leave());
        Assert.Equal(noor.Person, (await yuki.InsideAsync(room)).Keeper);
        await noor.DoAsync(room, new Command.Expel(yuki.Person));
        Assert.Equal("room.expelled", await yuki.RefusedAsync(room, new Command.Enter()));
        Assert.Null((await yuki.HouseAsync()).Me.Room);
        await Eventually.HoldsAsync(() => yuki.Rooms().Any(one => one["gone"] is "expelled"), "Yuki is told");
    }
}
