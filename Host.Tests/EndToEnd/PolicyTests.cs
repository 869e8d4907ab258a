using System.Text;
using System.Text.Json;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Host.Nats;
using Chat.Host.Operate;
using NATS.Client.Core;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>A product's own word on what is said: its service answers beside the real host.</summary>
public sealed class PolicyTests
{
    private const string Subject = "town.policy";

    [Fact]
    public async Task What_the_policy_is_against_is_not_said_and_what_was_said_stays()
    {
        await using var chat = await PolicedAsync();
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        // Nobody answers yet: what is said waits until somebody does, and nothing else waits for it.
        var waiting = tomas.Client.ChangeAsync(group, Say("early"));
        await mia.DoAsync(group, new Command.Rename(Texts.Name("coffee")));

        var isStrict = false;
        var asked = new List<JsonElement>();
        await using var service = await chat.Door.ServiceAsync();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync(
            service,
            question =>
            {
                asked.Add(question);
                var said = question.GetProperty("with").GetProperty("body").GetString()!;
                return isStrict || said.Contains("sell")
                    ? """{ "allow": false, "rule": "trade" }"""
                    : """{ "allow": true }""";
            },
            stop.Token
        );
        await service.PingAsync();

        Must.Accept(await waiting);
        var id = ChatClient.NewId();
        var said = await mia.DoAsync(group, Say("hello"), id);
        var refused = Must.Refuse(await mia.Client.ChangeAsync(group, Say("I sell tea")));
        Assert.Equal(("unwanted", "policy.trade"), (refused.Code, refused.Because.Single()));
        var edit = new Command.EditMessage(said.Seq!.Value, Texts.Body("I sell tea"), []);
        Assert.Equal("unwanted", await mia.RefusedAsync(group, edit));
        // What the rules refuse they refuse first, so that it tells nobody what is there.
        Assert.Equal("not_found", await mia.RefusedAsync(ConversationId.Of("elsewhere"), Say("I sell tea")));
        var first = asked.First(one => one.GetProperty("person").GetString() == mia.Person.Value);
        Assert.Equal(
            (mia.Person.Value, group.Value, "send", "hello"),
            (
                first.GetProperty("person").GetString(),
                first.GetProperty("conversation").GetString(),
                first.GetProperty("verb").GetString(),
                first.GetProperty("with").GetProperty("body").GetString()
            )
        );

        isStrict = true;
        Assert.True((await mia.DoAsync(group, Say("hello"), id)).Replayed);
        Assert.Equal("unwanted", await mia.RefusedAsync(group, Say("hello")));
        // In the order in which they were asked.
        isStrict = false;
        var sent = Enumerable.Range(0, 30).Select(one => tomas.Client.ChangeAsync(group, Say($"{one}"))).ToArray();
        var seqs = (await Task.WhenAll(sent)).Select(answer => Must.Accept(answer).Seq!.Value).ToArray();
        Assert.Equal(seqs.Order(), seqs);
        await stop.CancelAsync();
        await serving;
    }

    private static async Task ServeAsync(
        NatsConnection service,
        Func<JsonElement, string> judge,
        CancellationToken stop
    )
    {
        try
        {
            await foreach (var question in service.SubscribeAsync<byte[]>(Subject, cancellationToken: stop))
                await question.ReplyAsync(
                    Encoding.UTF8.GetBytes(judge(JsonDocument.Parse(question.Data).RootElement)),
                    cancellationToken: stop
                );
        }
        catch (OperationCanceledException) { }
    }

    private static Command.SendMessage Say(string text) => new(Texts.Body(text), null, []);

    private static async Task<Policed> PolicedAsync()
    {
        var (folder, ports) = (ChatUp.NewFolder(), Servers.FreePorts(3));
        var host = await ChatProcess.UpAsync([.. ChatUp.Arguments(folder, ports), "--policy", Subject]);
        var secrets = Secrets.LoadOrCreate(Path.Combine(folder, "secrets"));
        return new Policed(host, new Door($"nats://127.0.0.1:{ports[0]}", secrets), folder);
    }

    private sealed record Policed(ChatProcess Host, Door Door, string Folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Door.Dispose();
            Host.Send(15);
            await Host.EndsAsync();
            await Host.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
