// Judges the mutants that Stryker made of a project. `./chat mutants` calls it:
//   FOLDER [--cases N] [--minutes N] [--left] [--alone ID] [--crashed] PATH…
//
// All of them are in one assembly, each behind a switch, so that hundreds are judged in one process. A mutant counts as
// killed when a test fails with it and holds again without it. What is computed only once in a process is judged alone,
// in one where the mutant is on from the start: what is to be judged so is left in FOLDER/alone.
// It ends with 0 when all is judged, 2 when the time is over, and 3 when it has to be started again, because a mutant
// ran for too long or left something behind.
#load "mutants/Report.fsx"
#load "mutants/Tests.fsx"

open System
open System.Diagnostics
open System.IO
open System.Threading
open Mutants.Report
open Mutants.Tests

let clock = Stopwatch.StartNew()
let arguments = fsi.CommandLineArgs |> Array.skip 1 |> List.ofArray
let folder = List.head arguments
let has option = List.contains option arguments

let number option usual =
    match List.tryFindIndex ((=) option) arguments with
    | Some index -> int arguments[index + 1]
    | None -> usual

let cases = number "--cases" 40

let paths =
    arguments
    |> List.filter (fun it -> it.StartsWith "Domain" || it.StartsWith "Protocol")

/// The longest that one test may take over one mutant, in seconds; without any none takes half of it.
let patience = if has "--left" then 120 else 20

/// What takes longer than this, in seconds, is asked only of those that survived once.
let isQuick (test: Test) =
    has "--left" || test.Takes.TotalSeconds < 4.0

type Outcome =
    | Holds
    | Fails of exn
    | Hangs of Thread

let outcome (test: Test) =
    let mutable found = Holds

    let work () =
        try
            test.Run()
        with thrown ->
            found <- Fails thrown

    let thread = Thread(work, 64 * 1024 * 1024, IsBackground = true)
    thread.Start()

    if thread.Join(TimeSpan.FromSeconds(float patience)) then
        found
    else
        Hangs thread

let control = Control folder

let results =
    if has "--crashed" then
        Results(folder).NoteCrash()

    Results folder

/// What each test comes to: found out once for the same mutants and tests, since it takes a minute or two.
let reach (tests: Test list) =
    let file = Path.Combine(folder, "reached")

    let built =
        [ "Chat.Domain.Tests.dll"; "Chat.Spec.dll" ]
        |> List.map (fun name -> File.GetLastWriteTimeUtc(Path.Combine(folder, "bin", name)).Ticks)

    let first = $"{cases} {built}"

    let lines =
        if File.Exists file then
            List.ofArray (File.ReadAllLines file)
        else
            []

    if List.tryHead lines = Some first then
        for test, line in List.zip tests lines.Tail do
            control.Reached(
                test,
                [
                    for part in line.Split '\t' ->
                        [ for one in part.Split(' ', StringSplitOptions.RemoveEmptyEntries) -> int one ]
                ]
            )
    else
        let found =
            [
                for test in tests do
                    control.Capture()
                    outcome test |> ignore
                    let found = control.Captured()
                    control.Reached(test, found)
                    String.Join('\t', found |> List.map (List.map string >> String.concat " "))
            ]

        File.WriteAllLines(file, first :: found)

/// How long each test takes with no mutant switched on; and what is computed once is computed without any.
let warmUp tests =
    for test in tests do
        let watch = Stopwatch.StartNew()

        match outcome test with
        | Holds -> ()
        | Fails thrown -> failwith $"{test.Name} does not hold without any mutant: {thrown.GetBaseException()}"
        | Hangs _ -> failwith $"{test.Name} takes too long without any mutant"

        test.Takes <- watch.Elapsed

        if test.Takes.TotalSeconds > 1.0 then
            eprintfn $"chat: {test.Takes.TotalSeconds:F1} s for {test.Name}"

/// What becomes of it; those tests that noticed most in the least time are asked first.
let judge (tests: Test list) (isFirst: bool) (mutant: int) =
    let asked =
        tests
        |> List.filter (fun test -> test.Reaches.Contains mutant && isQuick test)
        |> List.sortBy (fun test -> test.Takes / float (1 + test.Kills))

    let rec ask (left: Test list) =
        match left with
        | [] when control.IsStatic mutant -> "Alone", ""
        | [] when asked.IsEmpty -> "NoCoverage", ""
        | [] -> "Survived", ""
        | test :: others ->
            control.Switch mutant
            let found = outcome test
            control.Switch -1

            match found with
            | Holds -> ask others
            // Most of what never ends does when the mutant is switched off.
            | Hangs thread when thread.Join(TimeSpan.FromSeconds 10.0) -> "Timeout", test.Name
            | Hangs _ -> "Endless", test.Name
            | Fails _ when isFirst || outcome test |> _.IsHolds ->
                test.Kills <- test.Kills + 1
                "Killed", test.Name
            | Fails _ -> "Spoilt", test.Name

    ask asked

let judgeAll tests =
    let left = results.Left(paths, has "--left")

    if not left.IsEmpty then
        eprintfn $"chat: {left.Length} mutants; first the tests without any"
        reach tests
        warmUp tests

    for index, mutant in List.indexed left do
        if clock.Elapsed.TotalMinutes >= float (number "--minutes" 1_000_000) then
            eprintfn $"chat: the time is over; {left.Length - index} are left"
            exit 2

        results.Begin mutant
        let watch = Stopwatch.StartNew()
        let status, test = judge tests (index = 0) mutant
        results.End(mutant, status, test, watch.Elapsed)

        if index % 100 = 99 then
            eprintfn $"chat: {index + 1} of {left.Length}"

        if status = "Endless" || status = "Spoilt" then
            exit 3

let judgeAlone mutant tests =
    control.Switch mutant
    results.Begin mutant
    let watch = Stopwatch.StartNew()

    let noticed =
        tests
        |> List.sortByDescending (fun test -> results.KilledBy test.Name)
        |> List.tryPick (fun test ->
            match outcome test with
            | Holds -> None
            | Fails _ -> Some("Killed", test.Name)
            | Hangs _ -> Some("Timeout", test.Name))

    let status, test = noticed |> Option.defaultValue ("Survived", "")
    results.End(mutant, status, test, watch.Elapsed)

match number "--alone" -1 with
| -1 ->
    all folder cases |> judgeAll
    File.WriteAllLines(Path.Combine(folder, "alone"), results.Alone paths |> List.map string)
    exit 0
| mutant ->
    control.Switch mutant
    all folder cases |> judgeAlone mutant
    exit 0
