using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>kill -9 of the host.</summary>
[Collection(KillableChat.Collection)]
public sealed class HostKilledTests(KillableChat chat, ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_under_load_it_loses_nothing_and_doubles_nothing()
    {
        var (seed, kills) = (KillableChat.Seed, KillableChat.IsLong ? 1_000 : 4);
        output.WriteLine($"CHAT_SEED={seed}, {kills} kills");
        var random = new Random(seed);
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        talkers.Talk();
        var slowest = TimeSpan.Zero;
        for (var kill = 0; kill < kills; kill++)
        {
            await talkers.MoreAsync(1 + random.Next(100), 30);
            await chat.KillHostAsync();
            await chat.StartHostAsync();
            var took = await talkers.IsToldAsync();
            slowest = took > slowest ? took : slowest;
        }
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        output.WriteLine(
            $"{talkers.Acknowledged} acknowledged; "
                + $"all was heard {slowest.TotalSeconds:F1} s after the host was back, at most"
        );
        await talkers.AreAllThereAsync();
    }

    [Fact]
    public async Task Killed_between_commit_and_publish_it_tells_everybody_when_it_is_back()
    {
        var (seed, kills) = (KillableChat.Seed, KillableChat.IsLong ? 200 : 3);
        output.WriteLine($"CHAT_SEED={seed}, {kills} kills");
        var random = new Random(seed);
        await using var talkers = await Talkers.GatherAsync(chat.Door);
        await using var wire = await chat.Door.WireAsync(talkers.Speaker);
        await using var answers = await wire.SubscribeCoreAsync<byte[]>(Inbox(talkers.Speaker) + ".*");
        var (untold, slowest) = (0, TimeSpan.Zero);
        for (var kill = 0; kill < kills; kill++)
        {
            // The first answer says that a batch is committed; the next is under way then. Nobody waits for the rest,
            // and nobody tries again: after the kill there is silence.
            for (var n = 0; n < 200; n++)
                await ThrowAsync(wire, talkers.Speaker, talkers.Conversations[n % talkers.Conversations.Count]);
            await answers.Msgs.ReadAsync();
            await Task.Delay(random.Next(12));
            await chat.KillHostAsync();
            // What it had published has been heard by then.
            await Task.Delay(500);
            while (answers.Msgs.TryRead(out _)) { }
            var held = talkers.Conversations.Sum(talkers.Held);
            await chat.StartHostAsync();
            var took = await talkers.IsToldAsync();
            untold += talkers.Conversations.Sum(talkers.Held) > held ? 1 : 0;
            slowest = took > slowest ? took : slowest;
        }
        output.WriteLine(
            $"{untold} times something was committed that was not heard; told {slowest.TotalSeconds:F1} s after"
        );
        Assert.True(untold > 0, "no kill met the moment between commit and publish");
    }

    [Fact]
    public async Task Whoever_follows_a_killed_host_waits_for_its_lease()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door, 2, 2);
        await talkers.SayOnceAsync(1);
        await chat.KillHostAsync();
        var saying = talkers.SayOnceAsync(2);
        await chat.StartHostAsync(isSole: false);
        await saying;
        await talkers.IsToldAsync();
        await talkers.AreAllThereAsync();
    }

    [Fact]
    public async Task A_second_host_of_the_same_name_is_refused()
    {
        var (code, words) = await ChatProcess.RunAsync(["up", .. chat.Arguments]);
        Assert.Equal(1, code);
        Assert.Contains("Another host named host-1 is running on this database.", words, StringComparison.Ordinal);
        await using var mia = await chat.Door.GuestAsync("mia");
        await mia.CreateAsync(ConversationKind.Group, "still here");
    }

    private static string Inbox(PersonId person) => Subjects.Inbox(person, DeviceId.Of(Door.Device));

    private static ValueTask ThrowAsync(NatsConnection wire, PersonId by, ConversationId where) =>
        wire.PublishAsync(
            Subjects.Request(by, DeviceId.Of(Door.Device), "conversation", where.Value, "send"),
            RequestBodies.Of(new Command.SendMessage(Texts.Body("thrown"), null, []), Chat.Client.ChatClient.NewId()),
            replyTo: Inbox(by) + ".nobody"
        );
}
