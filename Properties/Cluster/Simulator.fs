/// Runs a whole cluster from one seed: hosts, clients, the network and the database, and judges it all along. A plan
/// that breaks a law is made as small as it still breaks it.
module Chat.Spec.Cluster.Simulator

open System
open Chat.Domain.Values
open Chat.Protocol.Following
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Cluster

/// The longest that something goes on by itself.
let private lasts = 60_000L

/// How long a cluster then has until everybody knows everything. After the database was put back, whoever is not in any
/// more learns it when they next look by themselves.
let private rests (cluster: Cluster) =
    if cluster.Seen.ContainsKey(string Restored) then
        300_000L
    else
        30_000L

/// How long everybody then has to look once more.
let private looks = 15_000L

let private set' (cluster: Cluster) (remembered: Watching.Remembered) (wish: Turn) () =
    match wish.What with
    | Request wanted ->
        let key = wanted.EventId, wanted.Digest

        if not (remembered.AskedAt.ContainsKey key) then
            let from = cluster.Acknowledged.TryFind wanted.Stream.Id |> Option.defaultValue 0L
            remembered.AskedAt[key] <- (cluster.Clock.Now, int from)

        let pending = { Wanted = wanted; Replies = [] }

        // Some are sent twice on purpose.
        cluster.Pending.TryAdd(key, pending) |> ignore
        Devices.request cluster pending
    | Marking(stream, who, marks) -> Devices.mark cluster stream who marks

let private begin' (cluster: Cluster) (remembered: Watching.Remembered) =
    for host in cluster.Hosts do
        Leasing.start cluster host true

    for who in Palette.people do
        Devices.deviceOf cluster who Palette.devices[0] |> ignore

    for wish in cluster.Plan.Wishes do
        match wish.What with
        | Request wanted -> Devices.deviceOf cluster wanted.Person wanted.Device |> ignore
        | Marking _ -> ()

        cluster.Clock.At wish.At (set' cluster remembered wish)

    for device in cluster.Devices do
        cluster.Clock.After (int64 (cluster.Dice.Below 1_500)) (fun () -> Devices.connect cluster device)
        Devices.keep cluster device
        Devices.follow cluster device

    for blow in cluster.Plan.Blows do
        cluster.Clock.At blow.At (fun () -> Blows.strike cluster blow)

/// What a run has come to.
type Stage =
    /// Things are wanted, and things befall it.
    | Busy
    /// Nothing befalls it any more, and soon everybody knows everything.
    | Resting
    /// Everybody looks once more.
    | Looking
    | Over

/// A cluster that is run as its plan says, as far as one likes at a time.
type Run(parts: Parts, plan: Plan) =
    let cluster = Cluster(plan, parts)
    let remembered = Watching.Remembered()
    let mutable stage = Busy
    // How often it is still waited for, before it is judged, that who looks by themselves just then has done so.
    let mutable patience = 0

    let last =
        Seq.append (plan.Wishes |> Seq.map _.At) (plan.Blows |> Seq.map _.At)
        |> Seq.fold max 0L

    let mutable until = last + lasts

    let guarded (act: unit -> unit) =
        try
            act ()
        with thrown ->
            cluster.Wrong $"threw {thrown}"
            stage <- Over

    let isAsking () =
        cluster.Devices |> Seq.exists (fun device -> not device.Follower.IsLevel)

    let enter next (time: int64) =
        stage <- next
        until <- until + time
        patience <- 5

    let pass () =
        match stage with
        | Resting
        | Looking when patience > 0 && isAsking () ->
            patience <- patience - 1
            until <- until + 1_000L
        | Busy ->
            cluster.IsCalm <- true
            enter Resting (rests cluster)
        | Resting ->
            Verdict.soon cluster remembered
            // What nobody keeps is known for certain once everybody has looked.
            for device in cluster.Devices do
                cluster.Hear device (Signal.Woken())

            enter Looking looks
        | Looking ->
            Verdict.atLast cluster
            stage <- Over
        | Over -> ()

    do
        cluster.Watch <- Watching.watch cluster remembered
        cluster.Hear <- Devices.hearing cluster
        guarded (fun () -> begin' cluster remembered)

    member _.Cluster = cluster
    member _.Stage = stage

    /// When it will be over, if nothing else befalls it.
    member _.End =
        match stage with
        | Busy -> until + rests cluster + looks
        | Resting -> until + looks
        | Looking
        | Over -> until

    /// Goes on until then, or until it is over.
    member _.Forward(time: int64) =
        guarded (fun () ->
            while stage <> Over && until <= time do
                cluster.Clock.Run until
                pass ()

            if stage <> Over then
                cluster.Clock.Run time)

    /// Something befalls it that was not planned; it rests later.
    member _.Strike(blow: Blow) =
        cluster.IsCalm <- false
        stage <- Busy
        until <- max until (cluster.Clock.Now + lasts)
        guarded (fun () -> Blows.strike cluster blow)

/// Runs a plan to its end; it knows what was wrong in it, and what it saw.
let play (parts: Parts) (plan: Plan) : Cluster =
    let run = Run(parts, plan)
    run.Forward Int64.MaxValue
    run.Cluster

/// A plan as something to read.
let story (plan: Plan) : string =
    let wishes = plan.Wishes |> List.map (fun wish -> wish.At, $"{wish.What}")

    let blows = plan.Blows |> List.map (fun blow -> blow.At, $"— {blow.Fault}")

    wishes @ blows
    |> List.sortBy fst
    |> List.map (fun (at, what) -> $"%8d{at} ms  {what}")
    |> List.append
        [
            $"{plan.Hosts} hosts, messages under way for up to {plan.Delay} ms, seed {plan.Seed}"
        ]
    |> String.concat "\n"

let private smaller (plan: Plan) : Plan seq =
    let without index list = List.removeAt index list

    let thirds (list: 'a list) =
        let size = max 1 (list.Length / 4)

        [
            for from in 0..size .. list.Length - 1 ->
                List.take from list @ List.skip (min list.Length (from + size)) list
        ]

    seq {
        for index in 0 .. plan.Blows.Length - 1 do
            { plan with
                Blows = without index plan.Blows
            }

        if plan.Hosts > 1 then
            { plan with Hosts = plan.Hosts - 1 }

        if plan.Wishes.Length > 8 then
            for wishes in thirds plan.Wishes do
                { plan with Wishes = wishes }

        for index in 0 .. plan.Wishes.Length - 1 do
            { plan with
                Wishes = without index plan.Wishes
            }
    }

/// The smallest plan that is found, within so many runs, in which something is still wrong.
let shrink (parts: Parts) (runs: int) (plan: Plan) : Plan =
    let rec go (left: int) (plan: Plan) =
        let tried = smaller plan |> Seq.truncate left |> Seq.indexed

        match tried |> Seq.tryFind (fun (_, one) -> (play parts one).Wrongs.Count > 0) with
        | Some(index, found) when left - index - 1 > 0 -> go (left - index - 1) found
        | Some(_, found) -> found
        | None -> plan

    go runs plan
