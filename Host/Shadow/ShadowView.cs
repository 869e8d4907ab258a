using System.Globalization;
using Chat.Host.Import;
using Spectre.Console;

namespace Chat.Host.Shadow;

/// <summary>
/// Shows what became of a recording: counts, and each verdict that would be another. Who, where and what; never what
/// was said.
/// </summary>
internal static class ShadowView
{
    private const int ReasonsShown = 10;

    /// <summary>Judges, with a bar meanwhile.</summary>
    public static Task<Report> RunAsync(
        IAnsiConsole console,
        Recording recording,
        Func<Action<int>, Task<Report>> judge
    ) =>
        ImportView
            .Bars(console)
            .StartAsync(bars =>
            {
                var bar = bars.AddTask("deciding again", maxValue: Math.Max(1, recording.Requests));
                return judge(more => bar.Increment(more));
            });

    /// <summary>What became of it.</summary>
    public static void Show(IAnsiConsole console, Recording recording, Report report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("verb");
        foreach (var head in (string[])["requests", "the same", "differ", "not judged"])
            table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var (verb, counts) in report.ByVerb)
            table.AddRow(Row(verb, counts));
        if (report.ByVerb.Count > 1)
            table.AddRow(Row("all", report.Sum));
        console.Write(table);
        foreach (var one in report.Differing)
            console.Profile.Out.Writer.WriteLine(LineOf(one));
        foreach (var (why, count) in report.Unknown.OrderByDescending(one => one.Value).Take(ReasonsShown))
            Note(console, $"{Number(count)} not judged: {why}");
        if (report.Unknown.Count > ReasonsShown)
            Note(console, $"and {report.Unknown.Count - ReasonsShown} more reasons");
        ShowMissing(console, recording);
    }

    /// <summary>A difference as a line.</summary>
    public static string LineOf(Judged one)
    {
        var (origin, written) = (one.Request.Origin, one.Request.Written);
        var recorded = one.Request.Verdict.Say(one.Request.Basis.Version);
        var now = one.Judgement is Judgement.Differs differs ? differs.Now : "";
        var at = DateTimeOffset.FromUnixTimeMilliseconds(one.Request.Basis.Now.Milliseconds);
        return ImportView.Printable(
            $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {origin.Person} ({origin.Device}) {written.Verb} in "
                + $"{origin.Stream} at {one.Request.Basis.Version}, {origin.Client}: {recorded}; now {now}",
            most: 1_000
        );
    }

    private static void ShowMissing(IAnsiConsole console, Recording recording)
    {
        if (recording.Lost > 0)
            Note(console, $"{Number(recording.Lost)} requests are not in the recording: they could not be written");
        if (recording.Damage.Count > 0)
            Note(
                console,
                $"the recording is damaged in {recording.Damage.Count} places ({Number(recording.Damage.Bytes)} bytes)"
            );
        if (recording.IsTorn)
            Note(console, "the recording's end is cut off: its host was killed, or writes just now");
    }

    private static string[] Row(string verb, Counts counts) =>
        [
            Markup.Escape(ImportView.Printable(verb)),
            Number(counts.All),
            Number(counts.Same),
            counts.Differ == 0 ? "0" : $"[red]{Number(counts.Differ)}[/]",
            Number(counts.Unknown),
        ];

    private static void Note(IAnsiConsole console, string text) => console.MarkupLineInterpolated($"[yellow]{text}[/]");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
