/// What people keep to themselves: the laws.
module Chat.Spec.Tests.PrivacyTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Domain.People
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.PrivacyRunning
open Chat.Spec.Oracle
open Chat.Spec.Seeds

let private onScenes law =
    Prop.forAll (Arb.fromGen PrivacyScenes.scene) (hold law domain)

let private onOne law =
    Prop.forAll (Arb.fromGen PrivacyScenes.ofOne) (hold law domain)

[<Law>]
let ``what is kept is what was said last`` () = onScenes PrivacyLaws.said

[<Law>]
let ``who is found is the oracle's`` () = onScenes PrivacyLaws.finding

[<Law>]
let ``who hides from being found is found by nobody`` () = onOne PrivacyLaws.unfound

[<Law>]
let ``who is seen in the hall is the oracle's`` () = onScenes PrivacyLaws.seeing

[<Law>]
let ``presence that is hidden equals absence`` () = onOne PrivacyLaws.absent

[<Law>]
let ``who hears how far somebody is, is the oracle's`` () = onScenes PrivacyLaws.telling

[<Law>]
let ``who may not see receipts cannot tell read from unread`` () = onOne PrivacyLaws.unread

[<Law>]
let ``both are told or neither`` () = onScenes PrivacyLaws.mutual

/// Scenes that show nothing prove nothing.
[<Fact>]
let ``each is found, seen and told, and each is not`` () =
    let scenes = fixedSample 200 60 PrivacyScenes.scene
    let both = Set [ true; false ]

    let occurs what =
        Assert.Equal<Set<bool>>(both, scenes |> List.collect what |> Set)

    let two = PrivacyScenes.people |> List.pairwise
    occurs (fun scene -> two |> List.map (fun (one, other) -> Privacy.mayBeFound one other scene))
    occurs (fun scene -> two |> List.map (fun (one, other) -> Privacy.isInHall one other scene))
    occurs (fun scene -> two |> List.map (fun (one, other) -> Privacy.areTold one other scene))

    let settings of' =
        scenes
        |> List.collect (fun scene -> PrivacyScenes.people |> List.map (fun who -> of' who scene))
        |> List.distinct
        |> List.sort

    let all = [ Openness.Everyone; Openness.Friends; Openness.Nobody ]
    Assert.Equal<Openness list>(all, settings Privacy.find)
    Assert.Equal<Openness list>(List.tail all, settings Privacy.presence)
    Assert.Equal<Openness list>(all, settings Privacy.receipts)
