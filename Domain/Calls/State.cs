namespace Chat.Domain.Calls;

/// <summary>How a call ended. The names are stored.</summary>
public enum Ending
{
    /// <summary>They talked, and one of them hung up.</summary>
    HungUp = 1,

    /// <summary>Whoever was called did not take it.</summary>
    Declined = 2,

    /// <summary>Whoever called gave up before it was taken.</summary>
    Cancelled = 3,

    /// <summary>Nobody took it in time.</summary>
    Missed = 4,

    /// <summary>Whoever was called was on another call.</summary>
    Busy = 5,
}

/// <summary>A call between two people.</summary>
/// <param name="Number">The how manieth of the two: 1, 2, 3 …</param>
/// <param name="Caller">Who called.</param>
/// <param name="Callee">Who was called.</param>
/// <param name="From">The device that it was made from.</param>
/// <param name="IsVideo">Whether they are to be seen, too.</param>
/// <param name="At">When it began to ring.</param>
public sealed record Call(long Number, PersonId Caller, PersonId Callee, DeviceId From, bool IsVideo, Instant At)
{
    /// <summary>When it was taken; null while it rings, or where it never was.</summary>
    public Instant? AnsweredAt { get; init; }

    /// <summary>The device that it was taken on.</summary>
    public DeviceId? On { get; init; }

    /// <summary>How it ended, and when; null while it goes on.</summary>
    public (Ending How, Instant At)? Over { get; init; }

    /// <summary>The other of the two.</summary>
    public PersonId OtherThan(PersonId person) => person == Caller ? Callee : Caller;

    /// <summary>Whether somebody is one of the two.</summary>
    public bool IsOf(PersonId person) => person == Caller || person == Callee;

    /// <summary>When it ends by itself, unless it is answered or ended before.</summary>
    internal Instant Until => AnsweredAt?.Plus(Line.MaxMs) ?? At.Plus(Line.RingMs);
}

/// <summary>The line between two people.</summary>
/// <param name="Last">The last call; null before the first.</param>
public sealed record State(Call? Last)
{
    /// <summary>Before anybody called.</summary>
    public static State Initial { get; } = new((Call?)null);

    /// <summary>The call that rings or goes on; null where there is none.</summary>
    public Call? Current => Last is { Over: null } call ? call : null;
}
