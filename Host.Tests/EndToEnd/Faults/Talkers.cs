using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>
/// People who talk at once in a few conversations, each one message after the other, trying again under the same id
/// until it is acknowledged; and one who only listens.
/// </summary>
public sealed class Talkers : IAsyncDisposable
{
    // Enough that something is under way at any moment, and no more: much of the time is waited for a lease.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private readonly ConcurrentQueue<(ConversationId Where, string Text, Receipt Receipt)> acknowledged = new();
    private readonly ChatClient listening;
    private readonly ChatClient[] clients;
    private volatile bool isStopping;
    private Task[] talking = [];

    private Talkers(ChatClient[] clients, ChatClient listening, ChatSession listener, ConversationId[] conversations) =>
        (this.clients, this.listening, Listener, Conversations) = (clients, listening, listener, conversations);

    public IReadOnlyList<ConversationId> Conversations { get; }

    /// <summary>Hears, and resumes by itself only after minutes: what it holds it was told, or told to fetch.</summary>
    public ChatSession Listener { get; }

    public int Acknowledged => acknowledged.Count;

    /// <summary>One of those who talk.</summary>
    public PersonId Speaker => clients[0].Person;

    public static async Task<Talkers> GatherAsync(Door door, int people = 6, int conversations = 3)
    {
        var listener = await door.ClientAsync(Door.NewPerson("listener"), patience: TimeSpan.FromSeconds(1));
        var clients = new ChatClient[people];
        for (var n = 0; n < people; n++)
            clients[n] = await door.ClientAsync(Door.NewPerson("talker"), patience: TimeSpan.FromSeconds(1));
        var where = new ConversationId[conversations];
        for (var n = 0; n < conversations; n++)
        {
            Listing<PersonId> members = [listener.Person, .. clients.Select(client => client.Person)];
            var create = new Command.Create(ConversationKind.Group, members, Texts.Name($"group {n}"));
            where[n] = Must.Accept(await clients[0].ChangeAsync(null, create)).Stream.Conversation;
        }
        return new Talkers(clients, listener, await ChatSession.StartAsync(listener), where);
    }

    public void Talk() => talking = [.. clients.Select(client => Task.Run(() => TalkAsync(client)))];

    /// <summary>Returns when the last of what they began to say is acknowledged.</summary>
    public Task FallSilentAsync()
    {
        isStopping = true;
        return Task.WhenAll(talking);
    }

    /// <summary>Returns when so many more are acknowledged; how long that took.</summary>
    public async Task<TimeSpan> MoreAsync(int count, double seconds)
    {
        var (since, aim) = (Stopwatch.GetTimestamp(), Acknowledged + count);
        await Eventually.HoldsAsync(() => Acknowledged >= aim, $"{count} more are acknowledged", seconds);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Each says one thing everywhere at once, trying again until it is acknowledged.</summary>
    public Task SayOnceAsync(int round) =>
        Task.WhenAll(clients.SelectMany(client => Conversations.Select(where => SayAsync(client, where, round))));

    /// <summary>How far a conversation is, as the host says it.</summary>
    public async Task<long> HeadAsync(ConversationId where) =>
        Must.Accept(await clients[0].GetAsync(where)).Entry.Version;

    /// <summary>What the listener holds.</summary>
    public long Held(ConversationId where) => Listener.Find(where).Map(view => view.Version).IfNone(0);

    /// <summary>The listener has all that there is now; how long that took.</summary>
    public async Task<TimeSpan> IsToldAsync(double seconds = 15)
    {
        var since = Stopwatch.GetTimestamp();
        foreach (var where in Conversations)
        {
            var head = await HeadAsync(where);
            var left = seconds - Stopwatch.GetElapsedTime(since).TotalSeconds;
            await Eventually.HoldsAsync(() => Held(where) >= head, $"the listener has version {head}", left);
        }
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>
    /// Nothing that was acknowledged is lost, doubled or moved; numbers and versions have no gap; everybody's messages
    /// are in their order; and the listener holds the same.
    /// </summary>
    public async Task AreAllThereAsync()
    {
        foreach (var where in Conversations)
        {
            var messages = await AllAsync(where);
            Assert.Equal(
                Enumerable.Range(1, messages.Count).Select(n => (n, n + 1L)),
                messages.Select(m => ((int)m.Seq, m.Version))
            );
            Assert.Equal(messages.Count + 1, await HeadAsync(where));
            Assert.Equal(messages.Count, messages.Select(Texts.Said).Distinct().Count());
            var said = acknowledged.Where(one => one.Where == where).ToList();
            Assert.Equal(messages.Count, said.Count);
            foreach (var (_, text, receipt) in said)
                Assert.Equal(
                    (text, receipt.Version),
                    (Texts.Said(messages[(int)receipt.Seq! - 1]), messages[(int)receipt.Seq - 1].Version)
                );
            foreach (var own in messages.GroupBy(message => message.By))
                Assert.Equal(own.Select(Number).Order(), own.Select(Number));
            var held = Listener.Views[where].History.Before(long.MaxValue, int.MaxValue).ToList();
            Assert.Equal(messages[^held.Count..], held);
        }
    }

    private static int Number(Message message) => int.Parse(Texts.Said(message)!.Split(' ')[1]);

    private async Task<List<Message>> AllAsync(ConversationId where)
    {
        var all = new List<Message>();
        for (var more = true; more; )
        {
            var page = Must.Accept(await clients[0].HistoryAsync(where, Anchor.After, all.Count, 200));
            all.AddRange(page.Messages);
            more = page.More;
        }
        return all;
    }

    private async Task TalkAsync(ChatClient client)
    {
        for (var n = 0; !isStopping; n++)
        {
            await SayAsync(client, Conversations[n % Conversations.Count], n);
            await Task.Delay(Pause);
        }
    }

    private async Task SayAsync(ChatClient client, ConversationId where, int number)
    {
        var (text, id) = ($"{client.Person} {number}", ChatClient.NewId());
        var answer = await client.SendAsync(where, Texts.Body(text), id);
        // Where hosts die faster than one tries again, it takes longer than a client's patience.
        for (var tries = 0; tries < 5 && answer.Case is Refusal { Code: "no_answer" }; tries++)
            answer = await client.SendAsync(where, Texts.Body(text), id);
        acknowledged.Enqueue((where, text, Must.Accept(answer)));
    }

    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        await Listener.DisposeAsync();
        await listening.DisposeAsync();
        foreach (var client in clients)
            await client.DisposeAsync();
    }
}
