/// What a simulation is made of: a store, lanes with leases, messages under way, and what happened, for whoever judges.
module Chat.Spec.Simulation.World

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Simulation.Dice

/// A request, however often it is sent.
type Wanted =
    {
        Stream: StreamKey
        Person: PersonId
        Device: DeviceId
        Client: ClientId
        Command: AnyCommand
        OccurredAt: Instant option
        Digest: Digest
        EventId: System.Guid
    }

    override wanted.ToString() =
        let text = string wanted.Command
        let short = if text.Length > 120 then text[..120] + "…" else text
        $"{wanted.Client} of {wanted.Person} on {wanted.Device} in {wanted.Stream.Id}: {short}"

let want stream who device client (command: AnyCommand) occurredAt : Wanted =
    {
        Stream = stream
        Person = who
        Device = device
        Client = client
        Command = command
        OccurredAt = occurredAt
        Digest = digestOf command
        EventId = Derive.EventId(stream, who, device, client, 0)
    }

/// The request that an event came of. What a policy or the loop itself asked is one, too.
let requestOf (recorded: Recorded) =
    struct (recorded.Event.By, recorded.Origin.Device, recorded.Origin.Client)

/// What may keep a policy from its effect, or somebody from their answer.
let disturbing =
    set ("taken over|crashed|failed|not loaded|not gathered|not looked up|busy".Split '|')

type Asked =
    | Request of Wanted
    | Marking of StreamKey * PersonId * Marks

    override asked.ToString() =
        match asked with
        | Request wanted -> string wanted
        | Marking(stream, who, marks) -> $"{marks} of {who} in {stream.Id}"

let streamOfAsked asked =
    match asked with
    | Request wanted -> wanted.Stream
    | Marking(stream, _, _) -> stream

/// One sending of something.
type Sent =
    {
        Ticket: int64
        Asked: Asked
        /// The commit that had been acknowledged last of those that touch its stream.
        Floor: int
        Lane: int
        mutable Epoch: int64
        mutable Replies: Reply list
        mutable IsLost: bool
        SentAt: int
    }

/// A lane of a host; after a crash the next instance begins with nothing.
type Running =
    {
        Index: int
        Shard: int
        mutable Lane: Lane
        mutable Instance: int
        /// By how much its clock is off, and since which tick; as it is now comes first.
        mutable Skews: (int * int64) list
        mutable WasMoved: bool
        Published: List<Recorded>
    }

/// What a lane's clock said during some tick, the last first: more than one thing, if it jumped then.
let timesOf (lane: Running) (tick: int) =
    let later, before = lane.Skews |> List.partition (fun (since, _) -> since >= tick)
    let meanwhile = later |> List.filter (fun (since, _) -> since = tick)

    meanwhile @ List.truncate 1 before
    |> List.map (fun (_, skew) -> Instant(1_800_000_000_000L + int64 tick * 5L + skew))

type Commit =
    {
        Batch: Batch
        By: int
        /// What was added in this transaction.
        Added: Recorded list
    }

/// Something under way: it is done at some later tick, in any order.
type Pending = { NotBefore: int; Do: unit -> unit }

/// How bad a world is, of a thousand.
type Faults =
    {
        Fail: int
        Unknown: int
        NotLoaded: int
        NotFound: int
        Takeover: int
        Crash: int
        Jump: int
        Delay: int
    }

let calm =
    {
        Fail = 0
        Unknown = 0
        NotLoaded = 0
        NotFound = 0
        Takeover = 0
        Crash = 0
        Jump = 0
        Delay = 4
    }

type World(subject: Subject, seed: uint64, options: LaneOptions, faults: Faults) =
    let shards = 2
    let dice = Dice seed
    let pending = List<Pending>()
    let snapshots = List<MemoryStore>([ MemoryStore.Empty ])
    let commits = List<Commit>()
    let wrongs = List<string>()

    let lanes =
        [
            for index in 0..3 ->
                {
                    Index = index
                    Shard = index % shards
                    Lane = Lane.Create options
                    Instance = 0
                    Skews = [ 0, 0L ]
                    WasMoved = false
                    Published = List<Recorded>()
                }
        ]

    member _.Subject = subject
    member _.Dice = dice
    member _.Options = options
    member val Faults = faults with get, set
    member val Tick = 0 with get, set
    member _.Lanes = lanes
    member _.Shards = shards
    member val Owners = [| 0..1 |]
    member val Epochs = [| 0L; 0L |]
    member val Sent = Dictionary<int64, Sent>()
    member val Kept = Dictionary<StreamKey, AnyStream>()
    member val Acknowledged = Dictionary<StreamKey, int>()
    /// How often each fault and each outcome occurred.
    member val Seen = Dictionary<string, int>()

    /// What the lanes say that they decided on.
    member val Judged = List<Output.Judged>()

    member _.Pending = pending
    member _.Commits = commits

    /// The store after each commit; the first is empty.
    member _.Snapshots = snapshots

    member _.Store = snapshots[snapshots.Count - 1]

    /// Notes when a stream wants to be asked; that is no commit, so it changes the newest store as it is.
    member _.Remind(remind: Output.Remind) =
        snapshots[snapshots.Count - 1] <-
            snapshots[snapshots.Count - 1].Remind(remind.Stream, remind.Version, remind.At)

    member _.Wrongs = wrongs
    member _.Wrong(what: string) = wrongs.Add what

    member _.ShardOf(stream: StreamKey) = Seq.sumBy int stream.Id % shards

    member world.Note(what: string) =
        let before =
            match world.Seen.TryGetValue what with
            | true, times -> times
            | false, _ -> 0

        world.Seen[what] <- before + 1

    /// After some ticks; the more delay there is, the more overtakes.
    member world.Later(act: unit -> unit) =
        let delay = dice.Below(1 + world.Faults.Delay)

        pending.Add
            {
                NotBefore = world.Tick + delay
                Do = act
            }

    member world.Happens perMille = dice.Chance perMille

    member world.NowOf(lane: Running) = timesOf lane world.Tick |> List.head

    /// The floor of a stream: the last commit touching it that somebody was told of.
    member world.FloorOf(stream: StreamKey) =
        match world.Acknowledged.TryGetValue stream with
        | true, commit -> commit
        | false, _ -> 0

    /// The commit that made an event, counted from 1; 0 if there is none.
    member _.CommitOf(id: System.Guid) : int =
        1
        + commits.FindLastIndex(fun commit -> commit.Added |> List.exists (fun recorded -> recorded.Id = id))
