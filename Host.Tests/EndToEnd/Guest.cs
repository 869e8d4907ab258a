using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol;
using Chat.Protocol.Wire;
using LanguageExt;
using NATS.Client.Core;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// A person with a device: asks through the client, and keeps all that is published to them, as it came.
/// </summary>
public sealed class Guest : IAsyncDisposable
{
    private static readonly NatsSubOpts Roomy = new() { ChannelOpts = new NatsSubChannelOpts { Capacity = 100_000 } };
    private readonly INatsSub<byte[]> events;
    private readonly INatsSub<byte[]> ephemerals;
    private readonly List<(ConversationId Conversation, Seen Seen)> heard = [];
    private readonly List<FriendEntry> bonds = [];
    private readonly List<Ephemeral> told = [];
    private readonly List<Fields> rooms = [];
    private readonly List<Fields> house = [];
    private readonly List<Domain.Calls.Call> calls = [];
    private readonly List<CallPassed> passed = [];

    private Guest(ChatClient client, NatsConnection wire, INatsSub<byte[]> events, INatsSub<byte[]> ephemerals) =>
        (Client, Wire, this.events, this.ephemerals) = (client, wire, events, ephemerals);

    public ChatClient Client { get; }

    public NatsConnection Wire { get; }

    public PersonId Person => Client.Person;

    internal static async Task<Guest> ListenAsync(ChatClient client, NatsConnection wire)
    {
        var events = await wire.SubscribeCoreAsync<byte[]>(Subjects.Events(client.Person), opts: Roomy);
        var ephemerals = await wire.SubscribeCoreAsync<byte[]>(Subjects.Ephemerals(client.Person), opts: Roomy);
        await wire.PingAsync();
        return new Guest(client, wire, events, ephemerals);
    }

    /// <summary>Does something that is accepted.</summary>
    public async Task<Receipt> DoAsync(ConversationId? conversation, Command command, ClientId? id = null) =>
        Must.Accept(await Client.ChangeAsync(conversation, command, id));

    /// <summary>Tries something that is refused: the code.</summary>
    public async Task<string> RefusedAsync(ConversationId? conversation, Command command, ClientId? id = null) =>
        Must.Refuse(await Client.ChangeAsync(conversation, command, id)).Code;

    public async Task<ConversationId> CreateAsync(ConversationKind kind, string? name, params PersonId[] members)
    {
        var create = new Command.Create(kind, [.. members], name is null ? null : Texts.Name(name));
        return (await DoAsync(null, create)).Stream.Conversation;
    }

    public Task<Receipt> SayAsync(
        ConversationId conversation,
        string text,
        long? replyTo = null,
        params PersonId[] mentions
    ) => DoAsync(conversation, new Command.SendMessage(Texts.Body(text), replyTo, [.. mentions]));

    public async Task<HistoryPage> HistoryAsync(
        ConversationId conversation,
        Anchor? from = null,
        long seq = 0,
        int limit = 50
    ) => Must.Accept(await Client.HistoryAsync(conversation, from, seq, limit));

    /// <summary>
    /// A cursor after which nothing is left to tell: what is under way elsewhere keeps one behind for a moment.
    /// </summary>
    public async Task<string> LevelAsync()
    {
        for (string? cursor = null; ; )
        {
            var page = Must.Accept(await Client.ResumeAsync(cursor));
            if (cursor is not null && page.Conversations.Count == 0)
                return page.Cursor;
            cursor = page.Cursor;
        }
    }

    public async Task<Details> GetAsync(ConversationId conversation) =>
        Must.Accept(await Client.GetAsync(conversation));

    /// <summary>The line of the inbox, if there is one.</summary>
    public async Task<InboxEntry?> EntryAsync(ConversationId conversation) =>
        Must.Accept(await Client.InboxAsync(limit: 200))
            .Entries.SingleOrDefault(entry => entry.Conversation == conversation);

    /// <summary>What was heard of a conversation so far, in the order in which it came.</summary>
    public IReadOnlyList<Seen> Heard(ConversationId conversation)
    {
        lock (heard)
        {
            Listen();
            return [.. heard.Where(one => one.Conversation == conversation).Select(one => one.Seen)];
        }
    }

    /// <summary>How they were told to stand to others, as it came.</summary>
    public IReadOnlyList<FriendEntry> Bonds()
    {
        lock (heard)
        {
            Listen();
            return [.. bonds];
        }
    }

    private void Listen()
    {
        while (events.Msgs.TryRead(out var message))
            if (message.Subject.Contains(".room.", StringComparison.Ordinal))
                rooms.Add(Must.Accept(Fields.Read(message.Data)));
            else if (message.Subject.Contains(".call.", StringComparison.Ordinal))
                calls.Add(CallAnswers.Call(Must.Accept(Fields.Read(message.Data))));
            else if (message.Subject.Contains(".friend.", StringComparison.Ordinal))
                bonds.Add(PairAnswers.Read(message.Data).IfNone(() => throw new InvalidOperationException("no bond")));
            else
                heard.Add(Must.Accept(Decoding.Event(message.Data)));
    }

    /// <summary>What they were told of the rooms that they were in, as it came.</summary>
    public IReadOnlyList<Fields> Rooms()
    {
        lock (heard)
        {
            Listen();
            return [.. rooms];
        }
    }

    /// <summary>What they were told of calls, as it came.</summary>
    public IReadOnlyList<Domain.Calls.Call> Calls()
    {
        lock (heard)
        {
            Listen();
            return [.. calls];
        }
    }

    /// <summary>What others of calls passed on to them, as it came.</summary>
    public IReadOnlyList<CallPassed> Passed()
    {
        lock (told)
        {
            Overhear();
            return [.. passed];
        }
    }

    /// <summary>Typing and receipts, as they came.</summary>
    public IReadOnlyList<Ephemeral> Told()
    {
        lock (told)
        {
            Overhear();
            return [.. told];
        }
    }

    /// <summary>What they were told of the house and of rooms that nobody keeps, as it came.</summary>
    public IReadOnlyList<Fields> House()
    {
        lock (told)
        {
            Overhear();
            return [.. house];
        }
    }

    private void Overhear()
    {
        while (ephemerals.Msgs.TryRead(out var message))
            if (message.Subject.Split('.')[4] is "house" or "room")
                house.Add(Must.Accept(Fields.Read(message.Data)));
            else if (message.Subject.Contains(".call.", StringComparison.Ordinal))
                passed.Add(CallAnswers.Passed(Must.Accept(Fields.Read(message.Data))));
            else
                Ephemerals.Read(message.Data).IfSome(told.Add);
    }

    /// <summary>What is heard of a version, waiting for it.</summary>
    public async Task<Seen> HearsAsync(ConversationId conversation, long version)
    {
        Seen? found = null;
        await Eventually.HoldsAsync(
            () => (found = Heard(conversation).FirstOrDefault(seen => seen.Version == version)) is not null,
            $"{Person} hears version {version}"
        );
        return found!;
    }

    /// <summary>All that was published to them before now has come.</summary>
    public Task ArrivedAsync() => Wire.PingAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Wire.DisposeAsync();
    }
}
