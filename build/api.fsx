// Writes PublicAPI.Unshipped.txt of a project from the analyzer's report, because the IDE's fix takes a minute and ours
// a second. `./chat api` makes the report (obj/api.sarif) and calls this.
open System
open System.IO
open System.Text.Json

let project = fsi.CommandLineArgs[1]

let report =
    JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "obj", "api.sarif")))

let results (rule: string) =
    [
        for run in report.RootElement.GetProperty("runs").EnumerateArray() do
            for result in run.GetProperty("results").EnumerateArray() do
                if result.GetProperty("ruleId").GetString() = rule then
                    result
    ]

let added =
    [
        for result in results "RS0016" ->
            result.GetProperty("properties").GetProperty("customProperties").GetProperty("APIName").GetString()
    ]

// What was shipped and is gone must be said to be gone.
let removed =
    [
        for result in results "RS0017" ->
            "*REMOVED*"
            + (result.GetProperty("message").GetProperty("text").GetString().Split '\'')[1]
    ]

let names =
    added @ removed
    |> List.distinct
    |> List.sortWith (fun a b -> String.CompareOrdinal(a, b))

File.WriteAllLines(Path.Combine(project, "PublicAPI.Unshipped.txt"), "#nullable enable" :: names)
eprintfn "chat: %s has %d public symbols" project names.Length
