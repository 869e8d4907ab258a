/// Records of parties.
module Chat.Spec.Tests.KeepsakeTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Xunit.Abstractions
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private onTraces law =
    Prop.forAll (Arb.fromGenShrink (KeepsakeTraces.trace, RoomTraces.shrink)) (hold law RoomRunning.domain)

[<Law>]
let ``what comes of it is the oracle's`` () = onTraces RoomLaws.answers

[<Law>]
let ``what each is shown is the oracle's`` () = onTraces RoomLaws.shown

[<Law>]
let ``of a locked room nobody learns what is played`` () = onTraces RoomVeilLaws.closed

[<Law>]
let ``everybody who was there wanted it`` () = onTraces KeepsakeLaws.agreed

[<Law>]
let ``it says exactly who was there`` () = onTraces KeepsakeLaws.exact

[<Law>]
let ``nobody is kept from going`` () = onTraces KeepsakeLaws.goes

[<Law>]
let ``nobody learns of it who is in no such conversation`` () = onTraces KeepsakeLaws.secret

[<Law>]
let ``a room from a snapshot is the room`` () =
    Prop.forAll (Arb.fromGen KeepsakeTraces.trace) (hold SnapshotLaws.rooms SnapshotLaws.restored)

[<Law>]
let ``deciding a batch is deciding one by one`` () = onTraces RoomRaces.batching

[<Law>]
let ``those who race are decided one after another`` () = onTraces RoomRaces.races

type ``What records exercise``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``each way to have one, and to have none, occurs``() =
        let names =
            fixedSample 200 60 KeepsakeTraces.trace
            |> List.collect (RoomRunning.run RoomRunning.domain)
            |> KeepsakeLaws.exercised

        output.WriteLine(
            names
            |> Map.toList
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "
        )

        let never =
            [
                "a record"
                "a record of games"
                "a game that was finished"
                "a record of two"
                "a record on going elsewhere"
                "not taken"
                "not wanted by all"
                "conversation.unknown"
                "channel.keeps_no_party"
                "person.not_a_member"
                "direct.closed"
                "settings.locked"
                "member.timed_out"
                "room.not_inside"
            ]
            |> List.filter (fun name -> not (names.ContainsKey name))

        Assert.True(List.isEmpty never, $"never: {never}")
