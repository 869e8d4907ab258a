namespace Chat.Domain.Rooms;

/// <summary>How somebody stands to another, for what they are shown of a room.</summary>
/// <param name="IsFriend">Whether they are friends.</param>
/// <param name="IsClosed">Whether a block lies between them.</param>
/// <param name="IsGhost">Whether the other does not want them told of themselves.</param>
public readonly record struct Tie(bool IsFriend, bool IsClosed, bool IsGhost);

/// <summary>Somebody inside, as whoever looks knows them.</summary>
/// <param name="Person">Who.</param>
/// <param name="IsStranger">Whether whoever looks is no friend of theirs.</param>
/// <param name="Via">
/// Through whom a stranger came in; nobody where they lit it, or where whoever looks is not to be told.
/// </param>
public sealed record Face(PersonId Person, bool IsStranger, PersonId? Via);

/// <summary>A room from outside.</summary>
/// <param name="Room">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Locked">
/// Whether one can only knock. Then nothing else is said: not who is inside, nor how many.
/// </param>
/// <param name="Full">Whether there is no place left.</param>
/// <param name="Mine">Whether one is inside oneself.</param>
/// <param name="Occupants">Who is inside, who has been there longest first; null where one can only knock.</param>
public sealed record Card(RoomId Room, RoomName Name, bool Locked, bool Full, bool Mine, Listing<Face>? Occupants)
{
    /// <summary>The name of the game that is being played; null while none is, and where one can only knock.</summary>
    public string? Game { get; init; }

    /// <summary>
    /// A room as somebody sees it from outside, or in it; nothing where they are not to know of it: without a friend
    /// inside who lets them be told. One in which somebody is whom a block keeps from them looks locked.
    /// </summary>
    /// <param name="room">Its id.</param>
    /// <param name="state">The room.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="tie">How they stand to those inside.</param>
    public static Option<Card> Of(RoomId room, State state, PersonId viewer, Func<PersonId, Tie> tie)
    {
        if (state.Name is not { } name || !state.IsLit)
            return None;
        var isMine = state.Occupants.ContainsKey(viewer);
        var others = state.Inside.Filter(person => person != viewer);
        if (!isMine && !others.Exists(person => tie(person) is { IsFriend: true, IsGhost: false }))
            return None;
        if (!isMine && (state.IsClosedTo(viewer) || others.Exists(person => tie(person).IsClosed)))
            return new Card(room, name, Locked: true, Full: false, Mine: false, null);
        var faces = state
            .Inside.Filter(person => person == viewer || isMine || !tie(person).IsGhost)
            .Map(person =>
                person == viewer || tie(person).IsFriend
                    ? new Face(person, false, null)
                    : new Face(person, true, Via(person))
            );
        return new Card(room, name, state.LockedBy is not null, state.IsFull, isMine, Listing.From(faces))
        {
            Game = state.Table.Running,
        };

        // Whoever is not to be told of from outside is not named either, be they still there or gone.
        PersonId? Via(PersonId person) =>
            state.Occupants.Find(person).Case is Occupant { Entry.By: { } by }
            && (isMine || tie(by) is { IsGhost: false, IsClosed: false })
                ? by
                : null;
    }
}

/// <summary>Somebody inside.</summary>
/// <param name="Person">Who.</param>
/// <param name="Since">Since when.</param>
/// <param name="Way">What let them in.</param>
/// <param name="By">Through whom.</param>
public sealed record Seated(PersonId Person, Instant Since, Way Way, PersonId? By);

/// <summary>Somebody at the door.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When they knocked; it counts for <see cref="Room.KnockMs"/>.</param>
/// <param name="Via">Their friend inside.</param>
public sealed record Waiting(PersonId Person, Instant At, PersonId Via);

/// <summary>What was said or happened, as one inside is shown it.</summary>
/// <param name="Version">Its event's: lines have their order by it.</param>
/// <param name="What">entered, left, expelled, locked, unlocked, lit, said or noted.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Who">Whom it happened to, or for whom it is.</param>
/// <param name="Way">What let somebody in.</param>
/// <param name="Text">What was said; null where it is gone.</param>
public sealed record Told(long Version, string What, PersonId By, Instant At, PersonId? Who, Way? Way, RoomText? Text);

