using System.Threading.Channels;
using Chat.Domain.Views;
using Chat.Protocol;
using Chat.Protocol.Following;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Client;

/// <summary>
/// A device that follows its conversations: it hears what happens, finds every hole by the version, and fetches what is
/// missing, after a lost connection, a slow moment, an announced head above its own, and by itself every few minutes.
/// </summary>
public sealed class ChatSession : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private readonly ChatClient client;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<Told> signals = Channel.CreateUnbounded<Told>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly List<Task> running = [];
    private Follower follower;

    private readonly record struct Told(Signal Signal, TaskCompletionSource<bool>? Caller = null);

    private ChatSession(ChatClient client, Follower follower, TimeProvider clock) =>
        (this.client, this.clock, this.follower, Outgoing) = (
            client,
            clock,
            follower.AtRest,
            new Outgoing(this, client, clock)
        );

    /// <summary>What somebody is told on the way: each change of a view, in order for each conversation.</summary>
    public event Action<ConversationView>? Changed;

    /// <summary>What nobody keeps: typing and receipts.</summary>
    public event Action<Ephemeral>? Heard;

    /// <summary>
    /// How one stands to somebody now; of two about the same person the higher version is how. What came while one was
    /// away is in <see cref="ChatFriends.FriendsAsync"/>.
    /// </summary>
    public event Action<FriendEntry>? FriendChanged;

    internal Outgoing Outgoing { get; }

    /// <summary>All that is held: a value, to go on from later.</summary>
    public Follower Held => Volatile.Read(ref follower);

    /// <summary>How often something was missing and had to be fetched.</summary>
    public long Gaps => Held.Gaps;

    /// <summary>How often all of it was resumed.</summary>
    public long Resumes => Held.Resumes;

    /// <summary>The conversations as they are held now.</summary>
    public IReadOnlyDictionary<ConversationId, ConversationView> Views =>
        new Dictionary<ConversationId, ConversationView>(
            Held.Views.AsEnumerable().Select(pair => KeyValuePair.Create(pair.Key, pair.Value))
        );

    /// <summary>One of them.</summary>
    public Option<ConversationView> Find(ConversationId conversation) => Held.Views.Find(conversation);

    /// <summary>
    /// Subscribes, fetches all that there is, or all that was missed since <paramref name="held"/>, and follows from
    /// there on.
    /// </summary>
    public static async Task<ChatSession> StartAsync(
        ChatClient client,
        Follower? held = null,
        TimeProvider? clock = null,
        CancellationToken stop = default
    )
    {
        var session = new ChatSession(client, held ?? new Follower(client.Person), clock ?? TimeProvider.System);
        await session.SubscribeAsync(stop);
        session.running.Add(Task.Run(session.FollowAsync, CancellationToken.None));
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
        if (Decoding.Event(data).Case is ValueTuple<ConversationId, Seen> heard)
            Tell(new Signal.Happened(heard.Item1, heard.Item2));
        else
            PairAnswers.Read(data).IfSome(entry => FriendChanged?.Invoke(entry));
    }

    private void TakeEphemeral(byte[] data) =>
        Ephemerals
            .Read(data)
            .IfSome(heard =>
            {
                if (heard is Ephemeral.Heads heads)
                    Tell(new Signal.Announced(heads));
                if (heard is Ephemeral.Receipt mine && mine.By == client.Person)
                    Tell(new Signal.Marked(mine.Conversation, mine.Marks));
                Heard?.Invoke(heard);
            });

    private void Tell(Signal signal) => signals.Writer.TryWrite(new Told(signal));

    private ValueTask WakeAsync(object? sender, NatsEventArgs args)
    {
        Tell(new Signal.Woken());
        return ValueTask.CompletedTask;
    }

    private ValueTask DroppedAsync(object? sender, NatsMessageDroppedEventArgs args)
    {
        Tell(new Signal.Woken());
        return ValueTask.CompletedTask;
    }

    private async Task KeepAsync()
    {
        while (!stopping.IsCancellationRequested)
            await WakeAfterAsync(client.Options.ResumeEvery);
    }

    // Never everybody at once.
    private async Task WakeAfterAsync(TimeSpan pause)
    {
        await Task.Delay(pause * (0.8 + (0.4 * Random.Shared.NextDouble())), clock, stopping.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Tell(new Signal.Woken());
    }

    /// <summary>Fetches all that was missed. True if it is there, false if no host answered.</summary>
    public Task<bool> ResumeAsync(CancellationToken stop = default)
    {
        var caller = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!signals.Writer.TryWrite(new Told(new Signal.Woken(), caller)))
            return Task.FromResult(false);
        return caller.Task.WaitAsync(stop);
    }

    // One thing after another: whoever is told of a change is told in its order.
    private async Task FollowAsync()
    {
        var callers = new List<TaskCompletionSource<bool>>();
        await foreach (var (signal, caller) in signals.Reader.ReadAllAsync())
        {
            if (caller is not null)
                callers.Add(caller);
            var (next, wishes) = follower.Step(signal);
            Volatile.Write(ref follower, next);
            foreach (var wish in wishes)
                Carry(wish);
            if (!next.IsLevel && signal is not Signal.Unanswered)
                continue;
            callers.ForEach(one => one.TrySetResult(next.IsLevel));
            callers.Clear();
        }
        callers.ForEach(one => one.TrySetResult(false));
    }

    private void Carry(Wish wish)
    {
        switch (wish)
        {
            case Wish.Show show:
                Changed?.Invoke(show.View);
                break;
            case Wish.Resume resume:
                _ = AskAsync(
                    client.ResumeAsync(resume.Cursor, resume.Certify, stopping.Token),
                    page => new Signal.Resumed(page),
                    refusal => ChatClient.IsPassing(refusal) ? new Signal.Unanswered() : new Signal.CursorRefused()
                );
                break;
            case Wish.Begin begin:
                _ = AskAsync(
                    client.BeginAsync(begin.Conversation, begin.Drifted, stopping.Token),
                    begun => new Signal.Begun(begun),
                    refusal =>
                        ChatClient.IsPassing(refusal) ? new Signal.Unanswered() : new Signal.Refused(begin.Conversation)
                );
                break;
            case Wish.WakeSoon:
                _ = WakeAfterAsync(Soon);
                break;
        }
    }

    private async Task AskAsync<T>(
        Task<Either<Refusal, T>> asked,
        Func<T, Signal> answered,
        Func<Refusal, Signal> refused
    )
    {
        try
        {
            Tell((await asked).Match(answered, refused));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        catch (FormatException)
        {
            // Not in a form that is known here: the next may be.
            Tell(new Signal.Unanswered());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Connection.ConnectionOpened -= WakeAsync;
        client.Connection.MessageDropped -= DroppedAsync;
        await stopping.CancelAsync();
        signals.Writer.TryComplete();
        await Task.WhenAll(running);
        stopping.Dispose();
    }
}
