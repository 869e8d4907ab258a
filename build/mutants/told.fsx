// Tells what became of the mutants: FOLDER PATH…. `./chat mutants` calls it. It ends with 1 where one survived.
#load "Report.fsx"

open System
open Mutants.Report

let folder, paths =
    match fsi.CommandLineArgs |> Array.skip 1 |> List.ofArray with
    | folder :: paths -> folder, paths
    | [] -> failwith "FOLDER PATH…"

let offset (source: string) (place: Place) =
    let before = source.Split '\n' |> Array.truncate (place.Line - 1)
    (before |> Array.sumBy (fun line -> line.Length + 1)) + place.Column - 1

let original mutant =
    let first = offset mutant.Source mutant.From
    mutant.Source[first .. offset mutant.Source mutant.Until - 1]

let brief (text: string) =
    let words = text.Split([| ' '; '\n'; '\r' |], StringSplitOptions.RemoveEmptyEntries)

    let line = String.Join(' ', words)
    if line.Length > 140 then line[..139] + "…" else line

let found = Results(folder).Found

let all =
    mutants folder
    |> List.filter (isBelow paths)
    |> List.map (fun mutant ->
        mutant,
        found
        |> Map.tryFind mutant.Id
        |> Option.map fst
        |> Option.defaultValue "not judged yet")

let isLeft (_, status) =
    status = "Survived" || status = "NoCoverage"

for mutant, status in
    all
    |> List.filter isLeft
    |> List.sortBy (fun (it, _) -> it.File, it.From, it.Id) do
    let where = $"{mutant.File}:{mutant.From.Line}:{mutant.From.Column}"

    let note =
        if status = "NoCoverage" then
            " (no test comes here)"
        else
            ""

    printfn $"{where}: {mutant.Kind}{note}\n  - {brief (original mutant)}\n  + {brief mutant.Change}"

let counts =
    all
    |> List.countBy snd
    |> List.sort
    |> List.map (fun (status, count) -> $"{count} {status}")
    |> String.concat ", "

printfn $"{all.Length} mutants: {counts}"
exit (if all |> List.exists isLeft then 1 else 0)
