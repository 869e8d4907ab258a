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

/// Mostly whoever lit the room, who is likely to be inside.
let internal mostly (lead: PersonId) =
    Gen.frequency [ 2, Gen.constant lead; 3, somebody ]

let private twoOf lead =
    mostly lead
    |> Gen.bind (fun who -> other who |> Gen.map (fun whom -> who, whom))

let internal two =
    somebody |> Gen.bind (fun who -> other who |> Gen.map (fun whom -> who, whom))

let internal some = Gen.subListOf people |> Gen.map (List.truncate 2)

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
let internal knocking lead id : Gen<Asked list> =
    Gen.zip (twoOf lead) (Gen.elements [ true; true; true; false ])
    |> Gen.bind (fun ((whom, who), isAdmitted) ->
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
let internal waving lead id : Gen<Asked list> =
    let wave isBuzz isInto who whom wait =
        asked wait who (placeOf whom) (Placing.Wave((if isInto then Nullable id else Nullable()), isBuzz))

    gen {
        let! who, whom = twoOf lead
        let! isBuzz = Gen.elements [ true; false ]
        let! isInto = Gen.elements [ true; true; true; false ]
        let! goes = Gen.elements [ true; false; false; false ]
        let! wait = around Chat.Domain.Places.Place.WaveEveryMs
        let! long = around Room.WaveMs

        return
            [
                wave isBuzz isInto who whom 5L
                if goes then
                    inRoom 5L who id (Command.Leave())
                inRoom long whom id (Command.Enter())
                if not goes then
                    wave (not isBuzz) isInto who whom wait
            ]
    }

/// Somebody is put out and tries to come back.
let internal expelling lead id : Gen<Asked list> =
    Gen.map3
        (fun (who, whom) wait (back: Command) ->
            [
                inRoom 5L whom id (Command.Enter())
                inRoom wait who id (Command.Expel whom)
                inRoom 5L whom id back
                inRoom 5L whom id (Command.Say words[0])
            ])
        (twoOf lead)
        wait
        (Gen.elements [ Command.Enter() :> Command; Command.Knock(); Command.Leave() ])

/// Somebody knocks and does not wait; or says something to one, or does not want a friend told for a while.
let internal changing lead id : Gen<Asked list> =
    Gen.zip (twoOf lead) (Gen.choose (0, 3))
    |> Gen.map (fun ((who, whom), which) ->
        match which with
        | 0 ->
            [
                inRoom 5L who id (Command.Lock())
                inRoom 5L whom id (Command.Knock())
                inRoom 5L whom id (Command.Withdraw())
                inRoom 5L who id (Command.Admit whom)
            ]
        | 1 ->
            [
                inRoom 5L whom id (Command.Enter())
                inRoom 5L who id (Command.Note(whom, words[1]))
                inRoom 5L whom id (Command.Note(who, words[1]))
            ]
        | 2 -> [ inPlace 5L who (Placing.Ghost whom); inPlace 700L who (Placing.Unghost whom) ]
        | _ ->
            [
                inPlace 5L whom (Placing.Mute who)
                asked 5L who (placeOf whom) (Placing.Wave(Nullable id, false))
                inPlace 700L whom (Placing.Unmute who)
            ])
