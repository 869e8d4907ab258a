/// Runs traces of calls through the commit loop.
module Chat.Spec.Laws.CallRunning

open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Laws.Running
open Chat.Spec.Laws.RoomRunning

type LineDecider = Decider<State, Command, Event>
type PairDecider = Decider<Chat.Domain.Pairs.State, Chat.Domain.Pairs.Command, Chat.Domain.Pairs.Event>

/// Lines and pairs, so that mistaken ones can be put in their place.
type Exchange =
    {
        Lines: LineDecider
        Pairs: PairDecider
        IsHeard: Chat.Domain.Places.State -> PersonId -> Instant -> bool
        NotPassed: State -> PersonId -> DeviceId -> int64 -> Refusal option
    }

let domain: Exchange =
    {
        Lines = Line.Decider
        Pairs = Chat.Domain.Pairs.Pair.Decider
        IsHeard = fun callee caller now -> Line.IsHeard(callee, caller, now)
        NotPassed = fun line who device number -> Line.NotPassed(line, who, device, number) |> ofOption
    }

let freshIn (exchange: Exchange) (stream: StreamKey) : AnyStream =
    match stream.Kind with
    | StreamKind.Line -> Stream<State, Command, Event>(exchange.Lines, State.Initial, 0L, Instant 0L)
    | StreamKind.Pair ->
        Stream<Chat.Domain.Pairs.State, Chat.Domain.Pairs.Command, Chat.Domain.Pairs.Event>(
            exchange.Pairs,
            Chat.Domain.Pairs.State.Initial,
            0L,
            Instant 0L
        )
    | StreamKind.Place -> Chat.Domain.Places.Place.New
    | StreamKind.Person -> Chat.Domain.People.Person.New
    | _ -> Chat.Domain.Conversations.Conversation.New

/// What was asked, when, what it came to, and what had happened before it and after.
type Done =
    {
        Asked: Asked
        Now: Instant
        Reply: Reply
        Before: MemoryStore
        After: MemoryStore
        /// What was stored because of it.
        Made: Recorded list
    }

    override made.ToString() = $"{made.Asked}"

/// Each at its time, under an id of its own.
let run (exchange: Exchange) (trace: Trace) : Done list =
    let kept = Kept()

    let one (loop: Embedded, now: Instant, made: Done list) (index: int, asked: Asked) =
        let now = now.Plus asked.Wait
        let before, count = kept.Store, kept.Log.Count

        let arrival =
            Arrival.Request(
                int64 index + 1L,
                asked.Stream,
                asked.Who,
                asked.Device,
                ClientId.Of $"c{index}",
                Digest(),
                asked.Command
            )

        let struct (loop, outputs) = loop.Submit(seqOf [ arrival :> Arrival ], now)

        let step =
            {
                Asked = asked
                Now = now
                Reply = (answersIn outputs)[int64 index + 1L]
                Before = before
                After = kept.Store
                Made = kept.Log |> Seq.skip count |> List.ofSeq
            }

        loop, now, step :: made

    let _, _, made =
        trace.Asks
        |> List.indexed
        |> List.fold one (Embedded.Over(kept, freshIn exchange), start, [])

    List.rev made

let ofLines (runs: Done list) : Done list =
    runs |> List.filter (fun one -> one.Asked.Stream.Kind = StreamKind.Line)

let lineIn (exchange: Exchange) (store: MemoryStore) (line: StreamKey) : AnyStream =
    (freshIn exchange line).Fold(store.Load line |> Seq.map _.Event)

let placeIn (store: MemoryStore) (who: PersonId) : Chat.Domain.Places.State =
    let events = store.Load(StreamKey.Place(TenantId.Main, who)) |> Seq.map _.Event

    (Chat.Domain.Places.Place.New.Fold events).State :?> Chat.Domain.Places.State

/// How often each command, event, ending and refusal occurred.
let exercised (runs: Done list) : Map<string, int> =
    runs
    |> ofLines
    |> List.collect (fun one ->
        [
            yield one.Asked.Command.GetType().Name

            for recorded in one.Made do
                match recorded.Event with
                | :? Event.Ended as ended -> yield $"ended {ended.How}"
                | happened -> yield happened.GetType().Name

            match one.Reply with
            | :? Reply.Refused as refused -> yield ruleOf refused.Refusal
            | _ -> ()
        ])
    |> List.countBy id
    |> Map
