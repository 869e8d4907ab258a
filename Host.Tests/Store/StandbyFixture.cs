using System.Diagnostics;
using Chat.Host.Operate;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.Store;

/// <summary>A primary, and a standby that follows it over its log: it can be held where it is.</summary>
public sealed class StandbyFixture : IAsyncLifetime
{
    private readonly string folder = Servers.NewFolder();
    private Supervisor? supervisor;
    private (int Primary, int Standby) ports;
    private NpgsqlDataSource? admin;
    private NpgsqlDataSource? standby;
    private int made;

    public async Task InitializeAsync()
    {
        var options = Servers.ClusterOptions(folder);
        supervisor = await Supervisor.StartAsync(options);
        ports = (options.PostgresPort, options.PostgresPort + 1);
        admin = NpgsqlDataSource.Create(supervisor.AdminConnectionString);
        standby = NpgsqlDataSource.Create(To(supervisor.AdminConnectionString, ports.Standby, "postgres"));
    }

    /// <summary>A database of its own, as it is found on each of the two.</summary>
    public async Task<(string Primary, string Standby)> NewAsync()
    {
        var name = $"replica_{++made}";
        await using var command = admin!.CreateCommand($"create database {name} owner chat");
        await command.ExecuteNonQueryAsync();
        var host = supervisor!.ConnectionString;
        return (To(host, ports.Primary, name), To(host, ports.Standby, name));
    }

    private static string To(string connection, int port, string database) =>
        new NpgsqlConnectionStringBuilder(connection)
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
        }.ConnectionString;

    /// <summary>What comes is kept and not taken in, until this is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldAsync()
    {
        await RunAsync("select pg_wal_replay_pause()");
        while (await AskAsync("select pg_get_wal_replay_pause_state()") is not "paused")
            await Task.Delay(5);
        return new Held(this);
    }

    /// <summary>Returns when it has all that the primary has.</summary>
    internal async Task FollowAsync(Scene scene)
    {
        var there = (await scene.RowsAsync("select pg_current_wal_lsn()"))[0];
        for (
            var since = Stopwatch.GetTimestamp();
            await AskAsync($"select pg_last_wal_replay_lsn() >= '{there}'") is not true;
            await Task.Delay(5)
        )
            Assert.True(Stopwatch.GetElapsedTime(since).TotalSeconds < 60, "the standby does not follow");
    }

    private Task RunAsync(string sql) => AskAsync(sql);

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = standby!.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private sealed class Held(StandbyFixture of) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await of.RunAsync("select pg_wal_replay_resume()");
    }

    public async Task DisposeAsync()
    {
        await admin!.DisposeAsync();
        await standby!.DisposeAsync();
        await supervisor!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
