using Chat.Domain.Presences;
using Chat.Domain.Rooms;
using Chat.Host.House;
using Chat.Host.Import;
using Chat.Protocol;
using NATS.Client.Core;
using Bond = Chat.Domain.Pairs.Command;

namespace Chat.Host.Demo;

/// <summary>
/// The people of the story at home: friends of each other, in rooms and in the hall, for as long as this runs. Whoever
/// signs in as one of them finds them where they are.
/// </summary>
internal sealed class Evening(INatsConnection connection, TimeProvider clock)
{
    private static readonly DeviceId Device = DeviceId.Of("demo");
    private static readonly TimeSpan Renew = TimeSpan.FromMilliseconds(Presence.LengthMs / 3);

    private static readonly (string Name, bool IsLocked, string[] Inside)[] Rooms =
    [
        ("Kitchen", false, ["mia", "tomas", "yuki", "sven"]),
        ("Study", false, ["ama", "leila"]),
        ("Movie night", true, ["oskar"]),
        ("Balcony", false, ["dev", "kofi"]),
        ("Workshop", false, ["ines"]),
    ];

    private static readonly (string Person, string[] Friends)[] Friends =
    [
        ("noor", ["mia", "tomas", "yuki", "ama", "leila", "dev", "kofi", "ines", "priya", "jonas", "oskar"]),
        ("mia", ["tomas", "yuki", "dev", "kofi", "ines", "sven", "jonas"]),
        ("tomas", ["yuki", "priya"]),
        ("ama", ["leila", "ines"]),
        ("kofi", ["dev", "jonas"]),
    ];

    // Who is in a room, and who is in none.
    private static readonly string[] AtHome = [.. Rooms.SelectMany(room => room.Inside), "priya", "jonas"];

    private readonly ImportDoor door = new(connection, Device);

    /// <summary>Lets them come home, and keeps them there until it is stopped.</summary>
    public async Task PassAsync(CancellationToken stop)
    {
        await BefriendAsync(stop);
        await StayAsync();
        var tonight = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (name, isLocked, inside) in Rooms)
            await LightAsync(name, isLocked, inside, tonight, stop);
        using var ticks = new PeriodicTimer(Renew, clock);
        while (await ticks.WaitForNextTickAsync(stop))
            await StayAsync();
    }

    private async Task BefriendAsync(CancellationToken stop)
    {
        foreach (var (one, others) in Friends)
        foreach (var other in others)
        {
            var (asks, answers) = (PersonId.Of(one), PersonId.Of(other));
            // Whoever tries things out may have ended it, or wants none of it.
            await door.BondAsync(asks, new Bond.Request(answers), ClientId.Of($"demo-asks-{other}"), stop);
            await door.BondAsync(answers, new Bond.Accept(asks), ClientId.Of($"demo-accepts-{one}"), stop);
        }
    }

    private async Task LightAsync(string name, bool isLocked, string[] inside, long tonight, CancellationToken stop)
    {
        var called = (RoomName)RoomName.Create(name).Case;
        var light = new Command.Light(called, isLocked, [], Room.DefaultCapacity);
        var client = ClientId.Of($"demo-{tonight}");
        var lit = await Seeding.MustAsync(
            () => door.RoomAsync(PersonId.Of(inside[0]), null, light, client, stop),
            stop
        );
        foreach (var other in inside.Skip(1))
            await door.RoomAsync(PersonId.Of(other), lit.Room, new Command.Enter(), client, stop);
    }

    private async Task StayAsync()
    {
        var now = new Instant(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var lease = Map((Device, new Lease(now, false, false)));
        var all = toHashMap(AtHome.Select(person => (PersonId.Of(person), new Leases(lease, now))));
        await connection.PublishAsync(Subjects.Presence, new Gossip(all, []).ToBytes());
    }
}
