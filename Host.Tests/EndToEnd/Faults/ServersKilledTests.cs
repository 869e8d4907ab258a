using Chat.Domain.Conversations;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>kill -9 of what the host stands on; the host goes on by itself.</summary>
[Collection(KillableChat.Collection)]
public sealed class ServersKilledTests(KillableChat chat, ITestOutputHelper output)
{
    private static int Kills => KillableChat.IsLong ? 100 : 4;

    [Fact]
    public async Task PostgreSQL_killed_under_load_loses_nothing()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        await GoesOnAsync(talkers, chat.KillPostgresAsync);
    }

    [Fact]
    public async Task Nats_server_killed_and_wiped_loses_nothing_and_everybody_comes_back()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        await GoesOnAsync(talkers, chat.WipeNatsAsync);
    }

    [Fact]
    public async Task All_of_it_killed_at_once_loses_nothing()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        talkers.Talk();
        await talkers.MoreAsync(50, 30);
        await Task.WhenAll(chat.KillHostAsync(), chat.KillPostgresAsync(), chat.WipeNatsAsync());
        await chat.StartHostAsync();
        await talkers.MoreAsync(50, 30);
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        await talkers.AreAllThereAsync();
    }

    [Fact]
    public async Task What_was_said_while_a_listener_was_cut_off_is_heard_in_the_silence_after()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        await talkers.SayOnceAsync(1);
        var saying = talkers.SayOnceAsync(2);
        await chat.WipeNatsAsync();
        await saying;
        output.WriteLine($"heard {(await talkers.IsToldAsync()).TotalSeconds:F1} s after the last was acknowledged");
        await talkers.AreAllThereAsync();
    }

    [Fact]
    public async Task A_host_that_cannot_reach_its_servers_says_which()
    {
        string[] noNats = ["--nats", "nats://127.0.0.1:1", "--postgres", chat.Servers.ConnectionString];
        await chat.KillHostAsync();
        var (code, words) = await ChatProcess.RunAsync([
            "up",
            "--data",
            chat.Folder,
            "--http-port",
            "0",
            "--sole",
            .. noNats,
        ]);
        Assert.Equal(1, code);
        Assert.Contains("nats-server at nats://127.0.0.1:1 does not let the host in", words, StringComparison.Ordinal);
        await chat.StartHostAsync();
        await using var mia = await chat.Door.GuestAsync("mia");
        await mia.CreateAsync(ConversationKind.Group, "back");
    }

    private async Task GoesOnAsync(Talkers talkers, Func<Task> kill)
    {
        var host = chat.Host.Id;
        var slowest = TimeSpan.Zero;
        talkers.Talk();
        for (var n = 0; n < Kills; n++)
        {
            await talkers.MoreAsync(50, 30);
            await kill();
            var took = await talkers.MoreAsync(50, 30);
            slowest = took > slowest ? took : slowest;
            await talkers.IsToldAsync();
        }
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        output.WriteLine(
            $"{talkers.Acknowledged} acknowledged; went on {slowest.TotalSeconds:F1} s after it was back, at most"
        );
        await talkers.AreAllThereAsync();
        Assert.Equal((host, false), (chat.Host.Id, chat.Host.HasExited));
    }
}
