using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Host.Operate;

/// <summary>Health, readiness and metrics over HTTP, on loopback.</summary>
public sealed class HttpEndpoints : IAsyncDisposable
{
    private readonly WebApplication app;

    private HttpEndpoints(WebApplication app) => this.app = app;

    /// <summary>Where they are.</summary>
    public string Url => app.Urls.First();

    /// <summary>Starts them; port 0 takes a free one.</summary>
    public static async Task<HttpEndpoints> StartAsync(
        int port,
        Func<(bool IsReady, string Words)> health,
        CancellationToken stop
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("chat"))
            .WithMetrics(metrics => metrics.AddMeter(Meters.Name, "Npgsql", "System.Runtime").AddPrometheusExporter())
            .WithTracing(traces => traces.AddSource(Meters.Name));
        var app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        app.MapGet("/health/live", () => "alive");
        app.MapGet(
            "/health/ready",
            () =>
            {
                var (isReady, words) = health();
                return Results.Text(words, statusCode: isReady ? 200 : 503);
            }
        );
        await app.StartAsync(stop);
        return new HttpEndpoints(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
