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

    /// <summary>
    /// So many guesses by so many people, each within what anybody may: what is there and not theirs is answered, to
    /// the byte, as what is not there.
    /// </summary>
    [Fact]
    public async Task Whoever_guesses_what_is_there_and_what_is_not_look_alike()
    {
        const int Each = 96;
        var guessers = ResumeTests.IsLong ? 1_050 : 20;
        output.WriteLine($"{guessers * Each} guesses by {guessers} people");
        await using var mia = await door!.GuestAsync("mia");
        await using var tom = await door.GuestAsync("tom");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tom.Person);
        await mia.SayAsync(group, "hush");
        var link = LinkId.Of("a-link-that-is-hard-to-guess");
        await mia.DoAsync(group, new Command.MakeLink(link, null, null, []));
        var answers = new Dictionary<string, HashSet<string>>();
        for (var n = 0; n < guessers; n++)
        {
            await using var raw = await RawRequests.OpenAsync(door, Door.NewPerson("eve"));
            var asked = Enumerable.Range(0, Each).Select(guess => GuessAsync(raw, group, guess));
            foreach (var (what, answer) in await Task.WhenAll(asked))
                answers[what] = [answer, .. answers.GetValueOrDefault(what, [])];
        }
        foreach (var (what, different) in answers)
            Assert.True(
                different.Count == 1,
                $"{what} is answered in {different.Count} ways: {string.Join(' ', different)}"
            );
        Assert.Equal(2, (await mia.GetAsync(group)).MemberCount);
    }

    private static async Task<(string What, string Answer)> GuessAsync(RawRequests raw, ConversationId group, int guess)
    {
        var id = guess % 3 == 0 ? group.Value : $"c{Guid.NewGuid():N}";
        var client = ClientId.Of($"g{guess}");
        var (verb, body) = (guess / 3 % 8) switch
        {
            0 => ("get", (byte[])[0x80]),
            1 => ("history", [0x80]),
            2 => ("members", [0x80]),
            3 => ("join", RequestBodies.Of(new Command.Join(), client)),
            4 => ("join", RequestBodies.Of(new Command.Join(LinkId.Of($"another-link-{guess:0000}")), client)),
            5 => ("send", RequestBodies.Of(new Command.SendMessage(Texts.Body("x"), null, []), client)),
            6 => ("react", RequestBodies.Of(new Command.React(1, Texts.Emoji("+1")), client)),
            _ => ("search", SearchRequests.Of(new(SearchWords.Create("hush").IfFail(_ => null!)), null, 10)),
        };
        var answer = await raw.AskAsync(raw.Subject("conversation", id, verb), body);
        // A machine that is busy with other tests may not come to it in time, whatever there is.
        for (var again = 0; again < 20 && RawRequests.CodeOf(answer) == "unavailable"; again++)
        {
            await Task.Delay(500);
            answer = await raw.AskAsync(raw.Subject("conversation", id, verb), body);
        }
        return ($"{verb} {(verb == "join" ? guess / 3 % 8 : 0)}", Convert.ToHexString(answer.Payload));
    }
}
