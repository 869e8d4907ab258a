/// Rooms and places in the house.
module Chat.Spec.Tests.RoomTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Xunit.Abstractions
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Seeds
open Chat.Spec.Oracle
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private onTraces law =
    Prop.forAll (Arb.fromGenShrink (RoomTraces.trace, RoomTraces.shrink)) (hold law RoomRunning.domain)

[<Law>]
let ``what comes of it is the oracle's`` () = onTraces RoomLaws.answers

[<Law>]
let ``what each is shown is the oracle's`` () = onTraces RoomLaws.shown

[<Law>]
let ``no more are inside than have room`` () = onTraces RoomLaws.capacity

[<Law>]
let ``nobody is in two rooms`` () = onTraces RoomLaws.oneRoom

[<Law>]
let ``every entry has a reason that holds`` () = onTraces RoomLaws.reasons

[<Law>]
let ``a locked room is entered by admission or a wave`` () = onTraces RoomLaws.locks

[<Law>]
let ``a room stays dark`` () = onTraces RoomLaws.dark

[<Law>]
let ``who keeps a room is inside`` () = onTraces RoomLaws.keepers

[<Law>]
let ``waves are apart`` () = onTraces RoomLaws.rates

[<Law>]
let ``deciding a batch is deciding one by one`` () = onTraces RoomRaces.batching

[<Law>]
let ``those who race are decided one after another`` () = onTraces RoomRaces.races

[<Law>]
let ``rooms and places fold whatever happened`` () =
    Prop.forAll (Arb.fromGen RoomRaces.hostile) (hold RoomRaces.total RoomRunning.domain)

[<Law>]
let ``a room from a snapshot is the room`` () =
    Prop.forAll (Arb.fromGen RoomTraces.trace) (hold SnapshotLaws.rooms SnapshotLaws.restored)

[<Law>]
let ``a block is a lock that nobody opens`` () = onTraces RoomVeilLaws.blocks

[<Law>]
let ``a locked room tells nobody who is inside`` () = onTraces RoomVeilLaws.closed

[<Law>]
let ``whom one is not to be told of is not there`` () = onTraces RoomVeilLaws.ghosts

[<Law>]
let ``a room that one may not see is like one that never was`` () = onTraces RoomVeilLaws.unseen

[<Law>]
let ``nobody outside is told through whom, where a block lies between`` () = onTraces RoomVeilLaws.vias

[<Law>]
let ``whoever is muted sees no difference`` () = onTraces RoomVeilLaws.mutes

[<Law>]
let ``a note is shown to two people`` () = onTraces RoomVeilLaws.notes

[<Law>]
let ``what was before one came in is not shown`` () = onTraces RoomVeilLaws.before

[<Fact>]
let ``bounds are the oracle's`` () =
    for bound in RoomBounds.all do
        let wrongs = wrongsOf RoomBounds.bounds RoomRunning.domain bound
        Assert.True(List.isEmpty wrongs, $"{bound.Name}: {wrongs}")

    let refused =
        RoomBounds.all
        |> List.map (fun bound -> RoomBounds.answer RoomRunning.domain bound)

    for rule in [ "room.capacity"; "room.knocks"; "room.guests"; "place.named" ] do
        Assert.Contains(RoomMoves.Refused("full", rule), refused)

type ``What rooms exercise``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``every command, event and refusal occurs``() =
        let names =
            fixedSample 150 60 RoomTraces.trace
            |> List.collect (RoomRunning.run RoomRunning.domain)
            |> RoomRunning.exercised

        output.WriteLine(
            names
            |> Map.toList
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "
        )

        let cases kind union =
            Unions.casesOf union |> List.map (fun case -> $"{kind} {case.Name}")

        let never =
            cases "Room" typeof<Chat.Domain.Rooms.Command>
            @ cases "Room" typeof<Chat.Domain.Rooms.Event>
            @ cases "Place" typeof<Chat.Domain.Places.Command>
            @ cases "Place" typeof<Chat.Domain.Places.Event>
            @ RoomRunning.refusals
            // Calls are on lines, and records have traces of their own.
            |> List.except [ "Place OnCall"; "Room Keep"; "Room KeepSet" ]
            |> List.filter (fun name -> not (names.ContainsKey name))

        Assert.True(List.isEmpty never, $"never: {never}")
