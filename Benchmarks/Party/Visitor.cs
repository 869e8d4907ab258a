using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Rooms;
using LanguageExt;
using Bond = Chat.Domain.Pairs.Command;
using Command = Chat.Domain.Rooms.Command;
using Placing = Chat.Domain.Places.Command;
using Playing = Chat.Domain.Games.Command;

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
    private readonly Bits256 drawn;
    private RoomId? inside;

    private Visitor(ChatClient client, ChatSession session, Circle circle, Times times, int number)
    {
        (this.client, this.session, this.circle, this.times) = (client, session, circle, times);
        (random, drawn) = (new Random(number), new Bits256(1, (UInt128)number));
    }

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
        switch (random.Next(28))
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
            case < 20:
                await ComeInAsync();
                break;
            default:
                var looked = await TimeAsync("look inside", false, () => client.LookAsync(room));
                if (looked.Case is Protocol.Wire.Looked { View: { } view })
                    await JoinInAsync(view);
                break;
        }
    }

    // Who knocks is let in, else something goes on between two for their call, or at the table.
    private async Task JoinInAsync(RoomView view)
    {
        var others = view.Occupants.Where(one => one.Person != client.Person).Select(one => one.Person).ToList();
        if (view.Knocks.Count > 0)
            await AskAsync("let in", view.Room, new Command.Admit(view.Knocks[0].Person));
        else if (others.Count > 0 && random.Next(4) == 0)
            await TimeAsync(
                "signal of a call",
                false,
                () => client.PassAsync(view.Room, others[random.Next(others.Count)], null, Candidate)
            );
        else if (MoveAt(view) is { } move)
            await TimeAsync("play", true, () => client.PlayAsync(view.Room, move));
    }

    // What anybody does next at a table, trivia to its end and again.
    private Playing? MoveAt(RoomView view)
    {
        var (table, me) = (view.Table, client.Person);
        var isSeated = table?.Seats.Contains(me) is true;
        return table?.Phase switch
        {
            Phase.Gathering when !isSeated => new Playing.Sit(
                Sealing.Seal(StreamKey.Of(TenantId.Main, view.Room).ToString(), table.Number, me, drawn)
            ),
            Phase.Gathering => table.Seats.Count > 1 ? new Playing.Begin() : null,
            Phase.Unsealing => isSeated && !table.Shown.Contains(me) ? new Playing.Unseal(drawn) : null,
            Phase.Playing => isSeated ? new Playing.Make(new Domain.Games.Trivia.Move.Answer(random.Next(4))) : null,
            _ => new Playing.Offer("trivia", "kitchen-science", 1),
        };
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
            if (refusal.Because.Contains("room.locked"))
                await AskAsync("knock", room, new Command.Knock());
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
    private static CallSignal Candidate { get; } = Made(CallSignal.Create(new string('c', 200)));
    private static Emoji Clap { get; } = Made(Emoji.Create("👏"));

    private static T Made<T>(Validation<Domain.Values.Fault, T> made) =>
        made.IfFail(_ => throw new InvalidOperationException());

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await client.DisposeAsync();
    }
}
