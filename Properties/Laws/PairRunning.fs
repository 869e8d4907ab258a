/// Runs traces of several streams through the commit loop, one wish after another.
module Chat.Spec.Laws.PairRunning

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Pairs
open Chat.Spec
open Chat.Spec.Generators.PairTraces
open Chat.Spec.Laws.Running

type PairDecider = Decider<State, Chat.Domain.Pairs.Command, Chat.Domain.Pairs.Event>

/// A wish with its answer, and what was stored before it and because of it.
type Done =
    {
        Wish: Wish
        Before: MemoryStore
        Reply: Reply
        After: MemoryStore
        Published: Output.Publish list
    }

let pastOfStream (store: MemoryStore) (stream: StreamKey) : Recorded list = List.ofSeq (store.Load stream)

/// What happened between two people.
let bondsOf (store: MemoryStore) (pair: StreamKey) : Chat.Spec.Oracle.Pairs.Past =
    pastOfStream store pair
    |> List.map (fun recorded -> recorded.Event :?> Chat.Domain.Pairs.Event)

let private freshIn (decider: PairDecider) (stream: StreamKey) : AnyStream =
    if stream.Kind = StreamKind.Pair then
        Stream<State, Chat.Domain.Pairs.Command, Chat.Domain.Pairs.Event>(decider, decider.Initial, 0L, Instant 0L)
    elif stream.Kind = StreamKind.Line then
        Chat.Domain.Calls.Line.New
    elif stream.Kind = StreamKind.Person then
        Chat.Domain.People.Person.New
    else
        Conversation.New

/// Each wish at a time of its own, so that leaving some out moves no other.
let runIn (fresh: StreamKey -> AnyStream) (wishes: (int * Wish) list) : Done list =
    let held = Held()

    let one (loop: Embedded, made: Done list) (index: int, wish: Wish) =
        let before = held.Store
        let client = ClientId.Of $"c{index}"
        let now = start.Plus(int64 (1_000 * index))

        let arrival =
            Arrival.Request(1L, wish.Stream, wish.Who, DeviceId.Of "phone", client, Digest(), wish.Command)

        let struct (loop, outputs) = loop.Submit(seqOf [ arrival :> Arrival ], now)

        let reply =
            outputs
            |> Seq.pick (fun output ->
                match output with
                | :? Output.Answer as answer -> Some answer.Reply
                | _ -> None)

        let published =
            outputs
            |> Seq.choose (fun output ->
                match output with
                | :? Output.Publish as publish -> Some publish
                | _ -> None)
            |> List.ofSeq

        let step =
            {
                Wish = wish
                Before = before
                Reply = reply
                After = held.Store
                Published = published
            }

        loop, step :: made

    wishes |> List.fold one (Embedded.Over(held, fresh), []) |> snd |> List.rev

let runSome (decider: PairDecider) (wishes: (int * Wish) list) : Done list = runIn (freshIn decider) wishes

/// How often each command and each event occurred.
let exercised (runs: Done list) : Map<string, int> =
    runs
    |> List.collect (fun one ->
        one.Wish.Command.GetType().Name
        :: [
            for publish in one.Published do
                for recorded in publish.Events -> recorded.Event.GetType().Name
        ])
    |> List.countBy id
    |> Map

/// What a wish added to its stream.
let added (one: Done) (stream: StreamKey) : Recorded list =
    pastOfStream one.After stream
    |> List.skip (pastOfStream one.Before stream |> List.length)

/// What a wish came to, as the oracle says it.
let answerOf (one: Done) : Chat.Spec.Oracle.Pairs.Answer =
    match one.Reply with
    | :? Reply.Refused as refused -> Chat.Spec.Oracle.Pairs.Refused(refused.Refusal.Code, ruleOf refused.Refusal)
    | _ ->
        match added one one.Wish.Stream with
        | [] -> Chat.Spec.Oracle.Pairs.AlreadySo
        | made :: _ -> Chat.Spec.Oracle.Pairs.Happens(made.Event.GetType().Name)

let run (decider: PairDecider) (trace: Trace) : Done list =
    runSome decider (List.indexed trace.Wishes)
