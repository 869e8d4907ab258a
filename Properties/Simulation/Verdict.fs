/// What is judged when a simulated world has come to rest.
module Chat.Spec.Simulation.Verdict

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Simulation.World

let private committed (world: World) =
    world.Commits |> Seq.collect _.Added |> List.ofSeq

let private streams (world: World) =
    committed world |> List.map _.Stream |> List.distinct

let private pasts (world: World) =
    streams world
    |> List.map (fun stream -> stream, List.ofSeq (world.Store.Load stream))

/// Everybody got one answer, except of a lane that died.
let private answers (world: World) =
    for sent in world.Sent.Values do
        if sent.Replies.IsEmpty && not sent.IsLost then
            world.Wrong $"never answered: ticket {sent.Ticket}, {sent.Asked}"

    for lane in world.Lanes do
        if lane.Lane.Waiting <> 0 then
            world.Wrong $"{lane.Lane.Waiting} wait for ever in lane {lane.Index}"

/// Versions and numbers without a gap, ids and requests once, time that never goes back.
let orderOf (wrong: string -> unit) (past: (StreamKey * Recorded list) list) =
    let ids = past |> List.collect snd |> List.map _.Id

    if List.length (List.distinct ids) <> ids.Length then
        wrong "an id was committed twice"

    for stream, events in past do
        let versions = events |> List.map _.Version
        let times = events |> List.map _.Event.At.Milliseconds

        let seqs =
            events
            |> List.choose (fun recorded -> Option.ofNullable recorded.Event.MessageSeq)

        if versions <> [ 1L .. int64 events.Length ] then
            wrong $"versions of {stream} have a gap: {versions}"

        if seqs <> [ 1L .. int64 seqs.Length ] then
            wrong $"numbers of {stream} have a gap: {seqs}"

        if times <> List.sort times then
            wrong $"time goes back in {stream}: {times}"

        // What one request comes to stands together.
        let requests =
            events
            |> List.map requestOf
            |> List.fold
                (fun before one ->
                    if List.tryHead before = Some one then
                        before
                    else
                        one :: before)
                []

        if requests.Length <> (List.distinct requests).Length then
            wrong $"a request took effect twice in {stream}"

/// Every event of a conversation is what its request comes to on all that happened before it: in a batch as one by one.
let decisionsOf wrong fresh (wanted: Wanted seq) (past: (StreamKey * Recorded list) list) =
    let requests = Dictionary<struct (System.Guid * Digest), Wanted>()

    for request in wanted do
        requests[struct (request.EventId, request.Digest)] <- request

    for stream, events in past do
        let mutable current: AnyStream = fresh stream

        for index, recorded in List.indexed events do
            match requests.TryGetValue(struct (recorded.Id, recorded.Origin.Digest)), recorded.Event with
            | (true, request), (:? Event as happened) ->
                let occurredAt = happened.Stamp.OccurredAt
                let context = Context(request.Person, request.Device, happened.At, occurredAt)
                let needs = current.Needs(context, request.Command)
                let facts = factsOf (fresh stream) needs (List.truncate index events)

                match ofEither (current.Decide(context, request.Command, facts)) with
                | Ok decision when
                    List.ofSeq decision.Events =
                        (events
                         |> List.skip index
                         |> List.truncate decision.Events.Count
                         |> List.map _.Event)
                    ->
                    ()
                | other -> wrong $"{recorded} is not what was to be decided: {other}"
            | _ -> ()

            current <- current.Evolve recorded.Event

let private order (world: World) = orderOf world.Wrong (pasts world)

let private decisions (world: World) =
    let wanted =
        world.Sent.Values
        |> Seq.choose (fun sent ->
            match sent.Asked with
            | Request request -> Some request
            | Marking _ -> None)

    decisionsOf world.Wrong world.Subject.Fresh wanted (pasts world)

/// What was relied on still stood when the transaction committed, and said what it had to say.
let private guards (world: World) =
    for number in 1 .. world.Commits.Count do
        let before, after = world.Snapshots[number - 1], world.Snapshots[number]

        for recorded in world.Commits[number - 1].Added do
            for guard in recorded.Guards do
                let least, most = before.VersionOf guard.Stream, after.VersionOf guard.Stream

                if guard.Version < least || most < guard.Version then
                    world.Wrong $"{recorded} relied on {guard}, which was at {least} … {most}"

            match recorded.Event with
            | :? Toys.ToyEvent as toy when toy.Fate = Toys.Entered ->
                let guard = recorded.Guards[0]
                let past = after.Load guard.Stream |> Seq.truncate (int guard.Version)
                let gate = Toys.fresh.Fold(past |> Seq.map _.Event).State :?> Toys.ToyState

                if not gate.IsOpen then
                    world.Wrong $"{recorded} went through a closed gate"
            | _ -> ()

