/// What somebody is told of friends who come in: the laws.
module Chat.Spec.Tests.NoticeTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Oracle.Noticed
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Seeds

let private onStories law =
    Prop.forAll (Arb.fromGen Comings.story) (hold law NoticeRunning.domain)

[<Law>]
let ``who is told what is the oracle's`` () = onStories NoticeLaws.oracle

[<Law>]
let ``one notice for each opening`` () = onStories NoticeLaws.once

[<Law>]
let ``whoever takes over tells of nobody again`` () = onStories NoticeLaws.takenOver

[<Law>]
let ``nobody is told of whom they may not be told`` () = onStories NoticeLaws.never

[<Law>]
let ``quiet hours are quiet`` () = onStories NoticeLaws.quiet

[<Law>]
let ``no opening is told of too early, and none is lost`` () = onStories NoticeLaws.complete

[<Law>]
let ``many come in digests`` () = onStories NoticeLaws.many

[<Law>]
let ``little is kept`` () = onStories NoticeLaws.bounded

[<Law>]
let ``who is not told of leaves no trace`` () =
    Prop.forAll (Arb.fromGen Comings.barring) (hold SilenceLaws.traceless NoticeRunning.domain)

[<Law>]
let ``ghosting, muting and blocking tell nobody anything`` () =
    Prop.forAll (Arb.fromGen Comings.world) (hold SilenceLaws.silent NoticeRunning.domain)

[<Fact>]
let ``every fate of an opening occurs, and both kinds of notices`` () =
    let pasts =
        fixedSample 200 60 Comings.story @ fixedSample 20 60 Comings.crowded
        |> List.map (fun story ->
            story.Asks
            |> List.fold (fun past asked -> fst (tell asked past)) Chat.Spec.Oracle.Noticed.nothing)

    let fates = pasts |> List.collect _.Fates |> List.distinct
    let kinds = pasts |> List.collect _.Tellings |> List.map _.IsDigest |> List.distinct

    for fate in [ Barred; InQuietHours; ToldOfLately; WaitsAlready; TooMany; Taken ] do
        Assert.Contains(fate, fates)

    Assert.Equal(2, kinds.Length)
