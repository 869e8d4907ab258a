/// Worlds in which a room, or what is between people, stands otherwise than it came to.
module Chat.Spec.Laws.RoomWorlds

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Laws.RoomRunning

type private Placing = Chat.Domain.Places.Command
type Pairing = Stream<Chat.Domain.Pairs.State, Chat.Domain.Pairs.Command, Chat.Domain.Pairs.Event>

/// A world in which one stream stands otherwise.
let putting (stream: StreamKey) (state: objnull) (world: World) : World =
    fun key ->
        let current = world key

        match current, state with
        | (:? Stream<State, Command, Event> as room), (:? State as state) when key = stream ->
            Stream<State, Command, Event>(room.Decider, state, room.Version, room.LastAt)
        | (:? Stream<Placed, Placing, Rooms.Moving> as place), (:? Placed as state) when key = stream ->
            Stream<Placed, Placing, Rooms.Moving>(place.Decider, state, place.Version, place.LastAt)
        | _ -> current

/// What is held of each person, otherwise.
let eachOtherwise (edit: 'a -> 'b) (held: LanguageExt.Map<PersonId, 'a>) : LanguageExt.Map<PersonId, 'b> =
    held.Keys
    |> Seq.fold
        (fun (all: LanguageExt.Map<PersonId, 'b>) who -> all.Add(who, edit held[who]))
        (LanguageExt.Map<PersonId, 'b>())

/// A room, or a pair, as it is but for what is said.
type Otherwise =
    static member Room
        (
            from: State,
            ?capacity,
            ?occupants,
            ?keeper,
            ?lockedBy,
            ?guests,
            ?knocks,
            ?admitted,
            ?expelled,
            ?talk,
            ?attendance,
            ?table,
            ?wish: Wish | null
        ) : State =
        State(
            from.Name,
            defaultArg capacity from.Capacity,
            defaultArg occupants from.Occupants,
            defaultArg keeper from.Keeper,
            defaultArg lockedBy from.LockedBy,
            defaultArg guests from.Guests,
            defaultArg knocks from.Knocks,
            defaultArg admitted from.Admitted,
            defaultArg expelled from.Expelled,
            defaultArg talk from.Talk,
            from.Version,
            defaultArg table from.Table,
            from.Log,
            LitAt = from.LitAt,
            Attendance = (defaultArg attendance from.Attendance),
            Played = from.Played,
            Wish = (defaultArg wish from.Wish)
        )

    static member Unblocked(from: Chat.Domain.Pairs.State) =
        Chat.Domain.Pairs.State(
            from.People,
            from.AreFriends,
            from.Asked,
            from.Unheard,
            LanguageExt.Set<PersonId>(),
            from.Views,
            from.Version,
            from.ToldAt
        )

let holding (state: State) (people: PersonId seq) : State =
    let anyone = state.Occupants.Values |> Seq.head

    let occupants =
        people
        |> Seq.fold
            (fun (all: LanguageExt.Map<PersonId, Occupant>) who ->
                let seat = state.Occupants.Find who |> ofOption |> Option.defaultValue anyone
                all.AddOrUpdate(who, seat))
            (LanguageExt.Map<PersonId, Occupant>())

    Otherwise.Room(state, occupants = occupants)

/// The pairs of one person, with no block in any.
let unblocked (who: PersonId) (world: World) : World =
    fun key ->
        match world key with
        | :? Pairing as pair when
            people
            |> List.exists (fun other -> key = StreamKey.Of(TenantId.Main, who, other))
            ->
            Pairing(pair.Decider, Otherwise.Unblocked pair.Current, pair.Version, pair.LastAt)
        | current -> current

/// Every lit room with everybody who is not in it, after each step at which something changed.
let outside (house: House) (trace: Trace) judge =
    [
        for one in run house trace do
            if not one.Made.IsEmpty then
                let world = worldOf house one.After

                for id in rooms do
                    let state = roomIn world id

                    for who in people do
                        if state.IsLit && not (state.Occupants.ContainsKey who) then
                            yield! judge one world id state who
    ]

/// What somebody may ask of a room that they are not in.
let private asks (who: PersonId) : Command list =
    let friend = people |> List.find ((<>) who)

    [
        Command.Enter()
        Command.Knock()
        Command.Withdraw()
        Command.Leave()
        Command.Lock()
        Command.Unlock()
        Command.Admit friend
        Command.Decline friend
        Command.Expel friend
        Command.Say(valid (RoomText.Create "hi"))
        Command.SetGuests(listing [])
    ]

/// All that somebody learns of a room, and is answered in it.
let learns (house: House) (world: World) (now: Instant) (id: RoomId) (who: PersonId) =
    let answers =
        asks who
        |> List.map (fun command ->
            match decideIn world who now (Rooms.roomOf id) command with
            | Ok _ -> $"{command.GetType().Name}: ok"
            | Error refusal -> $"{command.GetType().Name}: {refusal}")

    cardIn house world who id, answers
