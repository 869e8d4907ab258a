/// Traces of friends who are in rooms together and want it kept, or not: in a group that all are in, in one that some
/// are in, in a channel, between two; who come late, go early and are put out of room or group.
module Chat.Spec.Generators.KeepsakeTraces

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Conversations
open Chat.Domain.Games
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Generators.RoomScenes

type private Talking = Chat.Domain.Conversations.Command
type private Staying = Chat.Domain.Rooms.Command

let private ann, bob = people[0], people[1]
let private direct = (StreamKey.Of(TenantId.Main, ann, bob)).Direct

let conversations: ConversationId list =
    [
        ConversationId.Of "some"
        ConversationId.Of "all"
        ConversationId.Of "news"
        direct.Conversation
    ]

let private ask wait who stream (command: AnyCommand) : Asked =
    {
        Wait = wait
        Who = who
        Stream = stream
        Command = command
    }

let private inTalk wait who (id: ConversationId) (command: Talking) =
    ask wait who (StreamKey.Of(TenantId.Main, id)) command

let private makes: Asked list =
    let create kind some name =
        Talking.Create(kind, listing some, Option.toObj name)

    let news = valid (ConversationName.Create "news")

    [
        inTalk 1L ann conversations[0] (create ConversationKind.Group [ bob; people[2] ] None)
        inTalk 1L ann conversations[1] (create ConversationKind.Group (List.tail people) None)
        inTalk 1L ann conversations[2] (create ConversationKind.Channel (List.tail people) (Some news))
        ask 1L ann direct (create ConversationKind.Direct [ bob ] None)
    ]

let private befriend: Gen<Asked list> =
    [
        for one in people do
            for another in people do
                if one.CompareTo another < 0 then
                    bond 1L one another (Bonding.Request another), bond 1L another one (Bonding.Accept one)
    ]
    |> List.map (fun (asks, accepts) -> Gen.frequency [ 9, Gen.constant [ asks; accepts ]; 1, Gen.constant [] ])
    |> Gen.sequenceToList
    |> Gen.map List.concat

let private wishing: Gen<Staying> =
    Gen.frequency
        [
            6, Gen.constant (Nullable conversations[1])
            3, Gen.map Nullable (Gen.elements conversations)
            1, Gen.constant (Nullable(ConversationId.Of "nowhere"))
            2, Gen.constant (Nullable())
        ]
    |> Gen.map (fun into -> Staying.Keep into :> Staying)

/// Two play; the game ends when one goes, or with its time.
let private playing (id: RoomId) : Gen<Asked list> =
    let dice = Secret(Bits256(UInt128.One, UInt128.MaxValue))
    let share = Bits256(UInt128.One, UInt128.One)

    let play wait who what =
        inRoom wait who id (Staying.Play(what, dice))

    let seal who =
        Sealing.Seal((roomOf id).ToString(), 1L, who, share)

    Gen.zip3 two (Gen.choose (0, 9)) wait
    |> Gen.map (fun ((who, whom), times, wait) ->
        [
            play 5L who (Command.Offer("trivia", "kitchen-science", 1))
            play 5L who (Command.Sit(Nullable(seal who)))
            play 5L whom (Command.Sit(Nullable(seal whom)))
            play 5L who (Command.Begin())
            play 5L who (Command.Unseal share)
            play 5L whom (Command.Unseal share)
            play wait who (Command.Make(Trivia.Move.Answer 1))
            for _ in 1..times do
                inRoom 20_000L who id (Staying.Elapse())
        ])

let private talking: Gen<Asked> =
    gen {
        let! id =
            Gen.frequency [ 3, Gen.constant conversations[1]; 2, Gen.elements conversations ]

        let! who = Gen.frequency [ 4, Gen.constant ann; 1, somebody ]
        let! whom = somebody
        let! isOn = Gen.elements [ true; false ]
        let isLocked = SettingsChange(Locked = Nullable isOn)
        let isForHosts = SettingsChange(AnnounceOnly = Nullable isOn)

        let! command =
            Gen.elements
                [
                    Talking.Kick(whom, null) :> Talking
                    Talking.Leave()
                    Talking.Timeout(whom, 100_000L, null)
                    Talking.ChangeSettings isLocked
                    Talking.ChangeSettings isForHosts
                ]

        return inTalk 5L who id command
    }

let private scene (lead: PersonId) (id: RoomId) : Gen<Asked list> =
    let one (command: Gen<Staying>) =
        Gen.map3 (fun who wait command -> [ inRoom wait who id command ]) somebody wait command

    Gen.frequency
        [
            6, one wishing
            3, one (Gen.constant (Staying.Enter()))
            2, one (Gen.constant (Staying.Leave()))
            1, Gen.map (fun who -> [ inRoom 5L lead id (Staying.Expel who) ]) somebody
            2, playing id
            4, Gen.map List.singleton talking
            1,
            Gen.map2
                (fun (who, whom) (command: PersonId -> Bonding) -> [ bond 5L who whom (command whom) ])
                two
                (Gen.elements
                    [
                        fun whom -> Bonding.Block whom :> Bonding
                        fun whom -> Bonding.Unblock whom :> Bonding
                    ])
        ]

/// Some come, all wish for the same, but for one now and then; things happen; all go, or on into the next room.
let private phase (count: int) (id: RoomId) : Gen<Asked list> =
    gen {
        let! areTwo = Gen.elements [ true; false; false; false ]
        let! lead = Gen.frequency [ 2, Gen.constant ann; 1, somebody ]
        let! some = Gen.subListOf (List.except [ lead ] people)

        let! any =
            Gen.frequency [ 5, Gen.constant conversations[1]; 2, Gen.elements conversations ]

        let lead, others, into =
            if areTwo then
                ann, [ bob ], direct.Conversation
            else
                lead, some, any

        let! before = Gen.listOfLength (count / 2) (scene lead id)
        let! after = Gen.listOfLength count (scene lead id)
        let! isLit = all [ lighting lead id ]
        let there = lead :: others

        let! agreed =
            there
            |> List.map (fun who -> Gen.frequency [ 9, Gen.constant (Some who); 1, Gen.constant None ])
            |> Gen.sequenceToList

        let! goes = Gen.shuffle there
        let! stays = Gen.elements [ 0; 0; 0; 1; 2 ]

        return
            isLit
            @ (others |> List.map (fun who -> inRoom 5L who id (Staying.Enter())))
            @ List.concat before
            @ (agreed
               |> List.choose Operators.id
               |> List.map (fun who -> inRoom 5L who id (Staying.Keep(Nullable into))))
            @ List.concat after
            @ (goes
               |> List.ofSeq
               |> List.skip (min stays goes.Length)
               |> List.map (fun who -> inRoom 5L who id (Staying.Leave())))
    }

let trace: Gen<Trace> =
    Gen.sized (fun size ->
        gen {
            let! begins = befriend
            let! count = Gen.choose (0, 2 + size / 12)
            let! phases = rooms |> List.map (phase count) |> Gen.sequenceToList

            return
                {
                    Asks = begins @ makes @ List.concat phases
                }
        })
