using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Chat.Host.Operate;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.NKeys;

namespace Chat.Host.Nats;

/// <summary>
/// Answers nats-server's question about every new client: who is this, and what may it do? Several hosts share the
/// work as a queue group. What it is asked comes from anybody, so nothing in a question may throw.
/// </summary>
public sealed class Callout : IAsyncDisposable
{
    private const string Subject = "$SYS.REQ.USER.AUTH";
    private const int Waiting = 16_384;

    private readonly INatsConnection _connection;
    private readonly VerifiedTokens _tokens;
    private readonly Sessions _sessions;
    private readonly Func<string, string, DateTimeOffset, bool?> _revoked;
    private readonly TimeSpan _tooOld;
    private readonly ILogger _log;
    private readonly XKeyBox _xkey;
    private readonly KeyPair _issuer;
    private readonly UserJwt _jwt;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<(NatsMsg<byte[]> Question, long At)> _questions = Channel.CreateBounded<(
        NatsMsg<byte[]>,
        long
    )>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true });

    private Task _running = Task.CompletedTask;
    private int _disposed;

    /// <param name="connection">As the callout's own user, in the account AUTH.</param>
    /// <param name="secrets">The issuer's and the curve key.</param>
    /// <param name="verifier">Of the product's tokens.</param>
    /// <param name="sessions">Told of everybody before they are let in.</param>
    /// <param name="revoked">
    /// Whether (person, device, issued at) has been revoked; asked for every connection. Null where that is not known
    /// just now: then nobody is answered, and who wants in tries again.
    /// </param>
    /// <param name="authTimeout">As the server has it: nobody waits for a later answer.</param>
    /// <param name="clock">For the JWTs' issue time.</param>
    /// <param name="log">Refusals, without tokens.</param>
    public Callout(
        INatsConnection connection,
        Secrets secrets,
        TokenVerifier verifier,
        Sessions sessions,
        Func<string, string, DateTimeOffset, bool?> revoked,
        TimeSpan? authTimeout = null,
        TimeProvider? clock = null,
        ILogger? log = null
    )
    {
        _connection = connection;
        _tokens = new VerifiedTokens(verifier, capacity: Waiting);
        _sessions = sessions;
        _revoked = revoked;
        _tooOld = authTimeout ?? TimeSpan.FromSeconds(5);
        _log = log ?? NullLogger.Instance;
        _xkey = new XKeyBox(secrets.XKeySeed);
        _issuer = KeyPair.FromSeed(secrets.IssuerSeed);
        _jwt = new UserJwt(_issuer, clock ?? TimeProvider.System);
    }

    /// <summary>Returns when the server knows of it. A connection costs some 0.4 ms of one core.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        var options = new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = Waiting } };
        var sub = await _connection.SubscribeCoreAsync<byte[]>(
            Subject,
            queueGroup: "callout",
            opts: options,
            cancellationToken: cancel
        );
        await _connection.PingAsync(cancel);

        // Half of the cores of a large machine: those who come must not stop those who are there.
        var workers = Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount / 2)).Select(_ => Task.Run(WorkAsync));
        _running = Task.WhenAll([Task.Run(() => ReceiveAsync(sub)), .. workers]);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        _questions.Writer.TryComplete();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _issuer.Dispose();
    }

    /// <summary>The sealed answer to a sealed question; null where nobody can be answered.</summary>
    internal byte[]? Answer(byte[] question, string? senderXKey)
    {
        try
        {
            if (senderXKey is null || !KeyPair.IsValidPublicKey(PrefixByte.Curve, senderXKey))
            {
                return null;
            }

            // The server's signature is not checked: only the callout's own user can ask in this account.
            return
                _xkey.Open(question, senderXKey) is { } jwt
                && Encoding.ASCII.GetString(jwt).Split('.') is [_, var claims, _]
                && CalloutQuestion.Read(Base64Url.DecodeFromChars(claims)) is { } asked
                && Decide(asked) is { } answer
                ? _xkey.Seal(Encoding.ASCII.GetBytes(answer), senderXKey)
                : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _log.LogWarning("A callout question could not be read: {Kind}", e.GetType().Name);
            return null;
        }
    }

    private string? Decide(CalloutQuestion asked)
    {
        var because = "a bearer token is required";
        if (asked.Token is { Length: > 0 } token && _tokens.Verify(token, out because) is { } bearer)
        {
            // Counted as live before the revocation is asked: whoever revokes later finds this connection and kicks it.
            _sessions.Authorised(asked.Connection, bearer.Person, bearer.Device);
            var isRevoked = _revoked(bearer.Person, bearer.Device, bearer.IssuedAt);
            if (isRevoked is false)
            {
                return _jwt.Granted(asked.Connection.Server, asked.UserKey, _jwt.ForClient(asked.UserKey, bearer));
            }

            _sessions.Withdraw(asked.Connection);
            if (isRevoked is null)
            {
                return null;
            }

            because = "revoked";
        }

        _log.LogInformation("Refused connection {Connection}: {Because}", asked.Connection.Cid, because);
        return _jwt.Refused(asked.Connection.Server, asked.UserKey, because ?? "refused");
    }

    private async Task ReceiveAsync(INatsSub<byte[]> sub)
    {
        await using (sub)
        {
            await foreach (var question in sub.Msgs.ReadAllAsync(_stopping.Token))
            {
                _questions.Writer.TryWrite((question, Stopwatch.GetTimestamp()));
            }
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var (question, at) in _questions.Reader.ReadAllAsync(_stopping.Token))
        {
            // In a storm the late ones have given up already; answering them would make the next ones late too.
            if (Stopwatch.GetElapsedTime(at) > _tooOld || question.ReplyTo is null || question.Data is null)
            {
                continue;
            }

            var sender =
                question.Headers is { } headers && headers.TryGetLastValue("Nats-Server-Xkey", out var key)
                    ? key
                    : null;
            if (Answer(question.Data, sender) is { } answer)
            {
                await ReplyAsync(question.ReplyTo, answer);
            }
        }
    }

    private async Task ReplyAsync(string replyTo, byte[] answer)
    {
        try
        {
            await _connection.PublishAsync(replyTo, answer, cancellationToken: _stopping.Token);
        }
        catch (NatsException e)
        {
            _log.LogWarning("A callout answer was not sent: {Kind}", e.GetType().Name);
        }
    }
}