/// Whoever went from a room came to another, in the same transaction.
let private moves (world: World) =
    let fates fate =
        committed world
        |> List.filter (fun recorded ->
            match recorded.Event with
            | :? Toys.ToyEvent as toy -> fate toy.Fate
            | _ -> false)

    let went = fates _.IsWent
    let came = fates _.IsCame

    if went.Length <> came.Length then
        world.Wrong $"{went.Length} went, {came.Length} came"

/// A lane publishes in order; where no lease moved, all that was committed, once.
let private publications (world: World) =
    for lane in world.Lanes do
        for stream, published in lane.Published |> Seq.groupBy _.Stream do
            let versions = published |> Seq.map _.Version |> List.ofSeq

            if versions <> List.sort versions then
                world.Wrong $"lane {lane.Index} published {stream} out of order: {versions}"

    let hasMoved shard =
        world.Lanes |> List.exists (fun lane -> lane.Shard = shard && lane.WasMoved)

    for stream in streams world do
        let isForeign (recorded: Recorded) =
            match recorded.Event with
            | :? Toys.ToyEvent as toy -> toy.Fate = Toys.Came
            | happened -> Houses.comesOfGoing happened

        if not (hasMoved (world.ShardOf stream)) then
            let own =
                world.Store.Load stream
                |> Seq.filter (isForeign >> not)
                |> Seq.map _.Version
                |> List.ofSeq

            let published =
                world.Lanes
                |> Seq.collect _.Published
                |> Seq.filter (fun recorded -> recorded.Stream = stream && not (isForeign recorded))
                |> Seq.map _.Version
                |> List.ofSeq

            if own <> published then
                world.Wrong $"{stream} holds {own}, and {published} was published"

/// 0 ≤ read ≤ delivered ≤ seq, in the store.
let private marks (world: World) =
    for sent in world.Sent.Values do
        match sent.Asked with
        | Marking(stream, who, _) ->
            let held = world.Store.MarksOf(stream, who)

            let last =
                (world.Subject.Fresh stream).Fold(world.Store.Load stream |> Seq.map _.Event).State :?> State

            if held.Read < 0L || held.Delivered < held.Read || last.LastSeq < held.Delivered then
                world.Wrong $"{who} has {held} of {last.LastSeq} in {stream}"
        | Request _ -> ()

/// Every gate that was opened rang the bell once: a policy takes effect once, and where no lane died it does.
let private policies (world: World) =
    let count fate stream =
        committed world
        |> List.filter (fun recorded ->
            match recorded.Event with
            | :? Toys.ToyEvent as toy -> toy.Fate = fate && stream recorded.Stream
            | _ -> false)
        |> List.length

    let opened = count Toys.Opened (fun _ -> true)
    let rang = count Toys.Rang (fun stream -> stream = Toys.bell)

    let isCalm =
        world.Seen.Keys |> Seq.forall (fun what -> not (disturbing.Contains what))

    if rang > opened || isCalm && rang < opened then
        world.Wrong $"{opened} gates were opened, and the bell rang {rang} times"

/// What falls due happens, also in a stream that nobody has loaded, and nothing stays noted that is not so.
let private alarms (world: World) =
    for stream in streams world do
        // What fell due since lanes last heard that time went by, some ticks ago, is not late.
        let now = (world.NowOf world.Lanes[world.Owners[world.ShardOf stream]]).Plus -40L

        let due =
            (world.Subject.Fresh stream).Fold(world.Store.Load stream |> Seq.map _.Event).Due
            |> ofOption

        match due with
        | Some(struct (at, _)) when at.Milliseconds <= now.Milliseconds ->
            world.Wrong $"{stream} was to be asked at {at}, and it is {now}"
        | _ -> ()

        if world.Store.DueBy now |> Seq.exists (fun noted -> noted.Stream = stream) then
            world.Wrong $"{stream} is noted as due by {now}, and is {due}"

let all (world: World) =
    answers world
    order world
    decisions world
    guards world
    moves world
    Blocks.judge world
    Houses.judge world
    publications world
    marks world
    policies world
    alarms world
    Recorded.judge world
