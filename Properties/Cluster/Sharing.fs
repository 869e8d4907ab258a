/// How hosts share the buckets out: each gives of its own to those that have less, as the host does.
module Chat.Spec.Cluster.Sharing

open System.Collections.Generic
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Protocol
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Driving

let tellLanes (cluster: Cluster) (host: Host) (input: Input) =
    for lane in 0 .. host.Lanes.Length - 1 do
        step cluster host lane input

let private letGo (cluster: Cluster) (host: Host) (buckets: int list) =
    if cluster.Parts.LetsGo && not buckets.IsEmpty then
        tellLanes cluster host (Input.Released(fun stream -> List.contains (cluster.BucketOf stream) buckets))

let private own (host: Host) (owners: Map<int, int>) =
    [
        for KeyValue(bucket, owner) in owners do
            if owner = host.Index then
                bucket
    ]

/// Learns whose what is. What was its own once before, and is so again, it holds nothing of.
let learn (cluster: Cluster) (host: Host) (owners: Map<int, int>) =
    let before, now = own host host.Owners, own host owners
    letGo cluster host (List.except now before @ List.except before now)
    host.Owners <- owners

/// What a host gives away, and to whom, by what the database says.
let private giftsOf (cluster: Cluster) (host: Host) : (int * int list) list =
    let holders =
        [
            for other, isLeaving, buckets in Leases.living cluster.Clock.Now cluster.Database.Now.Leases ->
                Holder(string other, isLeaving, List buckets)
        ]

    [
        for struct (to', buckets) in Balance.GiftsOf(string host.Index, List holders) -> int to', List.ofSeq buckets
    ]

/// What was under way when it let go of some streams is settled before anybody else has them.
let rec private settled (cluster: Cluster) (host: Host) (flights: System.Nullable<int64>[]) (finish: unit -> unit) =
    let isUnderWay lane =
        flights[lane].HasValue && host.Lanes[lane].UnderWay = flights[lane]

    if cluster.Parts.LetsGo && Seq.exists isUnderWay [ 0 .. host.Lanes.Length - 1 ] then
        cluster.OnAfter host 10L (fun () -> settled cluster host flights finish)
    else
        finish ()

/// Gives what it has too much of. Meanwhile what is asked of it is nobody's.
let share (cluster: Cluster) (host: Host) (finish: unit -> unit) =
    if cluster.Parts.Gives && not host.IsGiving && cluster.Holds host then
        host.IsGiving <- true

        let learned () =
            atDatabase cluster host (fun () -> cluster.Database.Now.Leases.Buckets) (fun owners ->
                host.IsGiving <- false

                if cluster.Holds host then
                    Option.iter (learn cluster host) owners

                finish ())

        atDatabase cluster host (fun () -> giftsOf cluster host, cluster.Database.Now.Leases.Buckets) (fun read ->
            match read with
            | Some(gifts, owners) when cluster.Holds host ->
                learn cluster host owners
                let given = List.collect snd gifts

                if given.IsEmpty then
                    host.IsGiving <- false
                    finish ()
                else
                    cluster.Note "given"
                    letGo cluster host given
                    host.Owners <- given |> List.fold (fun owners bucket -> owners.Remove bucket) host.Owners
                    let flights = host.Lanes |> Array.map _.UnderWay

                    settled cluster host flights (fun () ->
                        atPrimary
                            cluster
                            host
                            (fun _ ->
                                for to', buckets in gifts do
                                    cluster.Database.Give cluster.Clock.Now host.Index to' buckets)
                            (fun _ -> learned ()))
            | _ -> learned ())
    else
        finish ()
