/// What there is of the house, with sizes at its bounds.
module Chat.Spec.Generators.Housed

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Notices
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Generators.Letters

let private table = Chat.Domain.Rooms.Playing.Table

let private offered =
    let asking =
        Chat.Domain.Games.Asking(person "mia", Instant 1_800_000_000_000L, "main.r.r1", Chat.Domain.Values.Secret())

    let offer = Chat.Domain.Games.Command.Offer("trivia", "kitchen-science", 3)

    match table.Decide(Chat.Domain.Games.State.Initial, asking, offer) |> ofEither with
    | Ok events ->
        [
            for happened in events -> Chat.Domain.Games.Entry(asking.By, asking.At, happened)
        ]
    | Error refusal -> failwith $"{refusal}"

/// A table at which something is offered, or none yet.
let tables: Gen<objnull> =
    let state =
        offered
        |> List.fold (fun state entry -> table.Evolve(state, entry)) Chat.Domain.Games.State.Initial

    Gen.elements [ null; box (table.View(state, Nullable())) ]

/// What happened at a table, in any order.
let happenings: Gen<objnull> =
    let others: Chat.Domain.Games.Event list =
        [
            Chat.Domain.Games.Event.Sat(person "mia", Nullable(Chat.Domain.Values.Bits256()))
            Chat.Domain.Games.Event.Begun()
            Chat.Domain.Games.Event.GotUp(person "mia")
            Chat.Domain.Games.Event.Dealt(listing [ person "mia" ])
            Chat.Domain.Games.Event.Played(Chat.Domain.Games.Trivia.Event.Asked 1)
        ]

    (offered |> List.map _.What) @ others |> List.map box |> Gen.elements

/// A log, and what is said of it.
let logs: Gen<Listing<Chat.Domain.Games.LogEntry> * Chat.Domain.Games.Verdict> =
    Gen.elements
        [
            listing [], Chat.Domain.Games.Verdict.Unfinished() :> Chat.Domain.Games.Verdict
            listing
                [
                    for entry in offered -> Chat.Domain.Games.LogEntry(entry, Chat.Domain.Values.Bits256())
                ],
            Chat.Domain.Games.Verdict.Broken(1, "link.other")
        ]

/// What is wanted at a table; what is wanted in a game is the games' own.
let wanted: Gen<objnull> =
    let bits = Chat.Domain.Values.Bits256(UInt128.One, UInt128.MaxValue)

    Gen.elements
        [
            box (Chat.Domain.Games.Command.Offer("trivia", "kitchen-science", 3))
            Chat.Domain.Games.Command.Again()
            Chat.Domain.Games.Command.Sit(Nullable())
            Chat.Domain.Games.Command.Sit(Nullable bits)
            Chat.Domain.Games.Command.GetUp()
            Chat.Domain.Games.Command.Begin()
            Chat.Domain.Games.Command.Unseal bits
            Chat.Domain.Games.Command.Make(Chat.Domain.Games.Trivia.Move.Answer 2)
        ]

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
        (Gen.zip
            (Gen.oneof [ Gen.constant []; Gen.listOf people ]
             |> Gen.map (List.truncate 32 >> listing))
            (Gen.elements [ 2; 3; 8; 16 ]))

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

/// A call of two, or none: ringing, taken or over.
let calls (numbers: Gen<int64>) (instants: Gen<Instant>) (people: Gen<PersonId>) : Gen<Chat.Domain.Calls.Call | null> =
    let devices = Gen.map DeviceId.Of tokens

    let rung =
        Gen.map3
            (fun number (caller, callee) (from, isVideo, at) ->
                Chat.Domain.Calls.Call(number, caller, callee, from, isVideo, at))
            numbers
            (Gen.zip people people)
            (Gen.zip3 devices (Gen.elements [ true; false ]) instants)

    let taken = Gen.zip3 (Gen.elements [ true; false ]) instants devices

    let over =
        Gen.zip3 (Gen.elements [ true; false ]) (Gen.elements (Enum.GetValues<Chat.Domain.Calls.Ending>())) instants

    let ending (isOver, how: Chat.Domain.Calls.Ending, ended: Instant) =
        if isOver then
            Nullable<ValueTuple<Chat.Domain.Calls.Ending, Instant>>(ValueTuple.Create(how, ended))
        else
            Nullable()

    Gen.map3
        (fun (call: Chat.Domain.Calls.Call) (isTaken, answered, on) over ->
            Chat.Domain.Calls.Call(
                call.Number,
                call.Caller,
                call.Callee,
                call.From,
                call.IsVideo,
                call.At,
                AnsweredAt = (if isTaken then Nullable answered else Nullable()),
                On = (if isTaken then Nullable on else Nullable()),
                Over = ending over
            ))
        rung
        taken
        over
    |> Gen.map withNull
    |> fun some -> Gen.frequency [ 6, some; 1, Gen.constant null ]

/// Servers, with what lets one use them or without.
let relays (instants: Gen<Instant>) : Gen<Chat.Protocol.Wire.RelaysView> =
    let without =
        Chat.Protocol.Wire.RelaysView(listing [ "stun:stun.example:3478" ], null, null, Nullable())

    Gen.map
        (fun until ->
            Chat.Protocol.Wire.RelaysView(
                listing [ "stun:stun.example:3478"; "turn:turn.example:3478?transport=udp" ],
                "1800000000:mia",
                "c2VjcmV0",
                Nullable until
            ))
        instants
    |> fun some -> Gen.frequency [ 3, some; 1, Gen.constant without ]

/// A generator for each value of the house by its name.
let values (numbers: Gen<int64>) (instants: Gen<Instant>) (people: Gen<PersonId>) : (string * Gen<objnull>) list =
    [
        "RoomId", Gen.map (RoomId.Of >> box) tokens
        "RoomName", made 96 RoomName.Create
        "RoomText", made 2_000 RoomText.Create
        "Party", Parties.any (made 96 RoomName.Create |> Unions.typed<RoomName>) instants people
        "CallSignal", made 16_384 CallSignal.Create
        "QuietHours", hours
        "TableView", tables
        "Chat.Domain.Rooms.Command+Light", lighting people
        "Chat.Domain.Games.Command", wanted
        "Secret", Gen.constant (box (Secret()))
        "Chat.Domain.Rooms.Told", lines numbers instants people
    ]

/// Not all who lead to somebody are named.
let named (one: Chat.Protocol.Wire.SuggestionEntry) =
    let through =
        Seq.truncate Chat.Domain.Meeting.Suggesting.MaxNamed one.Through |> listing

    Chat.Protocol.Wire.SuggestionEntry(one.Person, one.Mutual, through, one.MetAt)
