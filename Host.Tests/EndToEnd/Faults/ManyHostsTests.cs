using System.Diagnostics;
using Chat.Host.Operate;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>Several hosts, each a process of its own, on one nats-server and one database.</summary>
[Collection(KillableChat.Collection)]
public sealed class ManyHostsTests(KillableChat chat, ITestOutputHelper output)
{
    private const int Term = 15;

    [Fact]
    public async Task They_share_what_there_is_and_one_that_comes_goes_or_dies_costs_nobody_anything()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door, 6, 12);
        talkers.Talk();
        await talkers.MoreAsync(50, 30);

        await using var second = await JoinAsync("host-2");
        await ShareAsync("host-1", "host-2");
        await talkers.MoreAsync(200, 30);
        await using var third = await JoinAsync("host-3");
        await ShareAsync("host-1", "host-2", "host-3");
        await talkers.MoreAsync(200, 30);
        await talkers.IsToldAsync();

        second.Send(Term);
        Assert.Equal(0, await second.EndsAsync());
        await ShareAsync("host-1", "host-3");
        await talkers.MoreAsync(200, 30);

        await third.KillAsync();
        var since = Stopwatch.GetTimestamp();
        await ShareAsync("host-1");
        output.WriteLine($"taken over {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s after the kill");
        await talkers.MoreAsync(200, 30);
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        output.WriteLine($"{talkers.Acknowledged} acknowledged");
        await talkers.AreAllThereAsync();
    }

    private Task<ChatProcess> JoinAsync(string name) =>
        ChatProcess.UpAsync([.. chat.Arguments, "--name", name, "--no-demo"]);

    // All is theirs, and each has as much as any other.
    private async Task ShareAsync(params string[] hosts)
    {
        await using var database = NpgsqlDataSource.Create(chat.Servers.ConnectionString);
        var now = new Dictionary<string, long>();
        await Eventually.HoldsAsync(
            () =>
            {
                now.Clear();
                using var command = database.CreateCommand(
                    "select host, count(*) from chat.chat_buckets group by host"
                );
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    now.Add(reader.GetString(0), reader.GetInt64(1));
                return now.Keys.Order().SequenceEqual(hosts)
                    && now.Values.Sum() == Protocol.Routing.Buckets
                    && now.Values.Max() - now.Values.Min() <= 1;
            },
            $"{string.Join(", ", hosts)} share the buckets",
            20
        );
    }
}
