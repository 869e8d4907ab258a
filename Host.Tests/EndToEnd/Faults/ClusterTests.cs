using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>A node of each cluster killed under load: nothing lost, doubled or moved, and back in 30 s.</summary>
[Collection(KillableCluster.Collection)]
public sealed class ClusterTests(KillableCluster chat, ITestOutputHelper output)
{
    private const double BackWithin = 30;

    private static int Kills => KillableChat.IsLong ? 30 : 1;

    [Fact]
    public Task Any_nats_server_may_die() =>
        GoesOnAsync(async talkers =>
        {
            for (var which = 0; which < KillableCluster.NatsServers; which++)
            {
                var killed = chat.KillNatsAsync(which);
                await BackAsync(talkers, $"nats-server {which + 1}");
                await killed;
                await talkers.IsToldAsync();
            }
        });

    [Fact]
    public Task The_standby_follows_a_primary_that_dies() =>
        GoesOnAsync(async talkers =>
        {
            var killed = chat.KillPrimary();
            await BackAsync(talkers, "the primary");
            await chat.IsWholeAsync(killed);
        });

    [Fact]
    public Task A_standby_that_dies_is_waited_for() =>
        GoesOnAsync(async talkers =>
        {
            var killed = chat.KillStandby();
            await BackAsync(talkers, "the standby");
            await chat.IsWholeAsync(killed);
        });

    [Fact]
    public Task Both_may_die_at_once() =>
        GoesOnAsync(async talkers =>
        {
            int[] killed = [chat.KillStandby(), chat.KillPrimary()];
            await BackAsync(talkers, "both");
            await chat.IsWholeAsync(killed);
        });

    [Fact]
    public Task What_the_standby_does_not_have_is_not_acknowledged_and_so_not_lost() =>
        GoesOnAsync(async talkers =>
        {
            using var cut = await chat.CutStandbyOffAsync();
            // What was acknowledged on the way here is counted by then.
            await Task.Delay(300);
            var before = talkers.Acknowledged;
            await Task.Delay(1_000);
            Assert.Equal(before, talkers.Acknowledged);
            var killed = chat.KillPrimary();
            await BackAsync(talkers, "the primary, ahead of its standby");
            await chat.IsWholeAsync(killed);
        });

    private async Task BackAsync(Talkers talkers, string who)
    {
        // More than what may still have been on its way when it was killed.
        var took = await talkers.MoreAsync(100, BackWithin);
        output.WriteLine($"{who}: 100 more {took.TotalSeconds:F1} s after the kill");
    }

    private async Task GoesOnAsync(Func<Talkers, Task> befall)
    {
        var hosts = chat.Hosts.Select(host => host.Id).ToList();
        try
        {
            await TalkAsync(befall);
        }
        catch
        {
            output.WriteLine(chat.Said);
            throw;
        }
        Assert.Equal(hosts.Select(id => (id, false)), chat.Hosts.Select(host => (host.Id, host.HasExited)));
    }

    private async Task TalkAsync(Func<Talkers, Task> befall)
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        talkers.Talk();
        for (var n = 0; n < Kills; n++)
        {
            await talkers.MoreAsync(50, BackWithin);
            await befall(talkers);
            await talkers.IsToldAsync();
        }
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        await talkers.AreAllThereAsync();
        output.WriteLine($"{talkers.Acknowledged} acknowledged");
    }
}
