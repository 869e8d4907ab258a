using System.Diagnostics;
using System.Text;
using Chat.Host.Operate;
using NATS.Client.Core;

namespace Chat.Benchmarks.Limits;

/// <summary>
/// What a log of messages that is on disk before it is acknowledged reaches without any rule of chat: JetStream with
/// <c>sync_interval: always</c>, on a nats-server of its own.
/// </summary>
internal static class Journal
{
    public const string Name = "JetStream, always synced, 64 under way";
    private const int PayloadBytes = 150;

    public static async Task<Limit> MeasureAsync(RunningHost host, TimeSpan measured)
    {
        var folder = Path.Combine(host.Folder, "journal");
        Directory.CreateDirectory(folder);
        var port = RunningHost.FreePorts(1)[0];
        var config = Path.Combine(folder, "nats.conf");
        await File.WriteAllTextAsync(
            config,
            $"listen: \"127.0.0.1:{port}\"\njetstream {{ store_dir: \"{folder}\", sync_interval: always }}\n"
                + $"log_file: \"{folder}/nats.log\"\n"
        );
        using var server = Process.Start(await Binaries.NatsServerAsync(), ["-c", config]);
        try
        {
            return await PublishAsync($"nats://127.0.0.1:{port}", measured);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Limit> PublishAsync(string url, TimeSpan measured)
    {
        await using var connection = new NatsConnection(
            NatsOpts.Default with
            {
                Url = url,
                RetryOnInitialConnect = true,
            }
        );
        await connection.ConnectAsync();
        await CreateAsync(connection);
        var payload = new byte[PayloadBytes];
        return await Loop.RunAsync(
            Name,
            64,
            measured,
            async _ =>
            {
                var answer = await connection.RequestAsync<byte[], byte[]>("journal.one", payload);
                if (answer.Data is not { } data || data.AsSpan().IndexOf("\"seq\""u8) < 0)
                    throw new InvalidOperationException("JetStream did not keep a message.");
            }
        );
    }

    private static async Task CreateAsync(NatsConnection connection)
    {
        const string Stream = """
            {"name":"journal","subjects":["journal.>"],"storage":"file","retention":"limits","discard":"old",
             "num_replicas":1,"max_msgs":-1,"max_bytes":-1,"max_age":0,"max_consumers":-1,
             "max_msg_size":-1,"duplicate_window":0}
            """;
        var made = await connection.RequestAsync<byte[], byte[]>(
            "$JS.API.STREAM.CREATE.journal",
            Encoding.UTF8.GetBytes(Stream)
        );
        var text = Encoding.UTF8.GetString(made.Data ?? []);
        if (text.Contains("\"error\"", StringComparison.Ordinal))
            throw new InvalidOperationException(text);
    }
}
