/// The laws of a store, to put to one of your own.
module Chat.Spec.Stores

open System
open System.Collections.Generic
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

/// How many cases a store is put to.
let cases = 300

let private smallest law (fresh: unit -> IStore) (steps: StoreCases.Step list) =
    let breaks steps =
        not (List.isEmpty (wrongsOf law fresh steps))

    let rec without steps =
        Seq.init (List.length steps) (fun nth -> List.removeAt nth steps)
        |> Seq.tryFind breaks
        |> Option.map without
        |> Option.defaultValue steps

    without steps

let private judge (law: Law<unit -> IStore, StoreCases.Step list>) (fresh: unit -> IStore) =
    Seeds.fixedSample (cases * Seeds.times) 30 StoreCases.case
    |> List.tryFind (fun steps -> not (List.isEmpty (wrongsOf law fresh steps)))
    |> Option.map (fun steps ->
        let steps = smallest law fresh steps
        let story = steps |> List.map string |> String.concat "\n  "
        let wrongs = wrongsOf law fresh steps |> String.concat "\n  "
        $"{law.Name}: it does not.\n  {wrongs}\nafter\n  {story}")
    |> Option.toList

/// What is wrong with a store that holds events; nothing, if its laws hold. It is made anew, without events, for each
/// case, and disposed of if it can be.
let wrongsOfKeeping (fresh: Func<IStore>) : IReadOnlyList<string> = judge StoreLaws.keeping fresh.Invoke

/// The same of one that also knows what wants to be asked.
let wrongs (fresh: Func<IStore>) : IReadOnlyList<string> =
    judge StoreLaws.keeping fresh.Invoke @ judge StoreLaws.noting fresh.Invoke
