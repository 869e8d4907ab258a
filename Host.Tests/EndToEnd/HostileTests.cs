using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>A client of nobody's making, against a whole host.</summary>
[Collection(ChatUp.Collection)]
public sealed class HostileTests(ChatUp chat, ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_is_published_or_heard_beyond_ones_own()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var eve = Door.NewPerson("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "private");
        await using var wire = await RawClient.ConnectAsync(chat.Door.Url, chat.Door.TokenOf(eve));
        foreach (var subject in Foreign(mia.Person, group))
            Assert.Contains(
                "Permissions Violation for Publish",
                Assert.Single(await wire.PublishAsync(subject, "x")),
                StringComparison.Ordinal
            );
        string[] subscriptions =
        [
            ">",
            "*.>",
            "chat.>",
            "chat.v1.evt.>",
            "chat.v1.*.*.>",
            "chat.int.>",
            "$SYS.>",
            "$JS.>",
            "_INBOX.>",
            "$SRV.>",
        ];
        string[] own =
        [
            $"chat.v1.evt.{mia.Person}.>",
            Subjects.AllRequests,
            $"chat.v1.evt.{eve}.> queue",
            $"chat.v1.req.{eve}.phone.>",
        ];
        foreach (var subject in subscriptions.Concat(own))
            Assert.Contains(
                "Permissions Violation for Subscription",
                Assert.Single(await wire.SayAsync($"SUB {subject} 1")),
                StringComparison.Ordinal
            );
        await mia.SayAsync(group, "unheard");
        await mia.HearsAsync(group, 2);
        Assert.Empty(await wire.SayAsync("PING"));
        Assert.Equal(2, (await mia.GetAsync(group)).Entry.Version);
    }

    private static IEnumerable<string> Foreign(PersonId mia, ConversationId group) =>
        [
            $"chat.v1.req.{mia}.phone.conversation.{group}.send",
            $"chat.v1.evt.{mia}.conversation.{group}",
            $"chat.v1.eph.{mia}.sync.heads",
            $"chat.v1.inbox.{mia}.phone.raw.1",
            "chat.int.bucket.1",
            $"chat.int.import.{mia}.phone.conversation.{group}.send",
            "$SYS.REQ.USER.AUTH",
            "$SYS.REQ.SERVER.PING",
            "$JS.API.INFO",
            "$SRV.STATS",
            "_INBOX.x",
        ];

    [Fact]
    public async Task A_reply_that_is_not_ones_own_is_not_answered_and_nothing_changes()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await eve.CreateAsync(ConversationKind.Group, "deputy", mia.Person);
        await using var inside = await chat.Door.InsideAsync();
        await using var heard = await inside.SubscribeCoreAsync<byte[]>(">");
        await inside.PingAsync();
        await using var wire = await RawClient.ConnectAsync(chat.Door.Url, chat.Door.TokenOf(eve.Person));
        var forged = Replies(eve.Person, mia.Person, group).ToList();
        var send = $"chat.v1.req.{eve.Person}.phone.conversation.{group}.send";
        var get = $"chat.v1.req.{eve.Person}.phone.conversation.{group}.get";
        foreach (var (reply, index) in forged.Select((reply, index) => (reply, index)))
        {
            var body = System.Text.Encoding.Latin1.GetString(
                RequestBodies.Of(Send("forged"), ClientId.Of($"f{index}"))
            );
            Assert.Empty(await wire.PublishAsync(send, body, reply));
            Assert.Empty(await wire.PublishAsync(get, "", reply));
        }
        // What came before it was taken before it: one connection, one order, one stream.
        Assert.Equal(2, (await eve.SayAsync(group, "honest")).Version);
        await mia.HearsAsync(group, 2);
        await eve.GetAsync(group);
        await inside.PingAsync();
        while (heard.Msgs.TryRead(out var message))
            Assert.DoesNotContain(message.Subject, forged.Where(reply => reply.Length > 0));
        Assert.Equal(["honest"], (await eve.HistoryAsync(group)).Messages.Select(Texts.Said));
    }

    private static IEnumerable<string> Replies(PersonId eve, PersonId mia, ConversationId group) =>
        [
            "",
            $"chat.v1.inbox.{mia}.phone.x",
            $"chat.v1.inbox.{eve}.laptop.x",
            $"chat.v1.inbox.{eve}.phone",
            $"chat.v1.inbox.{eve}.phone.",
            $"chat.v1.inbox.{eve}.phone.a..b",
            $"chat.v1.inbox.{eve}.phone.*",
            $"chat.v1.inbox.{eve}.phone.>",
            $"chat.v1.inbox.{eve}.phone.{new string('x', 600)}",
            $"chat.v1.evt.{mia}.conversation.nowhere",
            $"chat.v1.evt.{eve}.conversation.nowhere",
            $"chat.v1.eph.{mia}.sync.heads",
            $"chat.v1.req.{mia}.phone.conversation.{group}.leave",
            $"chat.int.import.{mia}.phone.conversation.{group}.leave",
            "chat.int.bucket.1",
            "$SYS.REQ.SERVER.PING",
            "$SRV.PING",
            "_INBOX.x",
            ">",
            "*",
        ];

    private static readonly string[] Parts =
    [
        .. (string[])["chat", "v1", "int", "req", "evt", "eph", "inbox", "import", "bucket", "conversation", "person"],
        .. (string[])["friend", "sync", "send", "leave", "heads", "phone", "raw", "*", ">", "$SYS", "$JS", "$SRV"],
        .. (string[])["$G", "_INBOX", "REQ", "API", "", "é", "\u202e", "%2e", "..", "\\", new string('x', 300)],
    ];

    // Mostly like something that there is, so that it gets as far as it can.
    private static string Subject(Random random, PersonId eve, PersonId mia, ConversationId group)
    {
        string[] parts = [.. Parts, eve.Value, mia.Value, group.Value];
        string Some() => parts[random.Next(parts.Length)];
        var begun = random.Next(4) switch
        {
            0 => new List<string> { "chat", "v1", Some(), mia.Value, "phone", "conversation", group.Value, "send" },
            1 => ["chat", "v1", Some(), eve.Value, "phone", "conversation", group.Value, Some()],
            2 => ["chat", "v1", Some(), mia.Value, "conversation", group.Value],
            _ => [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Some())],
        };
        for (var n = random.Next(3); n > 0; n--)
            begun[random.Next(begun.Count)] = Some();
        return string.Join('.', begun);
    }

    [Fact]
    public async Task Whatever_the_subject_nobody_else_is_told_anything()
    {
        const int AtOnce = 250;
        var (seed, rounds) = (Random.Shared.Next(), ResumeTests.IsLong ? 400 : 20);
        output.WriteLine($"seed {seed}, {rounds * AtOnce} subjects");
        var random = new Random(seed);
        await using var mia = await chat.Door.GuestAsync("mia");
        var eve = Door.NewPerson("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "private");
        await using var inside = await chat.Door.InsideAsync();
        await using var heard = await inside.SubscribeCoreAsync<byte[]>(">");
        await inside.PingAsync();
        await using var wire = await RawClient.ConnectAsync(chat.Door.Url, chat.Door.TokenOf(eve));
        for (var round = 0; round < rounds; round++)
        {
            var all = Enumerable.Range(0, AtOnce).Select(_ => Subject(random, eve, mia.Person, group)).ToList();
            var said = all.Select(subject => $"PUB {subject} {Subject(random, eve, mia.Person, group)} 1\r\nx");
            await wire.SayAsync(string.Join("\r\n", said.Where(line => line.Split(' ').All(part => part.Length > 0))));
            await inside.PingAsync();
            // What hosts tell each other meanwhile of people of other tests is none of it.
            while (heard.Msgs.TryRead(out var message))
                Assert.True(
                    message.Subject.Contains(eve.Value, StringComparison.Ordinal)
                        || !message.Subject.StartsWith("chat.", StringComparison.Ordinal)
                        || (IsBetweenHosts(message.Subject) && message.Data is not [(byte)'x']),
                    $"{message.Subject} was heard; seed {seed}"
                );
        }
        await mia.ArrivedAsync();
        Assert.Equal(1, (await mia.GetAsync(group)).Entry.Version);
        Assert.Equal([1L], mia.Heard(group).Select(seen => seen.Version).Distinct());
    }

    private static Command Send(string text) => new Command.SendMessage(Texts.Body(text), null, []);

    private static bool IsBetweenHosts(string subject) => subject.StartsWith("chat.int.", StringComparison.Ordinal);
}
