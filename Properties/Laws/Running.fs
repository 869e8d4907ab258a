/// Runs a trace against a decider, as the loop would with one request at a time.
module Chat.Spec.Laws.Running

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators.Traces

type ConversationDecider = Decider<State, Command, Event>

let key = streamOf "c1"
let start = Instant 1_800_000_000_000L

let freshOf (decider: ConversationDecider) : AnyStream =
    Stream<State, Command, Event>(decider, decider.Initial, 0L, Instant 0L)

/// A stream from what a snapshot holds of it.
let restoredOf (decider: ConversationDecider) (held: AnyStream) : AnyStream =
    let state = held.State :?> State
    Stream<State, Command, Event>(decider, state, state.Version, held.LastAt)

/// A state as it is told: who closed it is nobody's to know here.
let told (state: State) =
    State(
        state.Version,
        state.LastSeq,
        state.Kind,
        state.Name,
        state.Topic,
        state.Members,
        state.Invited,
        Settings = state.Settings,
        Roles = state.Roles,
        Banned = state.Banned,
        Knocking = state.Knocking,
        Pins = state.Pins
    )

type Step =
    {
        Ask: Ask
        Context: Context
        /// All that had happened when it was asked.
        Past: Recorded list
        Stream: AnyStream
        Facts: Facts
        Answer: Result<Decision, Refusal>
        Made: Recorded list
    }

let contextOf (ask: Ask) (now: Instant) =
    Context(ask.Person, ask.Device, now, ask.OccurredAt |> Option.toNullable)

let recordedOf (key: StreamKey) (ask: Ask) (past: Recorded list) (events: AnyEvent seq) =
    let origin = Origin(ask.Device, ask.Client, digestOf ask.Command)

    events
    |> Seq.mapi (fun index happened ->
        let id = Derive.EventId(key, ask.Person, ask.Device, ask.Client, index)
        Recorded(key, int64 (past.Length + index + 1), id, happened, origin, listing []))
    |> List.ofSeq

/// Decides each request of a trace on what was accepted before it; ids play no part here.
let steps (fresh: AnyStream) (trace: Trace) : Step list =
    let next (made: Step list, past: Recorded list, stream: AnyStream, clock: Instant) (ask: Ask) =
        let clock = clock.Plus ask.Wait
        let context = contextOf ask (Instant.Max(clock, stream.LastAt))
        let facts = factsOf fresh (stream.Needs(context, ask.Command)) past
        let answer = ofEither (stream.Decide(context, ask.Command, facts))

        let events =
            match answer with
            | Ok decision -> recordedOf key ask past decision.Events
            | Error _ -> []

        let step =
            {
                Ask = ask
                Context = context
                Past = past
                Stream = stream
                Facts = facts
                Answer = answer
                Made = events
            }

        step :: made, past @ events, stream.Fold(events |> Seq.map _.Event), clock

    let made, _, _, _ = trace.Asks |> List.fold next ([], [], fresh, start)
    List.rev made

/// Why what was asked for is not what happened, where a rule came before it.
let insteadOf (made: Recorded list) : Refusal option =
    made
    |> List.tryHead
    |> Option.bind (fun first -> Option.ofObj first.Event.Refused)

/// All that happened in a trace.
let pastOf (fresh: AnyStream) (trace: Trace) : Recorded list =
    steps fresh trace |> List.collect _.Made

let foldOf (fresh: AnyStream) (past: Recorded list) = fresh.Fold(past |> Seq.map _.Event)

/// A store in memory behind the interface that an embedder implements.
type Held() =
    let mutable store = MemoryStore.Empty

    member _.Store = store

    interface IStore with
        member _.Load stream = store.Load stream

        member _.LookUp ids =
            ids |> Seq.choose (store.Find >> ofOption) |> seqOf

        member _.Append batch =
            let struct (next, outcome) = store.Append batch
            store <- next
            outcome

let arrivalOf (ticket: int64) (ask: Ask) : Arrival =
    let digest = digestOf ask.Command
    let occurredAt = ask.OccurredAt |> Option.toNullable
    Arrival.Request(ticket, key, ask.Person, ask.Device, ask.Client, digest, ask.Command, occurredAt)

/// Submits arrivals to the loop in groups, some milliseconds apart; the answers by ticket, what is stored, and all that
/// the loop wanted said.
let submitPaced (pace: int64) (fresh: AnyStream) (groups: Arrival list list) =
    let held = Held()

    let next (loop: Embedded, heard: Output list, now: Instant) (group: Arrival list) =
        let struct (loop, outputs) = loop.Submit(seqOf group, now)
        loop, heard @ List.ofSeq outputs, now.Plus pace

    let loop = Embedded.Over(held, (fun _ -> fresh))
    let _, outputs, _ = groups |> List.fold next (loop, [], start)

    let answers =
        outputs
        |> List.choose (fun output ->
            match output with
            | :? Output.Answer as answer -> Some(answer.Ticket, answer.Reply)
            | _ -> None)

    answers, List.ofSeq (held.Store.Load key), outputs

let submit fresh groups = submitPaced 5L fresh groups
