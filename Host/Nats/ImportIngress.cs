using Chat.Host.Driving;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>
/// Requests that an import makes in the names of others, with the time at which they happened elsewhere. On an inside
/// subject, which only who holds the host's own credentials can reach.
/// </summary>
public sealed class ImportIngress : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly INatsConnection connection;
    private readonly Lanes lanes;
    private readonly Handing handing;
    private readonly IDigests digests;
    private readonly TenantId tenant;
    private Task running = Task.CompletedTask;

    private ImportIngress(INatsConnection connection, Lanes lanes, Handing handing, IDigests digests, TenantId tenant)
    {
        (this.connection, this.lanes, this.handing) = (connection, lanes, handing);
        (this.digests, this.tenant) = (digests, tenant);
    }

    /// <summary>Listens.</summary>
    public static async Task<ImportIngress> ListenAsync(
        INatsConnection connection,
        Lanes lanes,
        Handing handing,
        IDigests digests,
        TenantId tenant,
        CancellationToken stop
    )
    {
        var ingress = new ImportIngress(connection, lanes, handing, digests, tenant);
        var sub = await connection.SubscribeCoreAsync<byte[]>(
            Subjects.AllImports,
            Subjects.HostGroup,
            cancellationToken: stop
        );
        ingress.running = ingress.RunAsync(sub);
        return ingress;
    }

    private async Task RunAsync(INatsSub<byte[]> sub)
    {
        try
        {
            await foreach (var message in sub.Msgs.ReadAllAsync(stopping.Token))
                await TakeAsync(
                    new Handed(message.Subject, message.ReplyTo, message.Headers, message.Data ?? [], false)
                );
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    /// <summary>Takes one, sent here or handed on.</summary>
    internal async ValueTask TakeAsync(Handed handed)
    {
        if (Subjects.ParseImport(handed.Subject).Case is not Address to || handed.ReplyTo is not { } replyTo)
            return;
        var fields = Fields.Read(handed.Body);
        var asked = fields.Bind(read => Requests.Parse(to, read.Inner("request")));
        Arrival? arrival = asked.Case switch
        {
            Ask.Mark mark => new Arrival.Marking(0, StreamKey.Of(tenant, mark.Conversation), to.Person, mark.Marks),
            Ask ask when Addressed.Of(tenant, to, ask, null) is { } change => await RequestAsync(
                to,
                change,
                (Fields)fields.Case
            ),
            _ => null,
        };
        if (arrival is null)
            await connection.PublishAsync(
                replyTo,
                Answers.Refused(asked.Case as Refusal ?? new Refusal.Unsupported("import.changes_only"))
            );
        else if (!handing.TryHand(arrival.Stream, handed))
            lanes.Submit(arrival, reply => _ = connection.PublishAsync(replyTo, Encode(reply)));
    }

    private async Task<Arrival.Request> RequestAsync(Address to, Addressed change, Fields fields) =>
        new(
            0,
            change.Stream,
            to.Person,
            to.Device,
            change.Client,
            await digests.OfAsync(to.Person, change.Normal),
            change.Command,
            fields["occurred_at"] as Instant?
        );

    private static byte[] Encode(Reply reply) =>
        reply switch
        {
            Reply.Accepted accepted => Answers.Ok(accepted.Receipt),
            Reply.Marked marked => Answers.Ok(marked.Marks),
            Reply.Refused refused => Answers.Refused(refused.Refusal),
        };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }
}
