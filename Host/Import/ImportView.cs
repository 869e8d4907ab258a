using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Chat.Domain.Values;
using Spectre.Console;

namespace Chat.Host.Import;

/// <summary>
/// Shows imports: a bar for each while they run, a table and all that was not kept when they are through.
/// </summary>
public static class ImportView
{
    private const int Shown = 5;
    private const int Width = 90;

    /// <summary>Runs scripts beside each other, each a conversation of its own, with a bar for each.</summary>
    public static Task<ImportReport[]> Run(
        IAnsiConsole console,
        Importer importer,
        IReadOnlyList<Script> scripts,
        CancellationToken cancelled = default
    ) =>
        Bars(console)
            .StartAsync(bars =>
                Task.WhenAll(scripts.Select(script => importer.Run(script, new Bar(bars, script), cancelled)))
            );

    /// <summary>Bars for long work: what it is, how far, and how long it will still take.</summary>
    internal static Progress Bars(IAnsiConsole console) =>
        console
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            );

    /// <summary>What became of them.</summary>
    public static void Show(IAnsiConsole console, IReadOnlyList<ImportReport> reports)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumn(new TableColumn("channel").NoWrap().Padding(0, 0, 0, 0));
        foreach (var head in Columns)
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap().Padding(1, 0, 0, 0));
        foreach (var report in reports)
            table.AddRow(Row(report));
        console.Write(table);
        foreach (var report in reports)
            ShowUnkept(console, report);
    }

    private static TableColumn Column(string head) => new(head) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };

    // Ten columns: what fits a terminal of 80.
    private static readonly string[] Columns =
    [
        "lines",
        "messages",
        "people",
        "in",
        "out",
        "renamed",
        "bad",
        "new",
        "again",
    ];

    private static string[] Row(ImportReport report)
    {
        var (script, lines) = (report.Script, report.Script.Lines);
        int[] numbers =
        [
            lines.All,
            lines.Said + lines.Acted,
            script.People,
            lines.Joined,
            lines.Left,
            lines.Renamed,
            lines.Malformed,
            report.New,
            report.Replayed,
        ];
        return [Escaped(script.Name), .. numbers.Select(number => number.ToString("N0", CultureInfo.InvariantCulture))];
    }

    private static void ShowUnkept(IAnsiConsole console, ImportReport report)
    {
        var name = Escaped(report.Script.Name);
        if (report.Stopped is { } why)
            console.MarkupLine($"[red]{name} stopped at {Escaped(why)}; run it again to go on[/]");
        List("yellow", "malformed", report.Script.Malformed.Select(bad => (bad.Line, $"{bad.Why}: {bad.Raw}")));
        List("grey", "not kept", report.Script.NotKept.Select(line => (line.Line, $"{line.Why}: {line.Raw}")));
        List(
            "red",
            "refused",
            report.Refused.Select(no => (no.Step.Line, $"{no.Refusal.Code} ({string.Join(", ", no.Refusal.Because)})"))
        );
        List("red", "out of order", report.Disorder.Select(step => (step.Line, step.Command.GetType().Name)));

        void List(string colour, string what, IEnumerable<(int Line, string Text)> all)
        {
            var some = all.ToImmutableArray();
            foreach (var (line, text) in some.Take(Shown))
                console.MarkupLine($"[{colour}]{name}:{line} {what}:[/] {Escaped(text)}");
            if (some.Length > Shown)
                console.MarkupLine($"[{colour}]{name} … and {some.Length - Shown} more {what}[/]");
        }
    }

    /// <summary>
    /// A text of strangers for a terminal: cut, and without what would drive it (escapes) or turn its line round
    /// (bidirectional controls).
    /// </summary>
    internal static string Printable(string text, int most = Width)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= most)
                return shown.Append('…').ToString();
            var kind = Rune.GetUnicodeCategory(rune);
            shown.Append(
                kind
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                    ? "\uFFFD"
                    : rune.ToString()
            );
        }
        return shown.ToString();
    }

    private static string Escaped(string text) => Markup.Escape(Printable(text));

    /// <summary>One bar. Reports are taken where they are made, so that none overtakes another.</summary>
    private sealed class Bar : IProgress<ImportProgress>
    {
        private readonly ProgressTask bar;

        public Bar(ProgressContext bars, Script script) =>
            bar = bars.AddTask(Escaped(script.Name), maxValue: Math.Max(1, script.Lines.All));

        public void Report(ImportProgress value)
        {
            bar.Value = value.LinesTotal == 0 ? 1 : value.LinesDone;
            bar.Description =
                $"{Escaped(value.Name)} {value.LinesDone}/{value.LinesTotal} lines, {value.People} people"
                + (value.Malformed.Length == 0 ? "" : $", [yellow]{value.Malformed.Length} bad[/]");
        }
    }
}
