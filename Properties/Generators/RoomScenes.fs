/// What people do in rooms of a house, step by step.
module Chat.Spec.Generators.RoomScenes

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Rooms

type internal Placing = Chat.Domain.Places.Command
type internal Bonding = Chat.Domain.Pairs.Command

/// What somebody asks, so many milliseconds after what was asked before.
type Asked =
    {
        Wait: int64
        Who: PersonId
        Stream: StreamKey
        Command: AnyCommand
    }

    override asked.ToString() =
        $"+{asked.Wait} {asked.Who} of {asked.Stream.Id}: {asked.Command}"

[<StructuredFormatDisplay("{Text}")>]
type Trace =
    {
        Asks: Asked list
    }

    member trace.Text =
        trace.Asks |> List.map (fun asked -> $"\n  {asked}") |> String.concat ""

let people = List.truncate 5 Palette.people

let rooms = [ "r1"; "r2"; "r3" ] |> List.map RoomId.Of

let private name = valid (RoomName.Create "porch")
let internal words = [ "hi"; "psst" ] |> List.map (RoomText.Create >> valid)

let private asked wait who stream (command: AnyCommand) =
    {
        Wait = wait
        Who = who
        Stream = stream
        Command = command
    }

let internal inRoom wait who id (command: Command) = asked wait who (roomOf id) command

let internal inPlace wait who (command: Placing) = asked wait who (placeOf who) command

let internal bond wait who (whom: PersonId) (command: Bonding) =
    asked wait who (StreamKey.Of(TenantId.Main, who, whom)) command

/// Now and then so long that something ends, to the millisecond.
let internal wait: Gen<int64> =
    Gen.frequency
        [
            20, Gen.choose (0, 900) |> Gen.map int64
            3, Gen.elements [ 9_999L; 10_000L; 59_999L; 60_000L ]
            1, Gen.elements [ Room.KnockMs; Room.WaveMs ]
        ]

let internal somebody = Gen.elements people

let private other who =
    Gen.elements (List.except [ who ] people)

let internal two =
    somebody |> Gen.bind (fun who -> other who |> Gen.map (fun whom -> who, whom))

let internal some = Gen.subListOf people |> Gen.map (List.truncate 3)

let internal lighting who id : Gen<Asked> =
    let capacity =
        Gen.frequency [ 5, Gen.constant 8; 6, Gen.elements [ 2; 3 ]; 1, Gen.elements [ 1; 17 ] ]

    let guests = Gen.frequency [ 5, Gen.constant []; 2, some ]
    let isLocked = Gen.frequency [ 4, Gen.constant false; 1, Gen.constant true ]

    Gen.map4
        (fun wait isLocked guests capacity ->
            inRoom wait who id (Command.Light(name, isLocked, listing guests, capacity)))
        wait
        isLocked
        guests
        capacity

let internal all (asks: Gen<Asked> list) : Gen<Asked list> = Gen.sequenceToList asks

/// Asks one after another; each but the last takes some time, and the last as long as is said.
let private steps (last: Gen<int64>) (asks: (int64 -> Asked) list) : Gen<Asked list> =
    let final = asks.Length - 1

    asks
    |> List.mapi (fun index ask ->
        Gen.map
            ask
            (if index = final then
                 last
             else
                 Gen.choose (0, 400) |> Gen.map int64))
    |> all

let private around (ms: int64) : Gen<int64> =
    Gen.frequency
        [
            8, Gen.choose (0, 400) |> Gen.map int64
            3, Gen.elements [ ms - 1L; ms; ms + 1L ]
        ]

/// Somebody knocks, is answered and comes.
let internal knocking id : Gen<Asked list> =
    Gen.zip two (Gen.elements [ true; true; true; false ])
    |> Gen.bind (fun ((who, whom), isAdmitted) ->
        let answer: Command =
            if isAdmitted then
                Command.Admit who
            else
                Command.Decline who

        let asking =
            steps
                (around Room.KnockMs)
                [
                    fun wait -> inRoom wait whom id (Command.Lock())
                    fun wait -> inRoom wait who id (Command.Knock())
                    fun wait -> inRoom wait whom id answer
                ]

        let coming =
            around Room.AdmissionMs
            |> Gen.map (fun wait -> inRoom wait who id (Command.Enter()))

        let going = inRoom 5L who id (Command.Leave())
        let again = inRoom 5L who id (Command.Enter())

        Gen.map3
            (fun asking coming goes -> asking @ [ coming ] @ (if goes then [ going; again ] else []))
            asking
            coming
            (Gen.elements [ true; false; false ]))

/// Somebody waves another over.
let internal waving id : Gen<Asked list> =
    let wave isBuzz isInto who whom wait =
        asked wait who (placeOf whom) (Placing.Wave((if isInto then Nullable id else Nullable()), isBuzz))

    gen {
        let! who, whom = two
        let! isBuzz = Gen.elements [ true; false ]
        let! isInto = Gen.elements [ true; true; true; false ]
        let! goes = Gen.elements [ true; false; false; false ]
        let! wait = around Chat.Domain.Places.Place.WaveEveryMs
        let! long = around Room.WaveMs

        return
            [
                wave isBuzz isInto who whom wait
                if goes then
                    inRoom 5L who id (Command.Leave())
                inRoom long whom id (Command.Enter())
            ]
    }

/// Somebody is put out and tries to come back.
let internal expelling id : Gen<Asked list> =
    Gen.map3
        (fun (who, whom) wait (back: Command) ->
            [
                inRoom wait who id (Command.Expel whom)
                inRoom 5L whom id back
                inRoom 5L whom id (Command.Say words[0])
            ])
        two
        wait
        (Gen.elements [ Command.Enter() :> Command; Command.Knock(); Command.Leave() ])
