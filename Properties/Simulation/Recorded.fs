/// What a lane says that it decided on is what it decided on: from the stream's first events, the versions of others
/// that it saw and the time, the same comes again. Whoever records it and decides anew relies on that.
module Chat.Spec.Simulation.Recorded

open System
open System.Collections.Generic
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Simulation.World

let private contextOf (judged: Output.Judged) (stream: AnyStream) =
    let request = judged.Request
    let now = max judged.Now.Milliseconds stream.LastAt.Milliseconds

    Context(
        request.Person,
        request.Device,
        Chat.Domain.Values.Instant now,
        request.OccurredAt,
        Tenant = request.Stream.Tenant,
        Id = request.Stream.Id
    )

let private eventsOf (world: World) (stream: StreamKey) (version: int64) =
    world.Store.Load stream |> Seq.truncate (int version) |> List.ofSeq

let private foldOf (world: World) (stream: StreamKey) (version: int64) =
    (world.Subject.Fresh stream).Fold(eventsOf world stream version |> Seq.map _.Event)

/// Facts as they were; none where a toy looked at another stream, which nobody can name.
let private factsThen (world: World) (judged: Output.Judged) (stream: AnyStream) =
    let request = judged.Request
    let context = contextOf judged stream
    let needs = stream.Needs(context, request.Command)

    if needs |> Seq.exists (fun key -> key :? Toys.ForeignKey) then
        None
    else
        let seen (key: StreamFactKey) =
            judged.Seen
            |> Seq.tryFind (fun guard -> guard.Stream = key.Stream)
            |> Option.map (fun guard -> StreamFact(foldOf world key.Stream guard.Version) :> AnyFact)

        let own =
            factsOf (world.Subject.Fresh request.Stream) needs (eventsOf world request.Stream judged.Version)

        let seeing (facts: Facts) (keys: AnyFactKey seq) =
            keys
            |> Seq.fold
                (fun (facts: Facts) key ->
                    match key with
                    | :? StreamFactKey as whole -> facts.With(key, toOption (seen whole))
                    | _ -> facts)
                facts

        let rec behind (facts: Facts) =
            let more =
                stream.Behind(context, request.Command, facts)
                |> Seq.filter (facts.Knows >> not)
                |> List.ofSeq

            if more.IsEmpty then facts else behind (seeing facts more)

        Some(behind (seeing own needs))

let private isAgain (world: World) (judged: Output.Judged) (decided: Result<Decision, Refusal>) =
    match decided, judged.Reply with
    | Error refusal, (:? Reply.Refused as told) -> judged.Events = 0 && refusal = told.Refusal
    | Ok decision, reply ->
        let stored =
            world.Store.Load judged.Request.Stream
            |> Seq.skip (int judged.Version)
            |> Seq.truncate decision.Events.Count
            |> Seq.map _.Event

        judged.Events = decision.Events.Count + decision.Further.Count
        && (decision.Events.IsEmpty || List.ofSeq decision.Events = List.ofSeq stored)
        && (reply :? Reply.Accepted || not decision.Events.IsEmpty)
    | _ -> false

let private again (world: World) (judged: Output.Judged) =
    let stream = foldOf world judged.Request.Stream judged.Version

    match factsThen world judged stream with
    | None -> world.Note "recorded, not decided again"
    | Some facts ->
        world.Note "decided again"

        let decided =
            stream.Decide(contextOf judged stream, judged.Request.Command, facts)
            |> ofEither

        if stream.Version <> judged.Version || not (isAgain world judged decided) then
            world.Wrong $"recorded {judged}, and decided again {decided}"

/// Whoever was told something that stands, of them it was said once what was decided.
let private whole (world: World) =
    let said = Dictionary<int64, Reply>()

    for judged in world.Judged do
        if
            judged.Request.Ticket <> 0L
            && not (said.TryAdd(judged.Request.Ticket, judged.Reply))
        then
            world.Wrong $"recorded twice: {judged}"

    for sent in world.Sent.Values do
        match sent.Asked, sent.Replies with
        | Request wanted, [ reply ] when not (Judge.isRetryable reply) ->
            match said.TryGetValue sent.Ticket with
            | true, recorded when recorded = reply -> ()
            | _ -> world.Wrong $"not recorded: {wanted}, which was told {reply}"
        | _ -> ()

/// Judges all that the lanes of a world said.
let judge (world: World) =
    whole world

    for judged in world.Judged do
        if judged.IsTwin then
            world.Note "recorded as a twin"
        else
            again world judged
