/// What befalls a cluster, and how it comes back from it.
module Chat.Spec.Cluster.Blows

open Chat.Spec.Simulation.Dice
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Cluster

let private killed (cluster: Cluster) (dice: Dice) (host: Host) =
    Leasing.kill cluster host
    // As a supervisor does; whoever starts it may know that the one before is gone.
    let isSole = dice.Chance 500

    cluster.Clock.After (int64 (dice.Between 100 15_000)) (fun () ->
        if not host.IsUp then
            Leasing.start cluster host isSole)

let private paused (cluster: Cluster) (dice: Dice) (host: Host) =
    if host.StandsUntil <= cluster.Clock.Now then
        let wait = int64 (dice.Between 100 40_000)
        host.StandsUntil <- cluster.Clock.Now + wait

        // A machine that sleeps stops its clock, too.
        if dice.Chance 300 then
            host.Behind <- host.Behind + wait

let private cutFromServer (cluster: Cluster) (dice: Dice) (host: Host) =
    if host.End.IsConnected then
        host.End.IsWhole <- false
        let mine = host.Process

        cluster.Clock.After (int64 (dice.Between 100 12_000)) (fun () ->
            if host.Process = mine then
                host.End.IsConnected <- false
                host.End.Connection <- host.End.Connection + 1
                // Mostly it is back before its lease has run out.
                let longest = if dice.Chance 300 then 30_000 else 3_000
                cluster.OnAfter host (int64 (dice.Between 50 longest)) (fun () -> Leasing.connect cluster host))

let private serverRestarted (cluster: Cluster) (dice: Dice) =
    for host in cluster.Hosts do
        if host.End.IsConnected then
            host.End.IsConnected <- false
            host.End.Connection <- host.End.Connection + 1

            cluster.Clock.After (int64 (dice.Between 200 3_000)) (fun () ->
                cluster.On host (fun () -> Leasing.connect cluster host))

    for device in List.ofSeq cluster.Devices do
        Devices.cut cluster device

let private restored (cluster: Cluster) (dice: Dice) =
    for host in cluster.Hosts do
        Leasing.kill cluster host

    match cluster.Database.Commits with
    | [] -> ()
    | commits ->
        cluster.Database.Restore(dice.Pick commits)
        cluster.Watch.Restored()

    for host in cluster.Hosts do
        cluster.Clock.After (int64 (dice.Between 500 4_000)) (fun () ->
            if not host.IsUp then
                Leasing.start cluster host true)

/// The chance of a blow, and whom it hits, if it is a host or a device that it hits.
let private aim (cluster: Cluster) (blow: Blow) =
    let dice = Dice blow.Chance
    let host = dice.Pick cluster.Hosts
    let device = dice.Pick(List.ofSeq cluster.Devices)
    dice, host, device

/// Whom a blow hits, in words.
let whom (cluster: Cluster) (blow: Blow) : string =
    let _, host, device = aim cluster blow

    match blow.Fault with
    | Killed
    | Paused
    | CutFromServer
    | CutFromDatabase
    | Drained -> host.End.Name
    | CutDevice
    | Restarted
    | Slow -> device.End.Name
    | ServerRestarted -> "the server"
    | DatabaseGone
    | UnknownOutcome
    | StandbyAway
    | Restored -> "the database"

let strike (cluster: Cluster) (blow: Blow) =
    if not cluster.IsCalm then
        let dice, host, device = aim cluster blow
        cluster.Note(string blow.Fault)
        cluster.Watch.Struck blow

        match blow.Fault with
        | Killed ->
            if host.IsUp then
                killed cluster dice host
        | Paused -> paused cluster dice host
        | CutFromServer -> cutFromServer cluster dice host
        | CutFromDatabase ->
            host.ReachesDatabase <- false
            cluster.Clock.After (int64 (dice.Between 100 20_000)) (fun () -> host.ReachesDatabase <- true)
        | CutDevice -> Devices.cut cluster device
        | Restarted -> Devices.restart cluster device (dice.Below 20)
        | ServerRestarted -> serverRestarted cluster dice
        | DatabaseGone ->
            cluster.IsDatabaseUp <- false
            cluster.Clock.After (int64 (dice.Between 100 15_000)) (fun () -> cluster.IsDatabaseUp <- true)
        | UnknownOutcome ->
            cluster.Unknown <- dice.Between 50 500
            cluster.Clock.After (int64 (dice.Between 500 20_000)) (fun () -> cluster.Unknown <- 0)
        | StandbyAway -> cluster.StandbyBack <- cluster.Clock.Now + int64 (dice.Between 500 20_000)
        | Restored -> restored cluster dice
        | Drained ->
            if host.IsUp && cluster.Holds host then
                Leasing.drain cluster host (fun () ->
                    cluster.Clock.After (int64 (dice.Between 100 5_000)) (fun () ->
                        if not host.IsUp then
                            Leasing.start cluster host false))
        | Slow -> Devices.overrun cluster device
