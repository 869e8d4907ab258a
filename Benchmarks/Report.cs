using Chat.Benchmarks.Limits;
using Chat.Benchmarks.Load;
using Spectre.Console;

namespace Chat.Benchmarks;

/// <summary>The figures as tables: medians over the runs, and ratios of what one and the same run showed.</summary>
internal static class Report
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly string[] Quiet = [RequestReply.Limit1, Appending.Commit];
    private static readonly string[] Busy =
    [
        RequestReply.Limit64,
        Appending.One,
        Appending.Two,
        OwnAppend.Name,
        Journal.Name,
    ];

    public static void Write(Results results)
    {
        // Where the output is no terminal the width is a guess, and a narrow one.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 120;
        foreach (var (name, words) in results.Machine)
            AnsiConsole.MarkupLineInterpolated($"[grey]{name}[/] {words}");
        AnsiConsole.MarkupLineInterpolated($"[grey]medians of {results.Runs.Count} runs[/]");
        WriteLimits(results);
        foreach (var workload in results.Workloads)
            WriteLoad(results, workload);
        WriteRatios(results);
    }

    private static void WriteLimits(Results results)
    {
        if (results.Runs.All(run => run.Limits.Count == 0))
            return;
        var table = Table("What the parts reach alone", "a second", "p50 ms", "p99 ms", "server, µs each");
        foreach (var name in results.Runs[0].Limits.Select(limit => limit.Name))
            table.AddRow(
                Markup.Escape(name),
                Number(results.Median(run => run.Limit(name)?.PerSecond)),
                Milliseconds(results.Median(run => run.Limit(name)?.Time.P50)),
                Milliseconds(results.Median(run => run.Limit(name)?.Time.P99)),
                results.Median(run => run.Limit(name)?.ServerMicros) is > 0 and var micros ? $"{micros:N1}" : ""
            );
        AnsiConsole.Write(table);
    }

    private static void WriteLoad(Results results, Workload workload)
    {
        double? Median(Func<LoadFigures, double> figure) =>
            results.Median(run => run.Load(workload.Name) is { } load ? figure(load) : null);
        var table = Table($"{workload.Name}: {workload.Words}", "", "", "");
        table.HideHeaders();
        table.Title = new TableTitle(Markup.Escape($"{workload.Name}: {workload.Words}"));
        table.AddRow("sends acknowledged a second", Number(Median(load => load.SendsPerSecond)), "", "");
        table.AddRow("deliveries to others a second", Number(Median(load => load.DeliveriesPerSecond)), "", "");
        AddTimes(table, "send to acknowledgement, ms", load => load.Answer);
        AddTimes(table, "send to delivery, ms", load => load.Delivery);
        foreach (var name in results.Runs[0].Load(workload.Name)?.Reads.Keys ?? [])
            AddTimes(table, $"{name}, ms", load => load.Reads[name]);
        table.AddEmptyRow();
        AddUse("host", load => load.Usage.Host, load => load.Usage.Memory.Host);
        AddUse("nats-server", load => load.Usage.Nats, load => load.Usage.Memory.Nats);
        AddUse("PostgreSQL, all processes", load => load.Usage.Postgres, load => load.Usage.Memory.Postgres);
        AddUse("generator", load => load.Usage.Generator, _ => 0);
        table.AddEmptyRow();
        AddStored(results, workload, table);
        var minutes = results.Runs.SelectMany(run => run.Load(workload.Name)?.Minutes ?? []).ToList();
        if (minutes.Count > 1)
            table.AddRow(
                "a minute's rate against the first's",
                $"at least {minutes.Min(one => one.SendsPerSecond) / minutes[0].SendsPerSecond:P0}",
                $"last {minutes[^1].SendsPerSecond / minutes[0].SendsPerSecond:P0}",
                ""
            );
        table.AddRow(
            "search behind, at the end",
            $"{Median(load => load.Unindexed):N0} messages",
            $"{Median(load => load.Unindexed / Math.Max(load.SendsPerSecond, 1)):N1} s",
            ""
        );
        AnsiConsole.Write(table);

        void AddTimes(Table to, string name, Func<LoadFigures, Times> of) =>
            to.AddRow(
                name,
                "p50 " + Milliseconds(Median(load => of(load).P50)),
                "p99 " + Milliseconds(Median(load => of(load).P99)),
                "max " + Milliseconds(Median(load => of(load).Max))
            );

        void AddUse(string name, Func<LoadFigures, double> cpu, Func<LoadFigures, long> memory) =>
            table.AddRow(
                name,
                $"{Median(load => load.Micros(cpu(load))):N1} µs a message",
                $"{100 * Median(load => cpu(load) / load.Seconds):N0} % of a core",
                Median(load => memory(load)) is > 0 and var bytes ? $"{bytes / Mebibyte:N0} MiB" : ""
            );
    }

    private static void AddStored(Results results, Workload workload, Table table)
    {
        var all = results.Stored.Where(one => one.Workload == workload.Name).Select(one => one.Stored).ToList();
        var loads = results.Runs.Select(run => run.Load(workload.Name)).OfType<LoadFigures>().ToList();
        table.AddRow(
            all.TrueForAll(one => one.IsAsPromised)
                ? "[green]stored as acknowledged[/]"
                : "[red]NOT stored as acknowledged[/]",
            $"{all.Sum(one => one.Once):N0} of {all.Sum(one => one.Acknowledged):N0} once",
            $"{all.Sum(one => one.Missing)} missing, {all.Sum(one => one.Twice)} twice",
            $"{all.Sum(one => one.Further)} unacknowledged"
        );
        var refusals = loads.SelectMany(load => load.Refusals).DistinctBy(one => one.Key).ToList();
        table.AddRow(
            "refused · unanswered · lost connections",
            refusals.Count == 0
                ? "0"
                : Markup.Escape(string.Join(", ", refusals.Select(one => $"{one.Value} {one.Key}"))),
            $"{loads.Sum(load => load.Unanswered)}",
            $"{loads.Sum(load => load.LostConnections)}"
        );
    }

    private static void WriteRatios(Results results)
    {
        var table = Table("In units of what the parts reach, each within one run", "ratio");
        foreach (var workload in results.Workloads.Where(one => one.Rate is null))
        {
            foreach (var name in workload.IsQuiet ? Quiet : Busy)
                if (workload.IsQuiet)
                    Add(
                        workload,
                        $"p50 ÷ p50 of {name}",
                        name,
                        (load, limit) => (double)load.Answer.P50 / limit.Time.P50
                    );
                else
                    Add(workload, $"sends ÷ {name}", name, (load, limit) => load.SendsPerSecond / limit.PerSecond);
            if (!workload.IsQuiet)
                Add(
                    workload,
                    "CPU of host, nats-server and PostgreSQL for a send ÷ all CPU of a request-reply",
                    RequestReply.Limit64,
                    (load, limit) => load.Micros(load.Usage.Servers) / limit.AllMicros
                );
        }
        foreach (var workload in results.Workloads.Where(one => one.Rate is not null))
            Row(
                $"{workload.Name} p99 of the delivery ÷ W0 p50 of the delivery",
                run => (double?)run.Load(workload.Name)?.Delivery.P99 / run.Load("W0")?.Delivery.P50
            );
        Row(
            $"W3 deliveries ÷ {FanOut.Name}",
            run => run.Load("W3")?.DeliveriesPerSecond / run.Limit(FanOut.Name)?.PerSecond
        );
        Row("W2 sends ÷ W1 sends", run => run.Load("W2")?.SendsPerSecond / run.Load("W1")?.SendsPerSecond);
        if (table.Rows.Count > 0)
            AnsiConsole.Write(table);

        void Add(Workload workload, string words, string name, Func<LoadFigures, Limit, double> ratio) =>
            Row(
                $"{workload.Name} {words}",
                run => run.Load(workload.Name) is { } load && run.Limit(name) is { } limit ? ratio(load, limit) : null
            );

        void Row(string words, Func<Run, double?> ratio)
        {
            if (results.Median(ratio) is { } value)
                table.AddRow(Markup.Escape(words), $"{value:N2}");
        }
    }

    private static Table Table(string title, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(Markup.Escape(title));
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    private static string Number(double? value) => value is { } number ? $"{number:N0}" : "";

    private static string Milliseconds(double? micros) => micros is { } number ? $"{number / 1e3:N2}" : "";
}
