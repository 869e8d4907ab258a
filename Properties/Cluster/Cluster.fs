/// What a cluster is made of: hosts with lanes and a lease, devices with what they hold, and what is between them.
module Chat.Spec.Cluster.Cluster

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Simulation
open Chat.Spec.Simulation.Dice
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Network
open Chat.Spec.Cluster.Database

/// The parts of a cluster that can be wrong. A mistaken cluster has one of them replaced.
type Parts =
    {
        Step: Lane -> Input -> Instant -> Lane * Output list
        Follow: Follower -> Signal -> Follower * Wish list
        /// What somebody is shown of an event as it happens, given the state after it; none where they are not told.
        Tells: Chat.Domain.Conversations.State -> PersonId -> int64 -> Chat.Domain.Conversations.Event -> Seen option
        Fresh: StreamKey -> AnyStream
        /// The transaction that a resume leads to: the oldest under way, given it and the next.
        LeadsTo: int64 -> int64 -> int64
        /// Whether whoever takes buckets over announces what may have been lost.
        Announces: bool
        /// Whether whoever comes is told what was said to others while it was not known that they are here.
        Greets: bool
        /// Whether hosts give of what they own to those that have less.
        Gives: bool
        /// Whether a host lets go of what it holds of a bucket before it is another's, and before it is its own again.
        LetsGo: bool
    }

let domain: Parts =
    {
        Step = Subjects.domain.Step
        Follow =
            fun follower signal ->
                let struct (next, wishes) = follower.Step signal
                next, List.ofSeq wishes
        Tells =
            fun after who version happened ->
                let access = Visibility.AccessOf(after, who, version, happened)
                let isMember = after.Members.ContainsKey who

                if isMember || access.Count > 0 then
                    Some(Visibility.Show(Sight.Of access, version, happened))
                else
                    None
        Fresh = Subjects.domain.Fresh
        LeadsTo = fun oldest _ -> oldest
        Announces = true
        Greets = true
        Gives = true
        LetsGo = true
    }

/// What a device asks.
type Question =
    | Wanting of Asked
    | Resuming of string option * certify: ConversationId list
    | Beginning of ConversationId

type Answer =
    /// In which of the database's pasts.
    | Replied of Reply * epoch: int
    | Page of ResumePage
    | Anew of Resumption.Reset
    | NotTheirs
    | NotNow

/// What a host was told of its lease: the epoch, and the database's time as of when it had asked.
type Held =
    {
        Under: int64
        At: int64
        Asked: int64
    }

/// Among which the streams are divided.
let buckets = 4

[<AllowNullLiteral>]
type Host(index: int, lanes: Lane list) =
    member _.Index = index
    member val End = End $"host {index}"
    member val Lanes = Array.ofList lanes with get, set
    member val IsUp = false with get, set
    /// No new requests; it ends when none waits.
    member val IsDraining = false with get, set
    /// Counts its processes.
    member val Process = 0 with get, set
    member val StandsUntil = 0L with get, set
    /// By how much its monotonic clock is behind, having stood still.
    member val Behind = 0L with get, set
    member val ReachesDatabase = true with get, set
    /// When the server answered it last, by its monotonic clock.
    member val HeardAt = 0L with get, set
    member val Held: Held option = None with get, set
    /// Who owns which bucket, as far as it knows.
    member val Owners: Map<int, int> = Map.empty with get, set
    /// Whether it is giving buckets away just now.
    member val IsGiving = false with get, set
    /// Who is there, as far as it knows.
    member val Live = HashSet<string>() with get, set
    member val Callers = Dictionary<int64, Reply -> unit>() with get, set
    /// What it has told lately, and when.
    member val Lately = List<int64 * StreamKey * AnyStream * Recorded list>() with get, set

/// A request that waits for its answer.
type Pending =
    {
        Wanted: Wanted
        mutable Replies: Reply list
    }

