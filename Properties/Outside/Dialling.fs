/// Scenarios of calls.
module Chat.Spec.Outside.Dialling

open FsCheck
open FsCheck.FSharp
open Chat.Spec.Generators
open Chat.Spec.Outside.Scenario

let private ofTurns (turns: CallScenes.Turn list) =
    {
        Steps = List.map Dial turns
        IsConcurrent = false
    }

/// People who call each other, take it or not, pass something on, and fall out.
let calls: Gen<Scenario> = Gen.map ofTurns CallScenes.turns

/// In which each rule bites.
let plannedCalls: Scenario list = List.map ofTurns PlannedCalls.planned

/// In which nobody takes a call.
let missedCalls: Scenario = ofTurns PlannedCalls.missed

/// Whether a call rings in it until it is missed, which takes much longer than all else that anybody does.
let lingers (scenario: Scenario) =
    scenario.Steps
    |> List.exists (fun step ->
        match step with
        | Dial(CallScenes.RingsOut _) -> true
        | _ -> false)

let private ofErrands (errands: Errands.Errand list) =
    {
        Steps = List.map Run errands
        IsConcurrent = false
    }

/// People who have something else to do.
let errands: Gen<Scenario> = Gen.map ofErrands Errands.errands

/// In which each rule of it bites.
let plannedErrands: Scenario list = List.map ofErrands Errands.planned

/// What else people do, where that is what a scenario is of.
let ofErrand (scenario: Scenario) : Errands.Errand list option =
    let errands =
        scenario.Steps
        |> List.choose (fun step ->
            match step with
            | Run errand -> Some errand
            | _ -> None)

    if errands.IsEmpty then None else Some errands

/// What people do with their phones, where that is what a scenario is of.
let ofCalls (scenario: Scenario) : CallScenes.Turn list option =
    let turns =
        scenario.Steps
        |> List.choose (fun step ->
            match step with
            | Dial turn -> Some turn
            | _ -> None)

    if turns.IsEmpty then None else Some turns
