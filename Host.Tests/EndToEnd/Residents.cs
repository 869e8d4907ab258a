using Chat.Client;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Bonding = Chat.Domain.Pairs.Command;
using Placing = Chat.Domain.Places.Command;

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
