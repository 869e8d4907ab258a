/// Judges a simulated world: each answer and each publication as it comes, and everything at the end.
module Chat.Spec.Simulation.Judge

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Simulation.World
open Chat.Spec.Simulation.Carrying

let private isForHost (refusal: Refusal) =
    refusal :? Refusal.Busy
    || refusal :? Refusal.Unavailable
    || refusal :? Refusal.Moved

/// Whether whoever was told this may ask again.
let isRetryable (reply: Reply) =
    match reply with
    | :? Reply.Refused as refused -> isForHost refused.Refusal
    | _ -> false

/// What a request would be told if it were decided after the first events of its stream, on facts as they were once.
let private toldOn (world: World) (events: Recorded list) (foreign: MemoryStore) (wanted: Wanted) (now: Instant) =
    let stream = (world.Subject.Fresh wanted.Stream).Fold(events |> Seq.map _.Event)

    let now = Instant.Max(now, stream.LastAt)

    let context =
        Context(
            wanted.Person,
            wanted.Device,
            now,
            Option.toNullable wanted.OccurredAt,
            Tenant = wanted.Stream.Tenant,
            Id = wanted.Stream.Id
        )

    let gathered (keys: AnyFactKey seq) =
        gatheredOf world.Subject.Fresh foreign events wanted.Stream keys

    let needs = stream.Needs(context, wanted.Command)

    let rec behind (known: AnyFactKey list) =
        let more =
            stream.Behind(context, wanted.Command, gathered known)
            |> Seq.except known
            |> List.ofSeq

        if more.IsEmpty then
            gathered known
        else
            behind (known @ more)

    let facts = behind (List.ofSeq needs)

    match ofEither (stream.Decide(context, wanted.Command, facts)) with
    | Ok decision when decision.Events.IsEmpty -> $"already so at {stream.Version}"
    | Ok _ -> "accepted"
    | Error refusal -> $"refused: {refusal.Code} {ruleOf refusal}"

let private restsOnOthers (command: AnyCommand) =
    match command with
    | :? Command as own -> own :? Command.Create || own :? Command.Invite
    | _ -> true

/// What is so already, and what is refused, must be so at some version that is not older than what had been
/// acknowledged when it was asked. Only whoever holds the lease is to be believed.
let private justified (world: World) (lane: Running) (sent: Sent) (wanted: Wanted) (told: string) =
    let epoch = world.Epochs[lane.Shard]
    let holds = lane.Lane.Epoch = System.Nullable epoch && sent.Epoch = epoch

    if holds then
        let events = List.ofSeq (world.Store.Load wanted.Stream)
        let floor = int (world.Snapshots[sent.Floor].VersionOf wanted.Stream)

        // A foreign fact may be as old as what was gathered for those who waited before.
        let foreign: MemoryStore seq =
            if restsOnOthers wanted.Command then
                world.Snapshots
            else
                [ world.Store ]

        let would =
            seq {
                // Mostly it is so at the moment of the answer; else it was at one since it was asked.
                for tick in world.Tick .. -1 .. sent.SentAt do
                    for now in timesOf lane tick do
                        for length in floor .. events.Length do
                            for store in foreign do
                                toldOn world (List.truncate length events) store wanted now
            }

        if not (Seq.contains told would) then
            let all = would |> Seq.distinct |> String.concat "; "
            world.Wrong $"{wanted} was told '{told}', and never was so since version {floor}, but: {all}"

let private acknowledge (world: World) (first: Recorded) =
    let number = world.CommitOf first.Id

    if number > 0 then
        for recorded in world.Commits[number - 1].Added do
            if recorded.Event.By = first.Event.By && recorded.Origin = first.Origin then
                let before = world.FloorOf recorded.Stream
                world.Acknowledged[recorded.Stream] <- max before number

/// The first answer that a request was given once it had happened, and when.
type private Firsts = Dictionary<System.Guid, int>

/// Keeps that a request was told what became of it.
let private told (world: World) (firsts: Firsts) (first: Recorded) =
    if not (firsts.ContainsKey first.Id) then
        firsts[first.Id] <- world.Tick

    acknowledge world first

