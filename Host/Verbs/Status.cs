using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Page;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary><c>./chat status</c></summary>
public sealed class StatusCommand : AsyncCommand<PlaceSettings>
{
    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, PlaceSettings settings, CancellationToken stop)
    {
        var place = Place.Read(settings.Folder);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var ready = await http.GetAsync($"{place.Http}/health/ready", stop);
            var words = await ready.Content.ReadAsStringAsync(stop);
            AnsiConsole.MarkupLineInterpolated($"{place.Nats}  {words}  (process {place.Process})");
            return ready.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException fault)
        {
            throw new StartFailure(
                $"It does not answer at {place.Http}: {fault.Message}",
                "Start it again with ./chat up.",
                fault
            );
        }
    }
}

/// <summary><c>./chat nats-config</c></summary>
public sealed class NatsConfigCommand : Command<PlaceSettings>
{
    /// <inheritdoc/>
    public override int Execute(CommandContext context, PlaceSettings settings, CancellationToken stop)
    {
        var secrets = Secrets.LoadOrCreate(Path.Combine(settings.Folder, "secrets"));
        Console.WriteLine(
            new ServerConfig
            {
                Secrets = secrets,
                Folder = Path.Combine(settings.Folder, "nats"),
                Port = 4722,
                WebSocketPort = 4780,
                AllowedOrigins = PageOptions.OriginsAt(8722),
            }.Render()
        );
        return 0;
    }
}
