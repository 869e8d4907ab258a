using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Host.Operate;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What an operator sees of a host, and that it never holds what somebody said.</summary>
public sealed partial class TelemetryTests : IDisposable
{
    private const string Secret = "the-surprise-is-on-friday";
    private readonly string folder = ChatUp.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_collector_gets_spans_and_metrics_and_nobody_gets_a_text()
    {
        var ports = Servers.FreePorts(4);
        using var collector = new Collector(ports[3]);
        await using var up = await ChatProcess.UpAsync(
            [.. ChatUp.Arguments(folder, ports), "--log-json"],
            new()
            {
                [HttpEndpoints.CollectorVariable] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            }
        );
        Assert.Equal(0, (await ChatProcess.RunAsync(["say", "mia", "diary", Secret, "--data", folder])).Code);
        foreach (
            var (path, words) in new[]
            {
                ("/v1/traces", "request"),
                ("/v1/traces", "append"),
                ("/v1/traces", "send"),
                ("/v1/metrics", "chat.commit.duration"),
            }
        )
            await Eventually.HoldsAsync(() => collector.Heard(path).Contains(words), $"{path} has {words}", 20);

        using var door = new Door(
            $"nats://127.0.0.1:{ports[0]}",
            Secrets.LoadOrCreate(Path.Combine(folder, "secrets"))
        );
        await using var guest = await door.GuestAsync("guest");
        var group = await guest.CreateAsync(ConversationKind.Group, "drift");
        Must.Accept(await guest.Client.BeginAsync(group, [ViewPart.Members, ViewPart.Counts]));

        using var http = new HttpClient { BaseAddress = new Uri(HealthIn().Match(up.Output).Groups[1].Value) };
        Assert.Equal("ready", await http.GetStringAsync("/health/ready"));
        Assert.Equal("alive", await http.GetStringAsync("/health/live"));
        var metrics = await http.GetStringAsync("/metrics");
        foreach (var name in new[] { "requests", "batch_events", "commit_duration", "queue_depth", "deliveries" })
            Assert.Contains($"chat_{name}", metrics);
        foreach (var part in new[] { "members", "counts" })
            Assert.Matches($"chat_drifts[^\n]*part=\"{part}\"[^\n]*}} 1\\b", metrics);
        Assert.Matches("chat_requests(?=[^\n]*verb=\"send\")[^\n]*outcome=\"ok\"", metrics);
        foreach (
            var seen in new[] { up.Output, metrics, collector.Heard("/v1/traces"), collector.Heard("/v1/metrics") }
        )
            Assert.DoesNotContain(Secret, seen);
    }

    [GeneratedRegex(@"(http://\S+)/health/ready")]
    private static partial Regex HealthIn();

    /// <summary>Takes what is sent to a collector, as it is.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> heard = new();
        private readonly HttpListener listener = new();

        public Collector(int port)
        {
            Url = $"http://127.0.0.1:{port}";
            listener.Prefixes.Add(Url + "/");
            listener.Start();
            _ = ListenAsync();
        }

        public string Url { get; }

        public string Heard(string path) => string.Concat(heard.Where(one => one.Path == path).Select(one => one.Body));

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                    heard.Enqueue((context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync()));
                    context.Response.Close();
                }
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException) { }
        }

        public void Dispose() => listener.Close();
    }
}
