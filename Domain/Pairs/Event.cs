namespace Chat.Domain.Pairs;

/// <summary>What happened between two people: one did it, to the other.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp, PersonId other)
        : base(stamp) => Other = other;

    /// <summary>The other of the two.</summary>
    public PersonId Other { get; }

    /// <summary>One asked the other to be friends.</summary>
    public sealed record Requested(Stamp Stamp, PersonId Other) : Event(Stamp, Other);

    /// <summary>They are friends: both have said so.</summary>
    public sealed record Befriended(Stamp Stamp, PersonId Other) : Event(Stamp, Other);

    /// <summary>The other's request was turned away.</summary>
    public sealed record Declined(Stamp Stamp, PersonId Other) : Event(Stamp, Other);

    /// <summary>One took their request back.</summary>
    public sealed record Cancelled(Stamp Stamp, PersonId Other) : Event(Stamp, Other);

    /// <summary>They are friends no more.</summary>
    public sealed record Removed(Stamp Stamp, PersonId Other) : Event(Stamp, Other);

    /// <summary>One closed the other out.</summary>
    public sealed record Blocked(Stamp Stamp, PersonId Other) : Event(Stamp, Other);

    /// <summary>One does so no more.</summary>
    public sealed record Unblocked(Stamp Stamp, PersonId Other) : Event(Stamp, Other);
}
