using Chat.Client;
using Chat.Domain.Calls;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Bonding = Chat.Domain.Pairs.Command;
using Command = Chat.Domain.Calls.Command;
using Happened = Chat.Domain.Conversations.Event;
using Placing = Chat.Domain.Places.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Calls of two, from outside: over NATS, as devices ask.</summary>
[Collection(ChatUp.Collection)]
public sealed class CallTests(ChatUp chat)
{
    [Fact]
    public async Task A_call_rings_is_taken_on_one_device_and_stands_in_the_conversation_once_it_is_over()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var tablet = await chat.Door.GuestAsync(noor.Person, "tablet");
        await BefriendAsync(mia, noor);

        await mia.CallAsync(noor, new Command.Ring(noor.Person, true));
        var ringing = await noor.CallAsync(mia, call => call.Over is null);
        Assert.Equal(
            (1, mia.Person, noor.Person, true),
            (ringing.Number, ringing.Caller, ringing.Callee, ringing.IsVideo)
        );
        Assert.Null(ringing.AnsweredAt);
        Assert.Equal(noor.Person, (await mia.HouseAsync()).Me.OnCallWith);
        Assert.Equal(mia.Person, (await noor.HouseAsync()).Me.OnCallWith);
        // Where devices are nobody learns before it is taken.
        Assert.Equal("call.not_taken", await PassRefusedAsync(mia, noor, "offer"));

        await noor.CallAsync(mia, new Command.Accept(1));
        var taken = await mia.CallAsync(noor, call => call.AnsweredAt is not null);
        Assert.Equal(DeviceId.Of(Door.Device), taken.On);
        await tablet.CallAsync(mia, call => call.AnsweredAt is not null);
        Assert.Equal("call.taken", await RefusedAsync(tablet, mia, new Command.Accept(1)));
        Must.Accept(await mia.Client.PassAsync(noor.Person, 1, Signal("offer")));
        await Eventually.HoldsAsync(
            () => noor.Passed().Any(one => one.By == mia.Person && one.Data.Value == "offer"),
            "Noor's device gets the offer"
        );
        Assert.Equal("call.other_device", await PassRefusedAsync(tablet, mia, "answer"));

