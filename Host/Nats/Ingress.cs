using Chat.Host.Driving;
using Chat.Host.Files;
using Chat.Host.Operate;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;
using NATS.Client.Services;

namespace Chat.Host.Nats;

/// <summary>
/// Requests of clients: from a subject that the server proved and a body that nobody did, to an arrival for a lane or
/// to a query. A request whose reply is not below the caller's own inbox is dropped: answering it would make the host
/// speak for whoever cannot speak there.
/// </summary>
public sealed class Ingress(
    Lanes lanes,
    Handing handing,
    IQueries queries,
    UnderWay underWay,
    IDigests digests,
    Rates rates,
    FileSeals seals,
    INatsConnection connection,
    TenantId tenant,
    ConversationId? staff,
    SendPolicy? policy,
    ILogger<Ingress> log
)
{
    /// <summary>Queries under way at once; beyond four times that the host is busy.</summary>
    public const int MostQueries = 64;

    private static readonly Task<Refusal?> Nothing = Task.FromResult<Refusal?>(null);
    private readonly SemaphoreSlim querying = new(MostQueries);
    private readonly Dictionary<PersonId, (Task Last, int Count)> waitingForKeys = [];
    private int queriesWaiting;

    /// <summary>Takes one request. Never throws; the answer is sent when there is one.</summary>
    public ValueTask TakeAsync(NatsSvcMsg<byte[]> message) =>
        Take(new Handed(message.Subject, message.ReplyTo, message.Headers, message.Data ?? [], false));

    /// <summary>Takes one that another host was sent, and this one is to decide. Never throws.</summary>
    internal ValueTask Take(Handed handed)
    {
        try
        {
            if (Subjects.ParseRequest(handed.Subject).Case is not Address to)
                return Dropped("subject");
            if (!Subjects.IsOwnInbox(handed.ReplyTo, to.Person, to.Device))
                return Dropped("reply");
            var request = new Incoming(to, handed.ReplyTo!, handed.IsJson);
            if (handed.Body.Length > UserJwt.MaxPayload)
                return Refuse(request, new Refusal.TooLarge($"body: at most {UserJwt.MaxPayload} bytes"));
            var fields = handed.IsJson ? Json.Read(handed.Body) : Fields.Read(handed.Body);
            return fields
                .Bind(read => Requests.Parse(to, read))
                .Match(Right: ask => Take(handed, request, ask), Left: refusal => Refuse(request, refusal));
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A request could not be taken");
            return Dropped("fault");
        }
    }

    private ValueTask Take(Handed handed, Incoming request, Ask ask)
    {
        var (person, device) = (request.To.Person, request.To.Device);
        var change = Addressed.Of(tenant, request.To, ask, staff);
        // Whoever took it first has counted it.
        var limited =
            handed.IsOfAnother ? null
            : change is null ? rates.Query(person, device)
            : rates.Change(person, device, change.Stream);
        if (limited is not null)
            return Refuse(request, limited);
        var stream =
            change?.Stream ?? (ask is Ask.Mark marking ? StreamKey.Of(tenant, marking.Conversation) : (StreamKey?)null);
        if (stream is { } other && handing.TryHand(other, handed))
            return ValueTask.CompletedTask;
        if (change?.Command is Domain.Conversations.Command.SendMessage { Files.Count: > 0 } send)
            if (!send.Files.All(file => seals.Holds(change.Stream, person, file)))
                return Refuse(request, new Refusal.NotFound("file.unknown"));
        if (change is not null)
            Submit(request, change);
        else if (ask is Ask.Mark mark)
            lanes.Submit(
                new Arrival.Marking(0, StreamKey.Of(tenant, mark.Conversation), request.To.Person, mark.Marks),
                Answering(request)
            );
        else
            _ = QueryAsync(request, ask);
        return ValueTask.CompletedTask;
    }

    private void Submit(Incoming request, Addressed change)
    {
        var digest = digests.OfAsync(request.To.Person, change.Normal);
        var against =
            policy is not null && SendPolicy.IsAskedAbout(change.Command)
                ? policy.JudgeAsync(request.To, change.Stream, (Domain.Conversations.Command)change.Command)
                : Nothing;
        lock (waitingForKeys)
        {
            var isBehind = waitingForKeys.TryGetValue(request.To.Person, out var before);
            if (!isBehind && digest.IsCompletedSuccessfully && against == Nothing)
                Submit(request, change, digest.Result, null);
            else
                waitingForKeys[request.To.Person] = (
                    SubmitAsync(request, change, digest, against, before.Last ?? Task.CompletedTask),
                    before.Count + 1
                );
        }
    }

    // A person's key is fetched once, and a policy asked for each thing said. Meanwhile their requests keep their
    // order, and nobody else waits for it.
    private async Task SubmitAsync(
        Incoming request,
        Addressed change,
        ValueTask<Digest> pending,
        Task<Refusal?> against,
        Task before
    )
    {
        await Task.Yield();
        await before;
        try
        {
            Submit(request, change, await pending, await against);
        }
        catch (Exception fault)
        {
            log.LogWarning("No digest for a request: {Fault}", fault.Message);
            _ = Refuse(request, new Refusal.Unavailable(500));
        }
        finally
        {
            lock (waitingForKeys)
            {
                var (last, count) = waitingForKeys[request.To.Person];
                if (count == 1)
                    waitingForKeys.Remove(request.To.Person);
                else
                    waitingForKeys[request.To.Person] = (last, count - 1);
            }
        }
    }

    private void Submit(Incoming request, Addressed change, Digest digest, Refusal? against)
    {
        var (person, device) = (request.To.Person, request.To.Device);
        lanes.Submit(
            new Arrival.Request(0, change.Stream, person, device, change.Client, digest, change.Command)
            {
                Against = against,
            },
            Answering(request)
        );
    }

    private Action<Reply> Answering(Incoming request) =>
        reply =>
        {
            switch (reply)
            {
                case Reply.Accepted accepted:
                    Answer(request, Answers.Ok(accepted.Receipt), accepted.Receipt.Replayed ? "replayed" : "ok");
                    break;
                case Reply.Marked marked:
                    Answer(request, Answers.Ok(marked.Marks), "ok");
                    break;
                case Reply.Refused refused:
                    _ = Refuse(request, refused.Refusal);
                    break;
            }
        };

    private async Task QueryAsync(Incoming request, Ask ask)
    {
        if (Interlocked.Increment(ref queriesWaiting) > 4 * MostQueries)
        {
            Interlocked.Decrement(ref queriesWaiting);
            await Refuse(request, new Refusal.Busy(250));
            return;
        }
        await querying.WaitAsync();
        var begun = underWay.Begin();
        try
        {
            var answer = await queries.AnswerAsync(request.To.Person, request.To.Device, ask);
            if (answer.Case is Refusal refusal)
                await Refuse(request, refusal);
            else
                Answer(request, (byte[])answer, "ok");
        }
        catch (Exception fault)
        {
            log.LogWarning("A {Verb} could not be answered: {Fault}", request.To.Verb, fault.Message);
            await Refuse(request, new Refusal.Unavailable(500));
        }
        finally
        {
            underWay.End(begun);
            querying.Release();
            Interlocked.Decrement(ref queriesWaiting);
        }
    }

    private ValueTask Refuse(Incoming request, Refusal refusal)
    {
        if (refusal is Refusal.NotFound)
            rates.Missed(request.To.Person);
        var headers = new NatsHeaders
        {
            ["Nats-Service-Error-Code"] = refusal.Code,
            ["Nats-Service-Error"] = string.Join(' ', refusal.Because.Take(1)).ReplaceLineEndings(" "),
        };
        Send(request, Answers.Refused(refusal), headers, refusal.Code);
        return ValueTask.CompletedTask;
    }

    private void Answer(Incoming request, byte[] payload, string outcome) => Send(request, payload, null, outcome);

    private void Send(Incoming request, byte[] payload, NatsHeaders? headers, string outcome)
    {
        request.Answered(outcome);
        var sent = connection.PublishAsync(
            request.ReplyTo,
            request.IsJson ? Json.FromMessagePack(payload) : payload,
            headers
        );
        if (!sent.IsCompletedSuccessfully)
            _ = sent.AsTask()
                .ContinueWith(
                    failed =>
                        log.LogWarning("An answer was not sent: {Fault}", failed.Exception?.InnerException?.Message),
                    TaskContinuationOptions.OnlyOnFaulted
                );
    }

    private static ValueTask Dropped(string why)
    {
        Meters.Drop(why);
        return ValueTask.CompletedTask;
    }
}
