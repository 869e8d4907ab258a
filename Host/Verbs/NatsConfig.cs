using System.ComponentModel;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Page;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary>For which nats-server.</summary>
public sealed class NatsConfigSettings : PlaceSettings
{
    /// <summary>Address.</summary>
    [CommandOption("--listen <ADDRESS>")]
    [Description("Where it listens: 0.0.0.0 in a container (default: 127.0.0.1, with a log in the data folder)")]
    public string? Listen { get; init; }

    /// <summary>Its name.</summary>
    [CommandOption("--name <NAME>")]
    [Description("Its name; in a cluster each has one of its own (default: chat)")]
    public string Name { get; init; } = "chat";

    /// <summary>The others.</summary>
    [CommandOption("--route <HOST:PORT>")]
    [Description("Where another server of its cluster is, or itself; once for each of them")]
    public string[] Routes { get; init; } = [];

    /// <summary>Pages.</summary>
    [CommandOption("--origin <URL>")]
    [Description("Where a page is from that may open a WebSocket; once for each (default: the page of ./chat up)")]
    public string[] Origins { get; init; } = [];
}

/// <summary><c>./chat nats-config</c></summary>
public sealed class NatsConfigCommand : Command<NatsConfigSettings>
{
    private const int Port = 4722;

    /// <inheritdoc/>
    public override int Execute(CommandContext context, NatsConfigSettings settings, CancellationToken stop)
    {
        var secrets = Secrets.LoadOrCreate(Path.Combine(settings.Folder, "secrets"));
        Console.WriteLine(
            new ServerConfig
            {
                Secrets = secrets,
                Folder = Path.Combine(settings.Folder, "nats"),
                Address = settings.Listen ?? "127.0.0.1",
                IsElsewhere = settings.Listen is not null,
                Name = settings.Name,
                Port = Port,
                WebSocketPort = 4780,
                RoutePort = settings.Routes.Length > 0 ? Port + SupervisorOptions.Servers : null,
                Routes = settings.Routes,
                AllowedOrigins = settings.Origins.Length > 0 ? settings.Origins : PageOptions.OriginsAt(8722),
            }.Render()
        );
        return 0;
    }
}
