/// What is judged of rooms, and of those who go from one to another, when a simulated world has come to rest.
module Chat.Spec.Simulation.Houses

open System.Collections.Generic
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Oracle.RoomAnswers
open Chat.Spec.Simulation.World

let private isOfHouse (stream: StreamKey) =
    stream.Kind = StreamKind.Room || stream.Kind = StreamKind.Place

/// What another stream may have made: somebody went elsewhere.
let comesOfGoing (happened: AnyEvent) =
    happened :? Rooms.Moving.Moved || happened :? Event.Left

/// An event but for when it was: clocks of lanes differ.
let private timeless (stream: StreamKey, happened: AnyEvent) =
    let what: objnull =
        match happened with
        | :? Event.Entered as entered -> entered.Entry
        | :? Event.Admitted as admitted -> admitted.Person
        | :? Rooms.Moving.Moved as moved -> moved.Room
        | _ -> null

    stream, happened.GetType().Name, happened.By, what

/// What a request made is what it comes to on all that was committed before it: whoever races somebody else, or is
/// moved while others move, or asks again when nobody knows what became of it.
let private decided (world: World) =
    let requests = Dictionary<System.Guid, Wanted>()

    for sent in world.Sent.Values do
        match sent.Asked with
        | Request wanted when isOfHouse wanted.Stream -> requests.TryAdd(wanted.EventId, wanted) |> ignore
        | _ -> ()

    let past (number: int) (count: int) : Rooms.Past =
        let fresh = world.Commits[number].Added |> List.truncate count

        fun stream ->
            Seq.append
                (world.Snapshots[number].Load stream)
                (fresh |> Seq.filter (fun recorded -> recorded.Stream = stream))
            |> Seq.map _.Event
            |> List.ofSeq

    for number in 0 .. world.Commits.Count - 1 do
        for count, recorded in List.indexed world.Commits[number].Added do
            match requests.TryGetValue recorded.Id with
            | true, wanted ->
                world.Note "decided about a room"

                let made =
                    world.Commits[number].Added
                    |> List.filter (fun one -> one.Origin = recorded.Origin && one.Event.By = recorded.Event.By)
                    |> List.map (fun one -> timeless (one.Stream, one.Event))

                match decide wanted.Person recorded.Event.At wanted.Stream wanted.Command (past number count) with
                | Happens events when List.map timeless events = made -> ()
                | other -> world.Wrong $"{wanted} came to {made}, and was to come to {other}"
            | _ -> ()

/// After every commit.
let private places (world: World) =
    for number in 0 .. world.Commits.Count - 1 do
        let moved =
            world.Commits[number].Added
            |> List.filter (fun recorded -> recorded.Event :? Rooms.Moving.Moved)

        if not moved.IsEmpty then
            world.Note "moved to a room"

            RoomLaws.wrongsOfPlaces
                RoomRunning.domain
                world.Snapshots[number + 1]
                RoomScenes.rooms
                (RoomScenes.people |> List.distinct)
            |> List.iter world.Wrong

let judge (world: World) =
    decided world
    places world
