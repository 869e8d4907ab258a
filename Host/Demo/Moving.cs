using Chat.Host.Import;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Host.Verbs;
using NATS.Client.Core;

namespace Chat.Host.Demo;

/// <summary>
/// Moves people into a house that nobody lives in yet; a note in the data folder says whether that is done.
/// </summary>
internal static class Moving
{
    private const string Done = "done";

    private static string Note(string folder) => Path.Combine(folder, "demo");

    /// <summary>Whether the house is theirs: they live there, or may move in because nobody does.</summary>
    public static async Task<bool> IsTheirsAsync(string folder, ChatHostOptions options, CancellationToken stop)
    {
        if (File.Exists(Note(folder)))
            return true;
        await using var database = await Opening.DatabaseAsync(options, stop);
        return await HeadReads.IsEmptyAsync(database);
    }

    /// <summary>Tells the story in a house that is theirs, unless it was told to its end.</summary>
    public static async Task InAsync(string folder, string nats, Secrets secrets, CancellationToken stop)
    {
        var note = Note(folder);
        if (File.Exists(note) && await File.ReadAllTextAsync(note, stop) == Done)
            return;
        await File.WriteAllTextAsync(note, "begun", stop);
        await using var connection = await Opening.NatsAsync(Connections.App(nats, secrets), stop);
        await new Seeding(connection, DateTimeOffset.Now).TellAsync(stop);
        await File.WriteAllTextAsync(note, Done, stop);
    }

    /// <summary>Keeps the people of the story at home until it is stopped.</summary>
    public static async Task StayAsync(string nats, Secrets secrets, ILogger log, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                await using var connection = await Opening.NatsAsync(Connections.App(nats, secrets), stop);
                await new Evening(connection, TimeProvider.System).PassAsync(stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("The people of the demo are not at home just now: {Fault}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(5), stop);
            }
    }

    /// <summary>Imports the logs of a folder as channels, and lets the first of the cast in.</summary>
    public static async Task LogsAsync(string folder, string nats, Secrets secrets, CancellationToken stop)
    {
        await using var connection = await Opening.NatsAsync(Connections.App(nats, secrets), stop);
        // Nobody else is here yet who could keep the host so busy that it takes a later line and not the earlier one.
        var importer = ImportCommand.Through(connection).With(new ImporterOptions(Window: 256));
        var door = new ImportDoor(connection, DeviceId.Of("demo"));
        var first = PersonId.Of(Cast.People[0].Person);
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var script = Script.Of(Irc.Read(Path.GetFileName(file), await File.ReadAllBytesAsync(file, stop)));
            var report = await importer.Run(script, cancelled: stop);
            if (!report.IsWhole)
                continue;
            var join = new Domain.Conversations.Command.Join();
            var at = script.Steps[^1].OccurredAt;
            await door.ChangeAsync(first, script.Conversation, join, ClientId.Of("demo-join"), at, stop);
        }
    }
}
