using System.Globalization;
using Chat.Host.Operate;

namespace Chat.Host.Verbs;

/// <summary>
/// The hosts of <c>up</c> beside the first, each a process of its own that is started again if it dies.
/// </summary>
internal sealed class MoreHosts : IAsyncDisposable
{
    private const int Most = 16;
    private readonly List<Supervised> hosts = [];

    /// <summary>Whether so many can be.</summary>
    /// <exception cref="StartFailure">They cannot.</exception>
    public static void Require(int count)
    {
        if (count is < 1 or > Most)
            throw new StartFailure($"{count} hosts cannot be started.", $"--hosts takes 1 to {Most}.");
    }

    /// <summary>Starts them; returns when all take requests.</summary>
    public static async Task<MoreHosts> StartAsync(
        UpSettings settings,
        ChatHostOptions first,
        ILogger log,
        CancellationToken stop
    )
    {
        var more = new MoreHosts();
        var arguments = ArgumentsOf(settings, first);
        try
        {
            for (var number = 2; number <= settings.Hosts; number++)
            {
                var host = new HostProcess(
                    $"host-{number}",
                    settings.Folder,
                    arguments,
                    (first.ConnectionString, first.Replica)
                );
                more.hosts.Add(new Supervised(host, log));
                await more.hosts[^1].StartAsync(stop);
            }
            return more;
        }
        catch
        {
            await more.DisposeAsync();
            throw;
        }
    }

    // What the first was started with, but for what belongs to it alone: the servers, the page, a recording.
    private static List<string> ArgumentsOf(UpSettings settings, ChatHostOptions first)
    {
        List<string> arguments =
        [
            "--nats",
            first.NatsUrl,
            "--lanes",
            Number(settings.Lanes),
            "--rates",
            Number(settings.Rates),
            "--max-file",
            Number(settings.MaxFile),
            "--log",
            settings.Log.ToString(),
        ];
        Add("--files", settings.Files);
        Add("--staff", first.Staff?.Value);
        foreach (var relay in settings.Relays)
            Add("--relay", relay);
        Add("--relay-secret", settings.RelaySecret);
        if (settings.Policy is { } policy)
            arguments.AddRange(["--policy", policy, "--policy-ms", Number(settings.PolicyMs)]);
        if (settings.IsPolicyOpen)
            arguments.Add("--policy-open");
        if (settings.IsLogJson)
            arguments.Add("--log-json");
        return arguments;

        void Add(string option, string? value)
        {
            if (value is not null)
                arguments.AddRange([option, value]);
        }

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Stops them all; each gives what it owns to those that stay.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
}
