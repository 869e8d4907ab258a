/// Takes a picture of a cluster as it is.
module Chat.Spec.Cluster.Drawing

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Simulator
open Chat.Spec.Cluster.Watched
open Chat.Spec.Cluster.Picture

let private stateOf (standing: Standing) =
    match standing with
    | Gone -> "gone"
    | Still -> "still"
    | Ending -> "ending"
    | Cut -> "cut"
    | Blind -> "blind"
    | Waiting -> "waiting"
    | Working -> "working"

let private kindOf (kind: Kind) =
    match kind with
    | Struck -> "struck"
    | Changed -> "changed"
    | Wrong -> "wrong"

let private stageOf (stage: Stage) =
    match stage with
    | Busy -> "busy"
    | Resting -> "resting"
    | Looking -> "looking"
    | Over -> "over"

let private pastOf (cluster: Cluster) (id: string) =
    List.ofSeq (cluster.Database.Now.Store.Load(streamOf id))

let private host (cluster: Cluster) (host: Host) : HostPicture =
    let standing = standingOf cluster host
    let held = if host.IsUp then host.Held else None

    // By the clock of the database: a host that stood still may take it for longer.
    let left =
        match held, cluster.Database.Now.Leases.Hosts.TryFind host.Index with
        | Some held, Some row when row.Epoch = held.Under -> row.Until - cluster.Clock.Now
        | _ -> 0L

    {
        Name = host.End.Name
        State = stateOf standing
        Words = string standing
        IsConnected = host.End.IsConnected && host.End.IsWhole
        ReachesDatabase = host.ReachesDatabase
        Epoch = held |> Option.map _.Under
        LeaseLeft = int (max 0L left * 1_000L / Leases.leaseLength)
        Buckets =
            [
                for KeyValue(bucket, owner) in cluster.Database.Now.Leases.Buckets do
                    if owner = host.Index then
                        bucket
            ]
        Callers = if host.IsUp then host.Callers.Count else 0
        Lanes =
            [
                for lane in host.Lanes ->
                    {
                        Waiting = if host.IsUp then lane.Waiting else 0
                        Streams = if host.IsUp then lane.Streams else 0
                        HasLease = host.IsUp && lane.Epoch.HasValue
                    }
            ]
    }

let private held (pasts: (string * Recorded list) list) (device: Device) : HeldPicture list =
    [
        for id, past in pasts ->
            let isIn = Past.isMember device.Who past
            let isAsked = Past.isInvited device.Who past

            let state, version =
                match ofOption (device.Follower.Views.Find(ConversationId.Of id)) with
                | Some view when isIn && view.Version = int64 past.Length -> "level", view.Version
                | Some view when isIn -> "behind", view.Version
                | Some view when view.State.Exists && not isAsked -> "stale", view.Version
                | _ when isIn -> "unaware", 0L
                | _ when isAsked -> "asked", 0L
                | _ -> "out", 0L

            {
                Id = id
                State = state
                Version = version
            }
    ]

let private device pasts (device: Device) : DevicePicture =
    {
        Name = device.End.Name
        IsConnected = device.End.IsConnected
        IsWhole = device.End.IsWhole
        IsLevel = device.Follower.IsLevel
        Asks = device.Outstanding.Count
        Held = held pasts device
    }

let private talk (id: string, past: Recorded list) : TalkPicture =
    {
        Id = id
        Version = past.Length
        Members = Past.members past |> List.map _.Value
        Last =
            [
                for recorded in past |> List.rev |> List.truncate 5 ->
                    {|
                        Version = recorded.Version
                        Words = Telling.say (Past.event recorded)
                    |}
            ]
    }

let private line (line: Line) : LinePicture =
    {
        At = line.At
        Kind = kindOf line.Kind
        Words = line.Words
    }

let private cut (text: string) =
    if text.Length > 2_000 then text[..1_999] + "…" else text

/// What is planned for a cluster.
let plan (session: string) (watched: Watched) : PlanPicture =
    let plan = watched.Cluster.Plan

    {
        Session = session
        Seed = string plan.Seed
        Hosts = plan.Hosts
        Delay = plan.Delay
        Wishes = plan.Wishes |> List.map _.At
        Blows =
            [
                for blow in plan.Blows ->
                    {|
                        At = blow.At
                        What = string blow.Fault
                    |}
            ]
        Faults =
            [
                for fault in faults ->
                    {|
                        Name = nameOf fault
                        Words = string fault
                    |}
            ]
    }

/// A cluster as it is, with what has happened since the last picture.
let take (watched: Watched) (speed: float) (isPlaying: bool) : Picture =
    let cluster = watched.Cluster
    let news = watched.News()
    let pasts = conversations |> List.map (fun id -> id, pastOf cluster id)

    {
        Now = cluster.Clock.Now
        Speed = speed
        IsPlaying = isPlaying
        Stage = stageOf watched.Stage
        End = watched.End
        Hosts = cluster.Hosts |> List.map (host cluster)
        Database =
            {
                IsUp = cluster.IsDatabaseUp
                Past = cluster.Database.Epoch
                Running = cluster.Database.Running
                Commits = cluster.Database.Commits.Length
                Unknown = cluster.Unknown
            }
        Devices = [ for one in cluster.Devices -> device pasts one ]
        Talks = pasts |> List.map talk
        Blows =
            [
                for blow in watched.Blows ->
                    {|
                        At = blow.At
                        What = string blow.Fault
                    |}
            ]
        Wrongs = cluster.Wrongs |> Seq.truncate 20 |> Seq.map cut |> List.ofSeq
        Lines = news.Lines |> List.map (fun one -> line { one with Words = cut one.Words })
        Flights =
            [
                for number, flight in List.truncate 200 news.SetOff ->
                    {
                        Number = number
                        From = flight.From
                        To = flight.Destination
                        Takes = flight.Comes - flight.Sent
                    }
            ]
        Lost = news.Lost
        Seen =
            [
                for pair in cluster.Seen ->
                    {|
                        What = pair.Key
                        Times = pair.Value
                    |}
            ]
            |> List.sortBy _.What
    }
