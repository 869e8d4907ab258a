/// What is simulated: the loop and the store it is given, right or mistaken.
[<AutoOpen>]
module Chat.Spec.Simulation.Subjects

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec

/// What is simulated. A mistaken one has one of these replaced.
type Subject =
    {
        Step: Lane -> Input -> Instant -> Lane * Output list
        Append: MemoryStore -> Batch -> MemoryStore * Outcome
        /// Whether the store refuses a batch under an epoch, given the newest.
        Fences: int64 -> int64 -> bool
        Fresh: StreamKey -> AnyStream
    }

let private isToy (stream: StreamKey) = stream.Id.StartsWith "toy-"

let domain: Subject =
    {
        Step =
            fun lane input now ->
                let struct (lane, outputs) = Committing.Step(lane, input, now)
                lane, List.ofSeq outputs
        Append =
            fun store batch ->
                let struct (store, outcome) = store.Append batch
                store, outcome
        Fences = fun epoch newest -> epoch < newest
        Fresh =
            fun stream ->
                if isToy stream then
                    Toys.fresh
                else
                    match stream.Kind with
                    | StreamKind.Pair -> Chat.Domain.Pairs.Pair.New
                    | StreamKind.Desk -> Chat.Domain.Desks.Desk.New
                    | StreamKind.Person -> Chat.Domain.People.Person.New
                    | StreamKind.Room -> Chat.Domain.Rooms.Room.New
                    | StreamKind.Place -> Chat.Domain.Places.Place.New
                    | StreamKind.Line -> Chat.Domain.Calls.Line.New
                    | _ -> Conversation.New
    }

/// Facts as a store gathers them: of a stream's own events, and foreign ones as a store has them.
let gatheredOf fresh (store: MemoryStore) (own: Recorded list) (stream: StreamKey) (keys: AnyFactKey seq) =
    let facts = factsOf (fresh stream) (seqOf keys) own

    let folded (fresh: AnyStream) stream =
        fresh.Fold(store.Load stream |> Seq.map _.Event)

    keys
    |> Seq.fold
        (fun (facts: Facts) key ->
            match key with
            | :? Toys.ForeignKey as foreign ->
                let there = folded Toys.fresh foreign.Stream

                let fact =
                    Toys.ForeignFact(there.Version, there.LastAt, there.State :?> Toys.ToyState)

                facts.With(key, toOption (Some(fact :> AnyFact)))
            | :? StreamFactKey as whole ->
                let there = folded (fresh whole.Stream) whole.Stream
                facts.With(key, toOption (Some(StreamFact there :> AnyFact)))
            | _ -> facts)
        facts

/// What was found, as a lane wants it.
let byId (found: Recorded seq) : LanguageExt.HashMap<System.Guid, Recorded> =
    found
    |> Seq.fold
        (fun (all: LanguageExt.HashMap<_, _>) recorded -> all.AddOrUpdate(recorded.Id, recorded))
        (LanguageExt.HashMap<System.Guid, Recorded>())
