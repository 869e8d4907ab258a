/// Rooms and places with one mistake each.
module Chat.Spec.Mistakes.RoomMistakes

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Laws.RoomWorlds
open Chat.Spec.Oracle

type private Placing = Chat.Domain.Places.Command

let private right = RoomRunning.domain
let private rooms = right.Rooms

let private deciding decide : House =
    { right with
        Rooms = decidingBy rooms decide
    }

let private evolving evolve : House =
    { right with
        Rooms = evolvingBy rooms evolve
    }

/// It decides on a room as it is not.
let private seeing edit =
    deciding (fun context command held facts -> rooms.Decide.Invoke(context, command, edit context command held, facts))

let private isEnter (command: Command) = command :? Command.Enter

let private oneTooMany =
    seeing (fun _ _ held -> Otherwise.Room(held, capacity = held.Capacity + 1))

let private letsGuestsThroughLocks =
    seeing (fun context command held ->
        if isEnter command && held.Guests.Contains context.Person then
            Otherwise.Room(held, lockedBy = Nullable())
        else
            held)

let private refreshed (context: Context) (held: State) =
    held.Admitted
    |> eachOtherwise (fun admission -> Admission(admission.By, context.Now))

let private admitsForEver =
    seeing (fun context _ held -> Otherwise.Room(held, admitted = refreshed context held))

/// Whoever came may come again.
let private admitsTwice =
    evolving (fun held happened ->
        let after = rooms.Evolve.Invoke(held, happened)

        match happened with
        | :? Event.Entered -> Otherwise.Room(after, admitted = held.Admitted)
        | _ -> after)

let private forgetsWhoIsOut =
    evolving (fun held happened ->
        let after = rooms.Evolve.Invoke(held, happened)

        Otherwise.Room(after, expelled = held.Expelled))

let private keepsTheKeeper =
    evolving (fun held happened ->
        let after = rooms.Evolve.Invoke(held, happened)

        match happened with
        | :? Event.Left -> Otherwise.Room(after, keeper = held.Keeper)
        | _ -> after)

let private keepsTheLast =
    evolving (fun held happened ->
        let after = rooms.Evolve.Invoke(held, happened)

        if after.Occupants.IsEmpty && happened :? Event.Left then
            Otherwise.Room(after, occupants = held.Occupants, keeper = held.Keeper)
        else
            after)

/// It decides otherwise what comes of it.
let private deciding' edit =
    deciding (fun context command held facts ->
        let decided = rooms.Decide.Invoke(context, command, held, facts)

        match ofEither decided with
        | Ok decision -> edit context command held facts decision
        | Error _ -> decided)

let private happens (decision: Decision) (own: AnyEvent seq) further : LanguageExt.Either<Refusal, Decision> =
    Chat.Spec.Prelude.right (Decision(seqOf own, seqOf further, decision.Guards))

let staysWhereOneWas =
    deciding' (fun _ _ _ _ decision ->
        decision.Further
        |> Seq.filter (fun struct (stream, _) -> stream.Kind <> StreamKind.Room)
        |> happens decision decision.Events)

let private staysWhenPutOut =
    deciding' (fun _ command _ _ decision ->
        happens
            decision
            decision.Events
            (if command :? Command.Expel then
                 Seq.empty
             else
                 decision.Further))

/// The friend who came last is named.
let private namesTheWrongFriend =
    deciding' (fun context command held _ decision ->
        let changed (happened: AnyEvent) : AnyEvent =
            match happened with
            | :? Event.Entered as entered when entered.Entry.Way = Way.Friend ->
                Event.Entered(context.Stamp, Entry(Way.Friend, Nullable(Seq.last held.Inside)))
            | other -> other

        happens decision (decision.Events |> Seq.map changed) decision.Further)

let private isNotPrivate =
    deciding' (fun _ command _ _ decision ->
        let own =
            if isEnter command then
                Seq.truncate 1 decision.Events
            else
                decision.Events

        happens decision own decision.Further)

let private rekindles =
    deciding (fun context command held facts ->
        let held =
            if command :? Command.Light && not held.IsLit then
                State.Initial
            else
                held

        rooms.Decide.Invoke(context, command, held, facts))

let private placeOf (facts: Facts) (who: PersonId) : Placed option =
    facts.Find<StreamFact>(StreamFactKey(Rooms.placeOf who))
    |> ofOption
    |> Option.map (fun fact -> fact.Current.State :?> Placed)

