namespace Chat.Domain.Calls;

/// <summary>What happened on a line.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp)
        : base(stamp) { }

    /// <summary>Somebody calls the other, from a device.</summary>
    public sealed record Rung(Stamp Stamp, PersonId Other, DeviceId Device, bool IsVideo) : Event(Stamp);

    /// <summary>The other took it, on a device.</summary>
    public sealed record Answered(Stamp Stamp, DeviceId Device) : Event(Stamp);

    /// <summary>It is over.</summary>
    public sealed record Ended(Stamp Stamp, Ending How) : Event(Stamp);
}
