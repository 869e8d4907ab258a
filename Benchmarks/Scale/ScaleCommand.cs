using System.ComponentModel;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks.Scale;

/// <summary>
/// <c>./chat bench scale</c>: what so many people would take, from what was measured; and how long a message would take
/// through a cell of it, played as lines.
/// </summary>
internal sealed class ScaleCommand : Command<ScaleCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandOption("--people <COUNT>")]
        [Description("Who are connected in the busiest moment (default: 10,000,000)")]
        public double People { get; init; } = 10_000_000;

        [CommandOption("--deliveries <COUNT>")]
        [Description("Messages that reach a device, a second (default: one for ten people)")]
        public double? Deliveries { get; init; }

        [CommandOption("--inputs <FILE>")]
        [Description("What it is made of (default: Benchmarks/Scale/inputs.json)")]
        public string? Inputs { get; init; }

        public override ValidationResult Validate() =>
            People < 1 || Deliveries <= 0
                ? ValidationResult.Error("--people and --deliveries take numbers above nothing.")
                : ValidationResult.Success();
    }

    private const double Giga = 1e9;
    private const double Tera = 1e12;

    public override int Execute(CommandContext context, Settings settings, CancellationToken stop)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 120;
        var file = settings.Inputs ?? Path.Combine(AppContext.BaseDirectory, "inputs.json");
        var from = Environment.GetEnvironmentVariable("CHAT_FOLDER") ?? Environment.CurrentDirectory;
        Inputs inputs;
        try
        {
            inputs = Scale.Inputs.Read(File.ReadAllText(Path.GetFullPath(file, from)));
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{file}:[/] {fault.Message}");
            return 1;
        }
        var plan = Plan.Of(inputs, new Wanted(settings.People, settings.Deliveries ?? settings.People / 10));
        WriteCells(plan);
        WriteAll(inputs, plan);
        WriteWay(inputs, plan);
        return 0;
    }

    private static void WriteCells(Plan plan)
    {
        var cell = plan.Cell;
        Write(
            $"{plan.Wanted.People:N0} people, {plan.Wanted.Deliveries:N0} deliveries/s: {plan.Cells:N0} such cells",
            ("people", $"{cell.People:N0}"),
            ("messages a second", $"{cell.SendsPerSecond:N0}"),
            ("what bounds it", plan.Bound),
            ("hosts", $"{cell.Hosts:N0}, {cell.HostCores:N0} cores, {cell.HostMemory / Giga:N1} GB for who is there"),
            ("nats-servers", $"{cell.NatsServers:N0}, {cell.NatsCores:N0} cores, {cell.NatsMemory / Giga:N1} GB"),
            ("PostgreSQL", $"a primary and its standby, {cell.PostgresCores:N0} cores each"),
            ("its disk", $"{(plan.Tiers.Hot + plan.Tiers.Warm) / plan.Cells / Tera:N1} TB each")
        );
    }

    private static void WriteAll(Inputs inputs, Plan plan)
    {
        var (tiers, money, assumed) = (plan.Tiers, plan.Money, inputs.Assumed);
        Write(
            "All of them",
            ("machines", $"{plan.Machines:N0} of {assumed.CoresPerMachine} cores"),
            ("cores in use", $"{plan.Cores:N0}, at {assumed.Utilisation:P0}"),
            ("memory for who is there", $"{plan.Memory / Giga:N0} GB"),
            ("network to devices", $"{plan.NetworkOut * 8 / Giga:N2} Gbit/s"),
            ("network between cells", $"{plan.GatewayBytes * 8 / Giga:N2} Gbit/s"),
            ("routes within cells, gateway connections between", $"{plan.Routes:N0}, {plan.Gateways:N0}"),
            (
                "what each server would know if all cells shared one account",
                $"{plan.InterestOfOneAccount / Giga:N1} GB: so they do not"
            ),
            ($"hot, {assumed.HotDays:N0} days", $"{tiers.Hot / Tera:N1} TB a copy"),
            ($"warm, to day {assumed.WarmDays:N0}", $"{tiers.Warm / Tera:N1} TB a copy"),
            ($"cold, to day {assumed.KeptDays:N0}", $"{tiers.Cold / Tera:N1} TB of objects"),
            ("log of a day", $"{tiers.Log / Tera:N2} TB"),
            ("machines, a month", $"{money.Machines:N0} $"),
            ("disks", $"{money.Disks:N0} $"),
            ("objects", $"{money.Objects:N0} $"),
            ("network", $"{money.Egress:N0} $"),
            ("all, and for a person", $"{money.All:N0} $, {money.All / plan.Wanted.People:N4} $")
        );
    }

    private static void WriteWay(Inputs inputs, Plan plan)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in (string[])["A message's way through a cell", "p50 ms", "p99 ms", "p99 ms to the commit"])
            table.AddColumn(column, one => one.RightAligned());
        foreach (var load in (double[])[0.5, 1, 1.5, 1.9])
        {
            var at = plan.Cell with { SendsPerSecond = load * plan.Cell.SendsPerSecond };
            var way = Way.Play(inputs.Measured, inputs.Assumed, at);
            var words = $"{load:P0} of the busiest moment, {at.SendsPerSecond:N0}/s";
            table.AddRow(Markup.Escape(words), $"{way.P50:N2}", $"{way.P99:N2}", $"{way.CommitP99:N2}");
        }
        AnsiConsole.Write(table);
    }

    private static void Write(string title, params (string Name, string Words)[] rows)
    {
        var table = new Table { Border = TableBorder.Rounded }.HideHeaders();
        table.Title = new TableTitle(Markup.Escape(title));
        table.AddColumn("");
        table.AddColumn("");
        foreach (var (name, words) in rows)
            table.AddRow(Markup.Escape(name), Markup.Escape(words));
        AnsiConsole.Write(table);
    }
}
