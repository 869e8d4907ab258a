namespace Chat.Domain.Rooms;

/// <summary>
/// A room as a decider: who is inside, why they could come in, who may next. Somebody's <see cref="Places"/> changes in
/// the same append, and the room that they leave, so that nobody is in two.
/// </summary>
public static class Room
{
    /// <summary>How many have room unless it is said otherwise.</summary>
    public const int DefaultCapacity = 8;

    /// <summary>The most that can be asked for.</summary>
    public const int MaxCapacity = 16;

    /// <summary>People on a guest list.</summary>
    public const int MaxGuests = 32;

    /// <summary>Knocks that wait at one door.</summary>
    public const int MaxKnocks = 32;

    /// <summary>Lines of what was said that a room keeps.</summary>
    public const int MaxTalk = 100;

    /// <summary>How long a knock counts, in milliseconds.</summary>
    public const long KnockMs = 120_000;

    /// <summary>How long one who was let in may come, in milliseconds.</summary>
    public const long AdmissionMs = 120_000;

    /// <summary>How long a wave into a room lets in, in milliseconds.</summary>
    public const long WaveMs = 1_800_000;

    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Needs,
            Decide,
            Folding.Evolve,
            EvolveFacts: (facts, _, _) => facts,
            Due: Playing.Due,
            Mark: (_, _, _) => Left<Refusal, Marks>(new Refusal.Unsupported("room.has_no_marks")),
            React: _ => Empty
        )
        {
            Behind = Moving.Behind,
        };

    /// <summary>A room that is not lit yet.</summary>
    public static AnyStream New { get; } = new Stream<State, Command, Event>(Decider, State.Initial, 0, new Instant(0));

    /// <summary>The room that a request lights.</summary>
    public static RoomId IdOf(TenantId tenant, PersonId person, DeviceId device, ClientId client) =>
        Derive.RoomId(tenant, person, device, client);

    private static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command switch
        {
            Command.Light light => Moving.Needs(context).Concat(Ties.Needs(context, light.Guests)),
            Command.Enter => Moving.Needs(context).Concat(Ties.WithPlaces(context, state.Inside)),
            Command.Leave => Moving.Needs(context).Concat(Keeping.Needs(context, context.Person, state)),
            Command.Expel expel => Seq1<AnyFactKey>(Moving.PlaceOf(context, expel.Person)),
            Command.Knock => Ties.WithPlaces(context, state.Inside),
            Command.SetGuests set => Ties.Needs(context, set.Guests),
            Command.Keep keep => Keeping.Needs(context, keep),
            Command.Lock
            or Command.Unlock
            or Command.Withdraw
            or Command.Admit
            or Command.Decline
            or Command.Say
            or Command.Note
            or Command.Play
            or Command.Elapse => Empty,
        };

    // Whoever may not see a room is not to learn from a refusal whether it is lit, or ever was.
    private static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        !state.IsLit && command is (Command.Enter or Command.Knock or Command.Elapse)
            ? Refused(Unknown)
            : command switch
            {
                Command.Light light => Lighting.Light(context, light, state, facts),
                Command.Enter => Entering.Enter(context, state, facts),
                Command.Knock => Entering.Knock(context, state, facts),
                Command.Withdraw => Decision.If(
                    state.IsLit && state.Knocks.ContainsKey(context.Person),
                    new Event.Withdrew(context.Stamp)
                ),
                Command.Leave => state.Occupants.ContainsKey(context.Person)
                    ? Moving.Out(context, context.Person, new Event.Left(context.Stamp), state, facts)
                    : Decision.Nothing,
                Command.Lock => Inside(
                    context,
                    state,
                    Decision.If(state.LockedBy is null, new Event.Locked(context.Stamp))
                ),
                Command.Unlock => Inside(
                    context,
                    state,
                    Decision.If(state.LockedBy is not null, new Event.Unlocked(context.Stamp))
                ),
                Command.Admit admit => Answer(
                    context,
                    admit.Person,
                    state,
                    new Event.Admitted(context.Stamp, admit.Person)
                ),
                Command.Decline decline => Answer(
                    context,
                    decline.Person,
                    state,
                    new Event.Declined(context.Stamp, decline.Person)
                ),
                Command.Expel expel => Inside(context, state, Expel(context, expel.Person, state, facts)),
                Command.Say say => Inside(context, state, Decision.Accept(new Event.Said(context.Stamp, say.Text))),
                Command.Note note => Inside(context, state, Note(context, note, state)),
                Command.Play play => Inside(context, state, Playing.Play(context, state, play.What, play.Dice)),
                Command.Elapse => Playing.Play(context, state, new Games.Command.Elapse(), default),
                Command.Keep keep => Inside(context, state, Keeping.Keep(context, keep, state, facts)),
                Command.SetGuests set => Inside(context, state, Lighting.SetGuests(context, set, state, facts)),
            };

    private static Either<Refusal, Decision> Inside(Context context, State state, Either<Refusal, Decision> decision) =>
        state.Occupants.ContainsKey(context.Person) ? decision : Refused(Entering.Outside(context, state));

    private static Either<Refusal, Decision> Note(Context context, Command.Note note, State state) =>
        state.Occupants.ContainsKey(note.To) && note.To != context.Person
            ? Decision.Accept(new Event.Noted(context.Stamp, note.To, note.Text))
            : Refused(new Refusal.NotFound("occupant.unknown"));

    private static Either<Refusal, Decision> Answer(Context context, PersonId who, State state, Event answer) =>
        Inside(
            context,
            state,
            state.Knocks.Find(who).Case is not Knock knock ? Refused(new Refusal.NotFound("knock.unknown"))
                : knock.Holds(context.Now) ? Decision.Accept(answer)
                : Refused(new Refusal.TooLate("knock.over"))
        );

    private static Either<Refusal, Decision> Expel(Context context, PersonId who, State state, Facts facts) =>
        state.Keeper != context.Person ? Refused(new Refusal.Forbidden(["room.not_keeper"]))
        : who == context.Person || !state.Occupants.ContainsKey(who) ? Refused(new Refusal.NotFound("occupant.unknown"))
        : Moving.Out(context, who, new Event.Expelled(context.Stamp, who), state, facts);

    internal static Refusal Unknown => new Refusal.NotFound("room.unknown");

    internal static Either<Refusal, Decision> Refused(Refusal refusal) => Left<Refusal, Decision>(refusal);
}
