using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Host.Page;
using Microsoft.AspNetCore.ResponseCompression;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Host.Operate;

/// <summary>A host, and how many buckets are its own.</summary>
public sealed record HostShare(string Name, int Buckets, bool IsLeaving);

/// <summary>
/// Health, readiness, metrics and the page over HTTP; metrics and traces go to a collector, too, where one
/// is named.
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
        (string Address, int Port) where,
        Func<(bool IsReady, string Words)> health,
        Func<Task<IEnumerable<HostShare>>> hosts,
        Func<IReadOnlyList<ServerState>>? servers,
        PageOptions? page,
        Action<WebApplication>? files,
        CancellationToken stop
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{where.Address}:{where.Port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Nothing that is asked here has a large body but a file, which says how large it is.
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        Services(builder.Services);
        var app = builder.Build();
        app.UseCors();
        if (page is not null)
            Page(app, page);
        files?.Invoke(app);
        app.MapPrometheusScrapingEndpoint();
        app.MapGet("/health/live", () => "alive");
        app.MapGet("/health/hosts", hosts);
        app.MapGet("/health/servers", () => servers?.Invoke() ?? []);
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

    private static void Services(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        services.AddCors();
        services.AddResponseCompression(compression =>
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]
        );
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("chat"))
            .WithMetrics(metrics => metrics.AddMeter(Meters.Name, "Npgsql", "System.Runtime").AddPrometheusExporter());
        // Spans are made only where somebody collects them.
        if (Environment.GetEnvironmentVariable(CollectorVariable) is { Length: > 0 })
            telemetry.WithTracing(traces => traces.AddSource(Meters.Name)).UseOtlpExporter();
    }

    private static void Page(WebApplication app, PageOptions page)
    {
        var guard = new PageGuard(page);
        app.UseWhen(context => IsForBrowsers(context.Request.Path), browser => browser.Use(guard.LookAsync));
        app.MapGet(
            "/config.json",
            (HttpResponse response) =>
            {
                response.Headers.CacheControl = "no-store";
                return new { websocket = page.WebSocketUrl, development = page.Development is not null };
            }
        );
        if (page.Development is { } development)
            DevelopmentDoor.Map(app, development);
        if (Directory.Exists(page.Folder))
            PageFiles.Map(app, page.Folder);
    }

    private static bool IsForBrowsers(PathString path) =>
        !path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !path.StartsWithSegments("/files", StringComparison.Ordinal)
        && !path.StartsWithSegments("/metrics", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
