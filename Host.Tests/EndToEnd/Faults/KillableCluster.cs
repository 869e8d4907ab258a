using System.Diagnostics;
using Chat.Host.Operate;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>
/// Three nats-servers, a primary and its standby, and two hosts as processes of their own: any of the servers can be
/// killed, and is started again by the supervisor.
/// </summary>
public sealed class KillableCluster : IAsyncLifetime
{
    public const string Collection = "cluster";

    private const int Continue = 18;
    private const int Stop = 19;
    private readonly string folder = ChatUp.NewFolder();
    private readonly List<ChatProcess> hosts = [];
    private readonly Noted log = new();
    private Supervisor? supervisor;
    private Door? door;

    public Door Door => door ?? throw new InvalidOperationException("not started");

    public IReadOnlyList<ChatProcess> Hosts => hosts;

    /// <summary>What the hosts, and whoever watches over the servers, have said so far.</summary>
    public string Said => string.Join("\n\n", hosts.Select(host => host.Output).Prepend(log.ToString()));

    private Supervisor Supervisor => supervisor ?? throw new InvalidOperationException("not started");

    private PostgresPair Pair => Supervisor.Pair!;

    public async Task InitializeAsync()
    {
        supervisor = await Supervisor.StartAsync(Servers.ClusterOptions(folder), log);
        door = new Door(supervisor.NatsUrl, supervisor.Secrets);
        foreach (var name in (string[])["host-1", "host-2"])
            hosts.Add(
                await ChatProcess.UpAsync([
                    .. (string[])["--name", name, "--nats", supervisor.NatsUrl, "--data", folder, "--http-port", "0"],
                    .. (string[])["--postgres", supervisor.ConnectionString, "--rates", "1000", "--no-demo", "--sole"],
                ])
            );
    }

    public async Task DisposeAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        await (supervisor?.DisposeAsync() ?? ValueTask.CompletedTask);
        door?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public static int NatsServers => SupervisorOptions.Servers;

    /// <summary>kill -9 of one nats-server; returns when it serves again.</summary>
    public async Task KillNatsAsync(int which)
    {
        var killed = Supervisor.NatsPids[which];
        Kill(killed);
        await UntilAsync(() => Supervisor.NatsPids[which] is var now && now != 0 && now != killed);
    }

    /// <summary>kill -9 of the primary; who follows it is another.</summary>
    public int KillPrimary() => Kill(Pair.Pid);

    /// <summary>kill -9 of the standby.</summary>
    public int KillStandby() => Kill(Pair.StandbyPid);

    /// <summary>Nothing reaches the standby any more, from one moment to the next, until it is let go.</summary>
    public async Task<IDisposable> CutStandbyOffAsync()
    {
        await using var admin = new NpgsqlConnection(Supervisor.AdminConnectionString);
        await admin.OpenAsync();
        await using var sender = new NpgsqlCommand("select pid from pg_stat_replication", admin);
        var pid = (int)(await sender.ExecuteScalarAsync())!;
        Assert.True(Signals.Send(pid, (Signal)Stop));
        return new Stopped(pid);
    }

    /// <summary>Returns when there are two copies again, one of them a new process.</summary>
    public Task IsWholeAsync(params int[] killed) =>
        UntilAsync(() =>
            Pair is { IsInSync: true, Pid: not 0, StandbyPid: not 0 }
            && !killed.Contains(Pair.Pid)
            && !killed.Contains(Pair.StandbyPid)
        );

    // What stands still when a test fails would stand there for ever.
    private sealed record Stopped(int Pid) : IDisposable
    {
        public void Dispose() => Signals.Send(Pid, (Signal)Continue);
    }

    private static int Kill(int running)
    {
        Assert.True(Signals.Send(running, Signal.Kill));
        return running;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !holds(); await Task.Delay(10))
            Assert.True(Stopwatch.GetElapsedTime(since).TotalSeconds < 30, "it is not whole again");
    }
}

[CollectionDefinition(KillableCluster.Collection)]
public sealed class KillableClusterCollection : ICollectionFixture<KillableCluster>;
