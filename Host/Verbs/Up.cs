using Chat.Domain.Limiting;
using Chat.Host.Demo;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Page;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary><c>./chat up</c></summary>
public sealed class UpCommand : AsyncCommand<UpSettings>
{
    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, UpSettings settings, CancellationToken stop)
    {
        MoreHosts.Require(settings.Hosts);
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
        var options = OptionsOf(settings, servers, issuer, httpPort);
        var isDemo = !settings.IsWithoutDemo && await Moving.IsTheirsAsync(settings.Folder, options, stop);
        options = isDemo ? options with { Staff = options.Staff ?? Seeding.Staff } : options;
        await using var host = await ChatHost.StartAsync(options, logging, stop);
        if (settings.Name == UpSettings.FirstName)
            new Place(servers.NatsUrl, servers.WebSocketUrl, host.HttpUrl, Environment.ProcessId).Write(
                settings.Folder
            );
        if (isDemo)
            await Moving.InAsync(settings.Folder, servers.NatsUrl, servers.Secrets, stop);
        await using var others = await MoreHosts.StartAsync(settings, options, logging.CreateLogger("Hosts"), stop);
        Say(settings, servers, host);
        try
        {
            if (settings.DemoLogs is { } logs)
                await Moving.LogsAsync(PlaceSettings.InFolder(logs), servers.NatsUrl, servers.Secrets, stop);
            if (isDemo)
                await Moving.StayAsync(servers.NatsUrl, servers.Secrets, logging.CreateLogger("Demo"), stop);
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            AnsiConsole.MarkupLine("[grey]Stopping: answering what came in, then closing.[/]");
            if (settings.Name == UpSettings.FirstName)
                Place.Forget(settings.Folder);
        }
        return 0;
    }

    private static ChatHostOptions OptionsOf(
        UpSettings settings,
        OwnServers servers,
        TokenIssuer issuer,
        int httpPort
    ) =>
        new()
        {
            NatsUrl = servers.NatsUrl,
            ConnectionString = servers.ConnectionString,
            Replica = servers.Replica,
            Secrets = servers.Secrets,
            Name = NameOf(settings.Name),
            // The folder's lock is held: whoever used this name before is not there any more.
            IsSole = servers.OwnsDatabase || settings.IsSole,
            Lanes = settings.Lanes,
            Rates = RateLimits.Default.Times(settings.Rates),
            HttpPort = httpPort,
            HttpAddress = settings.HttpAddress,
            Servers = servers.States,
            Staff = StaffOf(settings.Staff),
            Policy = PolicyOf(settings),
            Relays = RelaysOf(settings),
            Files = new Files.FileOptions(FilesIn(settings.Files), settings.MaxFile * 1_000_000L),
            Page = PageOf(settings, servers, issuer),
            Record = settings.Record is { Length: > 0 } file ? PlaceSettings.InFolder(file) : null,
        };

    private static string NameOf(string name) =>
        Token.IsValid(name)
            ? name
            : throw new StartFailure(
                $"“{name}” cannot be a host's name.",
                "--name takes letters, digits, - and _: host-2, say."
            );

    // A server of one's own has no address for browsers unless one is given: then there is no page.
    private static PageOptions? PageOf(UpSettings settings, OwnServers servers, TokenIssuer issuer) =>
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

    private static ConversationId? StaffOf(string? id) =>
        id is null
            ? null
            : ConversationId
                .Create(id)
                .IfFail(_ =>
                    throw new StartFailure($"{id} is no conversation's id.", "--staff takes one: c0ffee, say.")
                );

    private static House.TimedRelays RelaysOf(UpSettings settings)
    {
        if (settings.RelaySecret is { } file && !File.Exists(file))
            throw new StartFailure($"{file} is not there.", "--relay-secret takes the file that holds the secret.");
        var secret = settings.RelaySecret is { } there ? File.ReadAllText(there).Trim() : null;
        var relays = new House.RelayOptions(Listing.From(settings.Relays), secret is "" ? null : secret);
        return relays.Fault.Case is string fault
            ? throw new StartFailure(
                $"{fault}.",
                "--relay takes stun:host:port or turn:host:port, --relay-secret a file."
            )
            : new House.TimedRelays(relays);
    }

    private static SendPolicyOptions? PolicyOf(UpSettings settings)
    {
        if (settings.Policy is not { } subject)
            return null;
        if (subject.Length == 0 || subject.Split('.').Any(token => token.Length == 0 || token.Any(IsNoLetter)))
            throw new StartFailure(
                $"“{subject}” is no subject.",
                "--policy takes one without wildcards: my.policy, say."
            );
        if (settings.PolicyMs is < 1 or > 10_000)
            throw new StartFailure($"{settings.PolicyMs} ms is no patience.", "--policy-ms takes 1 to 10,000.");
        return new SendPolicyOptions(subject, TimeSpan.FromMilliseconds(settings.PolicyMs), settings.IsPolicyOpen);

        static bool IsNoLetter(char one) => one is '*' or '>' || char.IsWhiteSpace(one) || char.IsControl(one);
    }

    private static string? FilesIn(string? place) =>
        place is null or [] || place.Contains("://") ? place : PlaceSettings.InFolder(place);

    private static void Logging(ILoggingBuilder log, UpSettings settings)
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

    private static void Say(UpSettings settings, OwnServers servers, ChatHost host)
    {
        var there = settings.IsElsewhere ? Markup.Escape($" --data \"{settings.Data}\"") : "";
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        grid.AddRow("[bold]Chat is up.[/]", "[grey]Ctrl-C stops it; everything said is kept.[/]");
        if (settings.Page is { Length: > 0 } && servers.WebSocketUrl is not null)
            grid.AddRow("open", $"[green]{Markup.Escape(host.HttpUrl)}[/]");
        foreach (var (url, webSocket) in servers.Addresses)
            grid.AddRow("clients", Markup.Escape($"{url}   {webSocket}"));
        grid.AddRow("health", Markup.Escape($"{host.HttpUrl}/health/ready   {host.HttpUrl}/metrics"));
        if (settings.IsCluster)
            grid.AddRow(
                "cluster",
                $"three nats-servers, two PostgreSQL; [green]./chat status{there}[/] says how they are"
            );
        if (settings.Hosts > 1)
            grid.AddRow("hosts", $"{settings.Hosts}; [green]./chat status{there}[/] says what is whose");
        grid.AddRow("data", Markup.Escape(settings.Folder));
        grid.AddRow("try", $"[green]./chat read tomas lobby --follow{there}[/]");
        grid.AddRow("", $"[green]./chat say mia lobby hello{there}[/]   [grey]in another terminal[/]");
        AnsiConsole.Write(grid);
    }
}
