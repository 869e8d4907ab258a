namespace Chat.Domain.Deciding;

/// <summary>What was decided: nothing at all ("already so"), or events with the guards they rest on.</summary>
/// <param name="Events">Events of the aggregate's own stream, in order.</param>
/// <param name="Further">Events of further streams, committed in the same transaction.</param>
/// <param name="Guards">Foreign streams that were relied on; a further stream's version stands here too.</param>
public sealed record Decision(Seq<AnyEvent> Events, Seq<(StreamKey Stream, AnyEvent Event)> Further, Seq<Guard> Guards)
{
    /// <summary>It is so already: nothing happens, and nothing is left behind.</summary>
    public static Decision AlreadySo { get; } = new(Empty, Empty, Empty);

    /// <summary>Accept with one event.</summary>
    public static Either<Refusal, Decision> Accept(AnyEvent one) => Right(new Decision(Seq1(one), Empty, Empty));

    /// <summary>Accept with one event where there is something to do, else answer that it is so already.</summary>
    public static Either<Refusal, Decision> If(bool isToDo, AnyEvent one) => isToDo ? Accept(one) : Nothing;

    /// <summary>Answer that it is so already.</summary>
    public static Either<Refusal, Decision> Nothing => Right(AlreadySo);
}
