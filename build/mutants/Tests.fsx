// The laws and examples that mutants are put to, without a test runner; and the switch of the mutants.
module Mutants.Tests

open System
open System.Collections.Generic
open System.IO
open System.Reflection
open System.Threading.Tasks
open FsCheck
open global.Xunit
open global.Xunit.Abstractions
open global.Xunit.Sdk
open Chat.Spec
open Chat.Spec.Generators

type Test =
    {
        Name: string
        Run: unit -> unit
        /// The mutants that it comes to.
        mutable Reaches: HashSet<int>
        mutable Takes: TimeSpan
        mutable Kills: int
    }

/// What Stryker put into the assembly.
type Control(folder: string) =
    let held =
        [ "Chat.Domain.dll"; "Chat.Protocol.dll" ]
        |> List.collect (fun name -> List.ofArray (Assembly.LoadFrom(Path.Combine(folder, "bin", name)).GetTypes()))
        |> List.find (fun found -> found.Name = "MutantControl")

    let once = HashSet<int>()

    let set (name: string) (value: obj) =
        held.GetField(name).SetValue(null, value)

    let call (name: string) = held.GetMethod(name).Invoke(null, [||])

    member _.Switch(mutant: int) = set "ActiveMutant" mutant

    member _.Capture() =
        call "InitCoverage" |> ignore
        set "CaptureCoverage" true

    /// What was come to since, and what of it is computed only once.
    member control.Captured() : int list list =
        set "CaptureCoverage" false
        control.Switch -1
        call "GetCoverageData" :?> IList<int>[] |> Array.map List.ofSeq |> List.ofArray

    member _.Reached(test: Test, found: int list list) =
        test.Reaches <- HashSet(List.concat found)
        once.UnionWith found[1]

    /// Whether it is in what is computed only once.
    member _.IsStatic mutant = once.Contains mutant

/// As the laws are given them, but nothing is made smaller: that it fails is enough.
type AsTheyAre =
    static member Trace() : Arbitrary<Traces.Trace> = FSharp.Arb.fromGen Traces.trace

    static member Hostile() =
        FSharp.Arb.fromGen Palette.hostileEvents

    static member Marks() = FSharp.Arb.fromGen Palette.marks

let private runner =
    { new IRunner with
        member _.OnStartFixture _ = ()
        member _.OnArguments(_, _, _) = ()
        member _.OnShrink(_, _) = failwith "it fails"

        member _.OnFinished(_, result) =
            match result with
            | TestResult.Passed _ -> ()
            | _ -> failwith "it fails"
    }

let private config cases =
    Config.Quick
        .WithMaxTest(cases)
        .WithEndSize(60)
        .WithQuietOnSuccess(true)
        .WithReplay(
            Some
                {
                    Rnd = Rnd(20_240_607UL, 4_242_421UL)
                    Size = None
                }
        )
        .WithArbitrary([ typeof<AsTheyAre> ])
        .WithRunner(runner)

let private silent =
    { new ITestOutputHelper with
        member _.WriteLine(_: string) = ()
        member _.WriteLine(_: string, _: obj array) = ()
    }

let private subjectOf (method: MethodInfo) : objnull =
    if method.IsStatic then
        null
    else
        let made = method.DeclaringType.GetConstructors() |> Array.head
        made.Invoke [| for _ in made.GetParameters() -> box silent |]

let private call (method: MethodInfo) (arguments: objnull array) =
    match method.Invoke(subjectOf method, arguments) with
    | :? Task as task -> task.GetAwaiter().GetResult()
    | _ -> ()

/// What says something of code that is not mutated, of documents or of the laws themselves; and clusters, which take
/// longer than a mutant may.
let private apart =
    [
        "Architecture"
        "MistakeTests"
        "ClusterTests"
        "WatchTests"
        "SpecificationPageTests"
    ]

let private testsOf cases (method: MethodInfo) =
    let name = $"{method.DeclaringType.Name}: {method.Name}"

    let test name run =
        {
            Name = name
            Run = run
            Reaches = HashSet()
            Takes = TimeSpan.Zero
            Kills = 0
        }

    match method.GetCustomAttribute<FactAttribute>() with
    | null -> []
    | :? Seeds.LawAttribute ->
        [
            test name (fun () -> Check.Method(config cases, method, Option.ofObj (subjectOf method)))
        ]
    | :? TheoryAttribute ->
        [
            for source in method.GetCustomAttributes<DataAttribute>() do
                for row in source.GetData method -> test name (fun () -> call method row)
        ]
    | _ -> [ test name (fun () -> call method [||]) ]

let all (folder: string) (cases: int) : Test list =
    [
        for name in [ "Chat.Domain.Tests.dll"; "Chat.Spec.dll" ] do
            for found in Assembly.LoadFrom(Path.Combine(folder, "bin", name)).GetTypes() do
                if not (apart |> List.exists (string found.FullName).Contains) then
                    for method in found.GetMethods() do
                        yield! testsOf cases method
    ]