[<AllowNullLiteral>]
type Device(who: PersonId, id: DeviceId) =
    member _.Who = who
    member _.Id = id
    member val End = End $"{who.Value} on {id.Value}"
    member val Follower = Follower(who) with get, set
    /// What it had kept at some times, the last first.
    member val Kept: Follower list = [] with get, set
    member val Outstanding = Dictionary<int64, Answer -> unit>() with get, set
    /// Counts its beginnings.
    member val Run = 0 with get, set
    /// What had been acknowledged when it began to ask for what it missed.
    member val Floor: Map<string, int64> = Map.empty with get, set

/// What looks on: judges that are told what happens, while it does.
type Watch =
    {
        /// Somebody was answered for good.
        Answered: Pending -> Reply -> unit
        /// A device is told something, and has not taken it in yet.
        Heard: Device -> Signal -> unit
        /// It has, and lacks nothing that it knows of.
        Level: Device -> unit
        /// The database was put back to what it was before.
        Restored: unit -> unit
        /// Something befalls it.
        Struck: Blow -> unit
    }

type Cluster(plan: Plan, parts: Parts) =
    let dice = Dice plan.Seed
    let clock = Clock dice
    let wrongs = List<string>()

    member _.Plan = plan
    member _.Parts = parts
    member _.Dice = dice
    member _.Clock = clock
    member val Network = Network(clock, plan.Delay)
    member val Database = Database()

    member val Hosts =
        [
            for index in 0 .. plan.Hosts - 1 -> Host(index, [ for _ in 1..2 -> Lane.Create plan.Options ])
        ]

    member val Devices = List<Device>()
    member val Pending = Dictionary<System.Guid * Digest, Pending>()
    member val IsDatabaseUp = true with get, set
    /// Whether anything still befalls it.
    member val IsCalm = false with get, set
    /// Until when commits wait for the standby.
    member val StandbyBack = 0L with get, set
    /// How often it is not known what became of a transaction, of a thousand.
    member val Unknown = 0 with get, set
    member val Numbers = 0L with get, set
    /// The last version that somebody was told was committed, by stream.
    member val Acknowledged: Map<string, int64> = Map.empty with get, set
    member val Watch = Unchecked.defaultof<Watch> with get, set
    /// What a device does with what it is told.
    member val Hear: Device -> Signal -> unit = (fun _ _ -> ()) with get, set
    /// How often things happened.
    member val Seen = Dictionary<string, int>()

    member _.Wrongs = wrongs
    member _.Wrong(what: string) = wrongs.Add $"at {clock.Now} ms: {what}"

    member cluster.Note(what: string) =
        let before =
            match cluster.Seen.TryGetValue what with
            | true, times -> times
            | false, _ -> 0

        cluster.Seen[what] <- before + 1

    member cluster.Number() =
        cluster.Numbers <- cluster.Numbers + 1L
        cluster.Numbers

    member _.BucketOf(stream: StreamKey) =
        let owned =
            if stream.Kind = StreamKind.Pair then
                stream.Direct
            else
                stream

        Seq.sumBy int owned.Id % buckets

    /// Does something on a host, if the process still runs; later, if it stands still.
    member cluster.On (host: Host) (act: unit -> unit) =
        let mine = host.Process

        let rec go () =
            if host.Process = mine && host.IsUp then
                if host.StandsUntil > clock.Now then
                    clock.At host.StandsUntil go
                else
                    act ()

        go ()

    member cluster.OnAfter (host: Host) (wait: int64) (act: unit -> unit) =
        let mine = host.Process

        clock.After wait (fun () ->
            if host.Process = mine then
                cluster.On host act)

    /// A host's monotonic clock.
    member _.TicksOf(host: Host) = clock.Now - host.Behind

    /// Whether a host's lease runs, as far as it can know.
    member cluster.Holds(host: Host) =
        match host.Held with
        | Some held -> cluster.TicksOf host - held.Asked < Leases.leaseLength
        | None -> false

    /// Whether the server has answered a host of late: else it lets its lease run out.
    member cluster.IsHeard(host: Host) =
        cluster.TicksOf host - host.HeardAt < 7_000L

    /// The database's time, as a host tells it.
    member cluster.NowOf(host: Host) =
        match host.Held with
        | Some held -> Instant(1_800_000_000_000L + held.At + cluster.TicksOf host - held.Asked)
        | None -> Instant(1_800_000_000_000L)
