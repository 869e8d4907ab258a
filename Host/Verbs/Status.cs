using System.Text.Json;
using Chat.Host.Operate;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary><c>./chat status</c></summary>
public sealed class StatusCommand : AsyncCommand<PlaceSettings>
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

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
            Show(await http.GetFromJsonAsync<ServerState[]>($"{place.Http}/health/servers", Snake, stop) ?? []);
            if (ready.IsSuccessStatusCode)
                Show(await http.GetFromJsonAsync<HostShare[]>($"{place.Http}/health/hosts", Snake, stop) ?? []);
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

    // One of each has nothing to say that "ready" does not.
    private static void Show(ServerState[] servers)
    {
        if (servers.Length < 3)
            return;
        var grid = new Grid().AddColumn().AddColumn().AddColumn().AddColumn();
        foreach (var server in servers)
            grid.AddRow(
                Markup.Escape(server.Name),
                Markup.Escape(server.Address),
                server.Process == 0 ? "" : $"[grey]process {server.Process}[/]",
                Markup.Escape(server.State)
            );
        AnsiConsole.Write(grid);
    }

    // Who is alone owns everything.
    private static void Show(HostShare[] hosts)
    {
        if (hosts.Length < 2)
            return;
        var grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned()).AddColumn().AddColumn();
        foreach (var host in hosts.OrderBy(one => one.Name, StringComparer.Ordinal))
            grid.AddRow(
                Markup.Escape(host.Name),
                $"{100.0 * host.Buckets / Protocol.Routing.Buckets:F1} %",
                $"[grey]{host.Buckets:N0} of {Protocol.Routing.Buckets:N0} buckets[/]",
                host.IsLeaving ? "leaving" : ""
            );
        AnsiConsole.Write(grid);
    }
}
