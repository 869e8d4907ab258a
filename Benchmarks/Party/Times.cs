using HdrHistogram;
using Spectre.Console;

namespace Chat.Benchmarks.Party;

/// <summary>How long what people did took until it was answered, by what it was.</summary>
internal sealed class Times
{
    private const string All = "all that changes something";
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, (LongHistogram Times, long Refused)> kinds = [];
    private bool isMeasuring;

    public void Begin()
    {
        lock (gate)
            isMeasuring = true;
    }

    public void End()
    {
        lock (gate)
            isMeasuring = false;
    }

    public void Took(string what, bool isChange, TimeSpan time, bool isRefused)
    {
        lock (gate)
        {
            if (!isMeasuring)
                return;
            Record(what, time, isRefused);
            if (isChange)
                Record(All, time, isRefused);
        }
    }

    private void Record(string what, TimeSpan time, bool isRefused)
    {
        var held = kinds.TryGetValue(what, out var known) ? known : (new LongHistogram(1, 60_000_000, 3), 0);
        held.Item1.RecordValue(Math.Max(1, (long)time.TotalMicroseconds));
        kinds[what] = (held.Item1, held.Item2 + (isRefused ? 1 : 0));
    }

    public void Write(double seconds, Usage used, int people)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 120;
        var table = new Table().Title($"{people} people in a house, for {seconds:F0} s").RoundedBorder();
        foreach (var column in (string[])["", "a second", "p50 ms", "p99 ms", "p99.9 ms", "most ms", "refused"])
            table.AddColumn(column, one => one.RightAligned());
        foreach (var (what, (times, refused)) in kinds)
            table.AddRow(
                what,
                $"{times.TotalCount / seconds:F1}",
                Ms(times, 50),
                Ms(times, 99),
                Ms(times, 99.9),
                Ms(times, 100),
                $"{refused}"
            );
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine(
            $"CPU, % of one: host {100 * used.Host / seconds:F0}, PostgreSQL {100 * used.Postgres / seconds:F0}, "
                + $"nats-server {100 * used.Nats / seconds:F0}, the people {100 * used.Generator / seconds:F0}"
        );
    }

    private static string Ms(LongHistogram times, double percentile) =>
        $"{times.GetValueAtPercentile(percentile) / 1_000.0:F1}";
}