/// Whoever waved need not be there.
let private heedsWavesOfThoseWhoLeft =
    deciding (fun context command held facts ->
        let decided = rooms.Decide.Invoke(context, command, held, facts)

        let wave =
            placeOf facts context.Person
            |> Option.bind (fun place -> place.WavesInto(RoomId.Of context.Id, context.Now) |> Seq.tryHead)

        match wave, ofEither decided with
        | Some by, Error _ when isEnter command && held.IsLit && not held.IsFull ->
            let entered = Event.Entered(context.Stamp, Entry(Way.Wave, Nullable by)) :> AnyEvent

            let moved =
                Rooms.Moving.Moved(context.Stamp, Nullable(RoomId.Of context.Id)) :> AnyEvent

            let place = Rooms.placeOf context.Person

            let version =
                facts.Find<StreamFact>(StreamFactKey place)
                |> ofOption
                |> Option.map _.Current.Version
                |> Option.defaultValue 0L

            Chat.Spec.Prelude.right (
                Decision(seqOf [ entered ], seqOf [ struct (place, moved) ], seqOf [ Guard(place, version) ])
            )
        | _ -> decided)

let private choking =
    evolving (fun held happened ->
        match happened with
        | :? Event.Expelled as expelled when not (held.Occupants.ContainsKey expelled.Person) ->
            failwith "nobody is put out who is not in"
        | _ -> rooms.Evolve.Invoke(held, happened))

/// What was seen of another stream, and not changed, is relied on without saying so.
let hidesWhatItSaw =
    deciding' (fun _ _ _ _ decision ->
        let isChanged (guard: Guard) =
            decision.Further |> Seq.exists (fun struct (stream, _) -> stream = guard.Stream)

        let guards = decision.Guards |> Seq.filter isChanged |> seqOf
        Chat.Spec.Prelude.right (Decision(decision.Events, decision.Further, guards)))

let private kept edit (stream: AnyStream) : AnyStream =
    match (SnapshotLaws.restored stream).State with
    | :? State as held -> Stream<State, Command, Event>(rooms, edit held, stream.Version, stream.LastAt)
    | _ -> stream

let private losesTheExpelled =
    kept (fun held -> Otherwise.Room(held, expelled = LanguageExt.Set<PersonId>.Empty))

let private losesTheTable =
    kept (fun held -> Otherwise.Room(held, table = Chat.Domain.Games.State.Initial))

let all: Mistake list =
    let traces = lazy (Seeds.fixedSample 400 60 RoomTraces.trace)
    let on name law mistaken = mistake name law traces right mistaken
    let hostile = lazy (Seeds.fixedSample 100 60 RoomRaces.hostile)

    [
        on "one too many has room" RoomLaws.capacity oneTooMany
        mistake "one too many has room" RoomBounds.bounds (lazy RoomBounds.all) right oneTooMany
        on "guests pass a lock" RoomLaws.locks letsGuestsThroughLocks
        on "an admission never ends" RoomLaws.reasons admitsForEver
        on "an admission counts twice" RoomLaws.reasons admitsTwice
        on "whoever was put out comes back" RoomLaws.reasons forgetsWhoIsOut
        on "a wave counts after who waved has left" RoomLaws.reasons heedsWavesOfThoseWhoLeft
        on "the wrong friend is named" RoomLaws.reasons namesTheWrongFriend
        on "one stays in the room that one left" RoomLaws.oneRoom staysWhereOneWas
        on "whoever is put out is still there" RoomLaws.oneRoom staysWhenPutOut
        on "what is private stays open" RoomLaws.locks isNotPrivate
        on "a dark room is lit again" RoomLaws.dark rekindles
        on "a room stays lit when the last leaves" RoomLaws.dark keepsTheLast
        on "nobody keeps the room after who kept it" RoomLaws.keepers keepsTheKeeper
        on "an admission never ends" RoomLaws.answers admitsForEver
        on "who moves is in two rooms, when many do" RoomRaces.races staysWhereOneWas
        on "a place is relied on in silence" RoomRaces.races hidesWhatItSaw
        mistake "a snapshot forgets who is out" SnapshotLaws.rooms traces SnapshotLaws.restored losesTheExpelled
        mistake
            "a snapshot forgets what is played"
            SnapshotLaws.tables
            (lazy (Seeds.fixedSample 20 60 GameTraces.trace))
            SnapshotLaws.restored
            losesTheTable
        mistake "what never happens is not folded" RoomRaces.total hostile right choking
    ]
