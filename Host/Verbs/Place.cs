using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Chat.Client;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Protocol;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary>Options of every verb: which data folder.</summary>
public class PlaceSettings : CommandSettings
{
    private const string Usual = ".chat";

    /// <summary>The data folder.</summary>
    [CommandOption("--data <DIR>")]
    [Description("The data folder (default: .chat)")]
    public string Data { get; init; } = Usual;

    /// <summary>Whether it is another than where one looks by itself.</summary>
    public bool IsElsewhere => Data != Usual;

    /// <summary>
    /// The folder, seen from where the person stands: the script itself changes to the project's root.
    /// </summary>
    public string Folder => InFolder(Data);

    /// <summary>What the person names, seen from where they stand.</summary>
    public static string InFolder(string named) =>
        Path.GetFullPath(named, Environment.GetEnvironmentVariable("CHAT_FOLDER") ?? Environment.CurrentDirectory);
}

/// <summary>Where a running chat is: written by <c>up</c>, read by the verbs that talk to it.</summary>
/// <param name="Nats">The server's address; of a cluster all, with commas between them.</param>
/// <param name="WebSocket">The same for browsers.</param>
/// <param name="Http">Health and metrics.</param>
/// <param name="Process">The host's process.</param>
public sealed record Place(string Nats, string? WebSocket, string Http, int Process)
{
    private static string File(string folder) => Path.Combine(folder, "where.json");

    /// <summary>Notes where it is.</summary>
    public void Write(string folder) => System.IO.File.WriteAllText(File(folder), JsonSerializer.Serialize(this));

    /// <summary>Forgets it.</summary>
    public static void Forget(string folder) => System.IO.File.Delete(File(folder));

    /// <summary>Where it is.</summary>
    /// <exception cref="StartFailure">Nothing runs there.</exception>
    public static Place Read(string folder)
    {
        if (!System.IO.File.Exists(File(folder)))
            throw new StartFailure(
                $"Nothing is running in {folder}.",
                "Start it with ./chat up, or name its folder with --data."
            );
        return JsonSerializer.Deserialize<Place>(System.IO.File.ReadAllText(File(folder)))!;
    }

    /// <summary>The secrets of a data folder that exists.</summary>
    /// <exception cref="StartFailure">There is none.</exception>
    public static Secrets SecretsOf(string folder) =>
        Directory.Exists(Path.Combine(folder, "secrets"))
            ? Secrets.LoadOrCreate(Path.Combine(folder, "secrets"))
            : throw new StartFailure(
                $"There is no chat in {folder}.",
                "Start one with ./chat up, or name its folder with --data."
            );

    /// <summary>The person that a name stands for.</summary>
    /// <exception cref="StartFailure">It stands for none.</exception>
    public static PersonId PersonOf(string name) =>
        Names.PersonOf(name)
        ?? throw new StartFailure($"“{name}” cannot be a person.", "Any text that is not empty can.");

    /// <summary>Connects as a person, with a token of the development issuer.</summary>
    public static async Task<ChatClient> ConnectAsync(
        string folder,
        string person,
        string device,
        CancellationToken stop
    )
    {
        var (place, secrets) = (Read(folder), SecretsOf(folder));
        using var issuer = new TokenIssuer(secrets.TokenKeyPem);
        var token = issuer.Issue(person, device);
        var options = new ChatOptions
        {
            Url = place.Nats,
            Person = PersonOf(person),
            Device = DeviceId.Of(device),
            Token = _ => ValueTask.FromResult(token),
            Persistence = TimeSpan.FromSeconds(20),
        };
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ChatClient.ConnectAsync(options, stop: stop);
            }
            catch (NATS.Client.Core.NatsException)
                when (Signals.IsAlive(place.Process) && Stopwatch.GetElapsedTime(began) < options.Persistence)
            {
                // It runs: one of its servers may have died, and another is about to take its place.
                await Task.Delay(TimeSpan.FromSeconds(0.5), stop);
            }
            catch (NATS.Client.Core.NatsException fault)
            {
                throw new StartFailure(
                    $"Nobody answers at {place.Nats}: {fault.Message}",
                    "Is ./chat up still running? Start it again if not.",
                    fault
                );
            }
        }
    }
}
