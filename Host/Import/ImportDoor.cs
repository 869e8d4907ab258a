using Chat.Domain.Conversations;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Host.Import;

/// <summary>Hands in requests of others, on the inside subject that only the host's own credentials reach.</summary>
internal sealed class ImportDoor(INatsConnection connection, DeviceId device)
{
    /// <summary>A request about a conversation; null for one that is to be made.</summary>
    public Task<Either<Refusal, Receipt>> ChangeAsync(
        PersonId person,
        ConversationId? conversation,
        Command command,
        ClientId client,
        Instant occurredAt,
        CancellationToken stop
    ) =>
        AskAsync(
            Subjects.Import(
                person,
                device,
                "conversation",
                command is Command.Create ? Subjects.Nothing : conversation!.Value.Value,
                RequestBodies.VerbOf(command)
            ),
            RequestBodies.Of(command, client, occurredAt),
            Decoding.Receipt,
            stop
        );

    /// <summary>A request of a person about themselves.</summary>
    public Task<Either<Refusal, Receipt>> ChangeAsync(
        PersonId person,
        Domain.People.Command command,
        ClientId client,
        CancellationToken stop
    )
    {
        var body = PeopleRequests.Of(command, client);
        return AskAsync(person, PeopleRequests.AddressOf(command), body, Decoding.Receipt, stop);
    }

    /// <summary>A request about what is reported.</summary>
    public Task<Either<Refusal, SilentReceipt>> ReportAsync(
        PersonId person,
        Domain.Desks.Command command,
        ClientId client,
        CancellationToken stop
    )
    {
        var body = ReportRequests.Of(command, client);
        return AskAsync(person, ReportRequests.AddressOf(command), body, PairAnswers.Receipt, stop);
    }

    /// <summary>A request between a person and another.</summary>
    public Task<Either<Refusal, SilentReceipt>> BondAsync(
        PersonId person,
        Domain.Pairs.Command command,
        ClientId client,
        CancellationToken stop
    ) => AskAsync(person, PairRequests.AddressOf(command), PairRequests.Of(client), PairAnswers.Receipt, stop);

    /// <summary>A request about a room; null for one that is to be lit.</summary>
    public Task<Either<Refusal, RoomReceipt>> RoomAsync(
        PersonId person,
        RoomId? room,
        Domain.Rooms.Command command,
        ClientId client,
        CancellationToken stop
    )
    {
        var to = ("room", room?.Value ?? Subjects.Nothing, RoomRequests.VerbOf(command));
        return AskAsync(person, to, RoomRequests.Of(command, client), RoomAnswers.Receipt, stop);
    }

    private Task<Either<Refusal, T>> AskAsync<T>(
        PersonId person,
        (string Area, string Id, string Verb) to,
        byte[] request,
        Func<Fields, T> read,
        CancellationToken stop
    ) =>
        AskAsync(Subjects.Import(person, device, to.Area, to.Id, to.Verb), RequestBodies.Imported(request), read, stop);

    /// <summary>How far somebody has read.</summary>
    public Task<Either<Refusal, Marks>> ReadAsync(
        PersonId person,
        ConversationId conversation,
        long seq,
        CancellationToken stop
    ) =>
        AskAsync(
            Subjects.Import(person, device, "conversation", conversation.Value, "read"),
            RequestBodies.Imported(AskBodies.Seq(seq)),
            Decoding.Marks,
            stop
        );

    private async Task<Either<Refusal, T>> AskAsync<T>(
        string subject,
        byte[] body,
        Func<Fields, T> read,
        CancellationToken stop
    )
    {
        try
        {
            var reply = await connection.RequestAsync<byte[], byte[]>(subject, body, cancellationToken: stop);
            return Decoding.Answer(reply.Data ?? [], read);
        }
        catch (NatsException)
        {
            // No host just now: the same request again, under its id.
            return new Refusal.Unavailable(500);
        }
    }
}
