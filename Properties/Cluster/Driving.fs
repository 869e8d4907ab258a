/// Drives the lanes of a host, as the host does: hands them what happened, and does what they want.
module Chat.Spec.Cluster.Driving

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Spec
open Chat.Spec.Simulation
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Cluster

/// The devices of a person that the server knows.
let private devicesOf (cluster: Cluster) (who: PersonId) =
    cluster.Devices
    |> Seq.filter (fun device -> device.Who = who && device.End.IsConnected)

let tell (cluster: Cluster) (host: Host) (device: Device) (signal: Signal) =
    cluster.Network.Carry host.End device.End (fun () -> cluster.Hear device signal)

/// Tells those who are there what happened, each what they may see.
let fanOut (cluster: Cluster) (host: Host) (isFor: string -> bool) (after: AnyStream) (events: Recorded list) =
    match after.State with
    | :? State as state ->
        for who in host.Live |> Seq.filter isFor |> Seq.map person |> List.ofSeq do
            for recorded in events do
                match cluster.Parts.Tells state who recorded.Version (recorded.Event :?> Event) with
                | Some seen ->
                    for device in devicesOf cluster who do
                        tell cluster host device (Signal.Happened(recorded.Stream.Conversation, seen))
                | None -> ()
    | _ -> ()

let private publish (cluster: Cluster) (host: Host) (publish: Output.Publish) =
    let events = List.ofSeq publish.Events
    fanOut cluster host (fun _ -> true) publish.After events
    host.Lately.Add((cluster.Clock.Now, publish.Stream, publish.After, events))

    host.Lately.RemoveAll(fun (at, _, _, _) -> at < cluster.Clock.Now - 10_000L)
    |> ignore

let private publishMarks (cluster: Cluster) (host: Host) (marks: MarkSet) =
    for device in devicesOf cluster marks.Person do
        tell cluster host device (Signal.Marked(marks.Stream.Conversation, marks.Marks))

/// How long what is written now waits for the standby.
let private standbyWait (cluster: Cluster) =
    max 0L (cluster.StandbyBack - cluster.Clock.Now)

