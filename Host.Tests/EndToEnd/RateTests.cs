using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Whoever asks more than anybody may: a host with the rates that it has by itself.</summary>
public sealed class RateTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string folder = ChatUp.NewFolder();
    private ChatProcess? host;
    private Door? door;

    public async Task InitializeAsync()
    {
        var ports = Servers.FreePorts(3);
        host = await ChatProcess.UpAsync([.. ChatUp.Arguments(folder, ports), "--rates", "1"]);
        door = new Door($"nats://127.0.0.1:{ports[0]}", Operate.Secrets.LoadOrCreate(Path.Combine(folder, "secrets")));
    }

    public async Task DisposeAsync()
    {
        door?.Dispose();
        await host!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_floods_is_told_when_to_go_on_and_nobody_else_notices()
    {
        await using var eve = await door!.GuestAsync("eve");
        await using var mia = await door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", eve.Person);
        await using var raw = await RawRequests.OpenAsync(door, eve.Person);
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(n => SendAsync($"m{n}")));
        var done = answers.Count(answer => RawRequests.CodeOf(answer) is null);
        output.WriteLine($"{done} of 400 were taken");
        Assert.InRange(done, 200, 300);
        var refused = answers.First(answer => RawRequests.CodeOf(answer) is not null);
        var refusal = Must.Refuse(Decoding.Answer(refused.Payload, _ => true));
        Assert.Equal(("rate_limited", "rate.device"), (refusal.Code, refusal.Because[^1]));
        Assert.InRange(refusal.RetryAfterMs!.Value, 1, 60_000);
        await mia.SayAsync(group, "are you all right?");
        Assert.Equal(done + 1, (await mia.GetAsync(group)).Entry.Seq);
        // The client waits as it is told, by itself.
        await eve.SayAsync(group, "yes");

        Task<RawAnswer> SendAsync(string id) =>
            raw.AskAsync(
                raw.Subject("conversation", group.Value, "send"),
                RequestBodies.Of(new Command.SendMessage(Texts.Body("x"), null, []), ClientId.Of(id))
            );
    }

    [Fact]
    public async Task Who_guesses_finds_nothing_and_soon_may_ask_no_more()
    {
        await using var mia = await door!.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea");
        var eve = Door.NewPerson("eve");
        await using var raw = await RawRequests.OpenAsync(door, eve);
        string[] verbs = ["get", "history", "join", "members"];
        var answers = new List<string?>();
        for (var n = 0; n < 300; n++)
        {
            // What is there and not theirs, among what is not there: nothing tells them apart.
            var id = n % 10 == 0 ? group.Value : $"guess-{n}";
            var body = n % 4 == 2 ? RequestBodies.Of(new Command.Join(), ClientId.Of($"j{n}")) : [0x80];
            answers.Add(RawRequests.CodeOf(await raw.AskAsync(raw.Subject("conversation", id, verbs[n % 4]), body)));
        }
        Assert.All(answers, code => Assert.Contains(code, new[] { "not_found", "rate_limited" }));
        Assert.InRange(answers.Count(code => code == "not_found"), 100, 200);
        Assert.Equal("rate_limited", answers[^1]);
        await mia.SayAsync(group, "still here");
    }
}
