/// What any store must do that a commit loop is driven over: judged beside the one in memory.
module Chat.Spec.Laws.StoreLaws

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.StoreCases

/// The store in memory as whoever embeds the loop would bring it.
type InMemory() =
    let mutable held = MemoryStore.Empty

    interface IStore with
        member _.Load stream = held.Load stream

        member _.LookUp ids =
            ids |> Seq.choose (held.Find >> ofOption) |> seqOf

        member _.Append batch =
            let struct (next, outcome) = held.Append batch
            held <- next
            outcome

        member _.DueBy now = held.DueBy now

        member _.Remind(stream, version, at) =
            held <- held.Remind(stream, version, at)

let private asides (committed: Outcome.Committed) =
    committed.Aside
    |> Seq.map (fun aside -> string aside.Stream, aside.Twins |> Seq.sortBy _.Id |> List.ofSeq)
    |> Seq.sortBy fst
    |> List.ofSeq

let private marksOf (committed: Outcome.Committed) =
    committed.Marks
    |> Seq.map (fun set -> string set.Stream, set.Person.Value, set.Marks)
    |> Seq.sortBy (fun (stream, who, _) -> stream, who)
    |> List.ofSeq

let private outcomes (right: Outcome) (mine: Outcome) =
    match right, mine with
    | (:? Outcome.Committed as right), (:? Outcome.Committed as mine) ->
        differ "set aside" (asides right) (asides mine)
        @ differ "marks" (marksOf right) (marksOf mine)
    | _ -> differ "the outcome" right mine

let private holds (ids: Guid list) (right: IStore) (mine: IStore) =
    let found (store: IStore) =
        store.LookUp(seqOf ids) |> Seq.sortBy _.Id |> List.ofSeq

    differ "found" (found right) (found mine)
    @ [
        for stream in streams do
            yield! differ $"loaded of {stream}" (List.ofSeq (right.Load stream)) (List.ofSeq (mine.Load stream))
    ]

let private due (right: IStore) (mine: IStore) =
    let known (store: IStore) now =
        store.DueBy now
        |> Seq.map (fun reminder -> string reminder.Stream, reminder.Version)
        |> Seq.sort
        |> List.ofSeq

    [
        for now in [ Instant 0L; Instant 50L; lastDue ] do
            yield! differ $"due by {now}" (known right now) (known mine now)
    ]

let private run (look: Guid list -> IStore -> IStore -> string list) (fresh: unit -> IStore) (steps: Step list) =
    let maker = Maker()
    let right = InMemory() :> IStore
    let mine = fresh ()
    let wrongs = List<string>()
    let mutable held = MemoryStore.Empty
    let mutable last: Batch option = None

    let append (batch: Batch) =
        let struct (next, _) = held.Append batch
        held <- next
        last <- Some batch
        wrongs.AddRange(outcomes (right.Append batch) (mine.Append batch))

    for step in steps do
        if wrongs.Count = 0 then
            match step with
            | Append(wishes, marks) -> append (maker.Batch held wishes marks)
            | Again ->
                last
                |> Option.iter (fun batch ->
                    append (Batch(batch.Number, batch.Attempt + 1, batch.Epoch, batch.Additions, batch.Marks)))
            | Remind(stream, off, at) ->
                let version = max 0L (held.VersionOf streams[stream] + int64 off)
                let at = at |> Option.map (fun ms -> Instant(int64 ms)) |> toOption
                right.Remind(streams[stream], version, at)
                mine.Remind(streams[stream], version, at)

            wrongs.AddRange(look maker.Ids right mine)

    match box mine with
    | :? IDisposable as store -> store.Dispose()
    | _ -> ()

    List.ofSeq wrongs

/// What fits is kept whole and in order, the rest is set aside whole with its twins, marks only rise.
let keeping: Law<unit -> IStore, Step list> =
    law "a store keeps what fits and sets the rest aside" (run holds)

/// What wants to be asked is known by then, as it was noted last.
let noting: Law<unit -> IStore, Step list> =
    law "a store knows what wants to be asked" (run (fun _ -> due))
