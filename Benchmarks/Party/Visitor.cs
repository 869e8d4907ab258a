using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Rooms;
using LanguageExt;
using Bond = Chat.Domain.Pairs.Command;
using Placing = Chat.Domain.Places.Command;

namespace Chat.Benchmarks.Party;

/// <summary>The rooms of some who are friends of each other.</summary>
internal sealed class Circle
{
    private readonly ConcurrentDictionary<RoomId, bool> rooms = new();

    public void Add(RoomId room) => rooms[room] = true;

    public void Forget(RoomId room) => rooms.TryRemove(room, out _);

    public RoomId? Any(Random random) =>
        rooms.Keys.ToArray() is { Length: > 0 } all ? all[random.Next(all.Length)] : null;

    public int Count => rooms.Count;
}

/// <summary>Somebody with a connection of their own, who does this and that.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(15);
    private readonly ChatClient client;
    private readonly ChatSession session;
    private readonly Circle circle;
    private readonly Times times;
    private readonly Random random;
    private RoomId? inside;

    private Visitor(ChatClient client, ChatSession session, Circle circle, Times times, int number) =>
        (this.client, this.session, this.circle, this.times, random) = (
            client,
            session,
            circle,
            times,
            new Random(number)
        );

    public static async Task<Visitor> ComeAsync(RunningHost host, int number, Circle circle, Times times)
    {
        var (person, device) = (PersonId.Of($"visitor-{number}"), DeviceId.Of("bench"));
        var client = await ChatClient.ConnectAsync(
            new ChatOptions
            {
                Url = host.NatsUrl,
                Person = person,
                Device = device,
                Token = _ => ValueTask.FromResult(host.TokenOf(person.Value, device.Value)),
            }
        );
        return new Visitor(client, await ChatSession.StartAsync(client), circle, times, number);
    }

    public async Task BefriendAsync(Visitor other)
    {
        await client.ChangeFriendAsync(new Bond.Request(other.client.Person));
        await other.client.ChangeFriendAsync(new Bond.Accept(client.Person));
    }

    /// <summary>Does something now and then until it is stopped.</summary>
    public async Task WanderAsync(double every, CancellationToken stop)
    {
        var renewed = long.MinValue;
        while (!stop.IsCancellationRequested)
        {
            if (renewed == long.MinValue || Stopwatch.GetElapsedTime(renewed) > Renew)
            {
                renewed = Stopwatch.GetTimestamp();
                await TimeAsync("here", false, () => client.HereAsync());
            }
            await ActAsync();
            // As if it were by chance: the time until the next has no memory.
            var pause = -every * Math.Log(1 - random.NextDouble());
            await Task.Delay(TimeSpan.FromSeconds(pause), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ActAsync()
    {
        if (inside is not { } room)
        {
            await ComeInAsync();
            return;
        }
        switch (random.Next(20))
        {
            case < 9:
                await AskAsync("say", room, new Command.Say(Words));
                break;
            case < 11:
                await AskAsync("lock, unlock", room, random.Next(3) == 0 ? new Command.Lock() : new Command.Unlock());
                break;
            case < 12:
                await AskAsync("leave", room, new Command.Leave());
                inside = null;
                break;
            case < 14:
                await TimeAsync("look at the house", false, () => client.HouseAsync());
                break;
            case < 16:
                await TimeAsync("reaction", false, () => client.FlingAsync(room, Clap));
                break;
            case < 17:
                var isPrivate = random.Next(10) == 0;
                await TimeAsync("private", true, () => client.PlaceAsync(new Placing.SetPrivate(isPrivate)));
                break;
            default:
                await ComeInAsync();
                break;
        }
    }

    private async Task ComeInAsync()
    {
        if (circle.Count < 3 || circle.Any(random) is not { } room)
        {
            var light = new Command.Light(Name, false, [], Room.DefaultCapacity);
            (await TimeAsync("light", true, () => client.RoomAsync(null, light))).IfRight(lit =>
            {
                circle.Add(lit.Room);
                inside = lit.Room;
            });
            return;
        }
        var entered = await AskAsync("enter", room, new Command.Enter());
        if (entered.Case is Refusal refusal)
        {
            if (refusal.Because.Contains("room.unknown"))
                circle.Forget(room);
        }
        else
            inside = room;
    }

    private Task<Either<Refusal, Protocol.Wire.RoomReceipt>> AskAsync(string what, RoomId room, Command command) =>
        TimeAsync(what, true, () => client.RoomAsync(room, command));

    private async Task<Either<Refusal, T>> TimeAsync<T>(string what, bool isChange, Func<Task<Either<Refusal, T>>> ask)
    {
        var at = Stopwatch.GetTimestamp();
        var answer = await ask();
        times.Took(what, isChange, Stopwatch.GetElapsedTime(at), answer.IsLeft);
        return answer;
    }

    private static RoomText Words { get; } = Made(RoomText.Create("Has anybody seen the long table?"));
    private static RoomName Name { get; } = Made(RoomName.Create("Kitchen"));
    private static Emoji Clap { get; } = Made(Emoji.Create("👏"));

    private static T Made<T>(Validation<Domain.Values.Fault, T> made) =>
        made.IfFail(_ => throw new InvalidOperationException());

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await client.DisposeAsync();
    }
}
