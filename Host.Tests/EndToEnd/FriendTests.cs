using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Pairs;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;
using Bonding = Chat.Domain.Pairs.Command;
using Command = Chat.Domain.Conversations.Command;
using SetPrivacy = Chat.Domain.People.Command.SetPrivacy;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Friendship and block, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class FriendTests(ChatUp chat)
{
    [Fact]
    public async Task Who_asks_and_is_accepted_is_a_friend_on_both_sides()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await DoAsync(mia, new Bonding.Request(tomas.Person));
        await TellsAsync(tomas, mia, Bond.Asks);
        await DoAsync(tomas, new Bonding.Accept(mia.Person));
        await TellsAsync(mia, tomas, Bond.Friend);
        await TellsAsync(tomas, mia, Bond.Friend);
        await DoAsync(tomas, new Bonding.Remove(mia.Person));
        await TellsAsync(mia, tomas, Bond.None);
        Assert.Empty(await ListAsync(mia));
    }

    [Fact]
    public async Task Requests_that_cross_meet()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await Task.WhenAll(
            DoAsync(mia, new Bonding.Request(tomas.Person)),
            DoAsync(tomas, new Bonding.Request(mia.Person))
        );
        Assert.Equal(Bond.Friend, Assert.Single(await ListAsync(mia)).View.Bond);
        Assert.Equal(Bond.Friend, Assert.Single(await ListAsync(tomas)).View.Bond);
    }

    [Fact]
    public async Task Declined_ignored_and_blocked_look_alike_to_who_asked()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var others = new List<Guest>();
        foreach (var name in new[] { "ignores", "declines", "blocks", "had_blocked" })
            others.Add(await chat.Door.GuestAsync(name));
        await DoAsync(others[3], new Bonding.Block(mia.Person));
        foreach (var other in others)
            await DoAsync(mia, new Bonding.Request(other.Person));
        await TellsAsync(others[1], mia, Bond.Asks);
        await DoAsync(others[1], new Bonding.Decline(mia.Person));
        await DoAsync(others[2], new Bonding.Block(mia.Person));
        await TellsAsync(others[1], mia, Bond.None);
        await mia.ArrivedAsync();
        var listed = await ListAsync(mia);
        Assert.Equal(4, listed.Count);
        Assert.All(listed, one => Assert.Equal((Bond.Asked, false, 1L), Said(one.View)));
        Assert.Equal(4, mia.Bonds().Count);
        Assert.DoesNotContain(await ListAsync(others[3]), one => one.View.Bond is not Bond.None);
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact]
    public async Task A_block_closes_the_conversation_both_ways_and_nobody_is_told()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var direct = await mia.CreateAsync(ConversationKind.Direct, null, eve.Person);
        await eve.SayAsync(direct, "hello");
        await eve.ArrivedAsync();
        await mia.ArrivedAsync();
        var (miaTold, eveTold) = (mia.Told().Count, eve.Told().Count);
        await DoAsync(mia, new Bonding.Block(eve.Person));
        foreach (var guest in new[] { mia, eve })
        {
            Assert.Equal("not_accepting", await guest.RefusedAsync(direct, Say("and now?")));
            Assert.Equal("not_accepting", await guest.RefusedAsync(direct, new Command.React(1, Texts.Emoji("+"))));
            var other = guest == mia ? eve.Person : mia.Person;
            var create = new Command.Create(ConversationKind.Direct, [other], null);
            Assert.Equal("not_accepting", await guest.RefusedAsync(null, create));
            create = new Command.Create(ConversationKind.Group, [other], null);
            Assert.Equal("not_accepting", await guest.RefusedAsync(null, create));
            var group = await guest.CreateAsync(ConversationKind.Group, "others");
            Assert.Equal("not_accepting", await guest.RefusedAsync(group, new Command.Invite([other])));
            Must.Accept(await guest.Client.TypingAsync(direct));
            Must.Accept(await guest.Client.ReadAsync(direct, 1));
        }
        await eve.ArrivedAsync();
        await mia.ArrivedAsync();
        Assert.Empty(eve.Bonds());
        Assert.Empty(await ListAsync(eve));
        Assert.DoesNotContain(eve.Told().Skip(eveTold), IsOf(mia));
        Assert.DoesNotContain(mia.Told().Skip(miaTold), IsOf(eve));
        Assert.IsType<Seen.Hidden>(await eve.HearsAsync(direct, 3));
        Assert.Single((await eve.HistoryAsync(direct)).Messages);

        await DoAsync(mia, new Bonding.Unblock(eve.Person));
        await eve.SayAsync(direct, "again");
        Assert.Equal(2, (await mia.HistoryAsync(direct)).Messages.Count);
    }

    [Fact]
    public async Task Where_nothing_was_said_yet_a_block_keeps_it_so()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await DoAsync(mia, new Bonding.Block(eve.Person));
        var create = new Command.Create(ConversationKind.Direct, [mia.Person], null);
        Assert.Equal("not_accepting", await eve.RefusedAsync(null, create));
        await DoAsync(mia, new Bonding.Unblock(eve.Person));
        await eve.DoAsync(null, create);
    }

    [Fact]
    public async Task Nothing_is_accepted_after_an_acknowledged_block_however_much_was_under_way()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        for (var round = 0; round < 5; round++)
        {
            var direct = await mia.CreateAsync(ConversationKind.Direct, null, eve.Person);
            using var stop = new CancellationTokenSource();
            var sending = Enumerable.Range(0, 20).Select(_ => SendAsync(eve, direct, stop.Token)).ToList();
            await Eventually.HoldsAsync(async () => (await mia.GetAsync(direct)).Entry.Seq > 50, "it is busy");
            await DoAsync(mia, new Bonding.Block(eve.Person));
            var atBlock = (await mia.GetAsync(direct)).Entry.Seq;
            await Task.Delay(200);
            await stop.CancelAsync();
            Assert.All(await Task.WhenAll(sending), refusals => Assert.Contains("not_accepting", refusals));
            Assert.Equal(atBlock, (await mia.GetAsync(direct)).Entry.Seq);
            await DoAsync(mia, new Bonding.Unblock(eve.Person));
        }
    }

    [Fact]
    public async Task Who_is_open_to_friends_is_begun_with_by_friends_and_what_has_begun_goes_on()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var begun = await eve.CreateAsync(ConversationKind.Direct, null, mia.Person);
        await SetAsync(new SetPrivacy(Openness.Friends, Openness.Friends));
        var self = Must.Accept(await mia.Client.SelfAsync());
        Assert.Equal(new Privacy(Openness.Friends, Openness.Friends), self.Privacy);
        await eve.SayAsync(begun, "hello");
        var group = new Command.Create(ConversationKind.Group, [mia.Person], null);
        Assert.Equal("not_accepting", await eve.RefusedAsync(null, group));
        var direct = new Command.Create(ConversationKind.Direct, [mia.Person], null);
        Assert.Equal("not_accepting", await tomas.RefusedAsync(null, direct));
        await DoAsync(mia, new Bonding.Request(tomas.Person));
        await DoAsync(tomas, new Bonding.Accept(mia.Person));
        await tomas.DoAsync(null, direct);
        await tomas.DoAsync(null, group);
        await SetAsync(new SetPrivacy(null, Openness.Nobody));
        Assert.Equal("not_accepting", await tomas.RefusedAsync(null, group));
        await mia.DoAsync(null, new Command.Create(ConversationKind.Group, [tomas.Person, eve.Person], null));

        async Task SetAsync(SetPrivacy privacy) => Must.Accept(await mia.Client.ChangeSelfAsync(privacy));
    }

    [Fact]
    public async Task What_changed_something_is_answered_the_same_after_its_inverse_and_does_nothing()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var id = ClientId.Of("block-1");
        await DoAsync(mia, new Bonding.Block(eve.Person), id);
        await DoAsync(mia, new Bonding.Unblock(eve.Person));
        Assert.True(Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(eve.Person), id)).IsReplayed);
        await eve.CreateAsync(ConversationKind.Direct, null, mia.Person);
        var other = await mia.Client.ChangeFriendAsync(new Bonding.Request(eve.Person), id);
        Assert.Equal("conflict", Must.Refuse(other).Code);
        var self = await mia.Client.ChangeFriendAsync(new Bonding.Request(mia.Person));
        Assert.Equal("malformed", Must.Refuse(self).Code);
    }

    private static Command Say(string text) => new Command.SendMessage(Texts.Body(text), null, []);

    private static Predicate<Ephemeral> IsOf(Guest guest) =>
        told =>
            told is Ephemeral.Typing { By: var typing } && typing == guest.Person
            || told is Ephemeral.Receipt { By: var reading } && reading == guest.Person;

    private static (Bond, bool, long) Said(View view) => (view.Bond, view.HasBlocked, view.Version);

    private static async Task DoAsync(Guest guest, Bonding command, ClientId? id = null) =>
        Must.Accept(await guest.Client.ChangeFriendAsync(command, id));

    private static async Task<Listing<FriendEntry>> ListAsync(Guest guest) =>
        Must.Accept(await guest.Client.FriendsAsync()).Friends;

    private static Task TellsAsync(Guest guest, Guest other, Bond bond) =>
        Eventually.HoldsAsync(
            () => guest.Bonds().LastOrDefault(one => one.Person == other.Person)?.View.Bond == bond,
            $"{guest.Person} is told {bond}"
        );

    private static async Task<List<string>> SendAsync(Guest guest, ConversationId where, CancellationToken stop)
    {
        var refusals = new List<string>();
        while (!stop.IsCancellationRequested)
            if ((await guest.Client.ChangeAsync(where, Say("x"))).Case is Domain.Deciding.Refusal refusal)
                refusals.Add(refusal.Code);
        return refusals;
    }
}
