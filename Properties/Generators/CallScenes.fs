/// What people do with their phones, from outside: one thing after another, and now and then two at once.
module Chat.Spec.Generators.CallScenes

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Oracle.Calls
open Chat.Spec.Generators.CallTraces

type private Bonding = Chat.Domain.Pairs.Command
type private Placing = Chat.Domain.Places.Command

/// Stands for the number of the last call of the two, whichever that is by then.
let last = 0L

type Turn =
    | Asks of Asked
    /// Two people, or two devices of one, at the same time.
    | AtOnce of Asked * Asked
    /// From a device to the other of a call, of a number.
    | Passes of who: PersonId * device: DeviceId * whom: PersonId * number: int64
    /// In the conversation of the two, if they have one.
    | Says of who: PersonId * whom: PersonId
    /// Nobody takes what rings, until it rings no more.
    | RingsOut of callee: PersonId

    override turn.ToString() =
        match turn with
        | Asks asked -> string asked
        | AtOnce(one, other) -> $"at once {one}, and {other}"
        | Says(who, whom) -> $"{who} says something to {whom}"
        | RingsOut callee -> $"{callee} lets it ring, and so does whoever else is called"
        | Passes(who, device, whom, number) -> $"{who} ({device}) passes something on to {whom} on call {number}"

let whoOf turn =
    match turn with
    | Asks asked
    | AtOnce(asked, _) -> asked.Who
    | Says(who, _)
    | RingsOut who
    | Passes(who, _, _, _) -> who

let phone, desk = DeviceId.Of "phone", DeviceId.Of "desk"

let internal call (who: PersonId) device whom (command: Command) =
    { made 0L who whom "phone" (lineOf who whom) command with
        Device = device
    }

let internal bond who whom (command: Bonding) =
    made 0L who whom "phone" (StreamKey.Of(TenantId.Main, who, whom)) command

let internal place who whom (command: Placing) =
    made 0L who whom "phone" (StreamKey.Place(TenantId.Main, who)) command

let internal ring who whom isVideo =
    call who phone whom (Command.Ring(whom, isVideo))

let internal accept who device whom =
    call who device whom (Command.Accept last)

let internal decline who whom =
    call who phone whom (Command.Decline last)

let internal hangUp who whom =
    call who phone whom (Command.HangUp(Nullable()))

let internal passes who device whom = Passes(who, device, whom, last)
let private devices = Gen.elements [ phone; phone; desk ]

/// Nothing goes before it is taken; then from the one device to the other and back, and not from any other.
let private signalling one device other : Gen<Turn list> =
    Gen.subListOf
        [
            passes one phone other
            passes other device one
            passes one desk other
            passes other (if device = phone then desk else phone) one
            Passes(one, phone, other, 7L)
        ]

/// Somebody calls another, who takes it; a third gets in between, and nobody hears what they want.
let private talking (one, other, third) : Gen<Turn list> =
    gen {
        let! isVideo = Gen.elements [ true; false ]
        let! device = devices

        let! before =
            Gen.subListOf [ passes one phone other; passes other phone one; Asks(accept one phone other) ]

        let! signals = signalling one device other

        let! between =
            Gen.subListOf
                [
                    Asks(ring third other false)
                    Asks(ring other third false)
                    Asks(ring one other true)
                    Asks(accept other (if device = phone then desk else phone) one)
                    Asks(decline other one)
                    passes third phone other
                    passes other device third
                ]

        let! ends =
            Gen.elements
                [
                    [ Asks(hangUp one other) ]
                    [ Asks(hangUp other one) ]
                    [ AtOnce(hangUp one other, hangUp other one) ]
                    []
                ]

        return
            [ Asks(ring one other isVideo) ]
            @ List.truncate 2 before
            @ [ Asks(accept other device one) ]
            @ signals
            @ List.truncate 3 between
            @ ends
            @ [ passes one phone other ]
    }

/// It rings, and nobody takes it; or who takes it and who gives up do so at the same time.
let private missing (one, other, third) : Gen<Turn list> =
    Gen.elements
        [
            [
                Asks(decline other one)
                Asks(accept other phone one)
                Asks(decline other one)
            ]
            [ Asks(hangUp one other); Asks(accept other phone one) ]
            [ Asks(hangUp other one); passes other phone one ]
            [ Asks(ring third one true); Asks(hangUp one other) ]
            [ Asks(ring other one false); passes other phone one ]
            [ AtOnce(hangUp one other, accept other phone one) ]
            [ AtOnce(decline other one, accept other desk one) ]
            [ AtOnce(accept other phone one, accept other desk one) ]
            [ AtOnce(ring third other false, accept other phone one) ]
        ]
    |> Gen.map (fun rest -> Asks(ring one other false) :: rest)

/// Two call at the same time: each other, the same person, or one whom somebody calls.
let private crossing (one, other, third) : Gen<Turn list> =
    Gen.elements
        [
            AtOnce(ring one other false, ring other one true)
            AtOnce(ring one other false, ring third other false)
            AtOnce(ring one other false, ring other third false)
        ]
    |> Gen.map (fun turn ->
        [
            turn
            Asks(accept other phone one)
            Asks(hangUp other one)
            Asks(hangUp third other)
        ])

/// Somebody falls out with another while they talk or it rings, or does not want to hear them.
let private quarrelling (one, other, _) : Gen<Turn list> =
    Gen.elements
        [
            [ bond other one (Bonding.Block one); bond other one (Bonding.Unblock one) ]
            [ bond one other (Bonding.Block other); ring other one false ]
            [ bond one other (Bonding.Remove other); accept other phone one ]
            [
                place other one (Placing.Mute one)
                ring one other true
                accept other phone one
            ]
            [
                place other one (Placing.Mute one)
                ring one other false
                hangUp one other
                place other one (Placing.Unmute one)
            ]
        ]
    |> Gen.bind (fun rest ->
        Gen.elements [ []; [ accept other phone one ] ]
        |> Gen.map (fun taken -> List.map Asks (ring one other false :: taken @ rest)))

let private anything (one, other, _) : Gen<Turn list> =
    Gen.zip (calling other) devices
    |> Gen.map (fun (command, device) ->
        match command with
        | :? Command.Elapse -> []
        | _ ->
            [
                Asks
                    { made 0L one other "phone" (lineOf one other) command with
                        Device = device
                    }
            ])

let private three =
    Gen.shuffle people |> Gen.map (fun some -> some[0], some[1], some[2])

let private scene: Gen<Turn list> =
    three
    |> Gen.bind (fun some ->
        Gen.frequency
            [
                6, talking some
                4, missing some
                2, crossing some
                2, quarrelling some
                2, anything some
            ]
        |> Gen.map (fun turns ->
            let one, other, third = some
            turns @ [ Says(one, other); Says(third, other) ]))

let internal befriend one other =
    [
        Asks(bond one other (Bonding.Request other))
        Asks(bond other one (Bonding.Accept one))
    ]

let private pairs =
    [
        for at, one in List.indexed people do
            for other in List.skip (at + 1) people -> one, other
    ]

/// Most are friends from the beginning.
let turns: Gen<Turn list> =
    gen {
        let! left = Gen.elements (List.map Some pairs @ [ None ])
        let! count = Gen.choose (3, 7)
        let! scenes = Gen.listOfLength count scene

        let friends =
            List.except (Option.toList left) pairs
            |> List.collect (fun (one, other) -> befriend one other)

        return friends @ List.concat scenes
    }
