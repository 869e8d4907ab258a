using System.Net.WebSockets;
using System.Text;
using NATS.Client.Core;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>What a client may do, and what not, against a real server.</summary>
[Collection(Servers.Collection)]
public sealed class AccessTests(Servers servers) : IAsyncLifetime
{
    private Access _access = null!;

    public async Task InitializeAsync() => _access = await Access.StartAsync(servers);

    public async Task DisposeAsync() => await _access.DisposeAsync();

    public static TheoryData<string> ForeignPublishes =>
        [
            "chat.v1.req.bob.phone.conversation.c.send",
            "chat.v1.req.ann.laptop.conversation.c.send",
            "chat.v1.req.ann.phone",
            "chat.v1.evt.ann.conversation.c",
            "chat.v1.eph.ann.sync.heads",
            "chat.v1.inbox.ann.phone.x",
            "chat.v1.inbox.bob.phone.x",
            "chat.int.bucket.1",
            "anything",
            "_INBOX.x",
            "$JS.API.INFO",
            "$SYS.REQ.SERVER.PING",
            "$SYS.REQ.USER.AUTH",
            "$SYS.REQ.USER.INFO",
            "$SYS.REQ.ACCOUNT.APP.CONNZ",
            "$SRV.PING",
            "$KV.b.k",
        ];

    public static TheoryData<string> ForeignSubscriptions =>
        [
            ">",
            "*",
            "chat.>",
            "chat.v1.>",
            "chat.v1.evt.>",
            "chat.v1.evt.*.>",
            "chat.v1.evt.bob.>",
            "chat.v1.eph.bob.typing.c",
            "chat.v1.req.ann.phone.>",
            "chat.v1.req.>",
            "chat.v1.inbox.>",
            "chat.v1.inbox.ann.>",
            "chat.v1.inbox.ann.*.>",
            "chat.v1.inbox.ann.laptop.>",
            "chat.v1.inbox.bob.phone.>",
            "chat.v1.*.ann.>",
            "chat.int.>",
            "_INBOX.>",
            "_INBOX.abc",
            "_R_.>",
            "$SYS.>",
            "$SYS.ACCOUNT.APP.CONNECT",
            "$JS.>",
            "$SRV.>",
        ];

    [Theory]
    [MemberData(nameof(ForeignPublishes))]
    public async Task Publishing_elsewhere_is_refused(string subject)
    {
        await using var heard = await _access.App.SubscribeCoreAsync<byte[]>(subject);
        await _access.App.PingAsync();
        await using var client = await _access.ConnectRawAsync("ann", "phone");
        var answers = await client.PublishAsync(subject, "x");
        Assert.Contains("Permissions Violation for Publish", Assert.Single(answers), StringComparison.Ordinal);
        await _access.App.PingAsync();
        Assert.False(heard.Msgs.TryRead(out _));
    }

    [Theory]
    [MemberData(nameof(ForeignSubscriptions))]
    public async Task Subscribing_elsewhere_is_refused(string subject)
    {
        await using var client = await _access.ConnectRawAsync("ann", "phone");
        Assert.Contains(
            "Permissions Violation for Subscription",
            Assert.Single(await client.SayAsync($"SUB {subject} 1")),
            StringComparison.Ordinal
        );
        await _access.App.PublishAsync(subject.Replace('*', 'x').Replace(">", "x", StringComparison.Ordinal), "x");
        await _access.App.PingAsync();
        Assert.Empty(await client.SayAsync("PING"));
    }

