/// Runs traces of rooms through the commit loop, and puts questions to what there is then.
module Chat.Spec.Laws.RoomRunning

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Oracle.RoomAnswers
open Chat.Spec.Laws.Running

type RoomDecider = Decider<State, Command, Event>
type Placed = Chat.Domain.Places.State
type PlaceDecider = Decider<Placed, Chat.Domain.Places.Command, Chat.Domain.Places.Event>

/// The rooms of a house, so that a mistaken one can be put in their place.
type House =
    {
        Rooms: RoomDecider
        Places: PlaceDecider
        Card: RoomId -> State -> PersonId -> (PersonId -> Tie) -> Card option
        View: RoomId -> State -> PersonId -> (PersonId -> bool) -> Instant -> RoomView option
    }

let domain: House =
    {
        Rooms = Room.Decider
        Places = Chat.Domain.Places.Place.Decider
        Card = fun id state who tie -> Card.Of(id, state, who, tie) |> ofOption
        View = fun id state who isClosed now -> RoomView.Of(id, state, who, isClosed, now) |> ofOption
    }

let freshIn (house: House) (stream: StreamKey) : AnyStream =
    match stream.Kind with
    | StreamKind.Room -> Stream<State, Command, Event>(house.Rooms, house.Rooms.Initial, 0L, Instant 0L)
    | StreamKind.Place ->
        Stream<Placed, Chat.Domain.Places.Command, Chat.Domain.Places.Event>(
            house.Places,
            house.Places.Initial,
            0L,
            Instant 0L
        )
    | StreamKind.Pair -> Chat.Domain.Pairs.Pair.New
    | StreamKind.Line -> Chat.Domain.Calls.Line.New
    | _ -> Chat.Domain.Conversations.Conversation.New

/// What was asked, when, what it came to, and what had happened before it and after.
type Done =
    {
        Asked: Asked
        Now: Instant
        Reply: Reply
        Before: MemoryStore
        After: MemoryStore
        /// What was stored because of it.
        Made: Recorded list
    }

    override made.ToString() = $"{made.Asked}"

/// A store that knows in which order things were appended.
type Kept() =
    let held = Held()
    let log = System.Collections.Generic.List<Recorded>()

    member _.Store = held.Store
    member _.Log = log

    interface IStore with
        member _.Load stream = (held :> IStore).Load stream
        member _.LookUp ids = (held :> IStore).LookUp ids

        member _.Append batch =
            let before = held.Store
            let outcome = (held :> IStore).Append batch

            for addition in batch.Additions do
                for recorded in Seq.append addition.Events addition.Further do
                    if (before.Find recorded.Id).IsNone && (held.Store.Find recorded.Id).IsSome then
                        log.Add recorded

            outcome

let arrivalOf (index: int) (asked: Asked) : Arrival =
    Arrival.Request(
        int64 index + 1L,
        asked.Stream,
        asked.Who,
        DeviceId.Of "phone",
        ClientId.Of $"c{index}",
        Digest(),
        asked.Command
    )

let answersIn (outputs: Output seq) : Map<int64, Reply> =
    outputs
    |> Seq.choose (fun output ->
        match output with
        | :? Output.Answer as answer -> Some(answer.Ticket, answer.Reply)
        | _ -> None)
    |> Map

/// Each at its time, under an id of its own, so that leaving some out moves no other.
let runSome (house: House) (asks: (int * Instant * Asked) list) : Done list =
    let kept = Kept()

    let one (loop: Embedded, made: Done list) (index: int, now: Instant, asked: Asked) =
        let before, count = kept.Store, kept.Log.Count
        let struct (loop, outputs) = loop.Submit(seqOf [ arrivalOf index asked ], now)

        let step =
            {
                Asked = asked
                Now = now
                Reply = (answersIn outputs)[int64 index + 1L]
                Before = before
                After = kept.Store
                Made = kept.Log |> Seq.skip count |> List.ofSeq
            }

        loop, step :: made

    asks
    |> List.fold one (Embedded.Over(kept, freshIn house), [])
    |> snd
    |> List.rev

let timed (trace: Trace) : (int * Instant * Asked) list =
    trace.Asks
    |> List.indexed
    |> List.mapFold
        (fun (now: Instant) (index, asked) ->
            let now = now.Plus asked.Wait
            (index, now, asked), now)
        start
    |> fst

