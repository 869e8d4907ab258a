using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Host.Nats;
using Chat.Host.Operate;
using NATS.Client.Core;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests;

/// <summary>Who counts as connected, and how somebody is thrown out.</summary>
[Collection(Servers.Collection)]
public sealed class SessionTests(Servers servers, ITestOutputHelper output) : IAsyncLifetime
{
    private Access _access = null!;

    public async Task InitializeAsync() =>
        _access = await Access.StartAsync(servers, every: TimeSpan.FromMinutes(5), grace: TimeSpan.Zero);

    public async Task DisposeAsync() => await _access.DisposeAsync();

    [Fact]
    public async Task A_person_is_live_as_soon_as_connected_and_until_the_last_connection_ends()
    {
        Assert.False(_access.Sessions.IsLive("ann"));
        var phone = await _access.ConnectAsync("ann", "phone");
        Assert.True(_access.Sessions.IsLive("ann"));
        var again = await _access.ConnectAsync("ann", "phone", web: true);
        var laptop = await _access.ConnectAsync("ann", "laptop");
        await phone.DisposeAsync();
        await again.DisposeAsync();
        await Task.Delay(200);
        Assert.True(_access.Sessions.IsLive("ann"));
        Assert.Contains("ann", _access.Sessions.People);
        await laptop.DisposeAsync();
        Assert.True(await Access.EventuallyAsync(() => !_access.Sessions.IsLive("ann")));
    }

    [Fact]
    public async Task Another_host_learns_it_from_events_and_a_later_one_from_the_listing()
    {
        await using var system = new NatsConnection(Connections.System(servers.NatsUrl, servers.Secrets));
        await using var other = new Sessions(system);
        await other.StartAsync();
        await using var client = await _access.ConnectAsync("bea", "phone");
        Assert.True(await Access.EventuallyAsync(() => other.IsLive("bea")));
        await using var later = new Sessions(system);
        await later.StartAsync();
        Assert.True(later.IsLive("bea"));
    }

    [Fact]
    public async Task Whoever_was_let_in_and_never_came_is_dropped_by_the_next_listing()
    {
        _access.Sessions.Authorised(new ConnectionId(_access.System.ServerInfo!.Id, 999_999), "ghost", "phone");
        _access.Sessions.Authorised(new ConnectionId("NOSUCHSERVER", 1), "ghost", "laptop");
        await using var client = await _access.ConnectAsync("ann", "phone");
        Assert.True(_access.Sessions.IsLive("ghost"));
        await _access.Sessions.RefreshAsync();
        Assert.False(_access.Sessions.IsLive("ghost"));
        Assert.True(_access.Sessions.IsLive("ann"));
    }

    [Fact]
    public async Task A_revoked_device_is_out_within_a_second_and_stays_out()
    {
        var issued = _access.Issuer.Issue("cid", "phone");
        await using var one = await _access.ConnectRawAsync("cid", "phone");
        await using var two = await _access.ConnectRawAsync("cid", "phone");
        await using var other = await _access.ConnectRawAsync("cid", "laptop");
        await using var web = await _access.ConnectAsync("cid", "phone", web: true);
        await Task.Delay(50);
        var since = Stopwatch.GetTimestamp();
        _access.Revoked[("cid", "phone")] = DateTimeOffset.UtcNow;
        var kicked = await _access.Sessions.KickAsync("cid", "phone");
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"kicked {kicked} in {took.TotalMilliseconds:F0} ms");
        Assert.Equal(3, kicked);
        Assert.True(took < TimeSpan.FromSeconds(1), $"{took}");
        Assert.True(await one.IsClosedAsync());
        Assert.True(await two.IsClosedAsync());
        Assert.Empty(await other.SayAsync("PING"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(servers.NatsUrl, issued));
        Assert.True(_access.Sessions.IsLive("cid"));
        Assert.Equal(0, await _access.Sessions.KickAsync("cid", "phone"));
    }

    [Fact]
    public async Task Revoking_while_connecting_leaves_nobody_in()
    {
        for (var round = 0; round < 20; round++)
        {
            var device = $"d{round}";
            var token = _access.Issuer.Issue("dan", device);
            var connecting = Enumerable.Range(0, 8).Select(_ => TryConnectAsync(token)).ToList();
            await Task.Delay(round);
            _access.Revoked[("dan", device)] = DateTimeOffset.UtcNow.AddSeconds(1);
            await _access.Sessions.KickAsync("dan", device);
            foreach (var client in await Task.WhenAll(connecting))
            {
                Assert.True(client is null || await client.IsClosedAsync());
            }
        }
    }

    [Fact]
    public async Task Everybody_comes_back_to_a_server_that_was_killed_and_the_old_ones_connections_are_forgotten()
    {
        await using var stays = await _access.ConnectAsync("gil", "phone");
        await using var raw = await _access.ConnectRawAsync("hal", "phone");
        Assert.True(_access.Sessions.IsLive("hal"));
        var since = Stopwatch.GetTimestamp();
        Assert.True(Signals.Send(servers.Supervisor.NatsPid, Signal.Kill));
        Assert.True(await raw.IsClosedAsync());
        Assert.True(await Access.EventuallyAsync(() => !_access.Sessions.IsLive("hal"), 20_000));
        output.WriteLine($"the old server's forgotten after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms");
        await stays.PingAsync();
        Assert.True(await Access.EventuallyAsync(() => _access.Sessions.IsLive("gil")));
        await _access.App.PingAsync();
    }

    [Fact]
    public async Task Who_is_let_in_by_another_host_is_met_once()
    {
        var met = new ConcurrentQueue<string>();
        await using var system = new NatsConnection(Connections.System(servers.NatsUrl, servers.Secrets));
        await using var sessions = new Sessions(system) { Met = met.Enqueue };
        await sessions.StartAsync();
        var client = await _access.ConnectAsync("fay", "phone");
        Assert.True(await Access.EventuallyAsync(() => sessions.IsLive("fay")));
        await sessions.RefreshAsync();
        await client.DisposeAsync();
        Assert.True(await Access.EventuallyAsync(() => !sessions.IsLive("fay")));
        Assert.Single(met, person => person == "fay");
    }

    private async Task<RawClient?> TryConnectAsync(string token)
    {
        try
        {
            return await RawClient.ConnectAsync(servers.NatsUrl, token);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
