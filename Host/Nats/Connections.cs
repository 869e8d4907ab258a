using Chat.Host.Operate;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>How hosts and clients connect.</summary>
public static class Connections
{
    /// <summary>The host among the clients: serves requests, publishes events.</summary>
    public static NatsOpts App(string url, Secrets secrets) => Named(url, ServerConfig.AppUser, secrets.AppPassword);

    /// <summary>The callout, in an account of its own.</summary>
    public static NatsOpts Callout(string url, Secrets secrets) =>
        Named(url, ServerConfig.CalloutUser, secrets.CalloutPassword);

    /// <summary>The system account: connection events, listings, kicks.</summary>
    public static NatsOpts System(string url, Secrets secrets) =>
        Named(url, ServerConfig.SystemUser, secrets.SystemPassword);

    /// <summary>A client with a bearer token, over <c>nats://</c> or <c>ws://</c>.</summary>
    public static NatsOpts Client(string url, string person, string device, string token) =>
        Lasting with
        {
            Url = url,
            Name = "chat-client",
            InboxPrefix = $"chat.v1.inbox.{person}.{device}",
            AuthOpts = new NatsAuthOpts { Token = token },
        };

    // Two authentication errors in a row end a connection for good by default: one slow callout would be the end.
    private static NatsOpts Lasting =>
        NatsOpts.Default with
        {
            IgnoreAuthErrorAbort = true,
            ReconnectWaitMin = TimeSpan.FromMilliseconds(100),
            ReconnectWaitMax = TimeSpan.FromSeconds(2),
            ReconnectJitter = TimeSpan.FromMilliseconds(200),
        };

    // One that is cut without a word is seen to be so within some seconds, not minutes.
    private static NatsOpts Named(string url, string user, string password) =>
        Lasting with
        {
            PingInterval = TimeSpan.FromSeconds(3),
            MaxPingOut = 2,
            Url = url,
            Name = user,
            AuthOpts = new NatsAuthOpts { Username = user, Password = password },
        };
}