let run (house: House) (trace: Trace) : Done list = runSome house (timed trace)

/// All that happened, as the oracle looks at it.
let pastOf (store: MemoryStore) : Rooms.Past =
    fun stream -> store.Load stream |> Seq.map _.Event |> List.ofSeq

/// What a request came to, as the oracle says it.
let answerOf (reply: Reply) (made: Recorded list) : Answer =
    match reply with
    | :? Reply.Refused as refused -> Refused(refused.Refusal.Code, ruleOf refused.Refusal)
    | _ when made.IsEmpty -> AlreadySo
    | _ -> Happens(made |> List.map (fun recorded -> recorded.Stream, recorded.Event))

/// A stream as it is.
type World = StreamKey -> AnyStream

let worldOf (house: House) (store: MemoryStore) : World =
    fun stream -> (freshIn house stream).Fold(store.Load stream |> Seq.map _.Event)

let roomIn (world: World) (id: RoomId) : State =
    (world (Rooms.roomOf id)).State :?> State

let private isOf (kind: StreamKind) (one: Done) = one.Asked.Stream.Kind = kind

/// What was asked of rooms and of places.
let ofHouse (runs: Done list) : Done list =
    runs
    |> List.filter (fun one -> isOf StreamKind.Room one || isOf StreamKind.Place one)

/// What a request comes to in a world.
let decideIn (world: World) (who: PersonId) (now: Instant) (stream: StreamKey) (command: AnyCommand) =
    let current = world stream

    let context =
        Context(who, DeviceId.Of "phone", Instant.Max(now, current.LastAt), Tenant = stream.Tenant, Id = stream.Id)

    let gather (facts: Facts) (keys: AnyFactKey seq) =
        keys
        |> Seq.fold
            (fun (facts: Facts) key ->
                match key with
                | :? StreamFactKey as whole ->
                    facts.With(key, toOption (Some(StreamFact(world whole.Stream) :> AnyFact)))
                | _ -> facts)
            facts

    let rec behind (facts: Facts) =
        let behindThese = current.Behind(context, command, facts)

        match List.filter (facts.Knows >> not) (List.ofSeq behindThese) with
        | [] -> facts
        | more -> behind (gather facts more)

    let facts = behind (gather Facts.Empty (current.Needs(context, command)))
    ofEither (current.Decide(context, command, facts))

/// How people stand to each other in a world, as those who show rooms know it.
let tieIn (world: World) (who: PersonId) (other: PersonId) : Tie =
    match (world (StreamKey.Of(TenantId.Main, who, other))).State with
    | :? Chat.Domain.Pairs.State as pair ->
        let place = (world (Rooms.placeOf other)).State :?> Placed
        Tie(pair.AreFriends, pair.IsClosed, pair.AreFriends && place.Ghosted.Contains who)
    | _ -> Tie()

let cardIn (house: House) (world: World) (who: PersonId) (id: RoomId) : Card option =
    house.Card id (roomIn world id) who (tieIn world who)

let viewIn (house: House) (world: World) (who: PersonId) (id: RoomId) (now: Instant) : RoomView option =
    house.View id (roomIn world id) who (fun other -> (tieIn world who other).IsClosed) now

/// How often each command, event and refusal occurred.
let exercised (runs: Done list) : Map<string, int> =
    runs
    |> ofHouse
    |> List.collect (fun one ->
        let kind = one.Asked.Stream.Kind

        [
            yield $"{kind} {one.Asked.Command.GetType().Name}"

            for recorded in one.Made do
                yield $"{recorded.Stream.Kind} {recorded.Event.GetType().Name}"

            match one.Reply with
            | :? Reply.Refused as refused -> yield ruleOf refused.Refusal
            | _ -> ()
        ])
    |> List.countBy id
    |> Map

/// The rules that refuse somebody, but for those at bounds that no trace reaches.
let refusals =
    [
        "room.unknown"
        "room.lit_before"
        "capacity: 2 to 16"
        "room.capacity"
        "room.locked"
        "room.expelled"
        "room.open"
        "room.not_inside"
        "room.not_keeper"
        "occupant.unknown"
        "knock.unknown"
        "knock.over"
        "friend.unknown"
        "wave.rate"
        "id: somebody else"
    ]
