/// Stores with one mistake each.
module Chat.Spec.Mistakes.StoreMistakes

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Laws

/// The store in memory, between whom and the loop something stands.
type private Between(batches: Batch -> Batch, outcomes: Outcome -> Outcome, loads: Recorded list -> Recorded list) =
    let store = StoreLaws.InMemory() :> IStore

    abstract LookUp: LanguageExt.Seq<System.Guid> -> LanguageExt.Seq<Recorded>
    default _.LookUp ids = store.LookUp ids
    abstract DueBy: Instant -> LanguageExt.Seq<Reminder>
    default _.DueBy now = store.DueBy now
    abstract Remind: StreamKey * int64 * LanguageExt.Option<Instant> -> unit
    default _.Remind(stream, version, at) = store.Remind(stream, version, at)

    interface IStore with
        member _.Load stream =
            store.Load stream |> List.ofSeq |> loads |> seqOf

        member between.LookUp ids = between.LookUp ids
        member _.Append batch = store.Append(batches batch) |> outcomes
        member between.DueBy now = between.DueBy now
        member between.Remind(stream, version, at) = between.Remind(stream, version, at)

let private asking change () = Between(change, id, id) :> IStore

let private answering change () = Between(id, change, id) :> IStore

let private loading change () = Between(id, id, change) :> IStore

let private withAdditions (batch: Batch) additions =
    Batch(batch.Number, batch.Attempt, batch.Epoch, seqOf additions, batch.Marks)

let private additions change =
    asking (fun batch -> batch.Additions |> Seq.collect change |> withAdditions batch)

let private changed (addition: Addition) expected events further guards =
    Addition(addition.Stream, expected, seqOf events, seqOf further, seqOf guards, addition.After)

let private skipsGuards =
    additions (fun one -> [ changed one one.Expected one.Events one.Further [] ])

let private forgetsFurther =
    additions (fun one -> [ changed one one.Expected one.Events [] one.Guards ])

/// Each event by itself: of an addition that does not fit, some goes in.
let private splitsAdditions =
    additions (fun one ->
        one.Events
        |> Seq.map (fun recorded -> changed one (recorded.Version - 1L) [ recorded ] [] one.Guards)
        |> List.ofSeq)

/// An id that is there already comes in under another.
let private forgetsIds =
    let mutable number = 1_000_000

    let renewed (recorded: Recorded) =
        number <- number + 1
        let id = System.Guid(number, 0s, 0s, Array.zeroCreate 8)
        Recorded(recorded.Stream, recorded.Version, id, recorded.Event, recorded.Origin, recorded.Guards)

    additions (fun one -> [ changed one one.Expected (Seq.map renewed one.Events) one.Further one.Guards ])

let private takesMarksAsTheyCome () =
    let store = StoreLaws.InMemory() :> IStore

    { new IStore with
        member _.Load stream = store.Load stream
        member _.LookUp ids = store.LookUp ids

        member _.Append batch =
            match store.Append batch with
            | :? Outcome.Committed as committed -> Outcome.Committed(committed.Aside, batch.Marks)
            | other -> other

        member _.DueBy now = store.DueBy now
        member _.Remind(stream, version, at) = store.Remind(stream, version, at)
    }

let private inCommitted change =
    answering (fun outcome ->
        match outcome with
        | :? Outcome.Committed as committed -> change committed
        | other -> other)

let private namesNoTwins =
    inCommitted (fun committed ->
        Outcome.Committed(
            committed.Aside |> Seq.map (fun aside -> Aside(aside.Stream, seqOf [])) |> seqOf,
            committed.Marks
        ))

let private saysThatAllWentIn =
    inCommitted (fun committed -> Outcome.Committed(seqOf [], committed.Marks))

let private failsNeighbours () =
    let store = StoreLaws.InMemory() :> IStore

    { new IStore with
        member _.Load stream = store.Load stream
        member _.LookUp ids = store.LookUp ids

        member _.Append batch =
            let versionOf (stream: StreamKey) =
                store.Load stream |> Seq.length |> int64

            let struct (_, aside) =
                batch.Sift(System.Func<_, _>(versionOf), System.Func<_, _>(fun ids -> store.LookUp ids))

            if aside.IsEmpty then
                store.Append batch
            else
                withAdditions batch [] |> store.Append |> ignore
                Outcome.Failed()

        member _.DueBy now = store.DueBy now
        member _.Remind(stream, version, at) = store.Remind(stream, version, at)
    }

let private findsNothing () =
    { new Between(id, id, id) with
        override _.LookUp _ = seqOf []
    }
    :> IStore

let private knowsNothingDue () =
    { new Between(id, id, id) with
        override _.DueBy _ = seqOf []
    }
    :> IStore

let private keepsOldNotes () =
    { new Between(id, id, id) with
        override _.Remind(_, _, _) = ()
    }
    :> IStore

let all: Mistake list =
    let cases = lazy (Seeds.fixedSample Stores.cases 30 StoreCases.case)
    let right () = StoreLaws.InMemory() :> IStore
    let on law name mistaken = mistake name law cases right mistaken
    let keeping = on StoreLaws.keeping

    [
        keeping "a store skips guards" skipsGuards
        keeping "a store forgets further streams" forgetsFurther
        keeping "a store splits an addition" splitsAdditions
        keeping "a store forgets ids" forgetsIds
        keeping "a store takes marks as they come" takesMarksAsTheyCome
        keeping "a store names no twins" namesNoTwins
        keeping "a store says that all went in" saysThatAllWentIn
        keeping "a store fails the neighbours of what does not fit" failsNeighbours
        keeping "a store finds nothing" findsNothing
        keeping "a store loads the last first" (loading List.rev)
        keeping "a store loses the last event" (loading (fun all -> List.truncate (all.Length - 1) all))
        on StoreLaws.noting "a store knows of nothing that is due" knowsNothingDue
        on StoreLaws.noting "a store keeps old notes" keepsOldNotes
    ]
