/// What a party is made of: guests, hosts with lanes, the database between them, and what has come of it all.
module Chat.Spec.Party.World

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Notices
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Simulation
open Chat.Spec.Simulation.Dice
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Network
open Chat.Spec.Party.Guests
open Chat.Spec.Party.Kept

/// A party, drawn from its seed.
[<StructuredFormatDisplay("{Text}")>]
type Plan =
    {
        Seed: uint64
        People: int
        /// How long it lasts, in simulated seconds; then all go, and it is waited until their leases are over.
        Seconds: int
        Hosts: int
        /// At which seconds a host dies.
        Deaths: int list
    }

    member plan.Text =
        $"seed {plan.Seed}: {plan.People} people for {plan.Seconds} s on {plan.Hosts} hosts; one dies at {plan.Deaths}"

let planOf (seed: uint64) (people: int) (seconds: int) : Plan =
    {
        Seed = seed
        People = people
        Seconds = seconds
        Hosts = 3
        Deaths = [ seconds / 5; seconds / 2 ]
    }

/// The parts that can be wrong. A mistaken party has one of them replaced.
type Parts =
    {
        House: RoomRunning.House
        Calls: CallRunning.Exchange
        /// Whether something goes from one to another in a room, or why it is refused.
        Goes: Chat.Domain.Rooms.State -> PersonId -> PersonId -> bool -> Result<bool, Refusal>
        Attending: PresenceRunning.Attending
        Notice: NoticeState -> NoticeFacts -> Instant -> NoticeState * Notice option * Instant option
        /// What another host told somebody is heard.
        Hear: NoticeState -> Oracle.Noticed.Told -> NoticeState
        Verify: Chat.Domain.Games.LogEntry list -> Chat.Domain.Games.Verdict
    }

let domain: Parts =
    {
        House = RoomRunning.domain
        Calls = CallRunning.domain
        Goes =
            fun room from whom areParted ->
                Chat.Domain.Rooms.Passing.Goes(room, from, whom, fun () -> areParted)
                |> ofEither
        Attending = PresenceRunning.domain
        Notice = NoticeRunning.domain.Decide
        Hear = NoticeRunning.domain.Hear
        Verify = fun log -> Chat.Domain.Rooms.Playing.Table.Verify(listing log, ReadOnlySpan())
    }

/// Among which the streams are divided.
let buckets = 12

type Host(index: int) =
    member _.Index = index
    member val IsUp = true with get, set
    /// Counts its processes.
    member val Process = 0 with get, set
    /// When this one began.
    member val Began = 0L with get, set
    member val Lanes: Lane array = [||] with get, set
    member val Callers = Dictionary<int64, Reply -> unit>() with get, set
    member val Presence = Presence.Nobody with get, set
    member val States = Dictionary<PersonId, NoticeState>() with get, set
    /// When somebody is to be asked about again.
    member val Due = Dictionary<PersonId, int64>() with get, set
    /// What the oracle knows of whom this process tells something.
    member val Noticed = Dictionary<PersonId, Oracle.Noticed.Past>() with get, set

/// Something that somebody asked, and when it was first submitted.
type Asked = { Wanted: Wanted; At: int64 }

type Party(plan: Plan, parts: Parts) =
    let dice = Dice plan.Seed
    let clock = Clock dice
    let wrongs = List<string>()
    let seen = Dictionary<string, int>()

    let fresh (stream: StreamKey) : AnyStream =
        match stream.Kind with
        | StreamKind.Room
        | StreamKind.Place -> RoomRunning.freshIn parts.House stream
        | StreamKind.Line
        | StreamKind.Pair -> CallRunning.freshIn parts.Calls stream
        | _ -> Subjects.domain.Fresh stream

    let guests, before = invite plan.Seed plan.People
    let kept = Kept fresh
    do kept.Begin before

    member _.Plan = plan
    member _.Parts = parts
    member _.Dice = dice
    member _.Clock = clock
    member _.Guests = guests
    member _.Kept = kept
    member val Hosts = Array.init plan.Hosts Host
    /// Who owns which bucket; nobody for a while after a death.
    member val Owners: int array = Array.init buckets (fun bucket -> bucket % plan.Hosts)
    member val Epoch = 0L with get, set
    member val Numbers = 0L with get, set
    member val Asked = Dictionary<Guid, Asked>()
    /// How many requests of those who are here wait for an answer.
    member val Waiting = 0 with get, set
    member val IsOver = false with get, set
    /// What looks on: what a request made, before it counts and once it does; what a lane decided.
    member val Making: Recorded list -> unit = ignore with get, set
    member val Made: Recorded list -> unit = ignore with get, set
    member val Judged: Output.Judged -> unit = ignore with get, set
    member val Told: Host -> PersonId -> Notice -> unit = (fun _ _ _ -> ()) with get, set
    member _.Seen = seen
    member _.Wrongs = wrongs
    member _.Now = Instant(1_800_000_000_000L + clock.Now)
    member _.Wrong(what: string) = wrongs.Add $"at {clock.Now} ms: {what}"

    member _.Note(what: string) =
        match seen.TryGetValue what with
        | true, times -> seen[what] <- times + 1
        | false, _ -> seen[what] <- 1

    member party.Number() =
        party.Numbers <- party.Numbers + 1L
        party.Numbers

    member _.BucketOf(stream: StreamKey) =
        let owned =
            if stream.Kind = StreamKind.Pair || stream.Kind = StreamKind.Line then
                stream.Direct
            else
                stream

        Seq.sumBy int owned.Id % buckets

    /// The host that owns a stream, if it is up.
    member party.OwnerOf(stream: StreamKey) : Host option =
        match party.Owners[party.BucketOf stream] with
        | -1 -> None
        | index when party.Hosts[index].IsUp -> Some party.Hosts[index]
        | _ -> None

    /// After so many milliseconds, by chance.
    member _.Soon (least: int) (most: int) (act: unit -> unit) =
        clock.After (int64 (dice.Between least most)) act

    /// The same on a host, if that process still runs then.
    member party.SoonOn (host: Host) (least: int) (most: int) (act: unit -> unit) =
        let mine = host.Process

        party.Soon least most (fun () ->
            if host.IsUp && host.Process = mine then
                act ())

    member _.GuestOf(who: PersonId) : Guest option =
        if who.Value.StartsWith "guest" then
            Some guests[int who.Value[5..]]
        else
            None

    member _.PlaceOf(who: PersonId) =
        kept.Current(StreamKey.Place(TenantId.Main, who)).State :?> Chat.Domain.Places.State

    member _.RoomOf(id: RoomId) =
        kept.Current(StreamKey.Of(TenantId.Main, id)).State :?> Chat.Domain.Rooms.State

    member _.PairOf(one: PersonId, other: PersonId) =
        kept.Current(StreamKey.Of(TenantId.Main, one, other)).State :?> Chat.Domain.Pairs.State

    member _.LineOf(one: PersonId, other: PersonId) =
        kept.Current(Oracle.Calls.lineOf one other).State :?> Chat.Domain.Calls.State
