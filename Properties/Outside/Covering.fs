/// What a run has shown of what is promised.
module Chat.Spec.Outside.Covering

open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws
open Chat.Spec.Outside.Promises

/// What is promised of a place: where it is not said where files are, nothing of them.
let promisedBy (place: Place) =
    Promises.all
    |> List.filter (fun promise -> place.Http <> "" || not (List.contains files promise.Laws))

/// What of a promise a run has not shown.
let missing (findings: Findings) (promise: Promise) : string list =
    let laws =
        if promise.Laws.IsEmpty then
            [ "any law" ]
        else
            promise.Laws
            |> List.filter (fun law -> findings.Exercised law = 0)
            |> List.map (fun law -> $"law {law.Name}")

    laws
    @ (promise.Events @ promise.Rules
       |> List.filter (fun what -> findings.Times what = 0))

/// The laws that a run never put to the test, of those that stand for these promises or for none.
let unfired (findings: Findings) (promises: Promise list) : HostLaw list =
    let isLeftOut law =
        Promises.all |> List.exists (fun promise -> List.contains law promise.Laws)
        && not (promises |> List.exists (fun promise -> List.contains law promise.Laws))

    HostLaws.all
    |> List.filter (fun law -> findings.Exercised law = 0 && not (isLeftOut law))

/// Whether a run has shown all of these promises.
let areShown (findings: Findings) (promises: Promise list) : bool =
    List.forall (missing findings >> List.isEmpty) promises
    && (unfired findings promises).IsEmpty

/// How often what stands for a promise happened, and how often its rules kept somebody from something.
let counts (findings: Findings) (promise: Promise) =
    List.sumBy findings.Times promise.Events, List.sumBy findings.Times promise.Rules
