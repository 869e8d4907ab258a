/// Calls of two.
module Chat.Spec.Tests.CallTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Calls
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private onTraces law =
    Prop.forAll (Arb.fromGenShrink (CallTraces.trace, CallTraces.shrink)) (hold law CallRunning.domain)

[<Law>]
let ``what comes of a call is the oracle's`` () = onTraces CallLaws.answers

[<Law>]
let ``nobody is on two calls`` () = onTraces CallLaws.oneCall

[<Law>]
let ``how a call ended is kept`` () = onTraces CallLaws.kept

[<Law>]
let ``a block ends the call`` () = onTraces CallLaws.blocks

[<Law>]
let ``a call is taken once`` () = onTraces CallLaws.taken

[<Law>]
let ``only the two devices pass something on`` () = onTraces CallLaws.passes

[<Law>]
let ``a ring ends by itself`` () = onTraces CallLaws.ends

[<Law>]
let ``who is muted is not heard`` () =
    Prop.forAll (Arb.fromGen CallTraces.moments) (hold CallLaws.heard CallRunning.domain)

type ``What calls exercise``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``every command, event, ending and refusal occurs``() =
        let names =
            fixedSample 300 60 CallTraces.trace
            |> List.collect (CallRunning.run CallRunning.domain)
            |> CallRunning.exercised

        output.WriteLine(
            names
            |> Map.toList
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "
        )

        let never =
            (Unions.casesOf typeof<Command> @ Unions.casesOf typeof<Event> |> List.map _.Name)
            @ [ for how in System.Enum.GetValues<Ending>() -> $"ended {how}" ]
            @ [
                "Called"
                "Created"
                "friend.unknown"
                "call.on_another"
                "call.unknown"
                "call.not_yours"
                "call.over"
                "call.taken"
            ]
            |> List.except [ "Ended" ]
            |> List.filter (fun name -> not (names.ContainsKey name))

        Assert.True(List.isEmpty never, $"never: {never}")
