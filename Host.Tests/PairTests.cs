using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Host.Verbs;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>Two PostgreSQL servers in one folder, and how they are found.</summary>
public sealed class PairTests : IDisposable
{
    private readonly string folder = Servers.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_database_goes_from_one_server_to_two_and_back_wherever_its_primary_is()
    {
        var options = Servers.ClusterOptions(folder);
        await using (var alone = await Supervisor.StartAsync(options with { IsCluster = false }))
            await RunAsync(alone, "create table t (n int); insert into t values (1)");

        await using (var two = await Supervisor.StartAsync(options))
        {
            await RunAsync(two, "insert into t values (2)");
            Assert.True(Signals.Send(two.PostgresPid, Signal.Kill));
            // It waits for the new standby.
            await RunAsync(two, "insert into t values (3)");
            Assert.True(await Access.EventuallyAsync(() => two.Pair!.IsInSync, 30_000));
            Assert.Equal(
                ["serves", "serves", "serves", "standby, in sync", "primary"],
                two.States.Select(one => one.State)
            );
        }
        Assert.Equal("postgres-2", (await File.ReadAllTextAsync(Path.Combine(folder, "postgres.primary"))).Trim());

        await using (var alone = await Supervisor.StartAsync(options with { IsCluster = false }))
        {
            await RunAsync(alone, "insert into t values (4)");
            Assert.Equal(0L, await RunAsync(alone, "select count(*) from pg_replication_slots"));
        }

        await using (var two = await Supervisor.StartAsync(options))
            Assert.Equal(10L, await RunAsync(two, "select sum(n) from t"));

        // An empty database never takes the place of one that is gone.
        Directory.Delete(Path.Combine(folder, "postgres-2"), recursive: true);
        foreach (var isCluster in (bool[])[true, false])
        {
            var lost = options with { IsCluster = isCluster };
            var failure = await Assert.ThrowsAsync<StartFailure>(() => Supervisor.StartAsync(lost));
            Assert.Contains("postgres-2, and that folder is gone", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("postgres://chat:secret@one:1/talk", "Host=one;Port=1;Database=talk;Username=chat;Password=secret")]
    [InlineData("postgres://chat@one", "Host=one;Port=5432;Database=chat;Username=chat")]
    [InlineData("postgresql://chat@one,two:2/talk", "Host=one,two:2;Port=5432;Database=talk;Username=chat")]
    [InlineData("Host=one,two", "Host=one,two")]
    public void Addresses_are_read_as_people_write_them(string given, string read) =>
        Assert.True(
            new NpgsqlConnectionStringBuilder(read).EquivalentTo(
                new NpgsqlConnectionStringBuilder(PostgresUrl.Read(given))
            )
        );

    [Fact]
    public void What_is_no_address_is_named() => Assert.Throws<StartFailure>(() => PostgresUrl.Read("http://one,two/"));

    private static async Task<object?> RunAsync(Supervisor supervisor, string sql)
    {
        await using var source = Database.SourceOf(new(supervisor.ConnectionString) { Pooling = false });
        for (var tries = 0; ; tries++)
        {
            NpgsqlConnection connection;
            try
            {
                connection = await source.OpenConnectionAsync();
            }
            catch (NpgsqlException) when (tries < 100)
            {
                // Nobody has been promoted yet.
                await Task.Delay(100);
                continue;
            }
            await using (connection)
            await using (var command = new NpgsqlCommand(sql, connection))
                return await command.ExecuteScalarAsync();
        }
    }
}
