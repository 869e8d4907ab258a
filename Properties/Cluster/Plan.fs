/// What is to happen in a cluster: who wants what and when, and what befalls it. All of it follows from a seed; a plan
/// that is made smaller stays a plan.
module Chat.Spec.Cluster.Plan

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Simulation.Dice
open Chat.Spec.Simulation.World

/// What may befall a cluster.
type Fault =
    /// A host dies, and another process is started in its place.
    | Killed
    /// A host stands still, its clock too or not, and goes on as if nothing had been.
    | Paused
    /// A host and the server do not hear each other.
    | CutFromServer
    /// A host and the database do not hear each other.
    | CutFromDatabase
    /// A device loses its connection.
    | CutDevice
    /// A device begins with what it had kept some time ago.
    | Restarted
    /// The server is started anew, and knows nobody.
    | ServerRestarted
    /// The database does not answer for a while.
    | DatabaseGone
    /// It is not known whether a transaction was committed.
    | UnknownOutcome
    /// The database is as it was some time ago.
    | Restored
    /// A host is told to end: it finishes what it has begun, and gives its lease back.
    | Drained
    /// A reader is too slow, and what comes is thrown away.
    | Slow
    /// The standby is away: what is written waits until it is back, and what is read is answered.
    | StandbyAway

    override fault.ToString() =
        match fault with
        | Killed -> "a host is killed"
        | Paused -> "a host stands still"
        | CutFromServer -> "a host and the server do not hear each other"
        | CutFromDatabase -> "a host and the database do not hear each other"
        | CutDevice -> "a device loses its connection"
        | Restarted -> "a device goes on from what it had kept"
        | ServerRestarted -> "the server is started anew"
        | DatabaseGone -> "the database does not answer"
        | UnknownOutcome -> "it is not known what became of a transaction"
        | Restored -> "the database is as it was before"
        | Drained -> "a host is told to end"
        | Slow -> "a device is too slow"
        | StandbyAway -> "commits wait for the standby"

let faults =
    [
        Killed
        Paused
        CutFromServer
        CutFromDatabase
        CutDevice
        Restarted
        ServerRestarted
        DatabaseGone
        UnknownOutcome
        Restored
        Drained
        Slow
        StandbyAway
    ]

/// The name of a fault, as one writes it.
let nameOf (fault: Fault) : string =
    match fault with
    | Killed -> "Killed"
    | Paused -> "Paused"
    | CutFromServer -> "CutFromServer"
    | CutFromDatabase -> "CutFromDatabase"
    | CutDevice -> "CutDevice"
    | Restarted -> "Restarted"
    | ServerRestarted -> "ServerRestarted"
    | DatabaseGone -> "DatabaseGone"
    | UnknownOutcome -> "UnknownOutcome"
    | Restored -> "Restored"
    | Drained -> "Drained"
    | Slow -> "Slow"
    | StandbyAway -> "StandbyAway"

/// What somebody wants, and when.
type Turn = { At: int64; What: Asked }

/// Something that befalls the cluster; the number says whom, and how badly.
type Blow =
    {
        At: int64
        Fault: Fault
        Chance: uint64
    }

type Plan =
    {
        Seed: uint64
        Hosts: int
        Options: LaneOptions
        /// The longest that a message is under way, in milliseconds.
        Delay: int
        Wishes: Turn list
        Blows: Blow list
    }

let conversations = [ "c1"; "c2"; "c3" ]

let private wishesOf (seed: uint64) (dice: Dice) : Turn list =
    let traces =
        Gen.sampleWithSeed (Rnd(seed, 4_242_425UL)) 30 (dice.Between 1 3) Traces.telling

    let asks =
        Seq.zip conversations traces
        |> Seq.map (fun (stream, trace) ->
            trace.Asks
            |> List.truncate 30
            |> List.map (fun ask ->
                Request(want (streamOf stream) ask.Person ask.Device ask.Client ask.Command ask.OccurredAt)))
        |> List.ofSeq

    let pace = dice.Pick [ 5; 100; 1_000 ]

    // What begins a conversation comes some time before the rest.
    let first = asks |> List.collect (List.truncate 2)
    let begun = first |> List.map (fun asked -> { At = 2_000L; What = asked })

    let rec merge now lists =
        match List.filter (List.isEmpty >> not) lists with
        | [] -> []
        | some ->
            let chosen = dice.Below some.Length
            let now = now + int64 (dice.Below pace)

            let rest =
                some
                |> List.mapi (fun index list -> if index = chosen then List.tail list else list)

            {
                At = now
                What = List.head some[chosen]
            }
            :: merge now rest

    let said =
        begun
        @ merge 4_000L (asks |> List.map (fun some -> List.skip (min 2 some.Length) some))

    // Now and then somebody reads.
    let marks =
        said
        |> List.filter (fun _ -> dice.Chance 150)
        |> List.map (fun wish ->
            let mark = Marks(int64 (dice.Between 0 9), int64 (dice.Between 0 9))

            { wish with
                What = Marking(streamOfAsked wish.What, dice.Pick Palette.people, mark)
            })

    said @ marks |> List.sortBy _.At

let private blowsOf (dice: Dice) (last: int64) : Blow list =
    // Of some kinds, not of all: they hide each other. What came later has dice of its own.
    let kinds =
        faults
        |> List.filter ((<>) StandbyAway)
        |> List.filter (fun _ -> dice.Chance 250)

    match kinds with
    | [] -> []
    | kinds ->
        [
            for _ in 1 .. dice.Between 1 8 ->
                {
                    At = 1_000L + int64 (dice.Below(int last + 20_000))
                    Fault = dice.Pick kinds
                    Chance = dice.Next()
                }
        ]
        |> List.sortBy _.At

/// Those that came later, so that what was found under a seed is found under it again.
let private laterOf (dice: Dice) (last: int64) : Blow list =
    if dice.Chance 200 then
        [
            for _ in 1 .. dice.Between 1 3 ->
                {
                    At = 1_000L + int64 (dice.Below(int last + 20_000))
                    Fault = StandbyAway
                    Chance = dice.Next()
                }
        ]
    else
        []

let ofSeed (seed: uint64) : Plan =
    let dice = Dice(seed ^^^ 0xC1A5EUL)
    let wishes = wishesOf seed dice
    let last = wishes |> List.fold (fun last wish -> max last wish.At) 0L

    {
        Seed = seed
        Hosts = dice.Between 1 3
        Options =
            LaneOptions(
                MaxWaiting = dice.Pick [ 10; 8_192; 8_192 ],
                MaxBatch = dice.Pick [ 1; 3; 512 ],
                MaxStreams = dice.Pick [ 1; 3; 1_000 ],
                SnapshotEvery = dice.Pick [ 2; 7; 512 ]
            )
        Delay = dice.Pick [ 1; 5; 40; 300 ]
        Wishes = wishes
        Blows = blowsOf dice last @ laterOf (Dice(seed ^^^ 0x57A4DUL)) last |> List.sortBy _.At
    }
