namespace Chat.Domain.Presences;

/// <summary>Whether somebody is in the house, and whether others are to see it.</summary>
public enum Attendance
{
    /// <summary>On no device.</summary>
    Away = 0,

    /// <summary>In, and sneaking on each device: nobody is to know.</summary>
    Sneaking = 1,

    /// <summary>In, and on some device not sneaking.</summary>
    Visible = 2,
}

/// <summary>The leases of one person's devices. A semilattice under <see cref="Join"/>.</summary>
/// <param name="ByDevice">
/// The last word of each device, of the <see cref="Presence.MaxDevices"/> that were heard of last.
/// </param>
/// <param name="SeenAt">
/// A moment at which they were visible, as late as is known without what <paramref name="ByDevice"/> says of the time
/// since; null if there was none.
/// </param>
public sealed record Leases(Map<DeviceId, Lease> ByDevice, Instant? SeenAt)
{
    /// <summary>Before anything was heard.</summary>
    public static Leases None { get; } = new(Empty, null);

    /// <summary>Whether they are in.</summary>
    public Attendance AttendanceAt(Instant now)
    {
        var attendance = Attendance.Away;
        foreach (var lease in ByDevice.Values)
            if (lease.IsLive(now) && lease.IsShown)
                return Attendance.Visible;
            else if (lease.IsLive(now))
                attendance = Attendance.Sneaking;
        return attendance;
    }

    /// <summary>
    /// The last moment up to now at which they were visible: now, while they are. None if they were not within
    /// <see cref="Presence.RememberedMs"/>.
    /// </summary>
    public Option<Instant> LastSeen(Instant now)
    {
        var seen = SeenAt;
        foreach (var lease in ByDevice.Values)
            if (lease.IsShown)
                seen = Later(seen, lease.Until);
        return Optional(seen).Map(at => at < now ? at : now).Filter(at => now.Since(at) < Presence.RememberedMs);
    }

    /// <summary>The least that is at least both: of each device the later word.</summary>
    public Leases Join(Leases other)
    {
        var joined = other.ByDevice.Fold(
            ByDevice,
            (held, device, theirs) =>
                held.AddOrUpdate(device, held.Find(device).Map(ours => Lease.Max(ours, theirs)).IfNone(theirs))
        );
        while (joined.Count > Presence.MaxDevices)
            joined = joined.Remove(Oldest(joined));
        return new(joined, Later(SeenAt, other.SeenAt));
    }

    /// <summary>After a device's next word.</summary>
    internal Leases With(DeviceId device, Lease said)
    {
        var before = ByDevice.Find(device).ToNullable();
        var lease = before?.Then(said) ?? said;
        var seen = SeenUntil(before, lease.At);
        if (lease.IsShown)
            seen = Later(seen, lease.At);
        var after = new Leases(ByDevice.AddOrUpdate(device, lease), seen);
        return after.ByDevice.Count > Presence.MaxDevices ? after.Without(Oldest(after.ByDevice), lease.At) : after;
    }

    /// <summary>Without what has been over for so long that no word that is still to come can be before it.</summary>
    internal Leases Swept(Instant now) =>
        ByDevice.Fold(
            this,
            (left, device, lease) => now.Since(lease.At) >= Presence.LengthMs ? left.Without(device, lease.Until) : left
        );

    /// <summary>When they will be less in than now, if nothing more is heard; they must be in.</summary>
    internal Instant LessAt(Instant now)
    {
        var isVisible = AttendanceAt(now) is Attendance.Visible;
        var until = now;
        foreach (var lease in ByDevice.Values)
            if (lease.IsLive(now) && (lease.IsShown || !isVisible))
                until = Instant.Max(until, lease.Until);
        return until;
    }

    private Leases Without(DeviceId device, Instant at) =>
        new(ByDevice.Remove(device), SeenUntil(ByDevice.Find(device).ToNullable(), at));

    // Up to when a lease showed them that something else took the place of.
    private Instant? SeenUntil(Lease? old, Instant at) =>
        old is { IsShown: true } shown ? Later(SeenAt, shown.Until < at ? shown.Until : at) : SeenAt;

    private static Instant? Later(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Max(a, b) : one ?? other;

    private static DeviceId Oldest(Map<DeviceId, Lease> leases) =>
        leases.AsEnumerable().MinBy(held => (held.Value, held.Key)).Key;
}
