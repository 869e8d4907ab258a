using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Bonding = Chat.Domain.Pairs.Command;
using Keep = Chat.Domain.People.Command.SetPrivacy;
using Leave = Chat.Domain.Rooms.Command.Leave;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What people keep to themselves, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class PrivacyTests(ChatUp chat)
{
    private static readonly Keep Hidden = new(null, null) { Presence = Openness.Nobody };
    private static readonly Keep Shown = new(null, null) { Presence = Openness.Friends };

    [Xunit.Fact]
    public async Task Who_finds_somebody_is_for_them_to_say()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var friend = await chat.Door.GuestAsync("friend");
        await using var stranger = await chat.Door.GuestAsync("stranger");
        await BefriendAsync(mia, friend);
        await CallAsync(mia, "Zarya Quillfeather");
        Assert.Equal([mia.Person], await FoundAsync(friend, "quill zar"));
        Assert.Empty(await FoundAsync(stranger, "quillfeather"));
        Assert.Empty(await FoundAsync(stranger, mia.Person.Value));
        Assert.Empty(await FoundAsync(mia, "quillfeather"));

        Must.Accept(await mia.Client.KeepAsync(new Keep(null, null) { Find = Openness.Everyone }));
        Assert.Equal([mia.Person], await FoundAsync(stranger, "QUILL"));
        Assert.Equal([mia.Person], await FoundAsync(stranger, mia.Person.Value));
        Assert.Empty(await FoundAsync(stranger, "feather"));
        Assert.Empty(await FoundAsync(stranger, "quill nobody"));
        Assert.Empty(await FoundAsync(stranger, "' | \\ :*"));

        Must.Accept(await stranger.Client.ChangeFriendAsync(new Bonding.Block(mia.Person)));
        Assert.Empty(await FoundAsync(stranger, "quill"));
        Must.Accept(await stranger.Client.ChangeFriendAsync(new Bonding.Unblock(mia.Person)));
        await CallAsync(mia, "Nova Ashgrove");
        Assert.Empty(await FoundAsync(stranger, "quill"));
        Assert.Equal([mia.Person], await FoundAsync(stranger, "ashgr"));

        Must.Accept(await mia.Client.KeepAsync(new Keep(null, null) { Find = Openness.Nobody }));
        Assert.Empty(await FoundAsync(stranger, "ashgr"));
        Assert.Empty(await FoundAsync(friend, "ashgr"));
        Assert.Empty(await FoundAsync(friend, mia.Person.Value));
        Assert.Equal(Openness.Nobody, Must.Accept(await mia.Client.SelfAsync()).Privacy.Find);
    }

    [Xunit.Fact]
    public async Task What_means_nothing_is_refused()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var everyone = await mia.Client.KeepAsync(new Keep(null, null) { Presence = Openness.Everyone });
        Assert.Equal("malformed", Must.Refuse(everyone).Code);
        Assert.Equal(Privacy.Open, Must.Accept(await mia.Client.SelfAsync()).Privacy);
    }

    [Xunit.Fact]
    public async Task Who_lets_nobody_see_it_is_away_but_in_a_room_that_is_seen_into()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, noor);
        Must.Accept(await noor.Client.HereAsync());
        Must.Accept(await mia.Client.KeepAsync(Hidden));
        Must.Accept(await mia.Client.HereAsync());
        await Task.Delay(1_500);
        Assert.Empty((await noor.HouseAsync()).Friends);
        Assert.DoesNotContain(
            noor.House(),
            one => one["type"] is "notice" || one["person"] as string == mia.Person.Value
        );

        var room = await mia.LightAsync("Kitchen");
        Assert.Equal([new FriendHere(mia.Person, Whereabouts.Room, room)], (await noor.HouseAsync()).Friends);
        await mia.DoAsync(room, new Leave());
        await IsToldAsync(noor, mia, "away");
        Assert.Empty((await noor.HouseAsync()).Friends);

        Must.Accept(await mia.Client.KeepAsync(Shown));
        await IsToldAsync(noor, mia, "hall");
        Assert.Equal([new FriendHere(mia.Person, Whereabouts.Hall, null)], (await noor.HouseAsync()).Friends);
        Must.Accept(await mia.Client.KeepAsync(Hidden));
        Assert.Empty((await noor.HouseAsync()).Friends);
        await IsToldAsync(noor, mia, "away");
    }

    [Xunit.Fact]
    public async Task Who_lets_nobody_see_it_and_comes_at_once_is_not_said_to_have_gone()
    {
        await using var noor = await chat.Door.GuestAsync("noor");
        var friends = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(each => chat.Door.GuestAsync($"friend-{each}"))
        );
        await BefriendAsync(noor, friends);
        Must.Accept(await noor.Client.HereAsync());
        await Task.WhenAll(
            friends[1..]
                .Select(async friend =>
                {
                    Must.Accept(await friend.Client.KeepAsync(Hidden));
                    Must.Accept(await friend.Client.HereAsync());
                })
        );
        // What there was to tell of them was told before this one.
        Must.Accept(await friends[0].Client.HereAsync());
        await IsToldAsync(noor, friends[0], "hall");
        Assert.Empty(noor.House().Select(one => one["person"]).OfType<string>().Except([friends[0].Person.Value]));
        foreach (var friend in friends)
            await friend.DisposeAsync();
    }

    [Xunit.Fact]
    public async Task Who_is_not_told_how_far_others_are_does_not_tell_it()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var sven = await chat.Door.GuestAsync("sven");
        await BefriendAsync(mia, tomas);
        var group = await mia.CreateAsync(ConversationKind.Group, "supper", tomas.Person, sven.Person);
        for (var count = 0; count < 4; count++)
            await mia.SayAsync(group, "hello");

        Must.Accept(await mia.Client.KeepAsync(new Keep(null, null) { Receipts = Openness.Nobody }));
        await ReadAsync(1);
        await HearAsync(mia, (mia, 1));
        await HearAsync(tomas, (tomas, 1), (sven, 1));
        await HearAsync(sven, (tomas, 1), (sven, 1));

        Must.Accept(await mia.Client.KeepAsync(new Keep(null, null) { Receipts = Openness.Friends }));
        await ReadAsync(2);
        await HearAsync(mia, (mia, 1), (mia, 2), (tomas, 2));
        await HearAsync(tomas, (tomas, 1), (sven, 1), (mia, 2), (tomas, 2), (sven, 2));
        await HearAsync(sven, (tomas, 1), (sven, 1), (tomas, 2), (sven, 2));

        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Remove(tomas.Person)));
        await ReadAsync(3);
        await HearAsync(mia, (mia, 1), (mia, 2), (tomas, 2), (mia, 3));
        Must.Accept(await mia.Client.KeepAsync(new Keep(null, null) { Receipts = Openness.Everyone }));
        await ReadAsync(4);
        await HearAsync(mia, (mia, 1), (mia, 2), (tomas, 2), (mia, 3), (mia, 4), (tomas, 4), (sven, 4));

        async Task ReadAsync(long seq)
        {
            foreach (var one in new[] { mia, tomas, sven })
                Must.Accept(await one.Client.ReadAsync(group, seq));
        }

        // In which order they come is nobody's to know; what is said after them comes last.
        async Task HearAsync(Guest guest, params (Guest By, long Seq)[] expected)
        {
            var wanted = expected.Select(one => (one.By.Person, one.Seq)).Order().ToList();
            await Eventually.HoldsAsync(() => Heard(guest).Count >= wanted.Count, $"{guest.Person} hears it");
            await Task.Delay(300);
            Assert.Equal(wanted, Heard(guest));
        }
    }

    private static List<(PersonId, long)> Heard(Guest guest) =>
        [.. guest.Told().OfType<Ephemeral.Receipt>().Select(one => (one.By, one.Marks.Read)).Order()];

    private static async Task<List<PersonId>> FoundAsync(Guest by, string words) =>
        [
            .. Must.Accept(
                    await by.Client.FindAsync(
                        SearchWords.Create(words).Match(made => made, _ => throw new ArgumentException(words))
                    )
                )
                .Select(one => one.Person),
        ];

    private static async Task CallAsync(Guest guest, string name)
    {
        var called = DisplayName.Create(name).Match(made => made, _ => throw new ArgumentException(name));
        Must.Accept(await guest.Client.ChangeSelfAsync(new Domain.People.Command.UpdateProfile(called, null)));
    }

    private static Task IsToldAsync(Guest guest, Guest of, string where) =>
        Eventually.HoldsAsync(
            () =>
                guest.House().LastOrDefault(one => one["person"] as string == of.Person.Value)?["where"] as string
                == where,
            $"{guest.Person} is told that {of.Person} is {where}",
            seconds: 30
        );
}