let private accepted (world: World) (firsts: Firsts) lane (sent: Sent) (wanted: Wanted) (receipt: Receipt) =
    match ofOption (world.Store.Find wanted.EventId) with
    | Some first when Receipt.Of(first, receipt.Replayed) = receipt ->
        if not (first.Origin.Digest.Agrees wanted.Digest) then
            world.Wrong $"{wanted} was accepted under the id of another request"

        told world firsts first
    | Some _ when firsts.ContainsKey wanted.EventId && firsts[wanted.EventId] < sent.SentAt ->
        world.Wrong $"{wanted} was accepted before, and is told another thing: {receipt}"
    | _ -> justified world lane sent wanted $"already so at {receipt.Version}"

let private refused
    (world: World)
    (firsts: Firsts)
    lane
    input
    waiting
    (sent: Sent)
    (wanted: Wanted)
    (refusal: Refusal)
    =
    let stored = ofOption (world.Store.Find wanted.EventId)
    world.Note refusal.Code

    match refusal with
    | :? Refusal.Busy ->
        let isFull =
            match (input: Input) with
            | :? Input.Arrived as arrived -> waiting + arrived.Arrivals.Count > world.Options.MaxWaiting
            | :? Input.Settled -> world.Options.MaxAttempts < 50
            | _ -> false

        if not isFull then
            world.Wrong $"busy without need: {waiting} waited"
    | :? Refusal.Conflict ->
        match stored with
        | Some first when not (first.Origin.Digest.Agrees wanted.Digest) -> ()
        | _ -> world.Wrong $"a conflict with nothing: {wanted}"
    | host when isForHost host -> ()
    | _ ->
        match stored with
        | Some first when first.Event.Refused = refusal && first.Origin.Digest.Agrees wanted.Digest ->
            told world firsts first
        | Some first when
            firsts.ContainsKey first.Id
            && firsts[first.Id] < sent.SentAt
            && first.Origin.Digest.Agrees wanted.Digest
            ->
            world.Wrong $"{wanted} was accepted before, and is refused: {refusal}"
        | _ -> justified world lane sent wanted $"refused: {refusal.Code} {ruleOf refusal}"

let private lastSeq (world: World) stream =
    world.Store.Load stream
    |> Seq.filter (fun recorded -> recorded.Event.MessageSeq.HasValue)
    |> Seq.length
    |> int64

let private published (world: World) (lane: Running) (publish: Output.Publish) =
    let stored = world.Store.Load publish.Stream

    for recorded in publish.Events do
        if ofOption (world.Store.Find recorded.Id) <> Some recorded then
            world.Wrong $"published, and not committed: {recorded}"

    let version = publish.After.Version

    let folded =
        (world.Subject.Fresh publish.Stream).Fold(stored |> Seq.truncate (int version) |> Seq.map _.Event)

    if folded.State <> publish.After.State then
        world.Wrong $"published with a state that is not that of {publish.Stream} at {version}"

    lane.Published.AddRange publish.Events

/// The ears of a judge, with what it remembers.
let ears (world: World) : Ears =
    let firsts = Firsts()

    let answered (lane: Running) (input: Input) (waiting: int) (answer: Output.Answer) =
        match world.Sent.TryGetValue answer.Ticket with
        | false, _ -> world.Wrong $"an answer to nobody: {answer}"
        | true, sent ->
            if not sent.Replies.IsEmpty then
                world.Wrong $"answered twice: {sent.Asked} {sent.Replies} {answer.Reply}"

            sent.Replies <- answer.Reply :: sent.Replies

            match sent.Asked, answer.Reply with
            | Request wanted, (:? Reply.Accepted as reply) -> accepted world firsts lane sent wanted reply.Receipt
            | Request wanted, (:? Reply.Refused as reply) ->
                refused world firsts lane input waiting sent wanted reply.Refusal
            | Marking(stream, who, _), (:? Reply.Marked as reply) ->
                world.Note "marked"
                let held = world.Store.MarksOf(stream, who)

                if held.Join reply.Marks <> held then
                    world.Wrong $"marked {reply.Marks}, and {held} is stored"

                if reply.Marks.Delivered > lastSeq world stream then
                    world.Wrong $"marked {reply.Marks} beyond {lastSeq world stream}"
            | Marking _, (:? Reply.Refused) -> ()
            | asked, reply -> world.Wrong $"{asked} was told {reply}"

    {
        Answered = answered
        Published = published world
    }
