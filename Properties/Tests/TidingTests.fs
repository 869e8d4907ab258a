/// What is told of the house and of rooms.
module Chat.Spec.Tests.TidingTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private put law =
    Prop.forAll (Arb.fromGen TidingLaws.any) (hold law TidingLaws.ours)

[<Law>]
let ``what is told of the house arrives`` () = put TidingLaws.told

[<Law>]
let ``what is told of the house is the same as JSON`` () = put TidingLaws.json

[<Law>]
let ``what is told of the house is described`` () = put TidingLaws.described

[<Fact>]
let ``what is described of the house is told`` () =
    hold TidingLaws.exhaustive TidingLaws.ours (fixedSample 2_000 40 TidingLaws.any)
