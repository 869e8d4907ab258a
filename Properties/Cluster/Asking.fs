/// What a device asks of hosts: any of them, and again where nobody answers.
module Chat.Spec.Cluster.Asking

open Chat.Spec
open Chat.Spec.Simulation
open Chat.Spec.Cluster.Cluster

/// Asks any host that takes questions; the answer, or none after a while.
let ask (cluster: Cluster) (device: Device) question (answered: Answer option -> unit) =
    let number = cluster.Number()
    let run = device.Run

    let finish answer =
        if device.Run = run && device.Outstanding.Remove number then
            answered answer

    device.Outstanding[number] <- Some >> finish

    let taking =
        cluster.Hosts
        |> List.filter (fun host -> host.End.IsConnected && not host.IsDraining)

    match taking with
    | [] -> cluster.Clock.After 200L (fun () -> finish None)
    | some ->
        let host = cluster.Dice.Pick some

        cluster.Network.Carry device.End host.End (fun () ->
            cluster.On host (fun () ->
                Serving.take cluster host device false question (fun answer ->
                    match device.Outstanding.TryGetValue number with
                    | true, waits -> waits answer
                    | false, _ -> ())))

        cluster.Clock.After 2_000L (fun () -> finish None)

/// Tries a few times, as a client does, before it gives up.
let rec persist (cluster: Cluster) (device: Device) tries question (answered: Answer option -> unit) =
    let run = device.Run

    let again () =
        cluster.Clock.After (int64 (cluster.Dice.Between 50 900)) (fun () ->
            if device.Run = run then
                persist cluster device (tries - 1) question answered)

    ask cluster device question (fun answer ->
        match answer with
        | None
        | Some NotNow when tries > 1 -> again ()
        | Some(Replied(reply, _)) when Judge.isRetryable reply && tries > 1 -> again ()
        | other -> answered other)
