using System.ComponentModel;
using System.Text.Json;
using Chat.Benchmarks.Limits;
using Chat.Benchmarks.Load;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks;

/// <summary>
/// <c>./chat bench</c>: workloads against a real host, beside what its parts reach alone, all in one run.
/// </summary>
internal sealed class BenchCommand : AsyncCommand<BenchCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandArgument(0, "[WORKLOAD]")]
        [Description("W0, W1, W2, W3 (default: W0 W1)")]
        public string[] Workloads { get; init; } = [];

        [CommandOption("--seconds <SECONDS>")]
        [Description("How long each workload is measured (default: 20)")]
        public double Seconds { get; init; } = 20;

        [CommandOption("--warmup <SECONDS>")]
        [Description("How long it runs before that (default: 5)")]
        public double WarmUp { get; init; } = 5;

        [CommandOption("--runs <COUNT>")]
        [Description("How often all of it is done; medians are shown (default: 3)")]
        public int Runs { get; init; } = 3;

        [CommandOption("--limits <SECONDS>")]
        [Description("How long each reference is measured in each run; 0 leaves them out (default: 4)")]
        public double Limits { get; init; } = 4;

        [CommandOption("--load <SHARE>")]
        [Description(
            "Then by the clock at this share of the rate reached, with reads beside it (0: not; default: 0.5)"
        )]
        public double Load { get; init; } = 0.5;

        [CommandOption("--rate <SENDS>")]
        [Description("By the clock only, at so many sends a second")]
        public double? Rate { get; init; }

        [CommandOption("--lanes <COUNT>")]
        [Description("Commit lanes of the host (default: 2)")]
        public int Lanes { get; init; } = 2;

        [CommandOption("--data <DIR>")]
        [Description("Folder of the host; kept (default: a temporary one, on the disk that is measured)")]
        public string? Data { get; init; }

        [CommandOption("--json <FILE>")]
        [Description("Write all figures of all runs there")]
        public string? Json { get; init; }

        public override ValidationResult Validate() =>
            Workloads.FirstOrDefault(name => Find(name) is null) is { } unknown
                ? ValidationResult.Error($"There is no workload “{unknown}”.")
                : ValidationResult.Success();

        public IReadOnlyList<Workload> Chosen =>
            [.. (Workloads.Length == 0 ? ["W0", "W1"] : Workloads).Select(name => Find(name)!)];

        private static Workload? Find(string name) =>
            Workload.All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        await using var host = await RunningHost.StartAsync(settings.Data, settings.Lanes);
        var machine = await Machine.DescribeAsync(host);
        var tally = new Tally();
        var generator = new Generator(host, tally);
        var runs = new List<Run>();
        for (var run = 1; run <= settings.Runs; run++)
            runs.Add(await RunAsync(settings, host, generator, run));
        var counts = await Stored.CountAsync(host.ConnectionString, tally.Last);
        var stored = runs.SelectMany(run => run.Loads)
            .Select(load => (load.Workload, Stored.Of(counts, tally.Acknowledged, load.Numbers)))
            .ToList();
        var results = new Results(machine, runs, stored);
        Report.Write(results);
        if (settings.Json is { } file)
            await File.WriteAllTextAsync(
                Path.GetFullPath(
                    file,
                    Environment.GetEnvironmentVariable("CHAT_FOLDER") ?? Environment.CurrentDirectory
                ),
                JsonSerializer.Serialize(results, Results.Json),
                stop
            );
        return stored.TrueForAll(one => one.Item2.IsAsPromised) ? 0 : 1;
    }

    private static async Task<Run> RunAsync(Settings settings, RunningHost host, Generator generator, int number)
    {
        var limits = settings.Limits > 0 ? await LimitsAsync(settings, host, number) : [];
        var loads = new List<LoadFigures>();
        foreach (var workload in settings.Chosen)
        {
            if (settings.Rate is { } rate)
            {
                await LoadAsync(workload.At(rate, $"{rate:N0}/s"));
                continue;
            }
            await LoadAsync(workload);
            if (settings.Load > 0 && !workload.IsQuiet)
                await LoadAsync(workload.At(settings.Load * loads[^1].SendsPerSecond, $"{settings.Load:P0}"));
        }
        return new Run(limits, loads);

        async Task LoadAsync(Workload workload)
        {
            Say($"run {number}: {workload.Name}, {workload.Words}");
            var (warmUp, measured) = (TimeSpan.FromSeconds(settings.WarmUp), TimeSpan.FromSeconds(settings.Seconds));
            loads.Add(await generator.RunAsync(workload, warmUp, measured));
            Say($"  {loads[^1].SendsPerSecond:N0} sends/s, p50 {loads[^1].Answer.P50 / 1e3:N2} ms");
        }
    }

    private static async Task<IReadOnlyList<Limit>> LimitsAsync(Settings settings, RunningHost host, int number)
    {
        var measured = TimeSpan.FromSeconds(settings.Limits);
        Say($"run {number}: NATS alone");
        var asking = await RequestReply.MeasureAsync(host, measured);
        Say($"run {number}: PostgreSQL alone");
        var appending = await Appending.MeasureAsync(host, measured);
        Say($"run {number}: JetStream");
        var journal = await Journal.MeasureAsync(host, measured);
        // Only a big room is to be compared with it.
        var fan = settings.Chosen.Any(one => one.Members == FanOut.Receivers)
            ? [await FanOut.MeasureAsync(host, measured)]
            : new List<Limit>();
        return [.. asking, .. appending, journal, .. fan];
    }

    private static void Say(string words) => Console.Error.WriteLine(words);
}
