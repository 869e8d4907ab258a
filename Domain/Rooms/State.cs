namespace Chat.Domain.Rooms;

/// <summary>What let somebody in. The names are stored.</summary>
public enum Way
{
    /// <summary>They lit the room.</summary>
    Lit = 1,

    /// <summary>A friend is inside, and the room was open.</summary>
    Friend = 2,

    /// <summary>Somebody inside waved them over.</summary>
    Wave = 3,

    /// <summary>They knocked, and somebody inside let them in.</summary>
    Admitted = 4,

    /// <summary>They are on the guest list.</summary>
    Guest = 5,
}

/// <summary>Why somebody could come in.</summary>
/// <param name="Way">What let them in.</param>
/// <param name="By">
/// Through whom: the friend inside, who waved, who let them in, who keeps the guest list; nobody for who lit it.
/// </param>
public sealed record Entry(Way Way, PersonId? By);

/// <summary>Somebody inside.</summary>
/// <param name="Since">When they came in.</param>
/// <param name="Version">At which event: who has been here longer has a lower one.</param>
/// <param name="Entry">Why they could.</param>
public sealed record Occupant(Instant Since, long Version, Entry Entry);

/// <summary>Somebody asks to be let in.</summary>
/// <param name="At">When they knocked.</param>
/// <param name="Via">Their friend inside, as it was then.</param>
public sealed record Knock(Instant At, PersonId Via)
{
    /// <summary>Whether it still counts.</summary>
    public bool Holds(Instant now) => now < At.Plus(Room.KnockMs);
}

/// <summary>Somebody may come in, though it is locked.</summary>
/// <param name="By">Who let them in.</param>
/// <param name="At">When.</param>
public sealed record Admission(PersonId By, Instant At)
{
    /// <summary>Whether it still counts.</summary>
    public bool Holds(Instant now) => now < At.Plus(Room.AdmissionMs);
}

/// <summary>A room.</summary>
/// <param name="Name">What it is called; null before it was lit.</param>
/// <param name="Capacity">How many have room in it.</param>
/// <param name="Occupants">Who is inside.</param>
/// <param name="Keeper">Who looks after it: who lit it, and after them whoever has been inside longest.</param>
/// <param name="LockedBy">Who locked it; null while it is open.</param>
/// <param name="Guests">Who may walk in; where nobody is named, friends of those inside.</param>
/// <param name="Knocks">Who knocked and was not answered.</param>
/// <param name="Admitted">Who was let in and has not come yet.</param>
/// <param name="Expelled">Who may not come back.</param>
/// <param name="Talk">The last of what was said and happened, at most <see cref="Room.MaxTalk"/>, oldest first.</param>
/// <param name="Version">How many events there were.</param>
/// <param name="Table">Where games are played.</param>
/// <param name="Log">All entries of the game that is played there, or was last, in order.</param>
public sealed record State(
    RoomName? Name,
    int Capacity,
    Map<PersonId, Occupant> Occupants,
    PersonId? Keeper,
    PersonId? LockedBy,
    Set<PersonId> Guests,
    Map<PersonId, Knock> Knocks,
    Map<PersonId, Admission> Admitted,
    Set<PersonId> Expelled,
    Listing<Line> Talk,
    long Version,
    Games.State Table,
    Seq<Games.Entry> Log
)
{
    /// <summary>When it was lit.</summary>
    public Instant LitAt { get; init; }

    /// <summary>
    /// Who was ever inside: the first <see cref="Party.MaxPeople"/>, and one more. Until when is true of who has gone.
    /// </summary>
    public Map<PersonId, Attended> Attendance { get; init; }

    /// <summary>The last games that were played here, at most <see cref="Party.MaxGames"/>, oldest first.</summary>
    public Listing<PartyGame> Played { get; init; } = [];

    /// <summary>The wish for a record; null where nobody has one.</summary>
    public Wish? Wish { get; init; }

    /// <summary>Before it was lit.</summary>
    public static State Initial { get; } =
        new(null, 0, Empty, null, null, Empty, Empty, Empty, Empty, [], 0, Games.State.Initial, Empty);

    /// <summary>Whether it is lit. A room from which the last has gone is dark for good.</summary>
    public bool IsLit => !Occupants.IsEmpty;

    /// <summary>Whether nobody else finds a place.</summary>
    public bool IsFull => Occupants.Count >= Capacity;

    /// <summary>Those inside, who has been there longest first.</summary>
    public Seq<PersonId> Inside =>
        toSeq(Occupants.AsEnumerable().OrderBy(one => one.Value.Version).Select(one => one.Key)).Strict();

    /// <summary>Whether somebody who is friends with one inside has to knock.</summary>
    public bool IsClosedTo(PersonId person) => LockedBy is not null || (!Guests.IsEmpty && !Guests.Contains(person));
}

/// <summary>Something that was said or happened in a room.</summary>
/// <param name="Version">Its event's.</param>
/// <param name="Event">The event.</param>
public sealed record Line(long Version, Event Event);
