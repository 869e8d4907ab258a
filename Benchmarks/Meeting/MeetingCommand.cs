using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Chat.Domain.Closeness;
using Chat.Domain.Meeting;
using Chat.Domain.Views;
using Chat.Host;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using HdrHistogram;
using Npgsql;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks.Meeting;

/// <summary>
/// <c>./chat bench meet</c>: a town of people who are friends, in a database as the host keeps it: how long it takes to
/// say whom one of them might meet, and who is close to them.
/// </summary>
internal sealed class MeetingCommand : AsyncCommand<MeetingCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandOption("--people <COUNT>")]
        [Description("How many there are (default: 1,000,000)")]
        public int People { get; init; } = 1_000_000;

        [CommandOption("--friends <COUNT>")]
        [Description("How many friends each has (default: 200)")]
        public int Friends { get; init; } = 200;

        [CommandOption("--open <PERCENT>")]
        [Description("How many of a hundred have opened themselves (default: 100, which is the most to count)")]
        public int Open { get; init; } = 100;

        [CommandOption("--asked <COUNT>")]
        [Description("For how many of them it is asked (default: 500)")]
        public int Asked { get; init; } = 500;
    }

    private static readonly Instant Now = new(1_800_000_000_000);
    private readonly Table table = new Table().RoundedBorder();

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        var folder = RunningHost.Temporary();
        var town = new Town(settings.People, settings.Friends, settings.Open);
        var askers = town.Some(settings.Asked).ToList();
        var talkers = askers.Take(settings.Asked / 10).ToList();
        foreach (var column in (string[])["", "times", "p50 ms", "p99 ms", "most ms"])
            table.AddColumn(column, one => one.RightAligned());
        try
        {
            await using (var host = await RunningHost.StartAsync(folder, 2))
                await BuildAsync(host, town, askers, talkers);
            // Another server: nothing is in its buffers.
            await using (var host = await RunningHost.StartAsync(folder, 2))
            await using (var connection = await OpenAsync(host))
            {
                await SuggestAsync("suggestions, the first time", connection, askers);
                await SuggestAsync("suggestions, again", connection, askers);
                await CountAsync(connection, askers);
                await CloseAsync("who is close, the first time", connection, talkers);
                await CloseAsync("who is close, again", connection, talkers);
                await LinesAsync(connection, town, talkers);
                await ChangeAsync(connection, town, askers);
                await WriteAsync(connection, settings);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task<NpgsqlConnection> OpenAsync(RunningHost host)
    {
        var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task BuildAsync(RunningHost host, Town town, List<int> askers, List<int> talkers)
    {
        await using var connection = await OpenAsync(host);
        await AnsiConsole
            .Progress()
            .StartAsync(async shown =>
            {
                var bar = shown.AddTask("circles", maxValue: town.People);
                await town.WriteAsync(connection, number => bar.Value = number);
                bar.Value = town.People;
                var rest = shown.AddTask("who asks", maxValue: 3);
                await town.WriteAskersAsync(connection, askers, Now.Milliseconds);
                rest.Increment(1);
                await Talk.WriteAsync(connection, town, talkers);
                rest.Increment(1);
                await using (var tidy = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 0 })
                    await tidy.ExecuteNonQueryAsync();
                rest.Increment(1);
            });
    }

    // As the host answers it, in a snapshot of its own; only who asks and how long it took is not sent.
    private async Task SuggestAsync(string what, NpgsqlConnection connection, List<int> askers)
    {
        var queries = new MeetingQueries(TenantId.Main, () => Now);
        await TimeAsync(
            what,
            askers,
            async person =>
            {
                await using var snapshot = await connection.BeginTransactionAsync(
                    System.Data.IsolationLevel.RepeatableRead
                );
                await queries.AnswerAsync(connection, PersonId.Of(Town.IdOf(person)), Suggesting.Most);
                await snapshot.CommitAsync();
            }
        );
    }

    private async Task CountAsync(NpgsqlConnection connection, List<int> askers)
    {
        var facts = new List<MeetingFacts>();
        await TimeAsync(
            "of these, reading the circles",
            askers,
            async person => facts.Add(await MeetingReads.FactsAsync(connection, PersonId.Of(Town.IdOf(person))))
        );
        await TimeAsync(
            "of these, counting",
            facts,
            one =>
            {
                Suggesting.Of(one, Now);
                return Task.CompletedTask;
            }
        );
        await TimeAsync(
            "of these, looking up who they are",
            askers.Zip(facts, (person, one) => (person, Suggesting.Of(one, Now))),
            async one =>
            {
                var numbers = one.Item2.SelectMany(found => found.Through.Append(found.Person)).Distinct();
                var person = PersonId.Of(Town.IdOf(one.person));
                var who = await MeetingReads.WhoAsync(connection, person, numbers, Now);
                await PeopleReads.ProfilesOfAsync(
                    connection,
                    TenantId.Main,
                    who.Values.Select(found => found.Person).Distinct()
                );
            }
        );
        var counted = facts.Average(one => one.Circles.Sum(circle => circle.Friends.Count(friend => friend > 0)));
        var found = facts.Average(one =>
            one.Circles.SelectMany(circle => circle.Friends).Where(friend => friend > 0).Distinct().Count()
        );
        AnsiConsole.MarkupLineInterpolated($"[grey]{counted:N0} friendships are counted each, of {found:N0} people[/]");
    }

    private Task CloseAsync(string what, NpgsqlConnection connection, List<int> talkers) =>
        TimeAsync(
            what,
            talkers,
            async person =>
                Ranking.Of(
                    await ClosenessReads.FactsAsync(connection, TenantId.Main, PersonId.Of(Town.IdOf(person))),
                    Now
                )
        );

    // What a page of history costs besides, where nobody called: it is looked for in vain.
    private Task LinesAsync(NpgsqlConnection connection, Town town, List<int> talkers) =>
        TimeAsync(
            "what stands between 150 messages",
            talkers.SelectMany(one => town.FriendsOf(one).Take(10), (one, other) => (one, other)),
            async two =>
            {
                var (one, other) = (PersonId.Of(Town.IdOf(two.one)), PersonId.Of(Town.IdOf(two.other)));
                var direct = StreamKey.Of(TenantId.Main, one, other).Direct;
                var sight = Sight.Of([Interval.OpenFrom(1)]);
                var page = new HistoryPage([], false);
                await LineReads.WithLinesAsync(connection, direct, sight, (Anchor.Before, Talk.Messages + 1), page);
            }
        );

    // What an append pays beside its events: one statement.
    private async Task ChangeAsync(NpgsqlConnection connection, Town town, List<int> askers)
    {
        await TimeAsync(
            "two become friends",
            askers,
            async person =>
            {
                await using var command = new NpgsqlCommand(
                    "select chat.chat_circle(array[$1], array[$2], array[true], '{}', '{}')",
                    connection
                );
                command.Parameters.AddWithValue(Town.IdOf(person));
                command.Parameters.AddWithValue(Town.IdOf(1 + ((person + (town.People / 3)) % town.People)));
                await command.ExecuteNonQueryAsync();
            }
        );
        await TimeAsync(
            "somebody opens, or closes",
            askers.Take(100),
            async person =>
            {
                await using var command = new NpgsqlCommand(
                    "select chat.chat_circle('{}', '{}', '{}', array[$1], array[$2])",
                    connection
                );
                command.Parameters.AddWithValue(Town.IdOf(person));
                command.Parameters.AddWithValue(!town.IsOpen(person));
                await command.ExecuteNonQueryAsync();
            }
        );
    }

    private async Task TimeAsync<T>(string what, IEnumerable<T> each, Func<T, Task> act)
    {
        var times = new LongHistogram(1, 60_000_000, 3);
        foreach (var one in each)
        {
            var at = Stopwatch.GetTimestamp();
            await act(one);
            times.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(at).TotalMicroseconds));
        }
        table.AddRow(what, $"{times.TotalCount}", Ms(times, 50), Ms(times, 99), Ms(times, 100));
    }

    private static string Ms(LongHistogram times, double percentile) =>
        (times.GetValueAtPercentile(percentile) / 1_000.0).ToString("F2", CultureInfo.InvariantCulture);

    private async Task WriteAsync(NpgsqlConnection connection, Settings settings)
    {
        await using var size = new NpgsqlCommand(
            "select pg_total_relation_size('chat.chat_circles') / 1048576",
            connection
        );
        var mebibytes = await size.ExecuteScalarAsync();
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 120;
        table.Title($"{settings.People:N0} people, {settings.Friends} friends each, {settings.Open} % open");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"their circles take {mebibytes} MiB, indexes included");
    }
}