        await noor.CallAsync(mia, new Command.HangUp(1));
        var over = await mia.CallAsync(noor, call => call.Over is not null);
        Assert.Equal(Ending.HungUp, over.Over!.Value.How);
        Assert.Equal("call.over", await PassRefusedAsync(mia, noor, "more"));
        Assert.Null((await mia.HouseAsync()).Me.OnCallWith);
        var kept = await KeptAsync(noor, mia);
        Assert.Equal((mia.Person, true, Ending.HungUp), (kept.By, kept.IsVideo, kept.How));
        Assert.Equal(over.Over.Value.At.Milliseconds - over.AnsweredAt!.Value.Milliseconds, kept.LengthMs);
    }

    [Fact]
    public async Task What_two_called_each_other_makes_them_close_and_stands_in_their_history()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, noor);
        await mia.CallAsync(noor, new Command.Ring(noor.Person, false));
        await noor.CallAsync(mia, new Command.Accept(1));
        // A point is 150 ms of a call.
        await Task.Delay(600);
        await noor.CallAsync(mia, new Command.HangUp(1));
        var kept = await KeptAsync(mia, noor);
        foreach (var (one, other) in new[] { (mia, noor), (noor, mia) })
        {
            var close = Assert.Single(Must.Accept(await one.Client.ClosestAsync()));
            Assert.Equal((other.Person, 0, 0), (close.Person, close.Words, close.Rooms));
            Assert.InRange(close.Calls, 1, kept.LengthMs * Chat.Domain.Closeness.Ranking.PerCallMinute / 60_000);
        }

        // Whoever loads the conversation anew finds the call between what was said before and after it.
        var direct = StreamKey.Of(TenantId.Main, mia.Person, noor.Person).Direct.Conversation;
        var body = Texts.Body("we talked");
        await mia.DoAsync(direct, new Chat.Domain.Conversations.Command.SendMessage(body, null, []));
        await mia.CallAsync(noor, new Command.Ring(noor.Person, true));
        await mia.CallAsync(noor, new Command.HangUp(2));
        var page = await noor.HistoryAsync(direct);
        Assert.Equal([kept, page.Lines[1].Event], page.Lines.Select(line => line.Event));
        Assert.Equal(Ending.Cancelled, ((Happened.Called)page.Lines[1].Event).How);
        Assert.InRange(page.Messages[0].Version, page.Lines[0].Version + 1, page.Lines[1].Version - 1);
    }

    [Fact]
    public async Task Nobody_is_on_two_calls_and_who_calls_them_is_told_that_they_are_busy()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var sven = await chat.Door.GuestAsync("sven");
        await BefriendAsync(mia, noor, sven);
        await BefriendAsync(noor, sven);
        await mia.CallAsync(noor, new Command.Ring(noor.Person, false));
        await sven.CallAsync(noor, new Command.Ring(noor.Person, false));
        Assert.Equal(Ending.Busy, (await sven.CallAsync(noor, call => call.Over is not null)).Over!.Value.How);
        Assert.Equal(Ending.Busy, (await KeptAsync(noor, sven)).How);
        Assert.Equal("call.on_another", await RefusedAsync(mia, sven, new Command.Ring(sven.Person, false)));
        // Both call: they have each other.
        await noor.CallAsync(mia, new Command.Ring(mia.Person, false));
        await mia.CallAsync(noor, call => call.AnsweredAt is not null);
    }

    [Fact]
    public async Task A_call_is_declined_given_up_ended_by_a_block_or_by_going()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var nobody = await chat.Door.GuestAsync("nobody");
        await BefriendAsync(mia, noor);
        Must.Accept(await mia.Client.HereAsync());
        Must.Accept(await noor.Client.HereAsync());
        await mia.CallAsync(noor, new Command.Ring(noor.Person, false));
        await noor.CallAsync(mia, new Command.Decline(1));
        await mia.CallAsync(noor, call => call.Over?.How is Ending.Declined);

        await mia.CallAsync(noor, new Command.Ring(noor.Person, false));
        await mia.CallAsync(noor, new Command.HangUp(null));
        await noor.CallAsync(mia, call => call is { Number: 2, Over.How: Ending.Cancelled });

        await noor.CallAsync(mia, new Command.Ring(mia.Person, false));
        await mia.CallAsync(noor, new Command.Accept(3));
        // Who comes and goes within half a second was not seen to be there.
        await Eventually.HoldsAsync(
            () =>
                mia.House()
                    .Any(one => one["type"] is "friend" && one["person"] is string who && who == noor.Person.Value),
            "Noor is seen to be in"
        );
        Must.Accept(await noor.Client.HereAsync(isAway: true));
        await mia.CallAsync(noor, call => call is { Number: 3, Over.How: Ending.HungUp });

        await mia.CallAsync(noor, new Command.Ring(noor.Person, false));
        await noor.CallAsync(mia, new Command.Accept(4));
        Must.Accept(await noor.Client.ChangeFriendAsync(new Bonding.Block(mia.Person)));
        await mia.CallAsync(noor, call => call is { Number: 4, Over.How: Ending.HungUp });
        Assert.Equal("friend.unknown", await RefusedAsync(mia, noor, new Command.Ring(noor.Person, false)));
        Assert.Equal("friend.unknown", await RefusedAsync(nobody, noor, new Command.Ring(noor.Person, false)));
    }

    [Fact]
    public async Task Whoever_mutes_a_friend_hears_nothing_and_the_friend_hears_it_ring()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, noor);
        await noor.PlaceAsync(new Placing.Mute(mia.Person));
        await mia.CallAsync(noor, new Command.Ring(noor.Person, false));
        await mia.CallAsync(noor, call => call.Over is null);
        await mia.CallAsync(noor, new Command.HangUp(1));
        await mia.CallAsync(noor, call => call.Over is not null);
        await noor.ArrivedAsync();
        Assert.Empty(noor.Calls());
        // That there was one they find.
        Assert.Equal(Ending.Cancelled, (await KeptAsync(noor, mia)).How);
    }

    private static async Task<string> RefusedAsync(Guest guest, Guest other, Command command) =>
        Must.Refuse(await guest.Client.CallAsync(other.Person, command)).Because.Last();

    private static async Task<string> PassRefusedAsync(Guest guest, Guest other, string data) =>
        Must.Refuse(await guest.Client.PassAsync(other.Person, 1, Signal(data))).Because.Last();

    private static async Task<Happened.Called> KeptAsync(Guest guest, Guest other)
    {
        var direct = Derive.DirectId(TenantId.Main, guest.Person, other.Person);
        Happened.Called? kept = null;
        await Eventually.HoldsAsync(
            () =>
                (
                    kept = guest
                        .Heard(direct)
                        .OfType<Seen.Shown>()
                        .Select(shown => shown.Event)
                        .OfType<Happened.Called>()
                        .LastOrDefault()
                )
                    is not null,
            $"{guest.Person} hears what became of the call"
        );
        return kept!;
    }
}
