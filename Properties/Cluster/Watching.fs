/// Judges a cluster while things happen.
module Chat.Spec.Cluster.Watching

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Simulation
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Cluster

let pastOf (cluster: Cluster) (conversation: ConversationId) : Recorded list =
    cluster.Database.Now.Store.Load(StreamKey.Of(TenantId.Main, conversation))
    |> List.ofSeq

/// What was acknowledged since the database was last put back, and since when each is asked.
type Remembered() =
    member val Accepted = List<Wanted * Receipt>()
    member val AskedAt = Dictionary<System.Guid * Digest, int64 * int>()

/// By how much the time of a host is ahead of the database's at most: as long as its question takes there.
let private ahead = 8L

/// Whether a request would be told this at some version since it was first asked, at some time since then.
let private isSoAtSome
    (cluster: Cluster)
    (since: int64)
    (from: int)
    (wanted: Wanted)
    (is: Result<Decision, Refusal> -> bool)
    =
    let store = cluster.Database.Now.Store
    let events = List.ofSeq (store.Load wanted.Stream)
    let fresh = cluster.Parts.Fresh wanted.Stream
    let step = max 1L ((cluster.Clock.Now - since) / 20L)

    seq {
        for length in events.Length .. -1 .. min from events.Length do
            let past = List.truncate length events
            let stream = fresh.Fold(past |> Seq.map _.Event)

            // Also each moment just after what happened last: what it brings may be so in one of them only.
            let latest = stream.LastAt.Milliseconds - 1_800_000_000_000L

            for ms in
                latest :: [ cluster.Clock.Now + ahead .. -step .. since - 1_000L ]
                @ [ latest + 1L .. latest + 10L ] do
                let now = Instant.Max(Instant(1_800_000_000_000L + ms), stream.LastAt)

                let context =
                    Context(wanted.Person, wanted.Device, now, Option.toNullable wanted.OccurredAt)

                let keys = stream.Needs(context, wanted.Command)
                let facts = gatheredOf cluster.Parts.Fresh store past wanted.Stream keys
                ofEither (stream.Decide(context, wanted.Command, facts))
    }
    |> Seq.exists is

let private accepted (cluster: Cluster) (remembered: Remembered) (wanted: Wanted) (receipt: Receipt) =
    let store = cluster.Database.Now.Store

    match ofOption (store.Find wanted.EventId) with
    | Some first when Receipt.Of(first, receipt.Replayed) = receipt ->
        remembered.Accepted.Add((wanted, receipt))

        if not (first.Origin.Digest.Agrees wanted.Digest) then
            cluster.Wrong $"{wanted} was accepted under the id of another request"

        let last =
            store.Load wanted.Stream
            |> Seq.filter (fun recorded -> recorded.Origin = first.Origin && recorded.Event.By = first.Event.By)
            |> Seq.map _.Version
            |> Seq.max

        let before = cluster.Acknowledged.TryFind wanted.Stream.Id |> Option.defaultValue 0L
        cluster.Acknowledged <- cluster.Acknowledged.Add(wanted.Stream.Id, max before last)
    | _ ->
        let since, from = remembered.AskedAt[(wanted.EventId, wanted.Digest)]

        let isAlready (told: Result<Decision, Refusal>) =
            match told with
            | Ok decision -> decision.Events.IsEmpty
            | Error _ -> false

        if not (isSoAtSome cluster since from wanted isAlready) then
            cluster.Wrong $"{wanted} was accepted as {receipt}, and is not there"

let private refused (cluster: Cluster) (remembered: Remembered) (wanted: Wanted) (refusal: Refusal) =
    let since, from = remembered.AskedAt[(wanted.EventId, wanted.Digest)]

    match ofOption (cluster.Database.Now.Store.Find wanted.EventId) with
    | Some first when refusal :? Refusal.Conflict && not (first.Origin.Digest.Agrees wanted.Digest) -> ()
    | Some first when first.Event.Refused = refusal -> ()
    | _ ->
        let isRefused (told: Result<Decision, Refusal>) =
            match told with
            | Error other -> other.Code = refusal.Code && ruleOf other = ruleOf refusal
            | Ok _ -> false

        if not (isSoAtSome cluster since from wanted isRefused) then
            cluster.Wrong $"{wanted} was refused as {refusal}, which was never so since version {from}"

/// Whether an event is for somebody, as things stood at its own version or later: what came with it, or since, may be
/// known.
let private isFor (who: PersonId) (version: int64) (past: Recorded list) =
    let happened = Past.event past[int version - 1]

    Access.isAddressed who past version happened
    || [ int version .. past.Length ]
       |> List.exists (fun length -> Access.seesEvent who (List.truncate length past) version happened)

let private heard (cluster: Cluster) (device: Device) (signal: Signal) =
    match signal with
    | :? Signal.Happened as told ->
        match told.Seen with
        | :? Seen.Shown as shown ->
            let past = pastOf cluster told.Conversation
            cluster.Note "told"

            // After the database was put back, what was told before may still come.
            if
                shown.Version <= int64 past.Length
                && Past.event past[int shown.Version - 1] = shown.Event
            then
                if not (isFor device.Who shown.Version past) then
                    cluster.Wrong $"{device.Who} was told {shown}"
            elif cluster.Database.Epoch = 1 && not (shown.Event :? Event.MessageSent) then
                cluster.Wrong $"{device.Who} was told {shown}, which is not so"
        | _ -> ()
    | _ -> ()

/// Whoever has resumed holds all that had been acknowledged when they asked.
let private level (cluster: Cluster) (device: Device) =
    for KeyValue(id, floor) in device.Floor do
        let conversation = ConversationId.Of id
        let past = pastOf cluster conversation

        let isStaying =
            [ int floor .. past.Length ]
            |> List.forall (fun length -> Past.isMember device.Who (List.truncate length past))

        let held =
            ofOption (device.Follower.Views.Find conversation)
            |> Option.map _.Version
            |> Option.defaultValue 0L

        if floor <= int64 past.Length && isStaying && held < floor then
            cluster.Wrong $"{device.End.Name} has resumed {id} and is at {held}; {floor} had been acknowledged"

let watch (cluster: Cluster) (remembered: Remembered) : Watch =
    {
        Answered =
            fun pending reply ->
                match reply with
                | :? Reply.Accepted as told -> accepted cluster remembered pending.Wanted told.Receipt
                | :? Reply.Refused as told ->
                    cluster.Note told.Refusal.Code
                    refused cluster remembered pending.Wanted told.Refusal
                | _ -> cluster.Wrong $"{pending.Wanted} was told {reply}"
        Heard = heard cluster
        Level = level cluster
        Restored =
            fun () ->
                remembered.Accepted.Clear()
                cluster.Acknowledged <- Map.empty

                for key in List.ofSeq remembered.AskedAt.Keys do
                    remembered.AskedAt[key] <- (fst remembered.AskedAt[key], 0)

                for device in cluster.Devices do
                    device.Floor <- Map.empty
        Struck = ignore
    }
