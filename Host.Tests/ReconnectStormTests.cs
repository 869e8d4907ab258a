using System.Diagnostics;
using Chat.Host.Nats;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests;

/// <summary>Everybody comes back at once.</summary>
[Collection(Servers.Collection)]
public sealed class ReconnectStormTests(Servers servers, ITestOutputHelper output)
{
    private static int Clients => Environment.GetEnvironmentVariable("CHAT_LONG") is null ? 1_000 : 2_000;

    [Fact]
    public async Task Everybody_connects_at_once()
    {
        await using var access = await Access.StartAsync(servers);
        var tokens = Enumerable.Range(0, Clients).Select(i => access.Issuer.Issue($"p{i}", "phone")).ToList();
        await OnceAsync("first time", servers.NatsUrl, tokens);
        await OnceAsync("tokens known", servers.NatsUrl, tokens, access.Sessions);
    }

    private async Task OnceAsync(string name, string url, List<string> tokens, Sessions? sessions = null)
    {
        var since = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        var clients = await Task.WhenAll(tokens.Select(token => ConnectAsync(url, token)));
        var all = Stopwatch.GetElapsedTime(since);
        var used = Environment.CpuUsage.TotalTime - cpu;
        var waits = clients.Select(c => c.Waited.TotalMilliseconds).Order().ToList();
        var late = clients.Count(c => c.Client is null);
        output.WriteLine(
            $"{name}: {tokens.Count} in {all.TotalMilliseconds:F0} ms, p50 {waits[waits.Count / 2]:F0} ms, "
                + $"p99 {waits[waits.Count * 99 / 100]:F0} ms, refused {late}, "
                + $"{used.TotalMilliseconds / tokens.Count:F1} ms of CPU each (clients included)"
        );
        Assert.True(late <= tokens.Count / 1000, $"{late} did not get in");
        if (sessions is not null)
        {
            Assert.True(await Access.EventuallyAsync(() => sessions.People.Count >= tokens.Count));
            since = Stopwatch.GetTimestamp();
            await sessions.RefreshAsync();
            output.WriteLine($"listing: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms");
            since = Stopwatch.GetTimestamp();
            Assert.Equal(1, await sessions.KickAsync("p500", "phone"));
            output.WriteLine($"kick among them: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms");
        }

        foreach (var (client, _) in clients)
        {
            await (client?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<(RawClient? Client, TimeSpan Waited)> ConnectAsync(string url, string token)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            var client = await RawClient.ConnectAsync(url, token);
            return (client, Stopwatch.GetElapsedTime(since));
        }
        catch (InvalidOperationException e)
        {
            output.WriteLine(e.Message);
            return (null, Stopwatch.GetElapsedTime(since));
        }
    }
}
