using Chat.Host.Nats;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Host.Operate;

/// <summary>What <c>./chat up</c> starts, and where.</summary>
public sealed record SupervisorOptions
{
    /// <summary>The nats-servers of a cluster: any two of them carry on.</summary>
    public const int Servers = 3;

    public required string Folder { get; init; }

    /// <summary>Of a cluster the first of six: three for clients, and three for each other.</summary>
    public int NatsPort { get; init; } = 4722;

    /// <summary>Of a cluster the first of three.</summary>
    public int WebSocketPort { get; init; } = 4780;

    /// <summary>Of a cluster the first of two.</summary>
    public int PostgresPort { get; init; } = 5722;

    /// <summary>Three nats-servers, and a PostgreSQL with a synchronous standby.</summary>
    public bool IsCluster { get; init; }

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Programs; what is not given is looked for (<see cref="Binaries"/>).</summary>
    public string? NatsServer { get; init; }

    public string? PostgresPrograms { get; init; }

    /// <summary>For limits other than usual ones.</summary>
    public Func<ServerConfig, ServerConfig>? Nats { get; init; }
}

/// <summary>
/// nats-server and PostgreSQL as children of this process, one of each or a cluster, all they have in one folder. They
/// end with us, however we end, and are started again when they end alone.
/// </summary>
public sealed class Supervisor : IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly NatsProcess[] _nats;
    private readonly Supervised[] _natsServers;
    private readonly IPostgres _postgres;

    private Supervisor(SupervisorOptions options, FolderLock held, Secrets secrets, Programs programs, ILogger log)
    {
        _lock = held;
        Secrets = secrets;
        _nats =
        [
            .. Configs(options, secrets)
                .Select(config => new NatsProcess(programs.NatsServer, options.Nats?.Invoke(config) ?? config)),
        ];
        _natsServers = [.. _nats.Select(server => new Supervised(server, log))];
        var (postgres, major) = (programs.Postgres, programs.PostgresMajor);
        _postgres = options.IsCluster
            ? new PostgresPair(postgres, major, options.Folder, options.PostgresPort, secrets, log)
            : new PostgresAlone(postgres, major, options.Folder, options.PostgresPort, secrets, log);
    }

    public Secrets Secrets { get; }

    /// <summary>Of a cluster all addresses, with commas between them.</summary>
    public string NatsUrl => string.Join(',', _nats.Select(server => $"nats://{server.Address}"));

    /// <summary>The same for browsers.</summary>
    public string WebSocketUrl => string.Join(',', _nats.Select(server => $"ws://{server.WebSocketAddress}"));

    /// <summary>The host's role, owner of its database and nothing more.</summary>
    public string ConnectionString => _postgres.ConnectionString;

    /// <summary>The superuser, for backups and tests.</summary>
    public string AdminConnectionString => _postgres.AdminConnectionString;

    /// <summary>The first one's; 0 while it does not serve.</summary>
    public int NatsPid => _natsServers[0].Pid;

    /// <summary>The primary's; 0 while it does not serve.</summary>
    public int PostgresPid => _postgres.Pid;

    /// <summary>All servers, as they are just now.</summary>
    public IReadOnlyList<ServerState> States =>
        [.. _nats.Zip(_natsServers, (server, process) => StateOf(server, process.Pid)), .. _postgres.States];

    /// <summary>Two servers, of which the standby can be looked at; null where there is one.</summary>
    internal PostgresPair? Pair => _postgres as PostgresPair;

    /// <summary>The nats-servers' processes.</summary>
    internal IReadOnlyList<int> NatsPids => [.. _natsServers.Select(server => server.Pid)];

    /// <summary>Returns when all serve; what could not be started leaves nothing running.</summary>
    /// <exception cref="StartFailure">With words for the person who started it.</exception>
    public static async Task<Supervisor> StartAsync(
        SupervisorOptions options,
        ILogger? log = null,
        CancellationToken cancel = default
    )
    {
        options = options with { Folder = Path.GetFullPath(options.Folder) };
        var (postgres, major) = await Binaries.PostgresAsync(options.PostgresPrograms, cancel);
        var programs = new Programs(await Binaries.NatsServerAsync(options.NatsServer, cancel), postgres, major);
        var held = FolderLock.Take(options.Folder);
        Supervisor? supervisor = null;
        try
        {
            var secrets = Secrets.LoadOrCreate(Path.Combine(options.Folder, "secrets"));
            supervisor = new Supervisor(options, held, secrets, programs, log ?? NullLogger.Instance);
            await supervisor.StartAllAsync(cancel);
            return supervisor;
        }
        catch
        {
            if (supervisor is not null)
            {
                await supervisor.DisposeAsync();
            }

            held.Dispose();
            throw;
        }
    }

    /// <summary>Stops all: no more requests first, then the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_natsServers.Select(server => server.DisposeAsync().AsTask()));
        await _postgres.DisposeAsync();
        _lock.Dispose();
    }

    private async Task StartAllAsync(CancellationToken cancel)
    {
        var (postgres, nats) = (_postgres.StartAsync(cancel), StartNatsAsync(cancel));

        // Both to their end, so that neither is left half started; then the first failure as it is.
        await Task.WhenAll(postgres, nats).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await nats;
        await postgres;
    }

    // One after the other: each then finds those before it, and need not look for them again a second later.
    private async Task StartNatsAsync(CancellationToken cancel)
    {
        foreach (var server in _natsServers)
        {
            await server.StartAsync(cancel);
        }
    }

    private static IEnumerable<ServerConfig> Configs(SupervisorOptions options, Secrets secrets)
    {
        var alone = new ServerConfig
        {
            Secrets = secrets,
            Folder = Path.Combine(options.Folder, "nats"),
            Port = options.NatsPort,
            WebSocketPort = options.WebSocketPort,
            AllowedOrigins = options.AllowedOrigins,
        };
        int[] routes = [.. Enumerable.Range(options.NatsPort + SupervisorOptions.Servers, SupervisorOptions.Servers)];
        return !options.IsCluster
            ? [alone]
            : routes.Select(
                (route, n) =>
                    alone with
                    {
                        Name = $"chat-{n + 1}",
                        Folder = n == 0 ? alone.Folder : $"{alone.Folder}-{n + 1}",
                        Port = alone.Port + n,
                        WebSocketPort = alone.WebSocketPort + n,
                        RoutePort = route,
                        Routes = [.. routes.Where(other => other != route).Select(other => $"127.0.0.1:{other}")],
                    }
            );
    }

    private static ServerState StateOf(NatsProcess server, int pid) =>
        new(server.Name, server.Address, pid, pid == 0 ? "starting" : "serves");

    private sealed record Programs(string NatsServer, string Postgres, int PostgresMajor);
}
