using Chat.Host.Nats;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Host.Operate;

/// <summary>What <c>./chat up</c> starts, and where.</summary>
public sealed record SupervisorOptions
{
    public required string Folder { get; init; }

    public int NatsPort { get; init; } = 4722;

    public int WebSocketPort { get; init; } = 4780;

    public int PostgresPort { get; init; } = 5722;

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Programs; what is not given is looked for (<see cref="Binaries"/>).</summary>
    public string? NatsServer { get; init; }

    public string? PostgresPrograms { get; init; }

    /// <summary>For limits other than usual ones.</summary>
    public Func<ServerConfig, ServerConfig>? Nats { get; init; }
}

/// <summary>
/// nats-server and PostgreSQL as children of this process, all they have in one folder. They end with us, however we
/// end, and are started again when they end alone.
/// </summary>
public sealed class Supervisor : IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly Supervised _nats;
    private readonly Supervised _postgres;
    private readonly PostgresCluster _cluster;
    private readonly SupervisorOptions _options;

    private Supervisor(SupervisorOptions options, FolderLock held, Secrets secrets, Programs programs, ILogger log)
    {
        _options = options;
        _lock = held;
        Secrets = secrets;
        var config = new ServerConfig
        {
            Secrets = secrets,
            Folder = Path.Combine(options.Folder, "nats"),
            Port = options.NatsPort,
            WebSocketPort = options.WebSocketPort,
            AllowedOrigins = options.AllowedOrigins,
        };
        _nats = new Supervised(new NatsProcess(programs.NatsServer, options.Nats?.Invoke(config) ?? config), log);
        _cluster = new PostgresCluster(
            programs.Postgres,
            programs.PostgresMajor,
            Path.Combine(options.Folder, "postgres"),
            Path.Combine(options.Folder, "postgres.log"),
            options.PostgresPort,
            secrets
        );
        _postgres = new Supervised(_cluster, log);
    }

    public Secrets Secrets { get; }

    public string NatsUrl => $"nats://127.0.0.1:{_options.NatsPort}";

    public string WebSocketUrl => $"ws://127.0.0.1:{_options.WebSocketPort}";

    /// <summary>The host's role, owner of its database and nothing more.</summary>
    public string ConnectionString => _cluster.ConnectionString;

    /// <summary>The superuser, for backups and tests.</summary>
    public string AdminConnectionString => _cluster.AdminConnectionString;

    /// <summary>0 while it does not serve.</summary>
    public int NatsPid => _nats.Pid;

    /// <summary>0 while it does not serve.</summary>
    public int PostgresPid => _postgres.Pid;

    /// <summary>Returns when both serve; what could not be started leaves nothing running.</summary>
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
            await supervisor.StartBothAsync(cancel);
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

    /// <summary>Stops both: no more requests first, then the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _nats.DisposeAsync();
        await _postgres.DisposeAsync();
        _lock.Dispose();
    }

    private async Task StartBothAsync(CancellationToken cancel)
    {
        var (postgres, nats) = (_postgres.StartAsync(cancel), _nats.StartAsync(cancel));

        // Both to their end, so that neither is left half started; then the first failure as it is.
        await Task.WhenAll(postgres, nats).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await nats;
        await postgres;
    }

    private sealed record Programs(string NatsServer, string Postgres, int PostgresMajor);
}
