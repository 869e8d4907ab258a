using System.Collections.Concurrent;
using Chat.Client;
using Chat.Domain.Deciding;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Xunit;
using Xunit.Abstractions;
using static Chat.Host.Tests.EndToEnd.Residents;
using ConversationKind = Chat.Domain.Conversations.ConversationKind;
using Placing = Chat.Domain.Places.Command;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>A party in a house that several hosts keep: all wander at once, and a host dies meanwhile.</summary>
[Collection(KillableChat.Collection)]
public sealed class PartyTests(KillableChat chat, ITestOutputHelper output)
{
    private const int People = 8;
    private const int Capacity = 3;
    private readonly ConcurrentDictionary<RoomId, bool> rooms = new();
    private readonly ConcurrentDictionary<string, int> answers = new();

    [Fact]
    public async Task Nobody_is_in_two_rooms_and_no_room_holds_more_than_it_may()
    {
        var seed = KillableChat.Seed;
        output.WriteLine($"CHAT_SEED={seed}");
        var guests = new List<Guest>();
        for (var n = 0; n < People; n++)
            guests.Add(await chat.Door.GuestAsync("party"));
        for (var n = 0; n < People; n++)
            await BefriendAsync(guests[n], [.. guests.Skip(n + 1)]);
        string[] more = [.. chat.Arguments, "--no-demo", "--name", "host-2"];
        await using (await ChatProcess.UpAsync(more))
        {
            var wandering = guests.Select((guest, n) => WanderAsync(guest, guests, new Random(seed + n), 60)).ToList();
            await Task.Delay(1_500);
            await chat.KillHostAsync();
            await chat.StartHostAsync();
            await Task.WhenAll(wandering);
            await AreInOneRoomEachAsync(guests);
            output.WriteLine(
                string.Join(", ", answers.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))
            );
            foreach (var expected in (string[])["ok", "room.locked", "room.unknown"])
                Assert.True(answers.ContainsKey(expected), $"nobody was answered {expected}");
            foreach (var guest in guests)
                Must.Accept(await guest.Client.HereAsync(isAway: true));
            // All have gone home: every room goes dark.
            await Eventually.HoldsAsync(async () => (await LitAsync(guests)).Count == 0, "all is dark", 30);
        }
        foreach (var guest in guests)
            await guest.DisposeAsync();
    }

    [Fact]
    public async Task A_record_stands_once_whichever_host_has_the_room_and_whichever_the_group()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, noor);
        await using var second = await ChatProcess.UpAsync([.. chat.Arguments, "--no-demo", "--name", "host-2"]);
        await chat.AreOwningAsync(2);
        for (var n = 0; n < 8; n++)
        {
            var group = await mia.CreateAsync(ConversationKind.Group, $"flat {n}", noor.Person);
            var room = await mia.LightAsync($"Kitchen {n}");
            await noor.EnterAsync(room);
            foreach (var one in (Guest[])[mia, noor])
                await one.DoAsync(room, new Command.Keep(group));
            foreach (var one in (Guest[])[mia, noor])
                await one.DoAsync(room, new Command.Leave());
            var lines = (await noor.HistoryAsync(group)).Lines.Select(line => line.Event);
            var kept = Assert.Single(lines.OfType<Domain.Conversations.Event.Partied>());
            Assert.Equal([mia.Person, noor.Person], kept.Party.People.Select(one => one.Person));
        }
    }

    private async Task WanderAsync(Guest guest, List<Guest> all, Random random, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Must.Accept(await guest.Client.HereAsync());
            RoomId[] known = [.. rooms.Keys];
            var room = known.Length == 0 ? default : known[random.Next(known.Length)];
            var other = all[random.Next(all.Count)].Person;
            var answer =
                known.Length < 2 || random.Next(20) == 0
                    ? await LightAsync(guest, step)
                    : random.Next(10) switch
                    {
                        0 => await DoAsync(guest, room, new Command.Leave()),
                        1 => await DoAsync(guest, room, new Command.Lock()),
                        2 or 3 => await DoAsync(guest, room, new Command.Unlock()),
                        4 => await DoAsync(guest, room, new Command.Knock()),
                        5 => await DoAsync(guest, room, new Command.Admit(other)),
                        6 => await DoAsync(guest, room, new Command.Expel(other)),
                        7 => CodeOf(await guest.Client.PlaceAsync(new Placing.SetPrivate(random.Next(8) == 0))),
                        _ => await DoAsync(guest, room, new Command.Enter()),
                    };
            // All are friends of all: what one of them does not know of is dark.
            if (answer == "room.unknown")
                rooms.TryRemove(room, out _);
            answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
        }
    }

    private async Task<string> LightAsync(Guest guest, int step)
    {
        var lit = await guest.Client.RoomAsync(null, new Command.Light(RoomName($"{step}"), false, [], Capacity));
        lit.IfRight(receipt => rooms[receipt.Room] = true);
        return CodeOf(lit);
    }

    private static async Task<string> DoAsync(Guest guest, RoomId room, Command command) =>
        CodeOf(await guest.Client.RoomAsync(room, command));

    private static string CodeOf<T>(LanguageExt.Either<Refusal, T> answer) =>
        answer.Match(Right: _ => "ok", Left: refusal => refusal.Because.LastOrDefault() ?? refusal.Code);

    // What each is told of where they are, and what the rooms hold, is the same.
    private async Task AreInOneRoomEachAsync(List<Guest> guests)
    {
        var places = new Dictionary<PersonId, RoomId?>();
        foreach (var guest in guests)
            places[guest.Person] = (await guest.HouseAsync()).Me.Room;
        var inside = new Dictionary<PersonId, List<RoomId>>();
        foreach (var room in await LitAsync(guests))
        {
            Assert.InRange(room.Occupants.Count, 1, Capacity);
            Assert.Contains(room.Occupants, one => one.Person == room.Keeper);
            foreach (var one in room.Occupants)
                inside[one.Person] = [.. inside.GetValueOrDefault(one.Person, []), room.Room];
        }
        Assert.All(
            places,
            place => Assert.Equal(place.Value is { } room ? [room] : [], inside.GetValueOrDefault(place.Key, []))
        );
    }

    private static async Task<List<RoomView>> LitAsync(List<Guest> guests)
    {
        var lit = new Dictionary<RoomId, RoomView>();
        foreach (var guest in guests)
            if ((await guest.HouseAsync()).Me.Room is { } room && (await guest.Client.LookAsync(room)).Case is { } seen)
                if (seen is Protocol.Wire.Looked { View: { } view })
                    lit[room] = view;
        return [.. lit.Values];
    }
}
