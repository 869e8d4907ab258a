using System.ComponentModel;
using Chat.Host.Demo;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Page;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary><c>./chat up</c></summary>
public sealed class UpCommand : AsyncCommand<UpCommand.Settings>
{
    /// <summary>Where, and with what.</summary>
    public sealed class Settings : PlaceSettings
    {
        /// <summary>A server of one's own.</summary>
        [CommandOption("--nats <URL>")]
        [Description(
            "Use this nats-server instead of an own one; ./chat nats-config prints what it must be configured with"
        )]
        public string? Nats { get; init; }

        /// <summary>A database of one's own.</summary>
        [CommandOption("--postgres <URL>")]
        [Description("Use this PostgreSQL instead of an own one: postgres://user:password@host:port/database")]
        public string? Postgres { get; init; }

        /// <summary>Port.</summary>
        [CommandOption("--nats-port <PORT>")]
        [Description("Port of the own nats-server (default: 4722)")]
        public int NatsPort { get; init; } = 4722;

        /// <summary>Port.</summary>
        [CommandOption("--ws-port <PORT>")]
        [Description("Its port for browsers (default: 4780)")]
        public int WebSocketPort { get; init; } = 4780;

        /// <summary>Port.</summary>
        [CommandOption("--postgres-port <PORT>")]
        [Description("Port of the own PostgreSQL (default: 5722)")]
        public int PostgresPort { get; init; } = 5722;

        /// <summary>Port.</summary>
        [CommandOption("--http-port <PORT>")]
        [Description("Port of the page, health and metrics (default: 8722)")]
        public int HttpPort { get; init; } = 8722;

        /// <summary>For a server of one's own.</summary>
        [CommandOption("--websocket <URL>")]
        [Description("With --nats: its address for browsers, ws://… or wss://…")]
        public string? WebSocket { get; init; }

        /// <summary>The page.</summary>
        [CommandOption("--page <DIR>")]
        [Description("Folder of the built page (default: what ./chat has built)")]
        public string? Page { get; init; } = Environment.GetEnvironmentVariable("CHAT_PAGE");

        /// <summary>Without the demo.</summary>
        [CommandOption("--no-demo")]
        [Description("Leave an empty house empty: no people, no conversations to try things out with")]
        public bool IsWithoutDemo { get; init; }

        /// <summary>More for the demo.</summary>
        [CommandOption("--demo-logs <DIR>")]
        [Description("Make channels of the IRC logs in this folder too")]
        public string? DemoLogs { get; init; }

        /// <summary>Lanes.</summary>
        [CommandOption("--lanes <COUNT>")]
        [Description("Commit lanes, one database connection each (default: 2)")]
        public int Lanes { get; init; } = 2;

        /// <summary>
        /// The caller vouches that no other host uses this name on the database: its lease is not waited for.
        /// </summary>
        [CommandOption("--sole", IsHidden = true)]
        public bool IsSole { get; init; }

        /// <summary>Logs.</summary>
        [CommandOption("--log <LEVEL>")]
        [Description("Trace, Debug, Information, Warning, Error (default: Warning)")]
        public LogLevel Log { get; init; } = LogLevel.Warning;

        /// <summary>Form of logs.</summary>
        [CommandOption("--log-json")]
        [Description("Write the log as JSON, a line each")]
        public bool IsLogJson { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        using var logging = LoggerFactory.Create(log => Logging(log, settings));
        Ports.RequireFree(settings.HttpPort, "health and metrics", "--http-port");
        // Known before nats-server starts: it lets pages in by where they come from.
        var httpPort = Ports.OrFree(settings.HttpPort);
        await using var servers = await OwnServers.StartAsync(
            settings,
            httpPort,
            logging.CreateLogger("Servers"),
            stop
        );
        using var issuer = new TokenIssuer(servers.Secrets.TokenKeyPem);
        await using var host = await ChatHost.StartAsync(
            new ChatHostOptions
            {
                NatsUrl = servers.NatsUrl,
                ConnectionString = servers.ConnectionString,
                Secrets = servers.Secrets,
                // The folder's lock is held: whoever used this name before is not there any more.
                IsSole = servers.OwnsDatabase || settings.IsSole,
                Lanes = settings.Lanes,
                HttpPort = httpPort,
                Page = PageOf(settings, servers, issuer),
            },
            logging,
            stop
        );
        new Place(servers.NatsUrl, servers.WebSocketUrl, host.HttpUrl, Environment.ProcessId).Write(settings.Folder);
        if (!settings.IsWithoutDemo)
            await Moving.InAsync(settings.Folder, servers.NatsUrl, servers.Secrets, await host.IsEmptyAsync(), stop);
        Say(settings, servers, host);
        try
        {
            if (settings.DemoLogs is { } logs)
                await Moving.LogsAsync(PlaceSettings.InFolder(logs), servers.NatsUrl, servers.Secrets, stop);
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            AnsiConsole.MarkupLine("[grey]Stopping: answering what came in, then closing.[/]");
            Place.Forget(settings.Folder);
        }
        return 0;
    }

