/// Snapshots: what is read again of a stream is the stream.
module Chat.Spec.Laws.SnapshotLaws

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Protocol.Stored
open Chat.Spec
open Chat.Spec.Laws.Law

/// A stream as it is read again from what is kept of it.
let restored (stream: AnyStream) : AnyStream =
    match
        ofOption (StoredSnapshots.Encode stream)
        |> Option.map (fun bytes -> (StoredSnapshots.Decode(ReadOnlyMemory bytes)).Case)
    with
    | Some(:? AnyStream as again) -> again
    | other -> failwith $"{other}"

/// A game that is played holds how it is shuffled, which is equal to nothing; how it prints says the rest of it.
let private parts (state: obj) : obj * string =
    match state with
    | :? State as room ->
        let table = room.Table
        RoomWorlds.Otherwise.Room(room, table = Chat.Domain.Games.State.Initial), $"{table.Secret.Value} {table}"
    | other -> other, ""

let private same (restored: AnyStream -> AnyStream) (stream: AnyStream) what =
    let again = restored stream

    differ $"the state after {what}" (parts stream.State) (parts again.State)
    @ differ $"the version after {what}" stream.Version again.Version
    @ differ $"when it last changed after {what}" stream.LastAt again.LastAt

/// Whether it is folded from all of its events or goes on from a snapshot, a desk is the same.
let desks: Law<AnyStream -> AnyStream, Chat.Spec.Generators.PairTraces.Trace> =
    law "a desk from a snapshot is the desk" (fun restored trace ->
        DeskLaws.run Chat.Domain.Desks.Desk.Decider trace
        |> List.collect (fun one ->
            one.Published
            |> List.filter (fun publish -> publish.Stream.Kind = StreamKind.Desk)
            |> List.collect (fun publish -> same restored publish.After $"{one.Wish}")))

/// A room and a place are.
let rooms: Law<AnyStream -> AnyStream, Chat.Spec.Generators.RoomScenes.Trace> =
    law "a room and a place from a snapshot are what they were" (fun restored trace ->
        RoomRunning.run RoomRunning.domain trace
        |> List.collect (fun one ->
            let world = RoomRunning.worldOf RoomRunning.domain one.After

            one.Made
            |> List.map _.Stream
            |> List.distinct
            |> List.filter (fun stream -> stream.Kind = StreamKind.Room || stream.Kind = StreamKind.Place)
            |> List.collect (fun stream -> same restored (world stream) $"{one} in {stream}")))

let private name = valid (RoomName.Create "porch")

/// So is one in which games are played, whatever card or stroke was the last.
let tables: Law<AnyStream -> AnyStream, Chat.Spec.Generators.GameTraces.Trace> =
    law "a table from a snapshot is the table" (fun restored trace ->
        let steps = GameRunning.run (GameSubjects.domain.On GameSubjects.shuffle) trace

        let lit =
            Event.Lit(Stamp(PersonId.Of "ann", GameRunning.start), name, false, listing [], 8)

        GameRunning.entriesOf steps
        |> List.map (fun entry -> Event.Played(Stamp(entry.By, entry.At), entry.What) :> AnyEvent)
        |> List.scan (fun (room: AnyStream) played -> room.Fold [ played ]) (Room.New.Fold [ lit :> AnyEvent ])
        |> List.indexed
        |> List.collect (fun (number, room) -> same restored room $"{number} entries"))
