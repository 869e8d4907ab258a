using System.Threading.Channels;
using Chat.Domain.Views;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Client;

/// <summary>
/// A device that follows its conversations: it hears what happens, finds every hole by the version, and fetches what is
/// missing, after a lost connection, a slow moment, an announced head above its own, and by itself every few minutes.
/// </summary>
public sealed class ChatSession : IAsyncDisposable
{
    private readonly ChatClient client;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Held held;
    private readonly List<Task> running = [];

    private ChatSession(ChatClient client, string? cursor, TimeProvider clock) =>
        (this.client, Cursor, this.clock, held) = (client, cursor, clock, new Held(client.Person));

    /// <summary>What somebody is told on the way: each change of a view, in order for each conversation.</summary>
    public event Action<ConversationView>? Changed;

    /// <summary>What nobody keeps: typing and receipts.</summary>
    public event Action<Ephemeral>? Heard;

    /// <summary>
    /// How one stands to somebody now; of two about the same person the higher version is how. What came while one was
    /// away is in <see cref="ChatFriends.FriendsAsync"/>.
    /// </summary>
    public event Action<FriendEntry>? FriendChanged;

    /// <summary>Where to resume from; keep it with the views if they are kept.</summary>
    public string? Cursor { get; private set; }

    /// <summary>How often something was missing and had to be fetched.</summary>
    public long Gaps { get; private set; }

    /// <summary>How often all of it was resumed.</summary>
    public long Resumes { get; private set; }

    /// <summary>The conversations as they are held now.</summary>
    public IReadOnlyDictionary<ConversationId, ConversationView> Views => held.Snapshot();

    /// <summary>One of them.</summary>
    public Option<ConversationView> Find(ConversationId conversation) => held.Find(conversation);

    /// <summary>Subscribes, fetches all that there is, and follows from there on.</summary>
    public static async Task<ChatSession> StartAsync(
        ChatClient client,
        string? cursor = null,
        TimeProvider? clock = null,
        CancellationToken stop = default
    )
    {
        var session = new ChatSession(client, cursor, clock ?? TimeProvider.System);
        await session.SubscribeAsync(stop);
        await session.ResumeAsync(stop);
        session.running.Add(Task.Run(session.KeepAsync, CancellationToken.None));
        return session;
    }

    // First listen, then fetch: what happens in between is heard twice rather than not at all.
    private async Task SubscribeAsync(CancellationToken stop)
    {
        var connection = client.Connection;
        var events = await connection.SubscribeCoreAsync<byte[]>(
            Subjects.Events(client.Person),
            cancellationToken: stop
        );
        var ephemerals = await connection.SubscribeCoreAsync<byte[]>(
            Subjects.Ephemerals(client.Person),
            cancellationToken: stop
        );
        await connection.PingAsync(stop);
        connection.ConnectionOpened += WakeAsync;
        connection.MessageDropped += DroppedAsync;
        running.Add(Task.Run(() => ListenAsync(events, TakeEvent), CancellationToken.None));
        running.Add(Task.Run(() => ListenAsync(ephemerals, TakeEphemeral), CancellationToken.None));
    }

    private async Task ListenAsync(INatsSub<byte[]> sub, Action<byte[]> take)
    {
        try
        {
            await foreach (var message in sub.Msgs.ReadAllAsync(stopping.Token))
                if (message.Data is { } data)
                    take(data);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    private void TakeEvent(byte[] data)
    {
        if (Decoding.Event(data).Case is not ValueTuple<ConversationId, Seen> heard)
        {
            PairAnswers.Read(data).IfSome(entry => FriendChanged?.Invoke(entry));
            return;
        }
        if (held.Take(heard.Item1, heard.Item2).Case is ConversationView changed)
            Changed?.Invoke(changed);
        else if (held.IsBehind(heard.Item1, heard.Item2.Version))
            Behind();
    }

    private void TakeEphemeral(byte[] data) =>
        Ephemerals
            .Read(data)
            .IfSome(heard =>
            {
                if (
                    heard is Ephemeral.Heads heads
                    && (heads.IsReset || heads.Versions.Any(head => held.IsBehind(head.Conversation, head.Version)))
                )
                    Behind();
                if (heard is Ephemeral.Receipt mine && mine.By == client.Person)
                    held.Mark(mine.Conversation, mine.Marks).IfSome(view => Changed?.Invoke(view));
                Heard?.Invoke(heard);
            });

    private void Behind()
    {
        Gaps++;
        wake.Writer.TryWrite(true);
    }

    private ValueTask WakeAsync(object? sender, NatsEventArgs args)
    {
        wake.Writer.TryWrite(true);
        return ValueTask.CompletedTask;
    }

    private ValueTask DroppedAsync(object? sender, NatsMessageDroppedEventArgs args)
    {
        Behind();
        return ValueTask.CompletedTask;
    }

    private async Task KeepAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAny(
                    wake.Reader.WaitToReadAsync(stopping.Token).AsTask(),
                    Task.Delay(Pause(), clock, stopping.Token)
                );
                if (stopping.IsCancellationRequested)
                    return;
                wake.Reader.TryRead(out _);
                await ResumeAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        }
    }

    private TimeSpan Pause() => client.Options.ResumeEvery * (0.8 + (0.4 * Random.Shared.NextDouble()));

    /// <summary>Fetches all that was missed. True if a host answered.</summary>
    public async Task<bool> ResumeAsync(CancellationToken stop = default)
    {
        for (var more = true; more; )
        {
            var answer = await client.ResumeAsync(Cursor, stop);
            if (answer.Case is not ResumePage page)
                return false;
            if (page.IsReset && Cursor is not null)
                held.Clear();
            foreach (var one in page.Conversations)
                await TakeAsync(one, stop);
            (Cursor, more) = (page.Cursor, page.More);
        }
        Resumes++;
        return true;
    }

    private async Task TakeAsync(Resumption one, CancellationToken stop)
    {
        if (one is Resumption.Missed missed && !held.Fits(missed))
            await RefetchAsync(one.Conversation, stop);
        else
            Take(one);
        if (held.Find(one.Conversation).Case is ConversationView { Unread.IsExact: false })
            await RefetchAsync(one.Conversation, stop);
    }

    // What was missed does not join on to what is held, as for one that came back after long: start from what there is.
    private async Task RefetchAsync(ConversationId conversation, CancellationToken stop)
    {
        var details = await client.GetAsync(conversation, stop);
        var newest = await client.HistoryAsync(conversation, stop: stop);
        if (details.Case is Details found && newest.Case is HistoryPage page)
            Take(new Resumption.Reset(conversation, found, page.Messages));
    }

    // Also where what is held is newer: what came before may be seen otherwise now, and what was heard meanwhile is
    // fetched.
    private void Take(Resumption one)
    {
        if (one is Resumption.Reset reset && held.IsBeyond(one.Conversation, reset.Version))
            Behind();
        held.Take(one).IfSome(view => Changed?.Invoke(view));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Connection.ConnectionOpened -= WakeAsync;
        client.Connection.MessageDropped -= DroppedAsync;
        await stopping.CancelAsync();
        await Task.WhenAll(running);
        stopping.Dispose();
    }
}
