using System.ComponentModel;
using System.Diagnostics;
using Chat.Benchmarks.Load;
using Chat.Client;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks.Scale;

/// <summary>
/// <c>./chat bench weigh</c>: what a connection weighs, and what it costs to let somebody in and to tell them that
/// nothing is new; and what a message weighs on disk, in the log, compressed and on its way to a device.
/// </summary>
internal sealed class WeighCommand : AsyncCommand<WeighCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandOption("--connections <COUNT>")]
        [Description("How many are made at each step, of two (default: 4,000)")]
        public int Connections { get; init; } = 4_000;

        [CommandOption("--messages <COUNT>")]
        [Description("How many are stored (default: 100,000)")]
        public int Messages { get; init; } = 100_000;

        [CommandOption("--text <FILE>")]
        [Description("What is said in them, cut into pieces of 100 bytes (default: the pages of docs)")]
        public string? Text { get; init; }
    }

    private const int AtOnce = 16;
    private const int Further = 14;
    private const int Resumes = 400;
    private readonly Table table = new Table().RoundedBorder().AddColumn("").AddColumn("", one => one.RightAligned());

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        table.HideHeaders();
        await using (var host = await RunningHost.StartAsync(null, 2))
        {
            await ConnectAsync(host, settings.Connections);
            await ResumeAsync(host);
            foreach (var (name, bytes) in await Weighed.MeasureAsync(host, settings.Messages, settings.Text))
                table.AddRow(Markup.Escape(name), $"{bytes:N0} bytes");
        }
        AnsiConsole.Write(table);
        return 0;
    }

    // The first as clients are, with two subscriptions; the others with as many more as one may have.
    private async Task ConnectAsync(RunningHost host, int count)
    {
        var open = new List<NatsSocket>();
        var steps = new List<(Memory Grown, Usage Used)>();
        foreach (var further in (int[])[0, Further])
        {
            var (before, used) = (Usage.Resident(host.Pid), Usage.Read(host.Pid));
            foreach (var some in Enumerable.Range(open.Count, count).Chunk(AtOnce))
                open.AddRange(await Task.WhenAll(some.Select(number => ConnectAsync(host, number, further))));
            var after = Usage.Resident(host.Pid);
            steps.Add((new(after.Host - before.Host, after.Nats - before.Nats, 0), Usage.Read(host.Pid).Since(used)));
        }
        var ((first, let), (second, _)) = (steps[0], steps[1]);
        table.AddRow("nats-server, a connection with two subscriptions", $"{first.Nats / count:N0} bytes");
        table.AddRow("of these a subscription", $"{(double)(second.Nats - first.Nats) / count / Further:N0} bytes");
        table.AddRow("host, a connection", $"{first.Host / count:N0} bytes, {second.Host / count:N0} of the next");
        table.AddRow("to let somebody in, host", $"{1e6 * let.Host / count:N0} µs");
        table.AddRow("to let somebody in, nats-server", $"{1e6 * let.Nats / count:N0} µs");
        var idle = Usage.Read(host.Pid);
        await Task.Delay(TimeSpan.FromSeconds(20));
        var (rest, seconds) = (Usage.Read(host.Pid).Since(idle), 20.0 * open.Count);
        table.AddRow("a connection that says nothing, nats-server", $"{1e6 * rest.Nats / seconds:N2} µs a second");
        table.AddRow("the same, host", $"{1e6 * rest.Host / seconds:N2} µs a second");
        open.ForEach(socket => socket.Dispose());
    }

    private static async Task<NatsSocket> ConnectAsync(RunningHost host, int number, int further)
    {
        var (person, device) = (PersonId.Of($"weighed-{number}"), DeviceId.Of("bench"));
        var (inbox, events) = (Protocol.Subjects.Inbox(person, device), Protocol.Subjects.Events(person));
        var socket = new NatsSocket(new Deaf());
        var more = Enumerable.Range(0, further).Select(next => $"{inbox}.further{next}");
        await socket.ConnectAsync(
            host.NatsUrl,
            NatsSocket.Token(host.TokenOf(person.Value, device.Value)),
            [$"{inbox}.*", events, .. more]
        );
        return socket;
    }

    // Somebody with as few conversations as most have.
    private async Task ResumeAsync(RunningHost host)
    {
        var (person, device) = (PersonId.Of("returning"), DeviceId.Of("bench"));
        await using var client = await ChatClient.ConnectAsync(
            new ChatOptions
            {
                Url = host.NatsUrl,
                Person = person,
                Device = device,
                Token = _ => ValueTask.FromResult(host.TokenOf(person.Value, device.Value)),
            }
        );
        await Weighed.AcquaintAsync(client);
        var cursor = (string?)null;
        for (var warm = 0; warm < Resumes / 4; warm++)
            cursor = Weighed.Right(await client.ResumeAsync(cursor)).Cursor;
        var (used, began) = (Usage.Read(host.Pid), Stopwatch.GetTimestamp());
        for (var next = 0; next < Resumes; next++)
            Weighed.Right(await client.ResumeAsync(cursor));
        var (took, spent) = (Stopwatch.GetElapsedTime(began), Usage.Read(host.Pid).Since(used));
        table.AddRow(
            $"a resume with nothing new, of {Weighed.Acquaintances} conversations",
            $"{1e6 * spent.Servers / Resumes:N0} µs, {took.TotalMilliseconds / Resumes:N2} ms"
        );
    }

    private sealed class Deaf : IHears
    {
        public void Hear(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload) { }

        public ValueTask HeardAsync() => ValueTask.CompletedTask;
    }
}
