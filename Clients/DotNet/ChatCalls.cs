using Chat.Domain.Calls;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Calls with a friend.</summary>
public static class ChatCalls
{
    private const string Area = "call";

    /// <summary>Calls somebody, takes their call, or ends it.</summary>
    /// <param name="client">Who.</param>
    /// <param name="other">The other of the two.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="id">With an id of one's own it can be asked again at any time, and takes effect once.</param>
    /// <param name="stop">Gives up.</param>
    public static Task<Either<Refusal, SilentReceipt>> CallAsync(
        this ChatClient client,
        PersonId other,
        Command command,
        ClientId? id = null,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            Area,
            other.Value,
            CallRequests.VerbOf(command),
            CallRequests.Of(command, id ?? ChatClient.NewId()),
            PairAnswers.Receipt,
            stop
        );

    /// <summary>The last call with somebody: ringing, taken or over; none where there was none.</summary>
    public static Task<Either<Refusal, Option<Call>>> CallWithAsync(
        this ChatClient client,
        PersonId other,
        CancellationToken stop = default
    ) => client.AskAsync(Area, other.Value, "get", [], CallAnswers.Last, stop);

    /// <summary>Passes something on to the other's device, once the call is taken.</summary>
    public static Task<Either<Refusal, Unit>> PassAsync(
        this ChatClient client,
        PersonId other,
        long number,
        CallSignal data,
        CancellationToken stop = default
    ) => client.AskAsync(Area, other.Value, "signal", CallRequests.Signal(number, data), _ => unit, stop);

    /// <summary>By which servers devices find each other where no straight way leads.</summary>
    public static Task<Either<Refusal, RelaysView>> RelaysAsync(
        this ChatClient client,
        CancellationToken stop = default
    ) => client.AskAsync(Area, Subjects.Nothing, "relays", [], CallAnswers.Relays, stop);
}
