/// A broken law as a story for people, and as a file that plays it again.
module Chat.Spec.Outside.Story

open System.IO
open System.Text.Json
open Chat.Spec.Outside.Scenario
open Chat.Spec.Outside.Running

/// What it takes to play a scenario again: its seed and number, which of its steps, and in what order. The steps are
/// drawn from the seed again, so it holds for the version that wrote it; they are told in words beside it.
type Kept =
    {
        Law: string
        What: string
        Seed: uint64
        Scenario: int
        Steps: int[]
        IsConcurrent: bool
        Story: string[]
    }

let private options = JsonSerializerOptions(WriteIndented = true)

let kept (seed: uint64) (broken: Broken) : Kept =
    let whole = scenarioOf seed broken.Number |> _.Steps |> Array.ofList

    // The steps that are left stand in the order of the whole.
    let rec indices from (steps: Step list) =
        match steps with
        | [] -> []
        | step :: rest ->
            let index = System.Array.IndexOf(whole, step, from)
            index :: indices (index + 1) rest

    {
        Law = broken.Law.Name
        What = broken.What
        Seed = seed
        Scenario = broken.Number
        Steps = broken.Scenario.Steps |> indices 0 |> Array.ofList
        IsConcurrent = broken.Scenario.IsConcurrent
        Story = broken.Scenario.Steps |> List.map string |> Array.ofList
    }

let write (path: string) (story: Kept) =
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath path) |> nonNull)
    |> ignore

    File.WriteAllText(path, JsonSerializer.Serialize(story, options))

/// The scenario that a file keeps.
let read (path: string) : Scenario =
    let kept =
        JsonSerializer.Deserialize<Kept>(File.ReadAllText path, options) |> nonNull

    let whole = scenarioOf kept.Seed kept.Scenario |> _.Steps |> Array.ofList

    {
        Steps = kept.Steps |> Array.map (fun index -> whole[index]) |> List.ofArray
        IsConcurrent = kept.IsConcurrent
    }
