namespace Chat.Domain.Presences;

/// <summary>What was told of somebody, and when to look whether it still holds.</summary>
internal readonly record struct Watch(Attendance Told, Instant Due);

/// <summary>Who is to be looked at when.</summary>
internal readonly record struct Turn(Instant At, PersonId Who) : IComparable<Turn>
{
    public int CompareTo(Turn other) => (At, Who).CompareTo((other.At, other.Who));
}

/// <summary>
/// Whom something was told of. Each has one turn, which is never later than what it waits for but may be earlier: then
/// they are looked at and have another. So a renewal does not move it.
/// </summary>
internal sealed record Watching(HashMap<PersonId, Watch> Watches, Set<Turn> Turns)
{
    public static Watching Nobody { get; } = new(HashMap<PersonId, Watch>(), Empty);

    public Attendance ToldOf(PersonId who) => Watches.Find(who).Map(watch => watch.Told).IfNone(Attendance.Away);

    /// <summary>With a turn that is not later than this.</summary>
    public Watching By(PersonId who, Instant at) =>
        Watches.Find(who).Case is Watch watch
            ? watch.Due <= at
                ? this
                : Put(who, new Watch(watch.Told, at), watch)
            : Put(who, new Watch(Attendance.Away, at), null);

    /// <summary>After somebody's turn.</summary>
    public Watching Told(PersonId who, Attendance told, Instant next)
    {
        var before = Watches.Find(who).Case as Watch?;
        return told is Attendance.Away
            ? new(Watches.Remove(who), before is { } old ? Turns.Remove(new Turn(old.Due, who)) : Turns)
            : Put(who, new Watch(told, next), before);
    }

    private Watching Put(PersonId who, Watch watch, Watch? before)
    {
        var turns = before is { } old ? Turns.Remove(new Turn(old.Due, who)) : Turns;
        return new(Watches.AddOrUpdate(who, watch), turns.Add(new Turn(watch.Due, who)));
    }
}
