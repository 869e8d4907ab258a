namespace Chat.Domain.Pairs;

/// <summary>What one of two people wants of the other, or of what is between them.</summary>
public abstract record Command : AnyCommand
{
    private Command(PersonId other) => Other = other;

    /// <summary>The other of the two.</summary>
    public PersonId Other { get; }

    /// <summary>Ask to be friends. If the other has asked, both are.</summary>
    public sealed record Request(PersonId Other) : Command(Other);

    /// <summary>Say yes to the other's request.</summary>
    public sealed record Accept(PersonId Other) : Command(Other);

    /// <summary>Say no. The other is not told, then or later.</summary>
    public sealed record Decline(PersonId Other) : Command(Other);

    /// <summary>Take one's own request back.</summary>
    public sealed record Cancel(PersonId Other) : Command(Other);

    /// <summary>Be friends no more.</summary>
    public sealed record Remove(PersonId Other) : Command(Other);

    /// <summary>
    /// Have nothing more to do with the other: friendship and requests end, the direct conversation closes both ways,
    /// neither asks the other in anywhere. The other is not told.
    /// </summary>
    public sealed record Block(PersonId Other) : Command(Other);

    /// <summary>Undo that; what ended stays ended.</summary>
    public sealed record Unblock(PersonId Other) : Command(Other);
}
