/// Closing people out of everything.
module Chat.Spec.Tests.SuspensionTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Domain.Committing
open Chat.Domain.People
open Chat.Spec
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Mistakes

[<Law>]
let ``suspensions are the oracle's`` () =
    Prop.forAll (Arb.fromGen SuspensionLaws.trace) (hold SuspensionLaws.suspensions Person.Decider)

[<Fact>]
let ``every answer about suspensions occurs`` () =
    let answers =
        fixedSample 100 40 SuspensionLaws.trace
        |> List.collect (SuspensionLaws.run Person.Decider)
        |> List.filter (fun one -> one.Wish.Command :? Command)
        |> List.map (fun one ->
            match one.Reply with
            | :? Reply.Refused as refused -> ruleOf refused.Refusal
            | _ -> "accepted")
        |> List.distinct

    for rule in
        [
            "accepted"
            "conversation.unknown"
            "permission.ban"
            "rank.too_low"
            "for_ms: 1 to 315360000000"
        ] do
        Assert.Contains(rule, answers)

[<Fact>]
let ``who is let in and still out is noticed`` () =
    let mistaken =
        evolvingBy Person.Decider (fun state happened ->
            match happened with
            | :? Event.Restored -> state
            | _ -> Person.Decider.Evolve.Invoke(state, happened))

    let isCaught =
        fixedSample 100 40 SuspensionLaws.trace
        |> List.exists (fun trace -> not (List.isEmpty (wrongsOf SuspensionLaws.suspensions mistaken trace)))

    Assert.True isCaught
