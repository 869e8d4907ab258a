using Chat.Domain.People;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Closing somebody out of everything: for those of the staff who may ban there.</summary>
public static class ChatSuspensions
{
    /// <summary>
    /// Closes somebody out, for some milliseconds or until they are let in again: all their devices are put out.
    /// </summary>
    public static Task<Either<Refusal, Receipt>> SuspendAsync(
        this ChatClient client,
        PersonId who,
        long? forMs = null,
        Reason? why = null,
        ClientId? id = null,
        CancellationToken stop = default
    ) => AskAsync(client, new Ask.Suspend(id ?? ChatClient.NewId(), who, forMs, why), Decoding.Receipt, stop);

    /// <summary>Lets somebody in again.</summary>
    public static Task<Either<Refusal, Receipt>> RestoreAsync(
        this ChatClient client,
        PersonId who,
        ClientId? id = null,
        CancellationToken stop = default
    ) => AskAsync(client, new Ask.Restore(id ?? ChatClient.NewId(), who), Decoding.Receipt, stop);

    /// <summary>Whether somebody is closed out, by whom, until when and why.</summary>
    public static Task<Either<Refusal, Option<Suspension>>> SuspensionAsync(
        this ChatClient client,
        PersonId who,
        CancellationToken stop = default
    ) => AskAsync(client, new Ask.Suspension(who), SuspensionRequests.Of, stop);

    private static Task<Either<Refusal, T>> AskAsync<T>(
        ChatClient client,
        Ask ask,
        Func<Fields, T> read,
        CancellationToken stop
    )
    {
        var (area, id, verb) = SuspensionRequests.AddressOf(ask);
        return client.AskAsync(area, id, verb, SuspensionRequests.Of(ask), read, stop);
    }
}
