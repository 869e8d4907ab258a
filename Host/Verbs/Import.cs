using System.ComponentModel;
using System.Globalization;
using Chat.Host.Import;
using Chat.Host.Nats;
using Chat.Host.Operate;
using NATS.Client.Core;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary><c>./chat import FILE…</c></summary>
public sealed class ImportCommand : AsyncCommand<ImportCommand.Settings>
{
    /// <summary>Which logs, and when they are of.</summary>
    public sealed class Settings : PlaceSettings
    {
        /// <summary>The logs.</summary>
        [CommandArgument(0, "<FILE>")]
        [Description("IRC logs; each becomes a channel named after it")]
        public required string[] Files { get; init; }

        /// <summary>The day of logs whose names have none.</summary>
        [CommandOption("--date <DATE>")]
        [Description("The day a log begins, as 2009-03-03, where its name does not say (default: 1970-01-01)")]
        public string? Date { get; init; }

        /// <summary>The time zone of the logs.</summary>
        [CommandOption("--offset <HOURS>")]
        [Description("The logs' hours ahead of UTC (default: 0)")]
        public double Offset { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        var scripts = settings.Files.Select(file => Read(file, settings)).ToArray();
        var (place, secrets) = (Place.Read(settings.Folder), Place.SecretsOf(settings.Folder));
        await using var connection = await Opening.NatsAsync(Connections.App(place.Nats, secrets), stop);
        var importer = Through(connection);
        var reports = await ImportView.Run(AnsiConsole.Console, importer, scripts, stop);
        ImportView.Show(AnsiConsole.Console, reports);
        return reports.All(report => report.IsWhole) ? 0 : 1;
    }

    /// <summary>An importer that hands in on a connection among the hosts.</summary>
    internal static Importer Through(INatsConnection connection)
    {
        var door = new ImportDoor(connection, Script.Device);
        return new Importer(
            (conversation, step, stop) => SubmitAsync(door, conversation, step, stop),
            new ImporterOptions(),
            TimeProvider.System
        );
    }

    private static Script Read(string file, Settings settings)
    {
        var path = PlaceSettings.InFolder(file);
        DateOnly? date = null;
        if (settings.Date is { } given)
            date = DateOnly.TryParseExact(
                given,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? day
                : throw new StartFailure($"“{given}” is no day.", "Write it as 2009-03-03.");
        try
        {
            var bytes = File.ReadAllBytes(path);
            return Script.Of(Irc.Read(Path.GetFileName(path), bytes, date, TimeSpan.FromHours(settings.Offset)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartFailure($"{file} cannot be read: {fault.Message}", "Name a file that is an IRC log.", fault);
        }
    }

    private static async Task<Reply> SubmitAsync(
        ImportDoor door,
        ConversationId conversation,
        ImportStep step,
        CancellationToken stop
    ) =>
        (
            await door.ChangeAsync(step.Person, conversation, step.Command, step.Client, step.OccurredAt, stop)
        ).Match<Reply>(Right: receipt => new Reply.Accepted(receipt), Left: refusal => new Reply.Refused(refusal));
}
