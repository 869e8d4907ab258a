/// What a host tells everybody after it may have been silent: how far conversations have got.
module Chat.Spec.Cluster.Announcing

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Protocol.Following
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Driving

let private conversations (store: MemoryStore) =
    Plan.conversations
    |> List.map streamOf
    |> List.filter (fun stream -> store.VersionOf stream > 0L)

/// How far conversations have got that changed since then, whoever owns them: to everybody whom the server knows and
/// who is in or was asked in.
let private announce (cluster: Cluster) (host: Host) (since: int64) =
    let store = cluster.Database.Now.Store
    let from = Instant(1_800_000_000_000L + since)

    let changed =
        conversations store
        |> List.filter (fun stream ->
            let last = Seq.last (store.Load stream)
            not (isBefore last.Event.At from))

    // Whoever was asked in or put out meanwhile is told something else than they hold: the head is not theirs to know.
    let headOf (who: PersonId) (stream: StreamKey) =
        let past = List.ofSeq (store.Load stream)

        let recent =
            past |> List.filter (fun recorded -> not (isBefore recorded.Event.At from))

        let written (recorded: Recorded) =
            cluster.Database.Now.Written[(stream.Id, recorded.Version)]

        let moved = cluster.Database.Now.Membership.TryFind((stream.Id, who.Value))

        let isRecent =
            recent |> List.exists (fun recorded -> Some(written recorded) = moved)

        if Past.isMember who past then Some(store.VersionOf stream)
        elif not isRecent then None
        elif Past.isInvited who past then Some 1L
        else Some 0L

    for device in cluster.Devices |> Seq.filter _.End.IsConnected |> List.ofSeq do
        let theirs =
            changed
            |> List.choose (fun stream ->
                headOf device.Who stream
                |> Option.map (fun version -> struct (stream.Conversation, version)))

        if not theirs.IsEmpty then
            cluster.Note "announced"
            tell cluster host device (Signal.Announced(Ephemeral.Heads(listing theirs)))

/// As soon as the database answers.
let rec announceSoon (cluster: Cluster) (host: Host) since =
    if cluster.Parts.Announces then
        atDatabase cluster host (fun () -> ()) (fun reached ->
            if reached.IsSome then
                announce cluster host since
            else
                cluster.OnAfter host 1_000L (fun () -> announceSoon cluster host since))

/// Whom the server lists.
let refresh (cluster: Cluster) (host: Host) =
    let there =
        cluster.Devices
        |> Seq.filter _.End.IsConnected
        |> Seq.map (fun device -> device.Who.Value)

    host.Live <- HashSet<string> there
