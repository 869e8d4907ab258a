/// What is judged when a cluster has come to rest.
module Chat.Spec.Cluster.Verdict

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Laws
open Chat.Spec.Simulation
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Watching

let private differ (cluster: Cluster) (device: Device) what (expected: 'a) (actual: 'a) =
    if expected <> actual then
        cluster.Wrong $"{device.End.Name}: {what} is %A{actual}, and should be %A{expected}"

/// What somebody who is in holds of a conversation is what the oracle shows them.
let private held (cluster: Cluster) (isAtLast: bool) (device: Device) (past: Recorded list) (view: ConversationView) =
    let who = device.Who
    let stream = StreamKey.Of(TenantId.Main, view.Conversation)
    let marks = cluster.Database.Now.Store.MarksOf(stream, who)

    let differ what expected actual =
        differ cluster device $"{what} of {view.Conversation}" expected actual

    let state =
        (cluster.Parts.Fresh stream).Fold(past |> Seq.map _.Event).State :?> State

    let history = Views.history who past
    let first = view.History.Messages.Keys |> Seq.tryHead |> Option.defaultValue 1L

    let called, roles, settings, pins = CertificateLaws.detailsOf state

    let visible =
        pins
        |> List.filter (fun pin -> history |> List.exists (fun message -> message.Seq = pin))

    differ "how it is kept" (called, roles, settings, visible) (CertificateLaws.detailsOf view.State)
    differ "who is in" (CertificateLaws.membersOf state) (CertificateLaws.membersOf view.State)
    let mine = view.Unread.Marks
    differ "unread" (Views.unread who mine past).Length view.Unread.Count
    differ "mentions" (Views.mentions who mine past).Length view.Unread.Mentions

    // Where nothing was lost on the way, marks were told, too.
    if isAtLast || cluster.Plan.Blows.IsEmpty then
        differ "the marks" marks mine

    differ
        "history"
        (history |> List.filter (fun message -> message.Seq >= first))
        (List.ofSeq view.History.Messages.Values)

    if view.History.Messages.IsEmpty then
        differ "messages held" 0 history.Length

/// Whoever is banned while they are asked in is not told: they learn it when they look.
let private isBannedInvited (who: PersonId) (past: Recorded list) =
    past
    |> List.exists (fun recorded ->
        match recorded.Event with
        | :? Event.Banned as banned ->
            banned.Person = who
            && Past.isInvited who (List.truncate (int recorded.Version - 1) past)
        | _ -> false)

let private device (cluster: Cluster) (isAtLast: bool) (device: Device) =
    if not device.Follower.IsLevel then
        cluster.Wrong $"{device.End.Name} still lacks something"

    if device.Follower.Drifts > 0L then
        cluster.Wrong $"{device.End.Name} held something else than it was told"

    for stream in Plan.conversations |> List.map streamOf do
        let past = pastOf cluster stream.Conversation

        match ofOption (device.Follower.Views.Find stream.Conversation) with
        | Some view when Past.isMember device.Who past ->
            if view.Version <> int64 past.Length then
                cluster.Wrong $"{device.End.Name} is at {view.Version} of {past.Length} in {stream.Id}"
            else
                held cluster isAtLast device past view
        | None when Past.isMember device.Who past ->
            cluster.Wrong $"{device.End.Name} does not know that it is in {stream.Id}"
        | Some _ when not isAtLast && isBannedInvited device.Who past -> ()
        | Some view when not (Past.isInvited device.Who past) && view.State.Exists ->
            cluster.Wrong $"{device.End.Name} still holds {stream.Id}, and is not in"
        | None when Past.isInvited device.Who past ->
            cluster.Wrong $"{device.End.Name} does not know that it was asked into {stream.Id}"
        | _ -> ()

/// Soon after all is quiet everybody knows all that is kept.
let soon (cluster: Cluster) (remembered: Remembered) =
    let store = cluster.Database.Now.Store

    let pasts =
        Plan.conversations
        |> List.map streamOf
        |> List.map (fun stream -> stream, List.ofSeq (store.Load stream))

    Verdict.orderOf cluster.Wrong pasts
    Verdict.decisionsOf cluster.Wrong cluster.Parts.Fresh (cluster.Pending.Values |> Seq.map _.Wanted) pasts

    for wanted, receipt in remembered.Accepted do
        match ofOption (store.Find wanted.EventId) with
        | Some first when first.Version = receipt.Version -> ()
        | _ -> cluster.Wrong $"{wanted} was acknowledged as {receipt}, and is lost"

    for pending in cluster.Pending.Values do
        if pending.Replies.IsEmpty then
            cluster.Wrong $"{pending.Wanted} never got an answer that stands"

    for host in cluster.Hosts do
        for lane in host.Lanes do
            if lane.Waiting <> 0 then
                cluster.Wrong $"{lane.Waiting} wait for ever on host {host.Index}"

    for one in cluster.Devices do
        device cluster false one

/// Whoever has looked since knows everything.
let atLast (cluster: Cluster) =
    for one in cluster.Devices do
        device cluster true one
