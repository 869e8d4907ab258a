// Stryker's report of the mutants that it made, and what became of them.
module Mutants.Report

open System
open System.IO
open System.Text.Json

type Place = { Line: int; Column: int }

type Mutant =
    {
        Id: int
        File: string
        Source: string
        Kind: string
        Status: string
        Change: string
        From: Place
        Until: Place
    }

let private root = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, "..", ".."))

let private text (name: string) (element: JsonElement) =
    match element.TryGetProperty name with
    | true, found -> found.GetString()
    | _ -> ""

let private place (element: JsonElement) =
    {
        Line = element.GetProperty("line").GetInt32()
        Column = element.GetProperty("column").GetInt32()
    }

/// Those that compile. The rest Stryker has taken back.
let mutants (folder: string) : Mutant list =
    use document =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")))

    [
        for file in document.RootElement.GetProperty("files").EnumerateObject() do
            for mutant in file.Value.GetProperty("mutants").EnumerateArray() do
                let span = mutant.GetProperty "location"

                {
                    Id = int (text "id" mutant)
                    File = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, file.Name)))
                    Source = text "source" file.Value
                    Kind = text "mutatorName" mutant
                    Status = text "status" mutant
                    Change = text "replacement" mutant
                    From = place (span.GetProperty "start")
                    Until = place (span.GetProperty "end")
                }
    ]
    |> List.filter (fun mutant -> mutant.Status <> "CompileError" && mutant.Status <> "Ignored")

let isBelow (paths: string list) (mutant: Mutant) =
    paths
    |> List.exists (fun path -> (mutant.File + "/").StartsWith(path.TrimEnd '/' + "/"))

/// What became of each, in FOLDER/results: a line for each thing that is found out, of which the last counts.
type Results(folder: string) =
    let file = Path.Combine(folder, "results")

    let lines =
        if File.Exists file then
            File.ReadAllLines file |> Array.map _.Split('\t') |> List.ofArray
        else
            []

    let note (parts: string list) =
        File.AppendAllText(file, String.Join('\t', parts) + "\n")

    let last =
        lines |> List.map (fun line -> int line[0], (line[1], line[2])) |> Map.ofList

    /// One that was begun and never ended is to be judged again.
    let found = last |> Map.filter (fun _ (status, _) -> status <> "Begun")

    let below paths =
        mutants folder |> List.filter (isBelow paths) |> List.map _.Id

    member _.Found = found

    /// What was begun and never ended took the process with it.
    member _.NoteCrash() =
        for pair in last do
            if fst pair.Value = "Begun" then
                note [ string pair.Key; "Crashed"; ""; "" ]

    member _.Begin(mutant: int) = note [ string mutant; "Begun"; ""; "" ]

    member _.End(mutant: int, status: string, test: string, took: TimeSpan) =
        note [ string mutant; status; test; $"{took.TotalSeconds:F1}" ]

    /// Those that are to be judged now: what was spoilt by another comes first.
    member _.Left(paths: string list, onlyLeft: bool) : int list =
        let status mutant =
            found |> Map.tryFind mutant |> Option.map fst

        let isToDo mutant =
            match status mutant with
            | None -> not onlyLeft
            | Some "Spoilt" -> true
            | Some("Survived" | "NoCoverage") -> onlyLeft
            | Some _ -> false

        below paths
        |> List.filter isToDo
        |> List.sortBy (fun mutant -> status mutant <> Some "Spoilt")

    member _.Alone(paths: string list) : int list =
        let now = Results folder

        below paths
        |> List.filter (fun mutant ->
            match now.Found |> Map.tryFind mutant with
            | Some("Alone", _) -> true
            | _ -> false)

    member _.KilledBy(test: string) =
        found
        |> Map.toSeq
        |> Seq.filter (fun (_, (status, killer)) -> status = "Killed" && killer = test)
        |> Seq.length