    // A server of one's own has no address for browsers unless one is given: then there is no page.
    private static PageOptions? PageOf(Settings settings, OwnServers servers, TokenIssuer issuer) =>
        servers.WebSocketUrl is not { } webSocket
            ? null
            : new PageOptions
            {
                Folder = settings.Page is { Length: > 0 } folder ? PlaceSettings.InFolder(folder) : null,
                WebSocketUrl = webSocket,
                Development = new Development(
                    (person, device) => issuer.Issue(person, device),
                    settings.IsWithoutDemo ? [] : Cast.People
                ),
            };

    private static void Logging(ILoggingBuilder log, Settings settings)
    {
        log.SetMinimumLevel(settings.Log).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        if (settings.IsLogJson)
            log.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else
            log.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
    }

    private static void Say(Settings settings, OwnServers servers, ChatHost host)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        grid.AddRow("[bold]Chat is up.[/]", "[grey]Ctrl-C stops it; everything said is kept.[/]");
        if (settings.Page is { Length: > 0 } && servers.WebSocketUrl is not null)
            grid.AddRow("open", $"[green]{Markup.Escape(host.HttpUrl)}[/]");
        grid.AddRow("clients", Markup.Escape($"{servers.NatsUrl}   {servers.WebSocketUrl}"));
        grid.AddRow("health", Markup.Escape($"{host.HttpUrl}/health/ready   {host.HttpUrl}/metrics"));
        grid.AddRow("data", Markup.Escape(settings.Folder));
        grid.AddRow(
            "try",
            "[green]./chat read tomas lobby --follow[/]   and elsewhere   [green]./chat say mia lobby hello[/]"
        );
        AnsiConsole.Write(grid);
    }
}

/// <summary>The servers of <c>up</c>: its own as children, or those that it was given.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    private readonly Supervisor? supervisor;

    private OwnServers(Supervisor? supervisor, UpCommand.Settings settings)
    {
        this.supervisor = supervisor;
        Secrets = supervisor?.Secrets ?? Secrets.LoadOrCreate(Path.Combine(settings.Folder, "secrets"));
        NatsUrl = settings.Nats ?? supervisor!.NatsUrl;
        WebSocketUrl = settings.Nats is null ? supervisor!.WebSocketUrl : settings.WebSocket;
        ConnectionString = settings.Postgres is { } given ? PostgresUrl.Read(given) : supervisor!.ConnectionString;
        OwnsDatabase = settings.Postgres is null;
    }

    public Secrets Secrets { get; }
    public string NatsUrl { get; }
    public string? WebSocketUrl { get; }
    public string ConnectionString { get; }
    public bool OwnsDatabase { get; }

    public static async Task<OwnServers> StartAsync(
        UpCommand.Settings settings,
        int httpPort,
        ILogger log,
        CancellationToken stop
    )
    {
        var supervisor = settings is { Nats: not null, Postgres: not null }
            ? null
            : await Supervisor.StartAsync(
                new SupervisorOptions
                {
                    Folder = settings.Folder,
                    NatsPort = settings.NatsPort,
                    WebSocketPort = settings.WebSocketPort,
                    PostgresPort = settings.PostgresPort,
                    AllowedOrigins = PageOptions.OriginsAt(httpPort),
                },
                log,
                stop
            );
        return new OwnServers(supervisor, settings);
    }

    public ValueTask DisposeAsync() => supervisor?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>A database's address as people write it, for a library that wants it otherwise.</summary>
internal static class PostgresUrl
{
    public static string Read(string given)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var url) || url.Scheme is not ("postgres" or "postgresql"))
            return given.Contains('=') ? given : throw Unreadable(given);
        var user = url.UserInfo.Split(':', 2);
        return new Npgsql.NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Database = url.AbsolutePath.Trim('/') is { Length: > 0 } database ? database : "chat",
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        }.ConnectionString;
    }

    private static StartFailure Unreadable(string given) =>
        new($"“{given}” is no address of a database.", "Write postgres://user:password@host:port/database.");
}
