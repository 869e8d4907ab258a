/// Friendship and block.
module Chat.Spec.Tests.PairTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Pairs
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private onTraces law =
    Prop.forAll (Arb.fromGen PairTraces.trace) (hold law Pair.Decider)

[<Law>]
let ``friendship is the oracle's`` () = onTraces PairLaws.bonds

[<Law>]
let ``what each knows of the other is the oracle's`` () = onTraces PairLaws.views

[<Law>]
let ``who is closed out reaches nobody`` () = onTraces PairLaws.closed

[<Law>]
let ``conversations keep to blocks`` () = onTraces PairLaws.conversations

[<Law>]
let ``a block is silence`` () = onTraces PairLaws.silence

type ``What pairs exercise``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``every command and every event occurs``() =
        let runs =
            fixedSample 400 40 PairTraces.trace
            |> List.collect (PairRunning.run Pair.Decider)

        let names = runs |> PairRunning.exercised

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
