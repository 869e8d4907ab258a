using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.Host.Nats;
using Chat.Host.Operate;
using NATS.Client.Core;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests;

/// <summary>Servers that start, die, are left behind, or cannot start.</summary>
public sealed class SupervisorTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Servers.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_written_is_there_after_every_kind_of_end()
    {
        var options = Servers.NewOptions(_folder);
        await using (var first = await TimedAsync("first start", options))
        {
            await ExecuteAsync(first, "create table t (n int); insert into t values (1)");
            await KillAsync(first.PostgresPid, () => first.PostgresPid);
            await ExecuteAsync(first, "insert into t values (2)");
            await KillAsync(first.NatsPid, () => first.NatsPid);
            await using var nats = new NatsConnection(Connections.App(first.NatsUrl, first.Secrets));
            await nats.ConnectAsync();
        }

        await using var second = await TimedAsync("second start", options);
        Assert.Equal(3L, await ExecuteAsync(second, "select sum(n) from t"));
        Assert.Equal("on", await ExecuteAsync(second, "show data_checksums"));
        Assert.Equal("on", await ExecuteAsync(second, "show fsync"));
        Assert.Equal("on", await ExecuteAsync(second, "show synchronous_commit"));
        Assert.Equal("127.0.0.1", await ExecuteAsync(second, "show listen_addresses"));
        Assert.Equal(false, await ExecuteAsync(second, "select rolsuper from pg_roles where rolname = current_user"));
    }

    [Fact]
    public async Task A_folder_serves_one_chat()
    {
        await using var one = await Supervisor.StartAsync(Servers.NewOptions(_folder));
        var failure = await Assert.ThrowsAsync<StartFailure>(() => Supervisor.StartAsync(Servers.NewOptions(_folder)));
        Assert.Contains("already using", failure.Message, StringComparison.Ordinal);
        await ExecuteAsync(one, "select 1");
    }

    [Fact]
    public async Task Servers_that_a_killed_host_left_behind_are_stopped_first()
    {
        var options = Servers.NewOptions(_folder);
        await using (await Supervisor.StartAsync(options)) { }

        // As a host without the parent-death signal would leave them: running, with nobody above them.
        var (postgres, _) = await Binaries.PostgresAsync();
        var data = Path.Combine(_folder, "postgres");
        var user = await PostgresUser.ForAsync(data, default);
        using var orphan = await StartAsync([.. user.Prefix, Path.Combine(postgres, "postgres"), "-D", data]);
        var server = await Binaries.NatsServerAsync(options.NatsServer);
        using var nats = await StartAsync([server, "-c", Path.Combine(_folder, "nats", "nats.conf")]);
        Assert.True(await Access.EventuallyAsync(() => File.Exists(Path.Combine(data, "postmaster.pid")), 10_000));
        Assert.True(await Access.EventuallyAsync(() => File.Exists(Path.Combine(_folder, "nats", "nats.pid")), 10_000));
        await using var next = await TimedAsync("start over leftovers", options);
        Assert.True(orphan.WaitForExit(1000));
        Assert.True(nats.WaitForExit(1000));
        await ExecuteAsync(next, "select 1");
    }

    [Fact]
    public async Task Ports_in_use_are_named()
    {
        foreach (var which in new[] { 0, 1, 2 })
        {
            var options = Servers.NewOptions(_folder);
            var port = new[] { options.NatsPort, options.WebSocketPort, options.PostgresPort }[which];
            using var other = new TcpListener(IPAddress.Loopback, port);
            other.Start();
            var failure = await Assert.ThrowsAsync<StartFailure>(() => Supervisor.StartAsync(options));
            Assert.Contains($"Port {port}", failure.Message, StringComparison.Ordinal);
            output.WriteLine(failure.ToString());
        }
    }

    [Fact]
    public async Task Missing_and_old_servers_are_named()
    {
        var options = Servers.NewOptions(_folder);
        var old = Script("nats-old", "echo 'nats-server: v2.10.27'");
        foreach (
            var wrong in new[]
            {
                options with
                {
                    NatsServer = "/nowhere/nats-server",
                },
                options with
                {
                    NatsServer = old,
                },
                options with
                {
                    PostgresPrograms = "/nowhere",
                },
            }
        )
        {
            var failure = await Assert.ThrowsAsync<StartFailure>(() => Supervisor.StartAsync(wrong));
            output.WriteLine(failure.ToString());
        }
    }

    [Theory]
    [InlineData("nats-server: v2.15.1", true)]
    [InlineData("nats-server: v2.14.3", true)]
    [InlineData("nats-server: v3.0.0", true)]
    [InlineData("nats-server: v2.12.12", true)]
    [InlineData("nats-server: v2.14.2", false)]
    [InlineData("nats-server: v2.13.9", false)]
    [InlineData("nats-server: v2.12.11", false)]
    [InlineData("nats-server: v2.9.10", false)]
    [InlineData("something else", false)]
    public void Versions_are_compared_as_numbers(string answer, bool safe) =>
        Assert.Equal(safe, Binaries.IsSafeNats(answer));

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        var failure = await Assert.ThrowsAsync<StartFailure>(() =>
            Supervisor.StartAsync(Servers.NewOptions(_folder) with { Folder = Path.Combine(file, "data") })
        );
        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ends_at_once_is_quoted_and_leaves_nothing_running()
    {
        var options = Servers.NewOptions(_folder);
        var broken = Script(
            "nats-broken",
            "case $1 in --version) echo v2.15.1;; *) echo 'no luck today'; exit 1;; esac"
        );
        var failure = await Assert.ThrowsAsync<StartFailure>(() =>
            Supervisor.StartAsync(options with { NatsServer = broken })
        );
        Assert.Contains("no luck today", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "postgres", "postmaster.pid")));
        await using var fine = await Supervisor.StartAsync(options);
    }

    [Fact]
    public async Task Secrets_stay_and_are_for_nobody_else()
    {
        var folder = Path.Combine(_folder, "secrets");
        var secrets = Secrets.LoadOrCreate(folder);
        Assert.Equal(secrets, Secrets.LoadOrCreate(folder));
        Assert.DoesNotContain(secrets.AppPassword, secrets.ToString(), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal("600", Mode(file)));
        Assert.Equal("700", Mode(folder));
        await File.WriteAllTextAsync(Path.Combine(folder, "issuer.seed"), "");
        Assert.Throws<StartFailure>(() => Secrets.LoadOrCreate(folder));
    }

    private async Task<Supervisor> TimedAsync(string what, SupervisorOptions options)
    {
        var since = Stopwatch.GetTimestamp();
        var supervisor = await Supervisor.StartAsync(options);
        output.WriteLine($"{what}: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms");
        return supervisor;
    }

    private async Task KillAsync(int pid, Func<int> now)
    {
        var since = Stopwatch.GetTimestamp();
        Assert.True(Signals.Send(pid, Signal.Kill));
        Assert.True(await Access.EventuallyAsync(() => now() is not 0 and var other && other != pid, 10_000));
        output.WriteLine($"another process after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms");
    }

    private static async Task<object?> ExecuteAsync(Supervisor supervisor, string sql)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(supervisor.ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(sql, connection);
                return await command.ExecuteScalarAsync();
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static Task<Process> StartAsync(IReadOnlyList<string> command) =>
        Launcher.StartAsync(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true });

    private string Script(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static string Mode(string path) =>
        OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
