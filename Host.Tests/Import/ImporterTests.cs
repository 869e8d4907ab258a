using System.Text.RegularExpressions;
using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Import;
using Spectre.Console;
using Xunit;

namespace Chat.Host.Tests.Import;

public class ImporterTests
{
    private static readonly Script Every = Script.Of(Logs.Synthetic);

    [Fact]
    public async Task It_tells_what_is_new_and_what_was_there()
    {
        var kept = new Kept();
        var first = await Import(kept.Submit);
        var second = await Import(kept.Submit);
        Assert.Equal((Every.Steps.Length, 0), (first.New, first.Replayed));
        Assert.Equal((0, Every.Steps.Length), (second.New, second.Replayed));
        Assert.True(first.IsWhole && second.IsWhole);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task It_asks_again_when_it_is_refused_for_now(int window)
    {
        var kept = new Kept();
        var random = new Random(7);
        // Two of three are refused, by lot, and what comes behind one until it is asked again.
        ImportStep? owed = null;
        var report = await Import(
            async (to, step, cancelled) =>
            {
                if (random.Next(3) != 0 || (owed is not null && owed != step))
                {
                    owed ??= step;
                    return new Reply.Refused(random.Next(2) == 0 ? new Refusal.Busy(0) : new Refusal.Unavailable(0));
                }
                owed = null;
                return await kept.Submit(to, step, cancelled);
            },
            new ImporterOptions(window, int.MaxValue)
        );
        Assert.True(report.IsWhole);
        Assert.Equal(Every.Steps.Length, report.New);
        Assert.Equal(
            Every.Steps.Select(step => step.Client),
            kept.Events(Every).Map(recorded => recorded.Origin.Client)
        );
    }

    [Fact]
    public async Task A_step_that_was_overtaken_is_shown()
    {
        var kept = new Kept();
        var refused = false;
        var report = await Import(
            (to, step, cancelled) =>
                step.Line == 8 && !refused && (refused = true)
                    ? Task.FromResult<Reply>(new Reply.Refused(new Refusal.Busy(0)))
                    : kept.Submit(to, step, cancelled),
            new ImporterOptions(1_000)
        );
        Assert.NotEmpty(report.Disorder);
        Assert.False(report.IsWhole);
    }

    [Fact]
    public async Task It_asks_for_twice_as_many_each_time_and_begins_with_one_again_after_a_refusal()
    {
        var (all, steps) = (new Heard(), Every.Steps.Length);
        await new Importer(new Kept().Submit, new ImporterOptions(4), TimeProvider.System).Run(Every, all);
        // 1, 2, and four each; and once at the end.
        Assert.Equal(2 + Groups(steps - 3, 4) + 1, all.Reports.Count);
        var (again, kept, refused) = (new Heard(), new Kept(), false);
        Task<Reply> Submit(ConversationId to, ImportStep step, CancellationToken cancelled) =>
            step == Every.Steps[3] && !refused && (refused = true)
                ? Task.FromResult<Reply>(new Reply.Refused(new Refusal.Busy(0)))
                : kept.Submit(to, step, cancelled);
        await new Importer(Submit, new ImporterOptions(4), TimeProvider.System).Run(Every, again);
        // 1, 2, none of four; then 1, 2 and four each.
        Assert.Equal(5 + Groups(steps - 6, 4) + 1, again.Reports.Count);
    }

    private static int Groups(int of, int size) => (of + size - 1) / size;

    [Fact]
    public async Task It_gives_up_after_a_while_and_goes_on_when_run_again()
    {
        var kept = new Kept();
        var stopped = await Import(
            (to, step, cancelled) =>
                step.Line >= 10
                    ? Task.FromResult<Reply>(new Reply.Refused(new Refusal.Busy(0)))
                    : kept.Submit(to, step, cancelled),
            new ImporterOptions(Patience: 3)
        );
        Assert.StartsWith("line 12: busy", stopped.Stopped);
        var rest = await Import(kept.Submit);
        Assert.True(rest.IsWhole);
        Assert.Equal((stopped.New, Every.Steps.Length - stopped.New), (rest.Replayed, rest.New));
    }

    [Fact]
    public async Task What_is_refused_for_good_is_shown_and_what_follows_is_done()
    {
        var kept = new Kept();
        var report = await Import(
            (to, step, cancelled) =>
                step.Line == 5
                    ? Task.FromResult<Reply>(new Reply.Refused(new Refusal.Full("x")))
                    : kept.Submit(to, step, cancelled)
        );
        var one = Assert.Single(report.Refused);
        Assert.Equal((5, "full"), (one.Step.Line, one.Refusal.Code));
        Assert.Equal(Every.Steps.Length - 1, report.New);
        Assert.False(report.IsWhole);
    }

    [Fact]
    public async Task Progress_goes_forward_and_ends_with_all_lines_and_all_that_is_malformed()
    {
        var heard = new Heard();
        var kept = new Kept();
        await new Importer(kept.Submit, new ImporterOptions(), TimeProvider.System).Run(Every, heard);
        Assert.Equal(
            heard.Reports.Select(report => report.LinesDone).Order(),
            heard.Reports.Select(report => report.LinesDone)
        );
        Assert.Equal(0, heard.Reports[0].LinesDone);
        Assert.Equal((Every.Lines.All, Every.Lines.All), (heard.Reports[^1].LinesDone, heard.Reports[^1].LinesTotal));
        Assert.Equal(Every.Malformed, heard.Reports[^1].Malformed.ToArray());
        Assert.Equal(Every.People, heard.Reports[^1].People);
    }

    [Fact]
    public async Task The_view_shows_bars_a_table_and_what_was_not_kept()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(written),
            }
        );
        console.Profile.Width = 250;
        var importer = new Importer(new Kept().Submit, new ImporterOptions(), TimeProvider.System);
        ImportView.Show(console, await ImportView.Run(console, importer, [Every]));
        var shown = Regex.Replace(written.ToString(), @"\u001B\[[0-9;?]*[A-Za-z]", "");
        Assert.Contains(
            $"{Every.Lines.All}/{Every.Lines.All} lines, {Every.People} people, {Every.Malformed.Length} bad",
            shown
        );
        Assert.Contains("2011-11-13_00:9 malformed: nothing is said: [23:00] <ben>", shown);
        Assert.Contains($"… and {Every.Malformed.Length - 5} more malformed", shown);
        Assert.Contains("2011-11-13_00:23 not kept: a mode change: === mode/#tea [-b *!*@host.example]  by ben", shown);
    }

    [Fact]
    public void A_strangers_text_cannot_drive_the_terminal() =>
        Assert.Equal("a\uFFFD[31mb\uFFFDc\uFFFD", ImportView.Printable("a\u001B[31mb\u202Ec\u009B"));

    private static Task<ImportReport> Import(Submission submit, ImporterOptions? options = null) =>
        new Importer(submit, options ?? new ImporterOptions(), TimeProvider.System).Run(Every);

    private sealed class Heard : IProgress<ImportProgress>
    {
        public List<ImportProgress> Reports { get; } = [];

        public void Report(ImportProgress value) => Reports.Add(value);
    }
}
