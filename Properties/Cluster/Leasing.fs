/// A host's life: it takes its lease, renews it, takes over what others have left, announces what may have been lost,
/// and gives up what it does not hold any more.
module Chat.Spec.Cluster.Leasing

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Database
open Chat.Spec.Cluster.Driving
open Chat.Spec.Cluster.Announcing
open Chat.Spec.Cluster.Sharing

let private isOwn (cluster: Cluster) (host: Host) (stream: StreamKey) =
    host.Owners.TryFind(cluster.BucketOf stream) = Some host.Index

let private gotLease (cluster: Cluster) (host: Host) (epoch: int64) (at: int64) (asked: int64) =
    host.Held <-
        Some
            {
                Under = epoch
                At = at
                Asked = asked
            }

    host.Owners <- cluster.Database.Now.Leases.Buckets
    tellLanes cluster host (Input.LeaseTaken epoch)
    // What was committed before it, and since, nobody may have been told.
    announceSoon cluster host (at - 80_000L)

let rec private take (cluster: Cluster) (host: Host) (isSole: bool) =
    let asked = cluster.TicksOf host

    let again () =
        cluster.OnAfter host 250L (fun () -> take cluster host isSole)

    let took =
        function
        | Some(Some(epoch, at)) -> gotLease cluster host epoch at asked
        | _ -> again ()

    if not (cluster.IsHeard host) then
        again ()
    else
        atPrimary
            cluster
            host
            (fun at ->
                cluster.Database.Take at host.Index host.Process isSole buckets
                |> Option.map (fun epoch -> epoch, at))
            took

let private lose (cluster: Cluster) (host: Host) =
    host.Held <- None
    host.Owners <- Map.empty
    tellLanes cluster host (Input.LeaseLost())
    take cluster host false

/// Renews the lease, and looks whether others have left something.
let private renew (cluster: Cluster) (host: Host) (held: Held) =
    let asked = cluster.TicksOf host

    atPrimary
        cluster
        host
        (fun at ->
            if cluster.Database.Renew at host.Index held.Under then
                let taken = cluster.Database.TakeBuckets cluster.Clock.Now host.Index buckets
                Some(at, taken, cluster.Database.Now.Leases.Buckets)
            else
                None)
        (fun renewed ->
            match renewed with
            | Some(Some(at, since, owners)) when cluster.Holds host ->
                host.Held <- Some { held with At = at; Asked = asked }

                if not host.IsGiving then
                    learn cluster host owners

                match since with
                | Some quiet ->
                    cluster.Note "taken over"

                    announceSoon cluster host (quiet - 80_000L)
                | None -> ()
            | Some(Some _)
            | Some None ->
                if host.Held.IsSome then
                    lose cluster host
            | None ->
                if not (cluster.Holds host) && host.Held.IsSome then
                    lose cluster host)

let private isAnswered (host: Host) =
    host.End.IsConnected && host.End.IsWhole

let rec private live (cluster: Cluster) (host: Host) (round: int) =
    cluster.OnAfter host 1_000L (fun () ->
        if isAnswered host then
            host.HeardAt <- cluster.TicksOf host

        if not (cluster.Holds host) && host.Held.IsSome then
            lose cluster host

        match host.Held with
        | Some held when round % 3 = 0 && cluster.IsHeard host -> renew cluster host held
        | _ -> ()

        if cluster.Holds host then
            tellLanes cluster host (Input.Elapsed())
            share cluster host ignore

            atDatabase
                cluster
                host
                (fun () -> cluster.Database.Now.Store.DueBy(cluster.NowOf host) |> List.ofSeq)
                (fun due ->
                    let mine =
                        due
                        |> Option.defaultValue []
                        |> List.filter (fun one -> isOwn cluster host one.Stream)

                    for lane in 0 .. host.Lanes.Length - 1 do
                        let some =
                            mine
                            |> List.filter (fun one -> cluster.BucketOf one.Stream % host.Lanes.Length = lane)

                        if not some.IsEmpty then
                            step cluster host lane (Input.Woken(seqOf some)))

        // The server tells who comes and goes; now and then it is asked who is there.
        if round % 10 = 0 && isAnswered host then
            refresh cluster host

        live cluster host (round + 1))

/// Connects a host (anew): it asks who is there, and announces what may have been lost on the way.
let connect (cluster: Cluster) (host: Host) =
    if host.IsUp && not host.End.IsConnected then
        host.End.IsConnected <- true
        host.End.IsWhole <- true
        host.End.Connection <- host.End.Connection + 1
        host.HeardAt <- cluster.TicksOf host
        refresh cluster host

        match host.Held with
        | Some held -> announceSoon cluster host (held.At - 120_000L)
        | None -> ()

/// A new process; it waits for what the one before held to run out, unless that one is known to be gone.
let start (cluster: Cluster) (host: Host) (isSole: bool) =
    host.Process <- host.Process + 1
    host.IsUp <- true
    host.IsDraining <- false
    host.StandsUntil <- 0L
    host.Held <- None
    host.Owners <- Map.empty
    host.IsGiving <- false
    host.Callers.Clear()
    host.Lately.Clear()
    host.Lanes <- host.Lanes |> Array.map (fun _ -> Lane.Create cluster.Plan.Options)
    host.End.IsConnected <- false
    connect cluster host
    take cluster host isSole
    live cluster host 1

let kill (_: Cluster) (host: Host) =
    host.IsUp <- false
    host.Process <- host.Process + 1
    host.End.IsConnected <- false
    host.End.Connection <- host.End.Connection + 1

/// It gives away all it owns, if there is another to take it, and finishes what it has begun; then it gives its lease
/// back and ends.
let drain (cluster: Cluster) (host: Host) (ended: unit -> unit) =
    let rec look tries =
        cluster.OnAfter host 20L (fun () ->
            if host.Callers.Count = 0 || tries > 500 then
                let release at =
                    match host.Held with
                    | Some held -> cluster.Database.Release at host.Index held.Under
                    | None -> ()

                tellLanes cluster host (Input.LeaseLost())

                atPrimary cluster host release (fun _ ->
                    kill cluster host
                    ended ())
            else
                look (tries + 1))

    let stop () =
        host.IsDraining <- true
        look 0

    if cluster.Parts.Gives && isAnswered host then
        atPrimary cluster host (fun _ -> cluster.Database.Leave host.Index) (fun _ -> share cluster host stop)
    else
        stop ()
