using Chat.Domain.Conversations;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Client;

/// <summary>
/// A device of a person: asks, tries again under the same id, and so takes effect once however often it had to try. For
/// conversations that follow by themselves see <see cref="ChatSession"/>.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private static readonly string[] Passing = ["busy", "rate_limited", "unavailable", "moved"];
    private readonly TimeProvider clock;

    private ChatClient(ChatOptions options, NatsConnection connection, TimeProvider clock) =>
        (Options, Connection, this.clock) = (options, connection, clock);

    /// <summary>How it connects.</summary>
    public ChatOptions Options { get; }

    internal NatsConnection Connection { get; }

    /// <summary>Who this is.</summary>
    public PersonId Person => Options.Person;

    /// <summary>Connects, and keeps connecting.</summary>
    /// <exception cref="NatsException">The server cannot be reached, or does not let this device in.</exception>
    public static async Task<ChatClient> ConnectAsync(
        ChatOptions options,
        TimeProvider? clock = null,
        CancellationToken stop = default
    )
    {
        var connection = new NatsConnection(
            NatsOpts.Default with
            {
                Url = options.Url,
                Name = "chat-client",
                InboxPrefix = Subjects.Inbox(options.Person, options.Device),
                RequestTimeout = options.Patience,
                // One slow answer of the callout must not end a connection for good.
                IgnoreAuthErrorAbort = true,
                // As the page: one that is cut without a word is not waited for.
                PingInterval = TimeSpan.FromSeconds(15),
                MaxPingOut = 2,
                ReconnectWaitMin = TimeSpan.FromMilliseconds(200),
                ReconnectWaitMax = TimeSpan.FromSeconds(3),
                ReconnectJitter = TimeSpan.FromMilliseconds(500),
                RequestReplyMode = NatsRequestReplyMode.SharedInbox,
                AuthOpts = new NatsAuthOpts
                {
                    AuthCredCallback = async (_, cancel) => NatsAuthCred.FromToken(await options.Token(cancel)),
                },
            }
        );
        try
        {
            await connection.ConnectAsync();
            await connection.PingAsync(stop);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        return new ChatClient(options, connection, clock ?? TimeProvider.System);
    }

    /// <summary>A new id for a request. Keep it with what is sent, and use it again for every further try.</summary>
    public static ClientId NewId() => ClientId.Of(Guid.CreateVersion7().ToString("N"));

    /// <summary>Changes a conversation; a create addresses none.</summary>
    /// <exception cref="ArgumentException">There is no word for what is asked; nothing was asked then.</exception>
    public Task<Either<Refusal, Receipt>> ChangeAsync(
        ConversationId? conversation,
        Command command,
        ClientId? id = null,
        CancellationToken stop = default
    ) =>
        AskAsync(
            "conversation",
            conversation?.Value ?? Subjects.Nothing,
            RequestBodies.VerbOf(command),
            RequestBodies.Of(command, id ?? NewId()),
            Decoding.Receipt,
            stop
        );

    /// <summary>Says something.</summary>
    public Task<Either<Refusal, Receipt>> SendAsync(
        ConversationId conversation,
        Body body,
        ClientId? id = null,
        CancellationToken stop = default
    ) => ChangeAsync(conversation, new Command.SendMessage(body, null, Listing<PersonId>.Empty), id, stop);

    /// <summary>Moves one's read mark.</summary>
    public Task<Either<Refusal, Marks>> ReadAsync(
        ConversationId conversation,
        long seq,
        CancellationToken stop = default
    ) => AskAsync("conversation", conversation.Value, "read", AskBodies.Seq(seq), Decoding.Marks, stop);

    /// <summary>Moves one's mark of what has arrived.</summary>
    public Task<Either<Refusal, Marks>> DeliveredAsync(
        ConversationId conversation,
        long seq,
        CancellationToken stop = default
    ) => AskAsync("conversation", conversation.Value, "delivered", AskBodies.Seq(seq), Decoding.Marks, stop);

    /// <summary>Lets the others know that one is writing.</summary>
    public Task<Either<Refusal, Unit>> TypingAsync(ConversationId conversation, CancellationToken stop = default) =>
        AskAsync("conversation", conversation.Value, "typing", [], _ => unit, stop);

    /// <summary>A page of history; without an anchor the newest messages.</summary>
    public Task<Either<Refusal, HistoryPage>> HistoryAsync(
        ConversationId conversation,
        Anchor? anchor = null,
        long seq = 0,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) =>
        AskAsync(
            "conversation",
            conversation.Value,
            "history",
            AskBodies.History(anchor, seq, limit),
            Decoding.History,
            stop
        );

    /// <summary>What a conversation is, to this person.</summary>
    public Task<Either<Refusal, Details>> GetAsync(ConversationId conversation, CancellationToken stop = default) =>
        AskAsync("conversation", conversation.Value, "get", [], Decoding.Details, stop);

    /// <summary>A page of members.</summary>
    public Task<Either<Refusal, MembersPage>> MembersAsync(
        ConversationId conversation,
        PersonId? after = null,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) =>
        AskAsync(
            "conversation",
            conversation.Value,
            "members",
            AskBodies.Page(after?.Value, limit),
            Decoding.Members,
            stop
        );

    /// <summary>A page of the inbox.</summary>
    public Task<Either<Refusal, InboxPage>> InboxAsync(
        ConversationId? after = null,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) => AskAsync("conversation", Subjects.Nothing, "list", AskBodies.Page(after?.Value, limit), Decoding.Inbox, stop);

    /// <summary>Changes something about oneself: the profile, a device that is revoked.</summary>
    public Task<Either<Refusal, Receipt>> ChangeSelfAsync(
        Domain.People.Command command,
        ClientId? id = null,
        CancellationToken stop = default
    )
    {
        var (area, addressed, verb) = PeopleRequests.AddressOf(command);
        return AskAsync(area, addressed, verb, PeopleRequests.Of(command, id ?? NewId()), Decoding.Receipt, stop);
    }

    /// <summary>
    /// What people say of themselves: those of them with whom one shares a conversation, and oneself.
    /// </summary>
    public Task<Either<Refusal, Listing<PersonEntry>>> PeopleAsync(
        Listing<PersonId> people,
        CancellationToken stop = default
    ) => AskAsync("person", Subjects.Nothing, "get", PeopleRequests.People(people), PeopleAnswers.People, stop);

    /// <summary>One's own devices.</summary>
    public Task<Either<Refusal, Listing<DeviceEntry>>> DevicesAsync(CancellationToken stop = default) =>
        AskAsync("device", Subjects.Nothing, "list", [], PeopleAnswers.Devices, stop);

    /// <summary>
    /// One request, tried again under the same id while nobody answers or the host says that it cannot just now. A left
    /// <c>no_answer</c> says that it is not known whether it took effect: trying again with the same id is safe,
    /// always.
    /// </summary>
    public async Task<Either<Refusal, T>> AskAsync<T>(
        string area,
        string id,
        string verb,
        byte[] body,
        Func<Fields, T> read,
        CancellationToken stop = default
    )
    {
        var subject = Subjects.Request(Options.Person, Options.Device, area, id, verb);
        var started = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var answer = await TryAsync(subject, body, stop);
            var result = answer.Bind(bytes => Decoding.Answer(bytes, read));
            if (
                result.Case is not Refusal refusal
                || !IsPassing(refusal)
                || clock.GetElapsedTime(started) > Options.Persistence
            )
                return result;
            await Task.Delay(Pause(refusal, attempt), clock, stop);
        }
    }

    internal static bool IsPassing(Refusal refusal) => refusal is Unanswered || Passing.Contains(refusal.Code);

    private async Task<Either<Refusal, byte[]>> TryAsync(string subject, byte[] body, CancellationToken stop)
    {
        try
        {
            var reply = await Connection.RequestAsync<byte[], byte[]>(subject, body, cancellationToken: stop);
            return reply.Data is { } data ? Right<Refusal, byte[]>(data) : Left<Refusal, byte[]>(new Unanswered());
        }
        // No host, no answer in time, no connection: all the same to the caller, who may always try again.
        catch (Exception fault)
            when (fault is NatsException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Left<Refusal, byte[]>(new Unanswered());
        }
    }

    // Doubling up to two seconds, never sooner than the host asked for, and never everybody at once.
    private static TimeSpan Pause(Refusal refusal, int attempt)
    {
        var least = refusal.RetryAfterMs ?? 0;
        var doubling = Math.Min(2_000, 50 << Math.Min(attempt, 6));
        return TimeSpan.FromMilliseconds(least + (doubling * (0.5 + (Random.Shared.NextDouble() / 2))));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