/// Done at the database a little later; it fails where one does not reach the other. What is done is told when it came
/// there, by the database's clock, and is so once it need not wait any more.
let private after
    (standby: Cluster -> int64)
    (cluster: Cluster)
    (host: Host)
    (work: int64 -> 'a)
    (answered: 'a option -> unit)
    =
    let wait () = int64 (cluster.Dice.Between 1 8)

    let reaches () =
        host.ReachesDatabase && cluster.IsDatabaseUp

    let mine = host.Process

    let doneFrom (at: int64) () =
        let worked =
            if reaches () && host.Process = mine then
                Some(work at)
            else
                None

        cluster.OnAfter host (if worked.IsNone then 1_000L else wait ()) (fun () ->
            answered (if reaches () then worked else None))

    cluster.Clock.After (wait ()) (fun () ->
        match standby cluster with
        | 0L -> doneFrom cluster.Clock.Now ()
        | wait -> cluster.Clock.After wait (doneFrom cluster.Clock.Now))

/// Something that a host asks of the database.
let atDatabase cluster host work answered =
    after (fun _ -> 0L) cluster host (fun _ -> work ()) answered

/// Something that a host writes there, told when it came there: it is so once the standby has it, too.
let atPrimary cluster host work answered =
    after standbyWait cluster host work answered

let private loaded (cluster: Cluster) (stream: StreamKey) : AnyStream * int64 =
    let now = cluster.Database.Now
    let events = List.ofSeq (now.Store.Load stream)

    match now.Kept.TryFind(string stream) with
    | Some kept -> kept.Fold(events |> List.skip (int kept.Version) |> Seq.map _.Event), kept.Version
    | None -> (cluster.Parts.Fresh stream).Fold(events |> Seq.map _.Event), 0L

let private gathered (cluster: Cluster) (gather: Output.Gather) =
    let store = cluster.Database.Now.Store
    let own = List.ofSeq (store.Load gather.Stream)
    store.VersionOf gather.Stream, gatheredOf cluster.Parts.Fresh store own gather.Stream gather.Keys

let rec step (cluster: Cluster) (host: Host) (lane: int) (input: Input) =
    // Past its lease a host decides nothing more, also where the timer that says so comes late.
    if not (cluster.Holds host) && host.Lanes[lane].Epoch.HasValue then
        run cluster host lane (Input.LeaseLost() :> Input)

    run cluster host lane input

and private run (cluster: Cluster) (host: Host) (lane: int) (input: Input) =
    let next, outputs = cluster.Parts.Step host.Lanes[lane] input (cluster.NowOf host)
    host.Lanes[lane] <- next

    for output in outputs do
        match output with
        | :? Output.Answer as answer ->
            match host.Callers.TryGetValue answer.Ticket with
            | true, caller ->
                host.Callers.Remove answer.Ticket |> ignore
                caller answer.Reply
            | false, _ -> ()
        | other -> carry cluster host lane other

and private carry (cluster: Cluster) (host: Host) (lane: int) (output: Output) =
    let ask work answered failed =
        atDatabase cluster host work (fun got ->
            step cluster host lane (got |> Option.map answered |> Option.defaultValue failed))

    match output with
    | :? Output.Load as load ->
        ask
            (fun () -> loaded cluster load.Stream)
            (fun (current, kept) -> Input.Loaded(load.Stream, current, kept, load.Ask) :> Input)
            (Input.NotLoaded(load.Stream, load.Ask))
    | :? Output.Gather as gather ->
        ask
            (fun () -> gathered cluster gather)
            (fun (version, facts) -> Input.Gathered(gather.Stream, version, facts, gather.Ask) :> Input)
            (Input.NotLoaded(gather.Stream, gather.Ask))
    | :? Output.LookUp as look ->
        ask
            (fun () ->
                look.Ids
                |> Seq.choose (cluster.Database.Now.Store.Find >> ofOption)
                |> List.ofSeq)
            (fun found -> Input.Found(byId found, look.Ask) :> Input)
            (Input.NotFound look.Ask)
    | :? Output.Append as append -> commit cluster host lane append.Batch
    | :? Output.Publish as published -> publish cluster host published
    | :? Output.PublishMarks as marks -> publishMarks cluster host marks.Marks
    | :? Output.Snapshot as snapshot ->
        atPrimary cluster host (fun _ -> cluster.Database.Keep(snapshot.Stream, snapshot.Current)) ignore
    | :? Output.Remind as remind -> atPrimary cluster host (fun _ -> cluster.Database.Remind remind) ignore
    | _ -> ()

/// A transaction takes a while. Where its end does not come back, it may have committed, may yet, or not.
and private commit (cluster: Cluster) (host: Host) (lane: int) (batch: Batch) =
    let database = cluster.Database

    let pause =
        if batch.Attempt > 0 then
            int64 (min 2_000 (50 <<< min batch.Attempt 6))
        else
            0L

    let settled outcome =
        step cluster host lane (Input.Settled(batch.Number, outcome))

    cluster.OnAfter host (pause + int64 (cluster.Dice.Between 1 5)) (fun () ->
        let isSent = host.ReachesDatabase && cluster.IsDatabaseUp

        if not isSent then
            // That this attempt was not sent says nothing of an earlier one.
            let nothing: Outcome =
                if batch.Attempt = 0 then
                    Outcome.Failed()
                else
                    Outcome.Unknown()

            cluster.OnAfter host 1_000L (fun () -> settled nothing)
        else
            let epoch = database.Epoch
            let transaction = database.Begin()

            let takes =
                standbyWait cluster
                + int64 (cluster.Dice.Between 1 (if cluster.Dice.Chance 20 then 4_000 else 12))

            let mutable outcome: Outcome = Outcome.Unknown()
            let isLost = cluster.Dice.Chance cluster.Unknown
            let isRolledBack = isLost && cluster.Dice.Chance 300

            cluster.Clock.After takes (fun () ->
                if database.Epoch = epoch && cluster.IsDatabaseUp && not isRolledBack then
                    outcome <- database.Commit cluster.Clock.Now transaction host.Index batch
                else
                    database.RollBack transaction)

            // Who waits for an answer that does not come gives up before, after or long before it is decided.
            let patience = if isLost then int64 (cluster.Dice.Below 6_000) else takes

            cluster.OnAfter host (patience + 1L) (fun () ->
                let isHeard = host.ReachesDatabase && cluster.IsDatabaseUp && not isLost

                if isLost then
                    cluster.Note "outcome unknown"

                settled (if isHeard then outcome else Outcome.Unknown())))
