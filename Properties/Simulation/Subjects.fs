/// What is simulated: the loop and the store it is given, right or mistaken.
[<AutoOpen>]
module Chat.Spec.Simulation.Subjects

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations

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
                    | _ -> Conversation.New
    }