    [Theory]
    [InlineData("chat.v1.evt.ann.>")]
    [InlineData("chat.v1.eph.ann.>")]
    [InlineData("chat.v1.inbox.ann.phone.>")]
    public async Task Own_subjects_are_allowed_but_not_as_a_queue(string subject)
    {
        await using var client = await _access.ConnectRawAsync("ann", "phone");
        var answers = await client.SayAsync($"SUB {subject} q 1");
        Assert.Contains("Permissions Violation for Subscription", Assert.Single(answers), StringComparison.Ordinal);
        Assert.Empty(await client.SayAsync($"SUB {subject} 2"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_asks_and_is_told(bool web)
    {
        await using var served = await _access.App.SubscribeCoreAsync<string>("chat.v1.req.>");
        await _access.App.PingAsync();
        await using var client = await _access.ConnectAsync("ann", "phone", web);
        await using var events = await client.SubscribeCoreAsync<string>("chat.v1.evt.ann.>");
        var asking = client.RequestAsync<string, string>("chat.v1.req.ann.phone.sync.-.resume", "hello").AsTask();
        var question = await served.Msgs.ReadAsync();
        Assert.StartsWith("chat.v1.inbox.ann.phone.", question.ReplyTo, StringComparison.Ordinal);
        await question.ReplyAsync("welcome");
        Assert.Equal("welcome", (await asking).Data);
        await _access.App.PublishAsync("chat.v1.evt.ann.conversation.c", "event");
        Assert.Equal("event", (await events.Msgs.ReadAsync()).Data);
    }

    [Fact]
    public async Task A_forged_reply_is_not_stopped_by_the_server_and_has_to_be_by_the_host()
    {
        // The permission is on where it is sent, not on the reply it names: Ingress drops replies outside the own
        // inbox.
        await using var served = await _access.App.SubscribeCoreAsync<string>("chat.v1.req.>");
        await _access.App.PingAsync();
        await using var client = await _access.ConnectRawAsync("ann", "phone");
        Assert.Empty(await client.PublishAsync("chat.v1.req.ann.phone.sync.-.resume", "x", "chat.v1.evt.bob.x"));
        Assert.Equal("chat.v1.evt.bob.x", (await served.Msgs.ReadAsync()).ReplyTo);
    }

    [Fact]
    public async Task Sixteen_subscriptions_and_no_more()
    {
        await using var modest = await _access.ConnectRawAsync("ann", "phone");
        await using var greedy = await _access.ConnectRawAsync("ann", "laptop");
        for (var i = 0; i < 17; i++)
        {
            Assert.Empty(await greedy.SayAsync($"SUB chat.v1.evt.ann.a{i} {i}"));
            Assert.Empty(i < 16 ? await modest.SayAsync($"SUB chat.v1.evt.ann.a{i} {i}") : []);
        }

        // The server lets it: the limit in the JWT is not enforced behind a callout. The day this fails it is, and
        // all the better.
        await _access.Sessions.RefreshAsync();
        Assert.Empty(await modest.SayAsync("PING"));
        Assert.True(await greedy.IsClosedAsync());
    }

    [Fact]
    public async Task A_quarter_of_a_megabyte_and_no_more()
    {
        // 64 KiB is the contract's limit for requests, and the host's to refuse: see above.
        await using var client = await _access.ConnectRawAsync("ann", "phone");
        Assert.Empty(await client.PublishAsync("chat.v1.req.ann.phone.message.m.send", new string('x', 256 * 1024)));
        var answers = await client.PublishAsync(
            "chat.v1.req.ann.phone.message.m.send",
            new string('x', (256 * 1024) + 1)
        );
        Assert.Contains("Maximum Payload Violation", string.Join('\n', answers), StringComparison.Ordinal);
        Assert.True(await client.IsClosedAsync());
    }

    [Theory]
    [InlineData("http://127.0.0.1:4700", true)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_our_pages_may_open_a_websocket(string origin, bool open)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        var failed = await Record.ExceptionAsync(() => socket.ConnectAsync(new Uri(servers.WebSocketUrl), default));
        Assert.Equal(open, failed is null);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"user":"chat-host","pass":"guess"}""")]
    [InlineData("""{"user":"chat-system","pass":""}""")]
    [InlineData("""{"auth_token":""}""")]
    [InlineData("""{"auth_token":"a.b.c"}""")]
    [InlineData("""{"jwt":"a.b.c","sig":"x","nkey":"U"}""")]
    public async Task Nobody_comes_in_without_a_token(string connect)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync("127.0.0.1", new Uri(servers.NatsUrl).Port);
        await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"CONNECT {connect}\r\nPING\r\n"));
        var said = await new StreamReader(tcp.GetStream()).ReadToEndAsync();
        Assert.Contains("Authorization Violation", said, StringComparison.Ordinal);
        Assert.DoesNotContain("PONG", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        var token = _access.Issuer.Issue("eve", "phone", TimeSpan.FromSeconds(2));
        await using var client = await RawClient.ConnectAsync(servers.NatsUrl, token);
        string? line;
        var last = "";
        while ((line = await client.ReadLineAsync()) is not null)
        {
            last = line;
        }

        Assert.Contains("User Authentication Expired", last, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(servers.NatsUrl, token));
    }
}
