namespace Chat.Domain.Presences;

/// <summary>Somebody came, went, or began or ceased to sneak.</summary>
/// <param name="Who">Who.</param>
/// <param name="Before">What was told of them last.</param>
/// <param name="After">What holds now.</param>
public sealed record Change(PersonId Who, Attendance Before, Attendance After);

/// <summary>
/// Who is in the house, by leases that their devices renew. A word of a device costs O(log n) for n people who are in,
/// and so does each whom <see cref="Changed"/> looks at, which is about once a lease: some 3 microseconds with 100,000
/// of them. Times are those of the hosts' common clock; where two of them differ by milliseconds, so do ends of leases.
/// </summary>
public sealed record Presence
{
    /// <summary>How long a lease lasts, in milliseconds; devices renew it three times as often.</summary>
    public const long LengthMs = 45_000;

    /// <summary>Who was not visible for no longer than this, in milliseconds, has not come anew.</summary>
    public const long GraceMs = 20_000;

    /// <summary>For how long it is known when somebody was last seen, in milliseconds.</summary>
    public const long RememberedMs = 24 * 60 * 60 * 1_000;

    /// <summary>Of how many devices of a person the last word is held; beyond, the oldest word goes.</summary>
    public const int MaxDevices = 20;

    private Presence(HashMap<PersonId, Leases> held, Watching watching) => (Held, Watching) = (held, watching);

    /// <summary>Nobody, and nothing told.</summary>
    public static Presence Nobody { get; } = new(HashMap<PersonId, Leases>(), Watching.Nobody);

    /// <summary>What is known of each: what hosts tell each other.</summary>
    public HashMap<PersonId, Leases> Held { get; private init; }

    private Watching Watching { get; init; }

    /// <summary>
    /// A device says that it is there, and whether that is an opening: somebody is visible who was not for longer than
    /// <see cref="GraceMs"/>. Nobody opens by sneaking, but by ceasing to.
    /// </summary>
    public (Presence After, bool IsOpening) Renew(PersonId who, DeviceId device, Instant now, bool isSneaking)
    {
        var before = Of(who);
        var isOpening = !isSneaking && before.LastSeen(now).ForAll(at => now.Since(at) > GraceMs);
        return (With(who, before.With(device, new Lease(now, isSneaking, false)), now), isOpening);
    }

    /// <summary>A device says that it goes; also one that nobody has heard of, for another host may have.</summary>
    public Presence End(PersonId who, DeviceId device, Instant now) =>
        With(who, Of(who).With(device, new Lease(now, false, true)), now);

    /// <summary>Whether somebody is in.</summary>
    public Attendance AttendanceOf(PersonId who, Instant now) => Of(who).AttendanceAt(now);

    /// <summary>Whether they are in, sneaking or not.</summary>
    public bool IsIn(PersonId who, Instant now) => AttendanceOf(who, now) is not Attendance.Away;

    /// <summary>Whether others see that they are in, and may join them.</summary>
    public bool IsVisible(PersonId who, Instant now) => AttendanceOf(who, now) is Attendance.Visible;

    /// <summary>
    /// The last moment up to now at which somebody was visible: now, while they are. Sneaking is not seen. None if it
    /// is not remembered.
    /// </summary>
    public Option<Instant> LastSeen(PersonId who, Instant now) => Of(who).LastSeen(now);

    /// <summary>
    /// What has changed since this was last asked, each once, whether by a word of a device, of a host, or by time.
    /// </summary>
    public (Presence After, Listing<Change> Changes) Changed(Instant now)
    {
        var watching = Watching;
        var changes = new List<Change>();
        while (watching.Turns.Min.Case is Turn turn && turn.At <= now)
        {
            var (leases, before) = (Of(turn.Who), watching.ToldOf(turn.Who));
            var after = leases.AttendanceAt(now);
            if (after != before)
                changes.Add(new Change(turn.Who, before, after));
            watching = watching.Told(turn.Who, after, leases.LessAt(now));
        }
        return (this with { Watching = watching }, Listing.From(changes));
    }

    /// <summary>
    /// With what another host holds, of some people or of all: the later word of each device counts. In which order
    /// hosts hear of each other, and how often, makes no difference to <see cref="Held"/>. Of a device that went from
    /// one host to another before these heard of each other, when it was last seen may be wrong by a lease.
    /// </summary>
    public Presence Join(HashMap<PersonId, Leases> others) =>
        others.Fold(
            this,
            (joined, who, theirs) =>
            {
                var ours = joined.Of(who);
                var both = ours.Join(theirs);
                return both == ours
                    ? joined
                    : new(joined.Held.AddOrUpdate(who, both), joined.Watching.By(who, new Instant(long.MinValue)));
            }
        );

    /// <summary>What is held of these: all that is to be told of them to another host.</summary>
    public HashMap<PersonId, Leases> Part(IEnumerable<PersonId> people) =>
        people.Fold(
            HashMap<PersonId, Leases>(),
            (part, who) => Held.Find(who).Map(leases => part.AddOrUpdate(who, leases)).IfNone(part)
        );

    /// <summary>
    /// Without what makes no difference any more. It looks at everybody who was in within
    /// <see cref="RememberedMs"/>: some 50 milliseconds for 100,000, so once a minute is enough.
    /// </summary>
    public Presence Swept(Instant now) =>
        this with
        {
            Held = Held.Fold(
                Held,
                (held, who, leases) =>
                {
                    var left = leases.Swept(now);
                    return left.ByDevice.IsEmpty && left.LastSeen(now).IsNone ? held.Remove(who)
                        : left == leases ? held
                        : held.AddOrUpdate(who, left);
                }
            ),
        };

    private Leases Of(PersonId who) => Held.Find(who).IfNone(Leases.None);

    private Presence With(PersonId who, Leases leases, Instant now)
    {
        var attendance = leases.AttendanceAt(now);
        var isTold = attendance == Watching.ToldOf(who);
        return new(
            Held.AddOrUpdate(who, leases),
            isTold && attendance is Attendance.Away ? Watching : Watching.By(who, isTold ? leases.LessAt(now) : now)
        );
    }
}
