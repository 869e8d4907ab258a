using System.Globalization;
using System.Text;
using Chat.Benchmarks.Load;
using Chat.Host.Nats;
using Chat.Host.Operate;

namespace Chat.Benchmarks.Limits;

/// <summary>
/// What NATS alone reaches towards a big room: one publish, and the server passes it on to as many connections, over
/// the sockets that the generator has. Five are under way, as in W3.
/// </summary>
internal sealed class FanOut : IHears
{
    public const string Name = "NATS fan-out, one publish to 500";
    public const int Receivers = 500;
    private const int Senders = 5;
    private const string Subject = "bench.fan";

    // About what a message of 100 bytes is to those who hear of it.
    private const int PayloadBytes = 220;

    private readonly int[] heard = new int[Senders];
    private readonly TaskCompletionSource?[] waiting = new TaskCompletionSource?[Senders];

    public static async Task<Limit> MeasureAsync(RunningHost host, TimeSpan measured)
    {
        var secrets = Secrets.LoadOrCreate(Path.Combine(host.Folder, "secrets"));
        var credentials = NatsSocket.User(ServerConfig.AppUser, secrets.AppPassword);
        var fan = new FanOut();
        var sockets = Enumerable.Range(0, Receivers + Senders).Select(_ => new NatsSocket(fan)).ToList();
        try
        {
            foreach (var (index, socket) in sockets.Index())
                await socket.ConnectAsync(host.NatsUrl, credentials, index < Receivers ? [Subject] : []);
            var senders = sockets[Receivers..];
            return await Loop.RunAsync(
                Name,
                Senders,
                measured,
                index => fan.SayAsync(senders[index], index),
                Receivers,
                () => Usage.Read(host.Pid).Nats
            );
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private async Task SayAsync(NatsSocket socket, int index)
    {
        heard[index] = 0;
        var done = waiting[index] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var payload = index.ToString(CultureInfo.InvariantCulture).PadRight(PayloadBytes, 'x');
        await socket.SendAsync(Encoding.ASCII.GetBytes($"PUB {Subject} {PayloadBytes}\r\n{payload}\r\n"));
        await done.Task;
    }

    public void Hear(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        var index = payload[0] - '0';
        if (Interlocked.Increment(ref heard[index]) == Receivers)
            waiting[index]?.TrySetResult();
    }

    public ValueTask HeardAsync() => ValueTask.CompletedTask;
}
