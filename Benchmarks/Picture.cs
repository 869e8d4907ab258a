using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Chat.Benchmarks.Load;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks;

/// <summary><c>./chat bench picture</c>: what a run wrote down with <c>--json</c>, as a drawing.</summary>
internal sealed class PictureCommand : Command<PictureCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandArgument(0, "<JSON>")]
        [Description("What ./chat bench --json wrote")]
        public string Json { get; init; } = "";

        [CommandArgument(1, "[SVG]")]
        [Description("Where the picture goes (default: beside it)")]
        public string? Svg { get; init; }
    }

    public override int Execute(CommandContext context, Settings settings, CancellationToken stop)
    {
        var from = Environment.GetEnvironmentVariable("CHAT_FOLDER") ?? Environment.CurrentDirectory;
        var json = Path.GetFullPath(settings.Json, from);
        var svg = Path.GetFullPath(settings.Svg ?? Path.ChangeExtension(json, "svg"), from);
        var results = JsonSerializer.Deserialize<Results>(File.ReadAllText(json), Results.Json)!;
        File.WriteAllText(svg, Picture.Of(results));
        AnsiConsole.MarkupLineInterpolated($"{svg}");
        return 0;
    }
}

/// <summary>Three panels: how much, how long, and at what cost. Medians of the runs.</summary>
internal static class Picture
{
    private const int Width = 960;
    private const int Left = 330;
    private const int Row = 22;
    private const int Bars = Width - Left - 110;
    private const string Host = "#4c78a8";
    private const string Nats = "#f2a65a";
    private const string Postgres = "#72b28a";
    private const string Limit = "#c9ced6";

    public static string Of(Results results)
    {
        var (body, y) = (new StringBuilder(), 50);
        Text(body, 16, 26, "What it does, beside what its parts reach alone, in the same runs", "bold 16px");
        Rates(body, results, ref y);
        Times(body, results, ref y);
        Costs(body, results, ref y);
        var machine = string.Join(" · ", results.Machine.Select(one => $"{one.Key}: {one.Value}"));
        foreach (var line in machine.Chunk(150))
            Text(body, 16, y += 16, new string(line), "11px", "#777");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y + 20}" font-family="sans-serif">
            <rect width="{Width}" height="{y + 20}" fill="#fff"/>
            {body}</svg>
            """;
    }

    private static void Rates(StringBuilder body, Results results, ref int y)
    {
        var rates = results
            .Workloads.SelectMany(workload =>
                new[]
                {
                    ($"{workload.Name} sends", Median(results, workload, load => load.SendsPerSecond), Host),
                    ($"{workload.Name} deliveries", Median(results, workload, load => load.DeliveriesPerSecond), Nats),
                }
            )
            .Concat(
                results
                    .Runs[0]
                    .Limits.Select(limit =>
                        (limit.Name, results.Median(run => run.Limit(limit.Name)?.PerSecond) ?? 0, Limit)
                    )
            )
            .ToList();
        Head(body, "a second", ref y);
        var most = Math.Max(1, rates.Max(rate => rate.Item2));
        foreach (var (name, rate, colour) in rates)
            Bar(body, name, $"{rate:N0}", ref y, (0, rate / most, colour));
    }

    // From the median to the slowest hundredth, on a scale of powers of ten from a tenth of a millisecond.
    private static void Times(StringBuilder body, Results results, ref int y)
    {
        Head(body, "send to delivery, p50 to p99, 0.1 ms to 10 s", ref y);
        foreach (var workload in results.Workloads)
        {
            var p50 = Median(results, workload, load => load.Delivery.P50) / 1e3;
            var p99 = Median(results, workload, load => load.Delivery.P99) / 1e3;
            Bar(body, workload.Name, $"{p50:N1} · {p99:N1} ms", ref y, (At(p50), At(p99), Host));
        }
        static double At(double milliseconds) => Math.Clamp((Math.Log10(Math.Max(0.1, milliseconds)) + 1) / 5, 0, 1);
    }

    private static void Costs(StringBuilder body, Results results, ref int y)
    {
        Head(body, "CPU a message: host, nats-server, PostgreSQL", ref y);
        var costs = results
            .Workloads.Select(workload =>
                (
                    workload.Name,
                    Host: Median(results, workload, load => load.Micros(load.Usage.Host)),
                    Nats: Median(results, workload, load => load.Micros(load.Usage.Nats)),
                    Postgres: Median(results, workload, load => load.Micros(load.Usage.Postgres))
                )
            )
            .ToList();
        foreach (var (name, host, nats, postgres) in costs)
        {
            // Each its own whole: a message to 500 costs a thousand times one to a single person.
            var all = Math.Max(1e-9, host + nats + postgres);
            var (one, two) = (host / all, (host + nats) / all);
            Bar(body, name, $"{all:N0} µs", ref y, (0, one, Host), (one, two, Nats), (two, 1, Postgres));
        }
    }

    private static double Median(Results results, Workload workload, Func<LoadFigures, double> figure) =>
        results.Median(run => run.Load(workload.Name) is { } load ? figure(load) : null) ?? 0;

    private static void Head(StringBuilder body, string words, ref int y)
    {
        Text(body, 16, y += 14, words, "bold 13px");
        y += 10;
    }

    private static void Bar(
        StringBuilder body,
        string name,
        string words,
        ref int y,
        params (double From, double Until, string Colour)[] parts
    )
    {
        Text(body, 16, y + 15, name, "12px");
        foreach (var (from, until, colour) in parts)
            body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + from * Bars:F1}\" y=\"{y + 3}\" ")
                .Append(CultureInfo.InvariantCulture, $"width=\"{Math.Max(1.5, (until - from) * Bars):F1}\" ")
                .AppendLine(CultureInfo.InvariantCulture, $"height=\"{Row - 6}\" fill=\"{colour}\"/>");
        Text(body, Left + (int)(parts[^1].Until * Bars) + 8, y + 15, words, "12px");
        y += Row;
    }

    private static void Text(StringBuilder body, int x, int y, string words, string font, string colour = "#222") =>
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" fill=\"{colour}\" ")
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"style=\"font: {font} sans-serif\">{WebUtility.HtmlEncode(words)}</text>"
            );
}
