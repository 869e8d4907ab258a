/// Traces of friends who light rooms, come and go, lock and knock, wave each other over and hide from each other.
module Chat.Spec.Generators.RoomTraces

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Domain.Notices
open Chat.Spec
open Chat.Spec.Generators.RoomScenes

let private playing: Gen<Command> =
    let dice = Secret(Bits256(UInt128.One, UInt128.MaxValue))

    Gen.elements
        [
            Chat.Domain.Games.Command.Offer("trivia", "kitchen-science", 2) :> Chat.Domain.Games.Command
            Chat.Domain.Games.Command.Offer("chess", "kitchen-science", 2)
            Chat.Domain.Games.Command.Sit(Nullable(Bits256(UInt128.One, UInt128.One)))
            Chat.Domain.Games.Command.Sit(Nullable(Bits256(UInt128.One, UInt128.One)))
            Chat.Domain.Games.Command.Begin()
            Chat.Domain.Games.Command.GetUp()
        ]
    |> Gen.map (fun what -> Command.Play(what, dice) :> Command)

let private inside who id : Gen<Command> =
    let said = Gen.elements words

    Gen.frequency
        [
            8, Gen.constant (Command.Enter() :> Command)
            2, Gen.constant (Command.Leave() :> Command)
            2, Gen.constant (Command.Lock() :> Command)
            3, Gen.constant (Command.Unlock() :> Command)
            2, Gen.constant (Command.Knock() :> Command)
            1, Gen.constant (Command.Withdraw() :> Command)
            1, somebody |> Gen.map (fun whom -> Command.Admit whom :> Command)
            4, said |> Gen.map (fun text -> Command.Say text :> Command)
            3, Gen.map2 (fun whom text -> Command.Note(whom, text) :> Command) somebody said
            2, some |> Gen.map (fun guests -> Command.SetGuests(listing guests) :> Command)
            4, playing
            1, Gen.constant (Command.Elapse() :> Command)
        ]

let private placing who : Gen<Placing> =
    Gen.frequency
        [
            2,
            Gen.elements [ true; false ]
            |> Gen.map (fun isPrivate -> Placing.SetPrivate isPrivate :> Placing)
            3, somebody |> Gen.map (fun whom -> Placing.Ghost whom :> Placing)
            1, somebody |> Gen.map (fun whom -> Placing.Unghost whom :> Placing)
            3, somebody |> Gen.map (fun whom -> Placing.Mute whom :> Placing)
            1, somebody |> Gen.map (fun whom -> Placing.Unmute whom :> Placing)
            2, Gen.constant (Placing.SeeWaves() :> Placing)
            1,
            Gen.elements [ null; valid (QuietHours.Create(0, 60, 0)) |> withNull ]
            |> Gen.map (fun hours -> Placing.SetQuiet hours :> Placing)
        ]

let private bonding: Gen<Asked list> =
    Gen.map3
        (fun (who, whom) wait (command: PersonId -> Bonding) -> [ bond wait who whom (command whom) ])
        two
        wait
        (Gen.frequency
            [
                2, Gen.constant (fun whom -> Bonding.Request whom :> Bonding)
                2, Gen.constant (fun whom -> Bonding.Accept whom :> Bonding)
                1, Gen.constant (fun whom -> Bonding.Remove whom :> Bonding)
                3, Gen.constant (fun whom -> Bonding.Block whom :> Bonding)
                2, Gen.constant (fun whom -> Bonding.Unblock whom :> Bonding)
            ])

let private scene (lead: PersonId) (id: RoomId) : Gen<Asked list> =
    Gen.frequency
        [
            12,
            Gen.zip (mostly lead) wait
            |> Gen.bind (fun (who, wait) -> inside who id |> Gen.map (fun command -> [ inRoom wait who id command ]))
            3, knocking lead id
            3, waving lead id
            2, expelling lead id
            2, changing lead id
            4,
            Gen.zip somebody wait
            |> Gen.bind (fun (who, wait) -> placing who |> Gen.map (fun command -> [ inPlace wait who command ]))
            2, bonding
            1, somebody |> Gen.bind (fun who -> all [ lighting who id ])
        ]

/// Most are in one room, until they go to the next.
let private phase (count: int) (id: RoomId) : Gen<Asked list> =
    let elsewhere = Gen.frequency [ 6, Gen.constant id; 1, Gen.elements rooms ]

    gen {
        let! first = somebody
        let! begins = all [ lighting first id ]
        let! others = Gen.subListOf (List.except [ first ] people)
        let! scenes = Gen.listOfLength count (elsewhere |> Gen.bind (scene first))

        let enters = others |> List.map (fun who -> inRoom 5L who id (Command.Enter()))

        return begins @ enters @ List.concat scenes
    }

let private friends: Gen<Asked list> =
    [
        for one in people do
            for another in people do
                if one.CompareTo another < 0 then
                    one, another
    ]
    |> List.map (fun (one, another) ->
        Gen.frequency [ 2, Gen.constant true; 1, Gen.constant false ]
        |> Gen.map (fun are ->
            if are then
                [
                    bond 1L one another (Bonding.Request another)
                    bond 1L another one (Bonding.Accept one)
                ]
            else
                []))
    |> Gen.sequenceToList
    |> Gen.map List.concat

let trace: Gen<Trace> =
    Gen.sized (fun size ->
        gen {
            let! begins = friends
            let! count = Gen.choose (1, 2 + size / 4)
            let! phases = rooms |> List.map (phase count) |> Gen.sequenceToList
            return { Asks = begins @ List.concat phases }
        })

/// Leaves out what somebody asked.
let shrink (trace: Trace) : Trace seq =
    Seq.init trace.Asks.Length (fun index ->
        {
            Asks = List.removeAt index trace.Asks
        })
