using System.Diagnostics;
using Chat.Host.Operate;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>
/// A host as a process of its own beside servers that it did not start, so that each of the three can be killed alone.
/// The servers are started again by their supervisor, the host by the test.
/// </summary>
public sealed class KillableChat : IAsyncLifetime
{
    public const string Collection = "faults";

    private Supervisor? supervisor;
    private Door? door;
    private ChatProcess? host;

    public string Folder { get; } = ChatUp.NewFolder();

    public Door Door => door ?? throw new InvalidOperationException("not started");

    public ChatProcess Host => host ?? throw new InvalidOperationException("not started");

    public Supervisor Servers => supervisor ?? throw new InvalidOperationException("not started");

    /// <summary>How a test's long run is asked for.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("CHAT_LONG") is not null;

    /// <summary>What decides when something is killed; printed by each test that takes it.</summary>
    public static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("CHAT_SEED"), out var given) ? given : Environment.TickCount;

    public async Task InitializeAsync()
    {
        supervisor = await Supervisor.StartAsync(Tests.Servers.NewOptions(Folder));
        door = new Door(supervisor.NatsUrl, supervisor.Secrets);
        await StartHostAsync();
    }

    public async Task DisposeAsync()
    {
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (supervisor?.DisposeAsync() ?? ValueTask.CompletedTask);
        door?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What a host of this chat is started with.</summary>
    public string[] Arguments =>
        [
            "--nats",
            Servers.NatsUrl,
            "--postgres",
            Servers.ConnectionString,
            "--data",
            Folder,
            "--http-port",
            "0",
            "--rates",
            "1000",
        ];

    /// <summary>Starts the host, and returns when it takes requests.</summary>
    public async Task StartHostAsync(bool isSole = true) =>
        host = await ChatProcess.UpAsync(isSole ? [.. Arguments, "--sole"] : Arguments);

    /// <summary>kill -9.</summary>
    public async Task KillHostAsync()
    {
        await Host.KillAsync();
        await Host.DisposeAsync();
    }

    /// <summary>Waits until so many hosts have what there is.</summary>
    public async Task AreOwningAsync(int hosts)
    {
        await using var database = NpgsqlDataSource.Create(Servers.ConnectionString);
        await Eventually.HoldsAsync(
            async () =>
            {
                await using var command = database.CreateCommand("select count(distinct host) from chat.chat_buckets");
                return await command.ExecuteScalarAsync() is long owning && owning == hosts;
            },
            $"{hosts} hosts have what there is",
            30
        );
    }

    /// <summary>kill -9 of PostgreSQL; returns when it serves again.</summary>
    public Task KillPostgresAsync() => KillAsync(() => Servers.PostgresPid);

    /// <summary>kill -9 of nats-server with all that it has; returns when it serves again.</summary>
    public Task WipeNatsAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "nats")))
            File.Delete(file);
        return KillAsync(() => Servers.NatsPid);
    }

    private static async Task KillAsync(Func<int> running)
    {
        var killed = running();
        Assert.True(Signals.Send(killed, Signal.Kill));
        for (
            var since = Stopwatch.GetTimestamp();
            running() is var now && (now == 0 || now == killed);
            await Task.Delay(10)
        )
            Assert.True(Stopwatch.GetElapsedTime(since).TotalSeconds < 60, "it was not started again");
    }
}

[CollectionDefinition(KillableChat.Collection)]
public sealed class KillableChatCollection : ICollectionFixture<KillableChat>;
