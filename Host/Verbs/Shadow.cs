using System.ComponentModel;
using Chat.Host.Operate;
using Chat.Host.Shadow;
using Chat.Host.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary><c>./chat shadow FILE</c></summary>
public sealed class ShadowCommand : AsyncCommand<ShadowCommand.Settings>
{
    /// <summary>Which recording, and where its events are.</summary>
    public sealed class Settings : PlaceSettings
    {
        /// <summary>The recording.</summary>
        [CommandArgument(0, "<FILE>")]
        [Description("What ./chat up --record has written")]
        public required string File { get; init; }

        /// <summary>A database of one's own.</summary>
        [CommandOption("--postgres <URL>")]
        [Description("The database with the events, where it is not in the data folder; nothing is written there")]
        public string? Postgres { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        try
        {
            using var recording = Recording.Open(PlaceSettings.InFolder(settings.File));
            if (recording.Requests == 0)
                throw new StartFailure($"There is no request in {settings.File}.", "Record for a while longer.");
            await using var own = settings.Postgres is null ? await OwnAsync(settings.Folder, stop) : null;
            var connection = own?.ConnectionString ?? PostgresUrl.Read(settings.Postgres!);
            await using var pasts = await PastReads.OpenAsync(connection, stop);
            return await JudgeAsync(recording, pasts, stop);
        }
        // 1 says that verdicts differ.
        catch (StartFailure failure)
        {
            return Failing.Say(failure, 2);
        }
    }

    private static Task<OwnDatabase> OwnAsync(string folder, CancellationToken stop) =>
        OwnDatabase.OpenAsync(folder, Place.SecretsOf(folder), NullLogger.Instance, stop);

    private static async Task<int> JudgeAsync(Recording recording, PastReads pasts, CancellationToken stop)
    {
        var console = AnsiConsole.Console;
        var report = await ShadowView.RunAsync(
            console,
            recording,
            progress => Shadowing.RunAsync(recording, pasts, StreamReads.Fresh, progress, stop)
        );
        ShadowView.Show(console, recording, report);
        var sum = report.Sum;
        if (sum.Differ > 0)
            console.MarkupLineInterpolated($"[red]{sum.Differ} of {sum.All} would be decided otherwise.[/]");
        else if (sum.Same == 0)
            console.MarkupLine("[red]None of it could be judged.[/]");
        else
            console.MarkupLineInterpolated($"[green]{sum.Same} of {sum.All} judged, and all are decided the same.[/]");
        return sum.Differ > 0 ? 1
            : sum.Same == 0 ? 2
            : 0;
    }
}

/// <summary>Says why something could not be done.</summary>
internal static class Failing
{
    /// <summary>Says it, and gives the exit code back.</summary>
    public static int Say(StartFailure failure, int code)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]{failure.Message}[/]");
        AnsiConsole.MarkupLineInterpolated($"  {failure.WhatToDo}");
        return code;
    }
}
