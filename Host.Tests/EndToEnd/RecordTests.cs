using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Command = Chat.Domain.Rooms.Command;
using Event = Chat.Domain.Conversations.Event;
using Talking = Chat.Domain.Conversations.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>The record of a party, from outside: over NATS, as devices ask.</summary>
[Collection(ChatUp.Collection)]
public sealed class RecordTests(ChatUp chat)
{
    [Fact]
    public async Task What_all_who_were_there_want_kept_stands_in_their_conversation_once_the_last_one_goes()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await BefriendAsync(mia, noor);
        var group = await mia.CreateAsync(ConversationKind.Group, "Flat", noor.Person, sven.Person);
        await sven.SayAsync(group, "before");
        var kitchen = await mia.LightAsync("Kitchen");
        var porch = await AnotherAsync(noor, "Porch");
        await noor.EnterAsync(kitchen);

        await mia.DoAsync(kitchen, new Command.Keep(group));
        Assert.Equal(
            new WishView(group, [mia.Person, noor.Person], [mia.Person], false),
            (await noor.InsideAsync(kitchen)).Wish
        );
        await noor.DoAsync(kitchen, new Command.Keep(group));
        await Eventually.HoldsAsync(
            () => mia.Rooms().Select(RoomAnswers.View).Any(view => view.Wish?.Agreed.Count == 2),
            "Mia is told that Noor wants it, too"
        );
        await mia.DoAsync(kitchen, new Command.Say(RoomText("just between us")));
        await mia.DoAsync(kitchen, new Command.Leave());
        Assert.Empty(Kept(sven, group));
        // The last one goes by walking in elsewhere.
        await noor.DoAsync(porch.Room, new Command.Enter());

        await Eventually.HoldsAsync(() => Kept(sven, group).Count == 1, "whoever is in the group sees it");
        var party = Kept(sven, group)[0];
        Assert.Equal(RoomName("Kitchen"), party.Name);
        Assert.Equal([mia.Person, noor.Person], party.People.Select(one => one.Person));
        Assert.Equal(party.From, party.People[0].From);
        Assert.Equal(party.Until, party.People[1].Until);
        Assert.True(party.People[0].Until < party.Until && party.People[1].From > party.From);
        Assert.Empty(party.Games);
        var lines = (await sven.HistoryAsync(group)).Lines.Select(line => line.Event);
        Assert.Equal([party], lines.OfType<Event.Partied>().Select(partied => partied.Party));
        // It is a line between what was said, and nothing that is unread.
        Assert.Equal((1, 1), ((await noor.EntryAsync(group))!.Seq, (await noor.EntryAsync(group))!.Unread));
        Assert.Equal("room.unknown", Must.Refuse(await mia.Client.LookAsync(kitchen)).Because.Last());
        await porch.Keeper.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_learns_of_a_wish_who_is_in_no_such_conversation_and_nobody_is_kept_from_going()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, yuki);
        var group = await mia.CreateAsync(ConversationKind.Group, "Two of us", noor.Person);
        var den = await mia.LightAsync("Den");
        await noor.EnterAsync(den);
        await mia.DoAsync(den, new Command.Keep(group));
        await noor.DoAsync(den, new Command.Keep(group));
        await yuki.EnterAsync(den);
        Assert.Null((await yuki.InsideAsync(den)).Wish);
        // As of any that there is not.
        Assert.Equal("conversation.unknown", await yuki.RefusedAsync(den, new Command.Keep(group)));
        Assert.Equal("conversation.unknown", await yuki.RefusedAsync(den, new Command.Keep(ConversationId.Of("none"))));
        Assert.Equal("person.not_a_member", await mia.RefusedAsync(den, new Command.Keep(await OfAllAsync(mia, noor))));
        await yuki.DoAsync(den, new Command.Leave());
        Assert.True((await mia.InsideAsync(den)).Wish!.IsLost);
        await noor.DoAsync(den, new Command.Leave());
        await mia.DoAsync(den, new Command.Leave());

        var attic = await mia.LightAsync("Attic");
        await noor.EnterAsync(attic);
        await mia.DoAsync(attic, new Command.Keep(group));
        await noor.DoAsync(attic, new Command.Keep(group));
        await mia.DoAsync(attic, new Command.Leave());
        await mia.DoAsync(group, new Talking.Kick(noor.Person, null));
        await noor.DoAsync(attic, new Command.Leave());

        await mia.SayAsync(group, "after");
        await Eventually.HoldsAsync(() => Said(mia, group) == 1, "what was said after it is heard");
        Assert.Empty(Kept(mia, group));
    }

    private static Task<ConversationId> OfAllAsync(Guest mia, Guest noor) =>
        mia.CreateAsync(ConversationKind.Group, "Another", noor.Person);

    private async Task<(Guest Keeper, RoomId Room)> AnotherAsync(Guest noor, string name)
    {
        var keeper = await chat.Door.GuestAsync("tomas");
        await BefriendAsync(keeper, noor);
        return (keeper, await keeper.LightAsync(name));
    }

    private static IEnumerable<Event> Shown(Guest guest, ConversationId where) =>
        guest.Heard(where).OfType<Seen.Shown>().Select(shown => shown.Event);

    private static List<Party> Kept(Guest guest, ConversationId where) =>
        [.. Shown(guest, where).OfType<Event.Partied>().Select(partied => partied.Party)];

    private static int Said(Guest guest, ConversationId where) =>
        Shown(guest, where).OfType<Event.MessageSent>().Count();
}
