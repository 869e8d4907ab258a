/// What a host does with the questions of devices: it passes on what another owns, and answers reads from the database.
module Chat.Spec.Cluster.Serving

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Laws
open Chat.Spec.Simulation.World
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Database
open Chat.Spec.Cluster.Driving

/// Of the messages that come with a conversation that is begun anew; few, so that there are more.
let private newest = 4

/// The longest suffix that is told rather than begun anew.
let private mostMissed = 12

/// A cursor: the database's epoch, and the first transaction that may be missing.
let private cursorOf (epoch: int) (since: int64) = $"{epoch}|{since}"

let private sinceOf (cursor: string) =
    match cursor.Split '|' with
    | [| epoch; since |] -> int epoch, int64 since
    | _ -> 0, 0L

/// A conversation as it is, for who is in or was asked in.
let private begun (snapshot: Snapshot) (who: PersonId) (stream: StreamKey) (past: Recorded list) =
    let conversation = stream.Conversation

    let state =
        (Running.freshOf Conversation.Decider).Fold(past |> Seq.map _.Event).State :?> State

    let marks = snapshot.Store.MarksOf(stream, who)

    if Past.isMember who past then
        CertificateLaws.begunFor newest conversation who marks past
    else
        let entry =
            InboxEntry(conversation, Standing.Invited, state.Kind.Value, state.Name, 0L, 0L, Marks.None, 0, 0, null)

        let rules = GoverningEntry.Of(State.Initial, Unchecked.defaultof<Sight>)
        Resumption.Reset(conversation, Details(entry, null, 0L, 0L, listing [], listing [], rules), listing [])

let private isTheirs who past =
    Past.isMember who past || Past.isInvited who past

/// What became of one conversation since a transaction.
let private resumption (snapshot: Snapshot) (who: PersonId) (since: int64) (stream: StreamKey) : Resumption option =
    let past = List.ofSeq (snapshot.Store.Load stream)

    let moved =
        snapshot.Membership.TryFind((stream.Id, who.Value)) |> Option.defaultValue 0L

    let marked =
        snapshot.Marked.TryFind((stream.Id, who.Value)) |> Option.defaultValue 0L

    let written version = snapshot.Written[(stream.Id, version)]

    let missing =
        past
        |> List.rev
        |> List.takeWhile (fun recorded -> written recorded.Version >= since)
        |> List.length

    if moved = 0L then
        None
    elif not (isTheirs who past) then
        if since > 0L && moved >= since then
            Some(Resumption.Left(stream.Conversation, int64 past.Length))
        else
            None
    elif since = 0L || moved >= since then
        Some(begun snapshot who stream past)
    elif missing = 0 && marked < since || not (Past.isMember who past) then
        None
    elif missing > mostMissed then
        Some(begun snapshot who stream past)
    else
        let sight = Sight.Of(listing (Access.accessOf who past))
        let last = Access.asStored past |> List.skip (past.Length - missing)
        let marks = snapshot.Store.MarksOf(stream, who)
        Some(Resumption.Missed(stream.Conversation, listing (Visibility.ShowAll(sight, seqOf last)), marks))

/// What some conversations come to, for who is in.
let private certified (snapshot: Snapshot) (who: PersonId) (certify: ConversationId list) =
    certify
    |> List.choose (fun conversation ->
        let stream = StreamKey.Of(TenantId.Main, conversation)
        let past = List.ofSeq (snapshot.Store.Load stream)

        if Past.isMember who past then
            Some(Certificate.Of(begun snapshot who stream past, who))
        else
            None)

let private resume (cluster: Cluster) (who: PersonId) (cursor: string option) certify : ResumePage =
    let database = cluster.Database
    let snapshot = database.Now

    let given =
        cursor
        |> Option.map sinceOf
        |> Option.filter (fun (epoch, since) -> epoch = database.Epoch && since <= database.Next)

    let since = given |> Option.map snd |> Option.defaultValue 0L

    let conversations =
        Plan.conversations |> List.choose (streamOf >> resumption snapshot who since)

    let leads = cluster.Parts.LeadsTo database.Oldest database.Next
    let certificates = listing (certified snapshot who certify)
    ResumePage(cursorOf database.Epoch leads, cursor.IsSome && given.IsNone, listing conversations, false, certificates)

let private begin' (cluster: Cluster) (who: PersonId) (conversation: ConversationId) : Answer =
    let stream = StreamKey.Of(TenantId.Main, conversation)
    let snapshot = cluster.Database.Now
    let past = List.ofSeq (snapshot.Store.Load stream)

    if isTheirs who past then
        Anew(begun snapshot who stream past)
    else
        NotTheirs

let private arrivalOf (ticket: int64) (asked: Asked) : Arrival =
    match asked with
    | Request wanted ->
        Arrival.Request(
            ticket,
            wanted.Stream,
            wanted.Person,
            wanted.Device,
            wanted.Client,
            wanted.Digest,
            wanted.Command,
            Option.toNullable wanted.OccurredAt
        )
    | Marking(stream, who, marks) -> Arrival.Marking(ticket, stream, who, marks)

/// Takes a question. What another host owns is passed on to it, once; the answer goes where it was asked.
let rec take
    (cluster: Cluster)
    (host: Host)
    (device: Device)
    (isPassed: bool)
    (question: Question)
    (answer: Answer -> unit)
    =
    let reply (from: Host) (what: Answer) =
        cluster.Network.Carry from.End device.End (fun () -> answer what)

    let read (work: unit -> Answer) =
        if cluster.Holds host then
            atDatabase cluster host work (fun got -> reply host (Option.defaultValue NotNow got))
        else
            reply host NotNow

    match question with
    | Resuming(cursor, certify) -> read (fun () -> Page(resume cluster device.Who cursor certify))
    | Beginning conversation -> read (fun () -> begin' cluster device.Who conversation)
    | Wanting asked ->
        let stream = streamOfAsked asked
        let bucket = cluster.BucketOf stream

        match host.Owners.TryFind bucket with
        | _ when not (cluster.Holds host) -> reply host NotNow
        | Some owner when owner = host.Index ->
            let ticket = cluster.Number()
            host.Callers[ticket] <- fun told -> reply host (Replied(told, cluster.Database.Epoch))
            step cluster host (bucket % host.Lanes.Length) (Input.Arrived(seqOf [ arrivalOf ticket asked ]))
        | Some owner when not isPassed ->
            cluster.Note "passed on"
            let other = cluster.Hosts[owner]

            cluster.Network.Carry host.End other.End (fun () ->
                cluster.On other (fun () -> take cluster other device true question answer))
        | _ -> reply host NotNow
