/// Carries out what lanes want, late, out of order, and with the faults that the dice want.
module Chat.Spec.Simulation.Carrying

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Simulation.World

/// A stream as it is loaded: from the newest snapshot, or from its beginning.
let private loaded (world: World) (stream: StreamKey) : AnyStream * int64 =
    let events = List.ofSeq (world.Store.Load stream)

    match world.Kept.TryGetValue stream with
    | true, kept when world.Happens 700 ->
        let tail = events |> List.skip (int kept.Version)
        kept.Fold(tail |> Seq.map _.Event), kept.Version
    | _ -> (world.Subject.Fresh stream).Fold(events |> Seq.map _.Event), 0L

/// Commits a batch as far as it can be, and keeps what was added.
let private commit (world: World) (lane: Running) (batch: Batch) : Outcome =
    if world.Subject.Fences batch.Epoch world.Epochs[lane.Shard] then
        world.Note "fenced"
        Outcome.Fenced()
    else
        let before = world.Store
        let after, outcome = world.Subject.Append before batch

        let added =
            batch.Additions
            |> Seq.collect (fun addition -> Seq.append addition.Events addition.Further)
            |> Seq.filter (fun recorded -> (before.Find recorded.Id).IsNone && (after.Find recorded.Id).IsSome)
            |> List.ofSeq

        world.Commits.Add
            {
                Batch = batch
                By = lane.Index
                Added = added
            }

        world.Snapshots.Add after

        match outcome with
        | :? Outcome.Committed as committed when not committed.Aside.IsEmpty -> world.Note "set aside"
        | _ -> world.Note "committed"

        outcome

/// Judges answers as they are given; set by the judge.
type Ears =
    {
        Answered: Running -> Input -> int -> Output.Answer -> unit
        Published: Running -> Output.Publish -> unit
    }

let rec private deliver (world: World) (ears: Ears) (lane: Running) (instance: int) (input: Input) =
    if lane.Instance = instance then
        step world ears lane input

/// One step of a lane, and all that it wants.
and step (world: World) (ears: Ears) (lane: Running) (input: Input) =
    let waiting = lane.Lane.Waiting
    let next, outputs = world.Subject.Step lane.Lane input (world.NowOf lane)
    lane.Lane <- next

    for output in outputs do
        carry world ears lane input waiting output

and private carry world ears lane input waiting (output: Output) =
    let instance = lane.Instance

    let tell input =
        world.Later(fun () -> deliver world ears lane instance input)

    match output with
    | :? Output.Load as load -> world.Later(fun () -> tell (load |> answerLoad world))
    | :? Output.Gather as gather -> world.Later(fun () -> tell (answerGather world gather))
    | :? Output.LookUp as ask -> world.Later(fun () -> tell (answerLookUp world ask))
    | :? Output.Append as append -> world.Later(fun () -> answerAppend world lane append.Batch tell)
    | :? Output.Answer as answer -> ears.Answered lane input waiting answer
    | :? Output.Publish as publish -> ears.Published lane publish
    | :? Output.Snapshot as snapshot ->
        match world.Kept.TryGetValue snapshot.Stream with
        | true, kept when kept.Version >= snapshot.Current.Version -> ()
        | _ -> world.Kept[snapshot.Stream] <- snapshot.Current
    | :? Output.Remind as remind -> world.Remind remind
    | :? Output.Judged as judged -> world.Judged.Add judged
    | :? Output.Tell as changed ->
        let owner = world.Lanes[world.Owners[world.ShardOf changed.Stream]]
        world.Note "told"
        step world ears owner (Input.Changed changed.Stream)
    | :? Output.Forward as forward ->
        world.Note "forwarded"

        world.Later(fun () ->
            let owner = world.Lanes[world.Owners[world.ShardOf forward.Request.Stream]]
            step world ears owner (Input.Arrived(seqOf [ forward.Request :> Arrival ])))
    | _ -> ()

and private answerLoad world (load: Output.Load) : Input =
    if world.Happens world.Faults.NotLoaded then
        world.Note "not loaded"
        Input.NotLoaded(load.Stream, load.Ask)
    else
        let current, snapshot = loaded world load.Stream
        Input.Loaded(load.Stream, current, snapshot, load.Ask)

and private answerGather world (gather: Output.Gather) : Input =
    if world.Happens world.Faults.NotLoaded then
        world.Note "not gathered"
        Input.NotLoaded(gather.Stream, gather.Ask)
    else
        world.Note "gathered"
        let own = List.ofSeq (world.Store.Load gather.Stream)
        let facts = gatheredOf world.Subject.Fresh world.Store own gather.Stream gather.Keys
        Input.Gathered(gather.Stream, world.Store.VersionOf gather.Stream, facts, gather.Ask)

and private answerLookUp world (ask: Output.LookUp) : Input =
    if world.Happens world.Faults.NotFound then
        world.Note "not looked up"
        Input.NotFound ask.Ask
    else
        world.Note "looked up"

        let found = ask.Ids |> Seq.choose (world.Store.Find >> ofOption)
        Input.Found(byId found, ask.Ask)

and private answerAppend world lane (batch: Batch) tell =
    let settled outcome =
        tell (Input.Settled(batch.Number, outcome))

    if world.Happens world.Faults.Fail then
        world.Note "failed"
        settled (Outcome.Failed())
    elif world.Happens world.Faults.Unknown then
        world.Note "unknown"

        match world.Dice.Below 3 with
        | 0 -> commit world lane batch |> ignore
        | 1 -> world.Later(fun () -> commit world lane batch |> ignore)
        | _ -> ()

        settled (Outcome.Unknown())
    else
        settled (commit world lane batch)
