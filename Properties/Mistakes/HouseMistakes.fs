/// Houses with one mistake each, of places and of how the loop is told what to look at.
module Chat.Spec.Mistakes.HouseMistakes

open System
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Simulation

type private Placing = Chat.Domain.Places.Command

let private right = RoomRunning.domain
let private rooms = right.Rooms

let private placing decide : House =
    { right with
        Places = decidingBy right.Places decide
    }

let private wavesTooOften =
    placing (fun context command held facts ->
        let unwaved =
            Placed(held.Room, held.IsPrivate, held.Ghosted, held.Muted, held.Quiet, LanguageExt.Map<_, _>())

        right.Places.Decide.Invoke(context, command, (if command :? Placing.Wave then unwaved else held), facts))

let private buzzesTooOften =
    placing (fun context command held facts ->
        let command: Placing =
            match command with
            | :? Placing.Wave as wave -> Placing.Wave(wave.Room, false)
            | other -> other

        right.Places.Decide.Invoke(context, command, held, facts))

/// It does not ask what lies behind a place.
let private asksForTheNearest: House =
    { right with
        Rooms =
            RoomDecider(
                rooms.Initial,
                rooms.Needs,
                rooms.Decide,
                rooms.Evolve,
                rooms.EvolveFacts,
                rooms.Due,
                rooms.Mark,
                rooms.React
            )
    }

/// Simulated worlds with such a house.
let worlds: (string * Subject) list =
    let living (house: House) =
        { Subjects.domain with
            Fresh =
                fun stream ->
                    if stream.Kind = StreamKind.Room then
                        freshIn house stream
                    else
                        Subjects.domain.Fresh stream
        }

    [
        "one stays in the room that one left", living RoomMistakes.staysWhereOneWas
        "a place is relied on in silence", living RoomMistakes.hidesWhatItSaw
        "nobody asks where one was", living asksForTheNearest
    ]

let all: Mistake list =
    let traces = lazy (Seeds.fixedSample 400 60 RoomTraces.trace)
    let on name law mistaken = mistake name law traces right mistaken

    [
        on "waves come too often" RoomLaws.rates wavesTooOften
        on "a buzz counts as a wave" RoomLaws.rates buzzesTooOften
        on "nobody asks where one was" RoomLaws.oneRoom asksForTheNearest
    ]