/// <summary>A room from inside.</summary>
/// <param name="Room">Its id.</param>
/// <param name="Version">How many events there were: a higher one is newer.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Capacity">How many have room.</param>
/// <param name="Keeper">Who may put others out.</param>
/// <param name="LockedBy">Who locked it.</param>
/// <param name="Occupants">Who is inside, who has been there longest first.</param>
/// <param name="Knocks">Who is at the door.</param>
/// <param name="Guests">For whom it is; empty: for friends of those inside.</param>
/// <param name="Talk">The last of what was said and happened since one came in, oldest first.</param>
/// <param name="Table">The game that is played, or was last, as one may see it; null before the first.</param>
/// <param name="Wish">The wish for a record; null where there is none, or one was not asked.</param>
public sealed record RoomView(
    RoomId Room,
    long Version,
    RoomName Name,
    int Capacity,
    PersonId? Keeper,
    PersonId? LockedBy,
    Listing<Seated> Occupants,
    Listing<Waiting> Knocks,
    Listing<PersonId> Guests,
    Listing<Told> Talk,
    Games.TableView? Table,
    WishView? Wish
)
{
    /// <summary>
    /// A room as one inside sees it; nothing for anybody else. Of what was said they see what was since they came, no
    /// note of others to others, and nothing of those whom a block keeps from them.
    /// </summary>
    /// <param name="room">Its id.</param>
    /// <param name="state">The room.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="isClosed">Between whom and them a block lies.</param>
    /// <param name="now">When it is: knocks end.</param>
    public static Option<RoomView> Of(
        RoomId room,
        State state,
        PersonId viewer,
        Func<PersonId, bool> isClosed,
        Instant now
    ) =>
        state.Occupants.Find(viewer).Case is Occupant mine && state.Name is { } name
            ? Some(
                new RoomView(
                    room,
                    state.Version,
                    name,
                    state.Capacity,
                    state.Keeper,
                    state.LockedBy,
                    Listing.From(state.Inside.Map(person => SeatOf(person, state.Occupants[person]))),
                    Listing.From(
                        state
                            .Knocks.AsEnumerable()
                            .Where(one => one.Value.Holds(now) && !isClosed(one.Key))
                            .OrderBy(one => one.Value.At.Milliseconds)
                            .Select(one => new Waiting(one.Key, one.Value.At, one.Value.Via))
                    ),
                    Listing.From(state.Guests),
                    Listing.From(
                        state
                            .Talk.Where(line => line.Version >= mine.Version && IsFor(line.Event, viewer, isClosed))
                            .SelectMany(line => ToldOf(line))
                    ),
                    state.Table.Number > 0 ? Playing.Table.View(state.Table, viewer) : null,
                    Keeping.View(state, viewer)
                )
            )
            : None;

    private static Seated SeatOf(PersonId person, Occupant one) => new(person, one.Since, one.Entry.Way, one.Entry.By);

    private static bool IsFor(Event happened, PersonId viewer, Func<PersonId, bool> isClosed) =>
        happened switch
        {
            Event.Said said => said.By == viewer || !isClosed(said.By),
            Event.Noted noted => noted.By == viewer || (noted.To == viewer && !isClosed(noted.By)),
            _ => true,
        };

    private static Option<Told> ToldOf(Line line)
    {
        var happened = line.Event;
        return happened switch
        {
            Event.Lit => One("lit", null, null, null),
            Event.Entered entered => One("entered", entered.Entry.By, entered.Entry.Way, null),
            Event.Left => One("left", null, null, null),
            Event.Expelled expelled => One("expelled", expelled.Person, null, null),
            Event.Locked => One("locked", null, null, null),
            Event.Unlocked => One("unlocked", null, null, null),
            Event.Said said => One("said", null, null, said.Text),
            Event.Noted noted => One("noted", noted.To, null, noted.Text),
            _ => None,
        };

        Option<Told> One(string what, PersonId? who, Way? way, RoomText? text) =>
            Some(new Told(line.Version, what, happened.By, happened.At, who, way, text));
    }
}
