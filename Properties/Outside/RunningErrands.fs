/// Plays what a scenario is of where it is an errand: all of one kind.
module Chat.Spec.Outside.RunningErrands

open System.Threading.Tasks
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Errands
open Chat.Spec.Outside.Findings

let private all (choose: Errand -> 'a option) (errands: Errand list) = List.choose choose errands

/// What it came to, and how many requests it took. Files are left out where it is not said where they are.
let judgedAsync (place: Place) (errands: Errand list) : Task<Findings * int> =
    match List.head errands with
    | Errand.Desk _ ->
        errands
        |> all (function
            | Errand.Desk one -> Some one
            | _ -> None)
        |> AtDesk.judgedAsync place
    | Errand.File _ when place.Http = "" -> Task.FromResult(Findings(), 0)
    | Errand.File _ ->
        errands
        |> all (function
            | Errand.File one -> Some one
            | _ -> None)
        |> WithFiles.judgedAsync place
    | Errand.Device _ ->
        errands
        |> all (function
            | Errand.Device one -> Some one
            | _ -> None)
        |> OnDevices.judgedAsync place
    | Errand.Notice _ ->
        errands
        |> all (function
            | Errand.Notice one -> Some one
            | _ -> None)
        |> ComingIn.judgedAsync place
    | Errand.Game(name, deck, rounds, leaves) -> AtTable.judgedAsync place name deck rounds leaves
    | Errand.Flood _ ->
        errands
        |> all (function
            | Errand.Flood one -> Some one
            | _ -> None)
        |> Flooding.judgedAsync place
