using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Host.Operate;

/// <summary>
/// Health, readiness and metrics over HTTP, on loopback; metrics and traces go to a collector, too, where one is named.
/// </summary>
public sealed class HttpEndpoints : IAsyncDisposable
{
    /// <summary>OpenTelemetry's own variable: where metrics and traces are sent, if anywhere.</summary>
    public const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

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
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("chat"))
            .WithMetrics(metrics => metrics.AddMeter(Meters.Name, "Npgsql", "System.Runtime").AddPrometheusExporter());
        // Spans are made only where somebody collects them.
        if (Environment.GetEnvironmentVariable(CollectorVariable) is { Length: > 0 })
            telemetry.WithTracing(traces => traces.AddSource(Meters.Name)).UseOtlpExporter();
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
