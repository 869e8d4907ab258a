namespace Chat.Domain.Calls;

/// <summary>What one of two people wants of the line between them. The number of a call is where it is found.</summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>
    /// Call the other; where they are just calling, take it. Whoever is busy is not rung, and the call has ended with
    /// that.
    /// </summary>
    /// <param name="Other">Whom: a friend.</param>
    /// <param name="IsVideo">Whether they are to be seen, too.</param>
    public sealed record Ring(PersonId Other, bool IsVideo) : Command;

    /// <summary>Take the call that rings, on this device.</summary>
    public sealed record Accept(long Number) : Command;

    /// <summary>Not take it.</summary>
    public sealed record Decline(long Number) : Command;

    /// <summary>End it, whatever it is at: ringing or taken. Without a number whichever there is.</summary>
    public sealed record HangUp(long? Number) : Command;

    /// <summary>Its time is over. Before it is nothing happens, whoever asks.</summary>
    public sealed record Elapse : Command;
}
