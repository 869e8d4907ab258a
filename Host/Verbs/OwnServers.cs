using Chat.Host.Operate;
using Chat.Host.Page;

namespace Chat.Host.Verbs;

/// <summary>The servers of <c>up</c>: its own as children, or those that it was given.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    // Of both addresses whoever reads takes the one that is the standby.
    private const string Own = "standby";

    private readonly Supervisor? supervisor;

    private OwnServers(Supervisor? supervisor, UpSettings settings)
    {
        this.supervisor = supervisor;
        Secrets = supervisor?.Secrets ?? Secrets.LoadOrCreate(Path.Combine(settings.Folder, "secrets"));
        NatsUrl = settings.Nats ?? supervisor!.NatsUrl;
        WebSocketUrl = settings.Nats is null ? supervisor!.WebSocketUrl : settings.WebSocket;
        ConnectionString = settings.Postgres is { } given ? PostgresUrl.Read(given) : supervisor!.ConnectionString;
        Replica =
            settings.Replica is not { } replica ? null
            : settings.IsCluster && replica == Own ? ConnectionString
            : PostgresUrl.Read(replica);
        OwnsDatabase = settings.Postgres is null;
    }

    public Secrets Secrets { get; }
    public string NatsUrl { get; }
    public string? WebSocketUrl { get; }
    public string ConnectionString { get; }
    public string? Replica { get; }
    public bool OwnsDatabase { get; }

    /// <summary>Of each nats-server, for clients and for browsers.</summary>
    public IEnumerable<(string Url, string? WebSocket)> Addresses =>
        NatsUrl.Split(',').Select((url, n) => (url, WebSocketUrl?.Split(',').ElementAtOrDefault(n)));

    /// <summary>As they are just now; null where all were given.</summary>
    public Func<IReadOnlyList<ServerState>>? States => supervisor is { } own ? () => own.States : null;

    public static async Task<OwnServers> StartAsync(
        UpSettings settings,
        int httpPort,
        ILogger log,
        CancellationToken stop
    )
    {
        if (settings is { IsCluster: true } and not { Nats: null, Postgres: null })
            throw new StartFailure(
                "--cluster starts servers of its own.",
                "Leave --nats and --postgres out, or make a cluster of those yourself."
            );
        var supervisor = settings is { Nats: not null, Postgres: not null }
            ? null
            : await Supervisor.StartAsync(
                new SupervisorOptions
                {
                    Folder = settings.Folder,
                    NatsPort = settings.NatsPort,
                    WebSocketPort = settings.WebSocketPort,
                    PostgresPort = settings.PostgresPort,
                    IsCluster = settings.IsCluster,
                    AllowedOrigins = PageOptions.OriginsAt(httpPort),
                },
                log,
                stop
            );
        return new OwnServers(supervisor, settings);
    }

    public ValueTask DisposeAsync() => supervisor?.DisposeAsync() ?? ValueTask.CompletedTask;
}
