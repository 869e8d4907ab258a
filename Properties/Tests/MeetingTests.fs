/// Whom people might want to meet, and who is close to them: the laws.
module Chat.Spec.Tests.MeetingTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Oracle
open Chat.Spec.Seeds

let private onTowns law =
    Prop.forAll (Arb.fromGen Towns.town) (hold law MeetingLaws.domain)

let private onVisits law =
    Prop.forAll (Arb.fromGen Towns.visits) (hold law MeetingLaws.domain)

let private onExchanges law =
    Prop.forAll (Arb.fromGen Towns.exchanges) (hold law ClosenessLaws.domain)

let private onLater law =
    Prop.forAll (Arb.fromGen Towns.later) (hold law ClosenessLaws.domain)

[<Law>]
let ``suggestions are the oracle's`` () = onTowns MeetingLaws.oracle

[<Law>]
let ``suggestions are the same whatever one may not know`` () =
    Prop.forAll (Arb.fromGen Towns.twins) (hold MeetingLaws.unknown MeetingLaws.domain)

[<Law>]
let ``nobody is suggested who may not be`` () = onTowns MeetingLaws.never

[<Law>]
let ``suggestions have a bound`` () = onTowns MeetingLaws.bounded

[<Law>]
let ``suggestions do not hang on the order of facts`` () = onTowns MeetingLaws.ordered

[<Law>]
let ``people met as long as both were in a room`` () = onVisits MeetingLaws.encounters

[<Law>]
let ``time together is counted once`` () = onVisits MeetingLaws.counted

[<Law>]
let ``who is close is the oracle's`` () = onExchanges ClosenessLaws.oracle

[<Law>]
let ``the order of who is close is total`` () = onExchanges ClosenessLaws.total

[<Law>]
let ``what is more recent never makes less close`` () = onLater ClosenessLaws.recent

[<Law>]
let ``who gives and gets nothing is not closer`` () = onLater ClosenessLaws.mutual

[<Law>]
let ``nobody is close who may not be`` () = onExchanges ClosenessLaws.never

[<Law>]
let ``people stand by how close they are`` () = onExchanges ClosenessLaws.people

[<Law>]
let ``rooms stand by the closest who are seen inside`` () =
    Prop.forAll (Arb.fromGen Towns.cards) (hold ClosenessLaws.rooms ClosenessLaws.domain)

[<Fact>]
let ``every reason of a suggestion occurs, and of none`` () =
    let towns = fixedSample 300 60 Towns.town
    let all = towns |> List.collect (Meetings.suggested 50)

    let count what isSo some =
        Assert.True(some |> List.exists isSo, what)

    count "through friends alone" (fun (one: Meetings.Suggested) -> one.Mutual > 0 && one.MetAt.IsNone) all
    count "of rooms alone" (fun (one: Meetings.Suggested) -> one.Mutual = 0) all
    count "through more than are named" (fun (one: Meetings.Suggested) -> one.Mutual > 3) all
    count "a barred one" (fun (town: Meetings.Town) -> not town.Barred.IsEmpty) towns

    let hidden =
        fixedSample 300 60 Towns.twins |> List.filter (fun (one, other) -> one <> other)

    Assert.True(hidden.Length > 100, $"{hidden.Length} of 300 differ in what is hidden")
