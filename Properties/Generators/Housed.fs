/// What there is of the house, with sizes at its bounds.
module Chat.Spec.Generators.Housed

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Notices
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Generators.Letters

/// Hours in which it is quiet.
let hours: Gen<objnull> =
    Gen.map3
        (fun from until offset -> box (valid (QuietHours.Create(from, until, offset))))
        (Gen.elements [ 0; 1; 720; 1_439 ])
        (Gen.elements [ 0; 1; 719; 1_439 ])
        (Gen.elements [ -840; 0; 60; 840 ])

/// A room is lit for as many as there may be.
let lighting (people: Gen<PersonId>) : Gen<objnull> =
    Gen.map3
        (fun name isLocked (guests, capacity) ->
            box (Chat.Domain.Rooms.Command.Light(name, isLocked, guests, capacity)))
        (made 96 RoomName.Create |> Unions.typed<RoomName>)
        (Gen.elements [ true; false ])
        (Gen.zip (Gen.listOf people |> Gen.map (List.truncate 32 >> listing)) (Gen.elements [ 2; 3; 8; 16 ]))

/// Lines of a room have one of some words.
let lines (numbers: Gen<int64>) (instants: Gen<Instant>) (people: Gen<PersonId>) : Gen<objnull> =
    let orNull (some: Gen<'a>) =
        Gen.oneof [ Gen.constant (Nullable()); Gen.map Nullable some ]

    Gen.map3
        (fun (version, at) (what: string, by) (who, way, text: RoomText | null) ->
            box (Chat.Domain.Rooms.Told(version, what, by, at, who, way, text)))
        (Gen.zip numbers instants)
        (Gen.zip (Gen.elements [ "lit"; "entered"; "left"; "expelled"; "locked"; "unlocked"; "said"; "noted" ]) people)
        (Gen.map3
            (fun who way text -> who, way, text)
            (orNull people)
            (orNull (Gen.elements (Enum.GetValues<Chat.Domain.Rooms.Way>())))
            (Gen.oneof
                [
                    Gen.constant null
                    made 2_000 RoomText.Create |> Unions.typed<RoomText> |> Gen.map withNull
                ]))
