using System.Collections.Concurrent;
using Chat.Host.Nats;
using NATS.Client.Core;

namespace Chat.Host.Tests;

/// <summary>The access part alone, against real servers: callout, sessions, and a host's connection.</summary>
public sealed class Access : IAsyncDisposable
{
    private readonly Servers _servers;
    private readonly List<IAsyncDisposable> _open = [];

    private Access(Servers servers, TimeSpan? every, TimeSpan? grace)
    {
        _servers = servers;
        Issuer = new TokenIssuer(servers.Secrets.TokenKeyPem);
        System = Keep(new NatsConnection(Connections.System(servers.NatsUrl, servers.Secrets)));
        App = Keep(new NatsConnection(Connections.App(servers.NatsUrl, servers.Secrets)));
        var callout = Keep(new NatsConnection(Connections.Callout(servers.NatsUrl, servers.Secrets)));
        Sessions = Keep(new Sessions(System, every, grace));
        Callout = Keep(
            new Callout(callout, servers.Secrets, NewVerifier(), Sessions, (p, d, at) => IsRevoked(p, d, at))
        );
    }

    public TokenIssuer Issuer { get; }

    public NatsConnection System { get; }

    public NatsConnection App { get; }

    public Sessions Sessions { get; }

    public Callout Callout { get; }

    /// <summary>By person and device: tokens issued until then.</summary>
    public ConcurrentDictionary<(string Person, string Device), DateTimeOffset> Revoked { get; } = new();

    public static async Task<Access> StartAsync(Servers servers, TimeSpan? every = null, TimeSpan? grace = null)
    {
        var access = new Access(servers, every, grace);
        await access.Sessions.StartAsync();
        await access.Callout.StartAsync();
        await access.App.ConnectAsync();
        return access;
    }

    public TokenVerifier NewVerifier(TimeProvider? clock = null) =>
        new(
            new TokenOptions
            {
                Issuer = TokenIssuer.DevelopmentIssuer,
                Audience = TokenIssuer.DevelopmentAudience,
                Keys = TokenOptions.FromPem(_servers.Secrets.TokenKeyPem),
            },
            clock
        );

    public async Task<NatsConnection> ConnectAsync(string person, string device, bool web = false, string? token = null)
    {
        var url = web ? _servers.WebSocketUrl : _servers.NatsUrl;
        token ??= Issuer.Issue(person, device);
        var client = Keep(new NatsConnection(Connections.Client(url, person, device, token)));
        await client.ConnectAsync();
        return client;
    }

    public async Task<RawClient> ConnectRawAsync(string person, string device) =>
        Keep(await RawClient.ConnectAsync(_servers.Supervisor.NatsUrl, Issuer.Issue(person, device)));

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _open.AsEnumerable().Reverse())
        {
            await one.DisposeAsync();
        }

        Issuer.Dispose();
    }

    public static async Task<bool> EventuallyAsync(Func<bool> holds, int milliseconds = 3000)
    {
        for (var left = milliseconds; left > 0 && !holds(); left -= 10)
        {
            await Task.Delay(10);
        }

        return holds();
    }

    private bool IsRevoked(string person, string device, DateTimeOffset issuedAt) =>
        Revoked.TryGetValue((person, device), out var until) && issuedAt <= until;

    private T Keep<T>(T one)
        where T : IAsyncDisposable
    {
        _open.Add(one);
        return one;
    }
}
