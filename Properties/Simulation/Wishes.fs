/// What people want in a world, and what befalls it, drawn from its seed.
module Chat.Spec.Simulation.Wishes

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Simulation.Dice
open Chat.Spec.Simulation.World
open Chat.Spec.Simulation.Carrying

let internal people = List.truncate 3 Palette.people

let private toyWish (dice: Dice) : string * Toys.Wish =
    let gate = dice.Pick [ "toy-gate1"; "toy-gate2" ]
    let room = dice.Pick [ "toy-room1"; "toy-room2"; "toy-room3" ]

    let other =
        dice.Pick(List.except [ room ] [ "toy-room1"; "toy-room2"; "toy-room3" ])

    match dice.Below 12 with
    | 0
    | 1
    | 2 -> gate, Toys.Open
    | 3
    | 4 -> gate, Toys.Close
    | 5 -> room, Toys.Arm(1_800_000_000_000L + int64 (dice.Below 900))
    | 6
    | 7
    | 8 -> room, Toys.Enter gate
    | _ -> room, Toys.Move other

/// All that people want in this world: of two conversations, of each other and of some toys, in one order.
let internal wantedOf (seed: uint64) (dice: Dice) : Wanted list =
    let ofTrace stream (trace: Traces.Trace) =
        trace.Asks
        |> List.truncate 28
        |> List.map (fun ask -> want (streamOf stream) ask.Person ask.Device ask.Client ask.Command ask.OccurredAt)

    let traces = Gen.sampleWithSeed (Rnd(seed, 4_242_421UL)) 45 2 Traces.trace

    let toys =
        [
            for index in 1 .. dice.Between 0 30 ->
                let stream, wish = toyWish dice
                let client = ClientId.Of $"t{index}"
                want (streamOf stream) (dice.Pick people) Palette.devices[0] client (Toys.ToyCommand wish) None
        ]

    // Friends, blocks and what is tried in spite of them: of two streams at once.
    let bonds =
        Gen.sampleWithSeed (Rnd(seed, 4_242_423UL)) 25 1 PairTraces.trace
        |> Array.collect (fun trace -> Array.ofList trace.Wishes)
        |> List.ofArray
        |> List.truncate 24
        |> List.mapi (fun index wish ->
            want wish.Stream wish.Who Palette.devices[0] (ClientId.Of $"b{index}") wish.Command None)

    // Some worlds have a house: rooms, and where people are, change in one append.
    let house =
        if seed % 4UL <> 0UL then
            []
        else
            Gen.sampleWithSeed (Rnd(seed, 4_242_425UL)) 10 1 RoomTraces.trace
            |> Array.collect (fun trace -> Array.ofList trace.Asks)
            |> List.ofArray
            |> List.truncate 45
            |> List.mapi (fun index asked ->
                want asked.Stream asked.Who Palette.devices[0] (ClientId.Of $"h{index}") asked.Command None)

    let rec merge lists =
        match List.filter (List.isEmpty >> not) lists with
        | [] -> []
        | some ->
            let chosen = dice.Below some.Length

            let rest =
                some
                |> List.mapi (fun index list -> if index = chosen then List.tail list else list)

            List.head some[chosen] :: merge rest

    merge [ ofTrace "c1" traces[0]; ofTrace "c2" traces[1]; toys; bonds; house ]

let internal arrivalOf (sent: Sent) : Arrival =
    match sent.Asked with
    | Request wanted ->
        Arrival.Request(
            sent.Ticket,
            wanted.Stream,
            wanted.Person,
            wanted.Device,
            wanted.Client,
            wanted.Digest,
            wanted.Command,
            Option.toNullable wanted.OccurredAt
        )
    | Marking(stream, who, marks) -> Arrival.Marking(sent.Ticket, stream, who, marks)

let internal faultsOf (dice: Dice) : Faults =
    let some most = dice.Below(most + 1)

    let store =
        { calm with
            Fail = some 80
            Unknown = some 150
            NotLoaded = some 60
            NotFound = some 60
            Jump = some 40
            Delay = dice.Pick [ 0; 4; 15 ]
        }

    match dice.Below 4 with
    | 0 ->
        { calm with
            Delay = dice.Pick [ 0; 4; 15 ]
        }
    | 1 -> store
    | 2 ->
        { calm with
            Takeover = some 40
            Crash = some 15
            Delay = dice.Pick [ 0; 4; 15 ]
        }
    | _ ->
        { store with
            Takeover = some 30
            Crash = some 15
        }

let internal optionsOf (dice: Dice) : LaneOptions =
    LaneOptions(
        MaxWaiting = dice.Pick [ 4; 10; 8_192; 8_192 ],
        MaxBatch = dice.Pick [ 1; 2; 3; 8; 512 ],
        MaxStreams = dice.Pick [ 1; 3; 1_000 ],
        SnapshotEvery = dice.Pick [ 2; 7; 512 ],
        MaxAttempts = dice.Pick [ 2; 8; 60 ],
        IsRecorded = true
    )
