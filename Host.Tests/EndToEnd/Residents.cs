using System.Security.Cryptography;
using Chat.Client;
using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Bonding = Chat.Domain.Pairs.Command;
using Command = Chat.Domain.Rooms.Command;
using Placing = Chat.Domain.Places.Command;
using Playing = Chat.Domain.Games.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What people do in the house, as tests say it.</summary>
internal static class Residents
{
    public static RoomName RoomName(string name) =>
        Domain.Values.RoomName.Create(name).Match(one => one, _ => throw new ArgumentException(name));

    public static RoomText RoomText(string text) =>
        Domain.Values.RoomText.Create(text).Match(one => one, _ => throw new ArgumentException(text));

    public static CallSignal Signal(string text) =>
        CallSignal.Create(text).Match(one => one, _ => throw new ArgumentException(text));

    public static async Task BefriendAsync(Guest one, params Guest[] others)
    {
        foreach (var other in others)
        {
            Must.Accept(await one.Client.ChangeFriendAsync(new Bonding.Request(other.Person)));
            Must.Accept(await other.Client.ChangeFriendAsync(new Bonding.Accept(one.Person)));
        }
    }

    /// <summary>They are in, and light a room.</summary>
    public static async Task<RoomId> LightAsync(
        this Guest guest,
        string name,
        bool isLocked = false,
        int capacity = Room.DefaultCapacity,
        params PersonId[] guests
    )
    {
        Must.Accept(await guest.Client.HereAsync());
        var light = new Command.Light(RoomName(name), isLocked, [.. guests], capacity);
        return Must.Accept(await guest.Client.RoomAsync(null, light)).Room;
    }

    public static async Task EnterAsync(this Guest guest, RoomId room)
    {
        Must.Accept(await guest.Client.HereAsync());
        await guest.DoAsync(room, new Command.Enter());
    }

    public static async Task DoAsync(this Guest guest, RoomId room, Command command) =>
        Must.Accept(await guest.Client.RoomAsync(room, command));

    /// <summary>They play two rounds of trivia, which the first offers: it is dealt when this ends.</summary>
    public static async Task DealAsync(RoomId room, params Guest[] players)
    {
        await players[0].PlayAsync(room, new Playing.Offer("trivia", "kitchen-science", 2));
        var number = (await players[0].TableAsync(room)).Number;
        var drawn = players.ToDictionary(player => player.Person, _ => Bits256.Of(RandomNumberGenerator.GetBytes(32)));
        var place = StreamKey.Of(TenantId.Main, room).ToString();
        foreach (var one in players)
            await one.PlayAsync(room, new Playing.Sit(Sealing.Seal(place, number, one.Person, drawn[one.Person])));
        await players[^1].PlayAsync(room, new Playing.Begin());
        foreach (var one in players)
            await one.PlayAsync(room, new Playing.Unseal(drawn[one.Person]));
    }

    public static async Task PlayAsync(this Guest guest, RoomId room, Playing what) =>
        Must.Accept(await guest.Client.PlayAsync(room, what));

    public static async Task<TableView> TableAsync(this Guest guest, RoomId room) =>
        (await guest.InsideAsync(room)).Table ?? throw new InvalidOperationException("nothing was offered");

    /// <summary>Calls somebody, takes their call or ends it.</summary>
    public static async Task CallAsync(this Guest guest, Guest other, Domain.Calls.Command command) =>
        Must.Accept(await guest.Client.CallAsync(other.Person, command));

    /// <summary>What they are told last of calls with somebody, once it is so.</summary>
    public static async Task<Domain.Calls.Call> CallAsync(
        this Guest guest,
        Guest other,
        Func<Domain.Calls.Call, bool> holds
    )
    {
        Domain.Calls.Call? found = null;
        await Eventually.HoldsAsync(
            () => (found = guest.Calls().LastOrDefault(call => call.IsOf(other.Person))) is not null && holds(found),
            $"{guest.Person} is told of the call",
            seconds: 30
        );
        return found!;
    }

    public static async Task<string> RefusedAsync(this Guest guest, RoomId room, Command command) =>
        Must.Refuse(await guest.Client.RoomAsync(room, command)).Because.Last();

    public static async Task PlaceAsync(this Guest guest, Placing command, PersonId? of = null) =>
        Must.Accept(await guest.Client.PlaceAsync(command, of));

    public static async Task<HouseView> HouseAsync(this Guest guest) => Must.Accept(await guest.Client.HouseAsync());

    public static async Task<RoomView> InsideAsync(this Guest guest, RoomId room) =>
        Must.Accept(await guest.Client.LookAsync(room)).View ?? throw new InvalidOperationException("not inside");

    /// <summary>The card that they see in the house, if they see one.</summary>
    public static async Task<Card?> CardAsync(this Guest guest, RoomId room) =>
        (await guest.HouseAsync()).Rooms.FirstOrDefault(card => card.Room == room);
}
