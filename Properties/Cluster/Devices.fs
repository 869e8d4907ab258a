/// Devices: each follows its conversations with the client's own code, asks again under the same id, and loses its
/// connection.
module Chat.Spec.Cluster.Devices

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Protocol.Following
open Chat.Spec
open Chat.Spec.Simulation
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Driving
open Chat.Spec.Cluster.Asking

let rec private hear (cluster: Cluster) (device: Device) (signal: Signal) =
    cluster.Watch.Heard device signal
    let next, wishes = cluster.Parts.Follow device.Follower signal
    device.Follower <- next

    if next.IsLevel then
        cluster.Watch.Level device

    for wish in wishes do
        carry cluster device wish

and private carry (cluster: Cluster) (device: Device) (wish: Wish) =
    let signal answer = hear cluster device answer

    match wish with
    | :? Wish.Resume as resume ->
        device.Floor <- cluster.Acknowledged
        let cursor = Option.ofObj resume.Cursor

        persist cluster device 3 (Resuming(cursor, List.ofSeq resume.Certify)) (fun answer ->
            match answer with
            | Some(Page page) ->
                cluster.Note(if page.IsReset then "began anew" else "resumed")
                signal (Signal.Resumed page)
            | _ -> signal (Signal.Unanswered()))
    | :? Wish.Begin as begin' ->
        cluster.Note "began one anew"

        persist cluster device 3 (Beginning begin'.Conversation) (fun answer ->
            match answer with
            | Some(Anew reset) -> signal (Signal.Begun reset)
            | Some NotTheirs -> signal (Signal.Refused begin'.Conversation)
            | _ -> signal (Signal.Unanswered()))
    | :? Wish.WakeSoon ->
        let run = device.Run

        cluster.Clock.After 2_000L (fun () ->
            if device.Run = run then
                signal (Signal.Woken()))
    | _ -> ()

let hearing (cluster: Cluster) = hear cluster

let private isThere (cluster: Cluster) (who: PersonId) =
    cluster.Devices
    |> Seq.exists (fun device -> device.Who = who && device.End.IsConnected)

/// The server tells hosts who came. The one that let the device in knew it before; the others learn it, and tell what
/// they told others while they did not know.
let private arrive (cluster: Cluster) (device: Device) =
    let who = device.Who

    let learn (host: Host) () =
        let isNew = host.Live.Add who.Value

        if isNew && cluster.Parts.Greets then
            for at, _, after, events in List.ofSeq host.Lately do
                if at > cluster.Clock.Now - 5_000L then
                    fanOut cluster host (fun other -> other = who.Value) after events

    let up = cluster.Hosts |> List.filter _.End.IsConnected
    let letIn = if up.IsEmpty then null else cluster.Dice.Pick up

    for host in up do
        if obj.ReferenceEquals(host, letIn) then
            learn host ()
        elif host.End.IsWhole then
            cluster.OnAfter host (int64 (cluster.Dice.Between 1 (4 * cluster.Plan.Delay))) (learn host)

let rec connect (cluster: Cluster) (device: Device) =
    if not device.End.IsConnected then
        device.End.IsConnected <- true
        device.End.IsWhole <- true
        device.End.Connection <- device.End.Connection + 1
        arrive cluster device
        let connection = device.End.Connection

        // It subscribes, and has the server say that it has heard that, before it resumes.
        cluster.Clock.After (int64 (1 + cluster.Dice.Below cluster.Plan.Delay)) (fun () ->
            if device.End.Connection = connection then
                hear cluster device (Signal.Woken()))

/// The server sees that a device has gone, and so do the hosts.
let private leave (cluster: Cluster) (device: Device) =
    device.End.IsConnected <- false
    device.End.Connection <- device.End.Connection + 1

    for host in cluster.Hosts do
        if host.End.IsConnected && host.End.IsWhole then
            cluster.OnAfter host (int64 (cluster.Dice.Between 1 (4 * cluster.Plan.Delay))) (fun () ->
                if not (isThere cluster device.Who) then
                    host.Live.Remove device.Who.Value |> ignore)

/// Nothing comes through any more; that is noticed later, and then it connects anew.
let cut (cluster: Cluster) (device: Device) =
    if device.End.IsConnected then
        device.End.IsWhole <- false
        let connection = device.End.Connection

        cluster.Clock.After (int64 (cluster.Dice.Below 3_000)) (fun () ->
            if device.End.Connection = connection then
                leave cluster device
                cluster.Clock.After (int64 (cluster.Dice.Between 100 4_000)) (fun () -> connect cluster device))

/// A process of its own ends, and another goes on from what was kept at some time.
let restart (cluster: Cluster) (device: Device) (back: int) =
    device.Run <- device.Run + 1
    // What it had asked for then, it may not hold now.
    device.Floor <- Map.empty
    device.Outstanding.Clear()

    if device.End.IsConnected then
        leave cluster device

    let kept =
        List.tryItem back device.Kept
        |> Option.map _.AtRest
        |> Option.defaultValue (Follower device.Who)

    device.Follower <- kept
    cluster.Clock.After (int64 (cluster.Dice.Between 10 5_000)) (fun () -> connect cluster device)

/// Some of what comes is thrown away, since too much waits; the client is told so.
let overrun (cluster: Cluster) (device: Device) =
    if device.End.IsConnected then
        device.End.IsWhole <- false

        cluster.Clock.After (int64 (cluster.Dice.Between 10 500)) (fun () ->
            if device.End.IsConnected && not device.End.IsWhole then
                device.End.IsWhole <- true
                hear cluster device (Signal.Woken()))

let deviceOf (cluster: Cluster) (who: PersonId) (id: DeviceId) =
    match
        cluster.Devices
        |> Seq.tryFind (fun device -> device.Who = who && device.Id = id)
    with
    | Some device -> device
    | None ->
        let device = Device(who, id)
        cluster.Devices.Add device
        device

/// Now and then a device keeps what it holds.
let rec keep (cluster: Cluster) (device: Device) =
    cluster.Clock.After 700L (fun () ->
        device.Kept <- List.truncate 20 (device.Follower :: device.Kept)
        keep cluster device)

/// Every few minutes it resumes by itself.
let rec follow (cluster: Cluster) (device: Device) =
    cluster.Clock.After (int64 (cluster.Dice.Between 192_000 288_000)) (fun () ->
        if device.End.IsConnected then
            hear cluster device (Signal.Woken())

        follow cluster device)

/// Asks until there is an answer that stands.
let rec request (cluster: Cluster) (pending: Pending) =
    let wanted = pending.Wanted
    let device = deviceOf cluster wanted.Person wanted.Device

    let again () =
        cluster.Clock.After (int64 (cluster.Dice.Between 50 1_500)) (fun () -> request cluster pending)

    if not device.End.IsConnected then
        again ()
    else
        // Whatever the device's process was: what it wants it asks again under the same id.
        let mutable isAnswered = false

        ask cluster device (Wanting(Request wanted)) (fun answer ->
            isAnswered <- true

            match answer with
            | Some(Replied(reply, epoch)) when not (Judge.isRetryable reply) ->
                // What was answered before the database was put back may never have been.
                if epoch = cluster.Database.Epoch then
                    cluster.Watch.Answered pending reply

                pending.Replies <- reply :: pending.Replies
            | _ -> again ())

        let run = device.Run

        cluster.Clock.After 2_100L (fun () ->
            if not isAnswered && device.Run <> run then
                isAnswered <- true
                again ())

let mark (cluster: Cluster) stream who marks =
    let some =
        cluster.Devices
        |> Seq.filter (fun device -> device.Who = who && device.End.IsConnected)
        |> List.ofSeq

    match some with
    | [] -> ()
    | some ->
        let device = cluster.Dice.Pick some
        ask cluster device (Wanting(Marking(stream, who, marks))) ignore
