/// Reports.
module Chat.Spec.Tests.DeskTests

open System
open FsCheck
open FsCheck.FSharp
open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Desks
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private onTraces law =
    Prop.forAll (Arb.fromGen DeskTraces.trace) (hold law Desk.Decider)

[<Law>]
let ``reports are the oracle's`` () = onTraces DeskLaws.reports

[<Law>]
let ``who is shown what was reported`` () = onTraces DeskLaws.shown

[<Law>]
let ``words that a rule flags are told`` () = onTraces DeskLaws.flags

[<Law>]
let ``who looks is shown what was reported`` () =
    Prop.forAll (Arb.fromGen DeskTraces.trace) (hold DeskLaws.looks DeskLaws.reading)

[<Law>]
let ``a desk from a snapshot is the desk`` () =
    Prop.forAll (Arb.fromGen DeskTraces.trace) (hold SnapshotLaws.desks SnapshotLaws.restored)

let private reporting who whom =
    let file = Command.File(Nullable(), Subject.Person whom, Cause.Spam, null)
    Context(who, DeviceId.Of "phone", Running.start), file

let private decide (stream: AnyStream) (context, command) =
    ofEither (stream.Decide(context, command, Facts.Empty))

let private after (stream: AnyStream) asked =
    match decide stream asked with
    | Ok decision -> stream.Fold decision.Events
    | Error refusal -> failwith $"{refusal}"

[<Fact>]
let ``one person has twenty reports waiting, and a desk a thousand`` () =
    let rule asked stream =
        match decide stream asked with
        | Error refusal -> ruleOf refusal
        | Ok _ -> "accepted"

    let ofOne who stream count =
        [ 1..count ]
        |> List.fold (fun stream index -> after stream (reporting who (person $"x{index}"))) stream

    let twenty = ofOne (person "ann") Desk.New 20
    Assert.Equal("reports.of_one", rule (reporting (person "ann") (person "y")) twenty)
    Assert.Equal("accepted", rule (reporting (person "bob") (person "y")) twenty)
    // What is done with makes room.
    let settled =
        twenty.Evolve(Event.Settled(Stamp(person "bob", Running.start), 3L, Outcome.Acted, null))

    Assert.Equal("accepted", rule (reporting (person "ann") (person "y")) settled)

    let full =
        [ 1..50 ]
        |> List.fold (fun stream index -> ofOne (person $"p{index}") stream 20) Desk.New

    Assert.Equal("reports.open", rule (reporting (person "bob") (person "y")) full)

[<Fact>]
let ``of the settled the last thousand are shown`` () =
    let ann = person "ann"

    let stamp index =
        Stamp(ann, Running.start.Plus(int64 index))

    let settle (stream: AnyStream) index =
        let filed =
            Event.Filed(stamp index, Subject.Person(person "bob"), Nullable(), Cause.Spam, null)

        stream.Evolve(filed).Evolve(Event.Settled(stamp index, int64 index, Outcome.Dismissed, null))

    let state = ([ 1..1_005 ] |> List.fold settle Desk.New).State :?> State
    let shown = state.SeenBy(person "cid", true) |> Seq.map _.Number |> List.ofSeq
    Assert.Equal<int64 list>(List.rev [ 6L .. 1_005L ], shown)

type ``What desks exercise``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``every command and every event occurs``() =
        let runs =
            fixedSample 200 40 DeskTraces.trace |> List.collect (DeskLaws.run Desk.Decider)

        let isFlag (recorded: Recorded) =
            match recorded.Event with
            | :? Event.Filed as filed -> filed.Rule.HasValue
            | _ -> false

        // Nobody asks for a flag by itself.
        let flags =
            runs
            |> List.collect _.Published
            |> List.sumBy (fun publish -> publish.Events |> Seq.filter isFlag |> Seq.length)

        let names = (PairRunning.exercised runs).Add("Flag", flags)
        Assert.NotEqual(0, flags)

        output.WriteLine(
            names
            |> Map.toList
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "
        )

        let never =
            Unions.casesOf typeof<Command> @ Unions.casesOf typeof<Event>
            |> List.map _.Name
            |> List.filter (fun name -> not (names.ContainsKey name))

        Assert.True(List.isEmpty never, $"never: {never}")
