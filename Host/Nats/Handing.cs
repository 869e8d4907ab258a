using Chat.Host.Owning;
using Chat.Protocol;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>A request as it came, here or at another host.</summary>
/// <param name="Subject">The subject that it came on first.</param>
/// <param name="ReplyTo">Where its answer goes, whoever gives it.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
/// <param name="IsOfAnother">Whether another host was sent it, and handed it on: it is not handed on once more.</param>
internal readonly record struct Handed(
    string Subject,
    string? ReplyTo,
    NatsHeaders? Headers,
    byte[] Body,
    bool IsOfAnother
)
{
    /// <summary>Whether its body is JSON.</summary>
    public bool IsJson =>
        Headers is not null
        && Headers.TryGetValue("Content-Type", out var type)
        && type.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Hands requests to the host whose stream they are about; that one answers whoever asked. One that is not its own by
/// then, or that nobody owns just now, is answered <c>moved</c>, and asked again.
/// </summary>
public sealed class Handing : IAsyncDisposable
{
    private readonly INatsConnection connection;
    private readonly Ownership ownership;
    private readonly string name;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private Task taking = Task.CompletedTask;

    /// <param name="connection">Over which hosts hear of each other.</param>
    /// <param name="ownership">Whose what is.</param>
    /// <param name="name">This host's name.</param>
    /// <param name="log">What could not be handed on.</param>
    public Handing(INatsConnection connection, Ownership ownership, string name, ILogger log) =>
        (this.connection, this.ownership, this.name, this.log) = (connection, ownership, name, log);

    /// <summary>Hands a request on if its stream is another host's; false where it is to be taken here.</summary>
    internal bool TryHand(StreamKey stream, Handed handed)
    {
        if (
            handed.IsOfAnother
            || ownership.IsOwn(stream)
            || ownership.OwnerOf(stream) is not { } owner
            || owner == name
        )
            return false;
        var headers = new NatsHeaders { [Subjects.CameOn] = handed.Subject };
        foreach (var (header, value) in handed.Headers ?? [])
            headers.TryAdd(header, value);
        var sent = connection.PublishAsync(Subjects.HostAsked(owner), handed.Body, headers, handed.ReplyTo);
        if (!sent.IsCompletedSuccessfully)
            _ = ObserveAsync(sent);
        return true;
    }

    /// <summary>Takes what other hosts hand on.</summary>
    internal async Task ListenAsync(
        Func<Handed, ValueTask> request,
        Func<Handed, ValueTask> import,
        CancellationToken stop
    )
    {
        var asked = await connection.SubscribeCoreAsync<byte[]>(Subjects.HostAsked(name), cancellationToken: stop);
        taking = TakeAsync(asked, request, import);
    }

    private async Task TakeAsync(
        INatsSub<byte[]> asked,
        Func<Handed, ValueTask> request,
        Func<Handed, ValueTask> import
    )
    {
        try
        {
            await foreach (var message in asked.Msgs.ReadAllAsync(stopping.Token))
                if (message.Headers?[Subjects.CameOn].ToString() is { Length: > 0 } subject)
                {
                    var handed = new Handed(subject, message.ReplyTo, message.Headers, message.Data ?? [], true);
                    await (Subjects.ParseImport(subject).IsSome ? import(handed) : request(handed));
                }
        }
        catch (OperationCanceledException) { }
        finally
        {
            await asked.DisposeAsync();
        }
    }

    private async Task ObserveAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception fault)
        {
            log.LogWarning("A request was not handed on: {Fault}", fault.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await taking;
        stopping.Dispose();
    }
}
