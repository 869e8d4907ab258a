using System.Diagnostics;
using Chat.Host.Nats;
using Chat.Host.Operate;
using NATS.Client.Core;

namespace Chat.Benchmarks.Limits;

/// <summary>Answers requests and does nothing else: a child process, as a host would be one.</summary>
internal static class Responder
{
    public const string Verb = "respond";
    public const string Subject = "bench.echo";
    public const string UrlVariable = "CHAT_BENCH_NATS";

    /// <summary>Runs until its input ends.</summary>
    public static async Task RunAsync(string folder)
    {
        await using var connection = new NatsConnection(
            OptionsOf(Environment.GetEnvironmentVariable(UrlVariable)!, folder)
        );
        var requests = await connection.SubscribeCoreAsync<byte[]>(Subject);
        await connection.PingAsync();
        var running = Task.Run(async () =>
        {
            await foreach (var request in requests.Msgs.ReadAllAsync())
                await request.ReplyAsync(request.Data);
        });
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        await requests.UnsubscribeAsync();
        await running;
    }

    public static NatsOpts OptionsOf(string url, string folder) =>
        Connections.App(url, Secrets.LoadOrCreate(Path.Combine(folder, "secrets")));
}

/// <summary>
/// What NATS alone reaches: the host's own server, its own library on both sides, and nothing in between.
/// </summary>
internal static class RequestReply
{
    // About what a send of 100 bytes has.
    private const int PayloadBytes = 150;

    public static async Task<IReadOnlyList<Limit>> MeasureAsync(RunningHost host, TimeSpan measured)
    {
        using var responder = Start(host);
        await responder.StandardOutput.ReadLineAsync();
        await using var connection = new NatsConnection(Responder.OptionsOf(host.NatsUrl, host.Folder));
        await connection.ConnectAsync();
        var payload = new byte[PayloadBytes];
        var many = await Loop.RunAsync(Limit64, 64, measured, AskAsync, cpu: Cpu, all: All);
        var one = await Loop.RunAsync(Limit1, 1, measured, AskAsync);
        responder.StandardInput.Close();
        await responder.WaitForExitAsync();
        return [many, one];

        double Cpu() => Usage.Read(host.Pid).Nats;

        double All()
        {
            responder.Refresh();
            return Cpu() + responder.TotalProcessorTime.TotalSeconds + Environment.CpuUsage.TotalTime.TotalSeconds;
        }

        async Task AskAsync(int index) => await connection.RequestAsync<byte[], byte[]>(Responder.Subject, payload);
    }

    public const string Limit64 = "NATS request-reply, 64 under way";
    public const string Limit1 = "NATS request-reply, 1 under way";

    private static Process Start(RunningHost host)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Responder).Assembly.Location, Responder.Verb, host.Folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[Responder.UrlVariable] = host.NatsUrl;
        return Process.Start(start)!;
    }
}
