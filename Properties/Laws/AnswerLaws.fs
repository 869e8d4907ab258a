/// What those who ask are told, by a loop that gets one request at a time.
module Chat.Spec.Laws.AnswerLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

/// What a request is told by a loop that gets one at a time: what its id made before, a conflict, or what is decided.
let private expectedReply (past: Recorded list) (now: Instant) (ask: Ask) : Verdict * Recorded option =
    let sameRequest (recorded: Recorded) =
        recorded.Event.By = ask.Person
        && recorded.Origin.Device = ask.Device
        && recorded.Origin.Client = ask.Client

    match past |> List.tryFind sameRequest with
    | Some first when first.Origin.Digest = digestOf ask.Command -> AlreadySo, Some first
    | Some _ -> Refuse("conflict", "client_id.reused"), None
    | None ->
        let last =
            past |> List.map _.Event.At |> List.fold (fun a b -> Instant.Max(a, b)) now

        Verdicts.decide (contextOf ask last) (ask.Command :?> Command) past, None

/// What is told of an event: its receipt, or that a rule about words came before it.
let private toldOf (ask: Ask) (first: Recorded) isReplayed (reply: Reply) =
    match first.Event, reply with
    | (:? Event.TimedOut as timed), (:? Reply.Refused as refused) when timed.Rule.HasValue ->
        differ $"{ask}" (Reasons.unwanted timed.Rule.Value.Value) (Refuse(refused.Refusal.Code, ruleOf refused.Refusal))
    | (:? Event.TimedOut as timed), _ when timed.Rule.HasValue -> [ $"{ask} was not told of {timed}" ]
    | _, (:? Reply.Accepted as accepted) -> differ $"{ask}" (Receipt.Of(first, isReplayed)) accepted.Receipt
    | _ -> [ $"{ask}: expected {first}, was {reply}" ]

/// What a policy is against does not happen, changes nothing of what else does, and takes back nothing.
let policies: Law<AnyStream, Trace * int> =
    law "what a policy is against does not happen" (fun fresh (trace, seed) ->
        let against = Refusal.Unwanted(listing [ "policy.no" ])
        let isAgainst index = (index * 7 + seed) % 3 = 0

        let arrivals =
            trace.Asks |> List.mapi (fun index ask -> arrivalOf (int64 index + 1L) ask)

        let judged =
            arrivals
            |> List.mapi (fun index arrival ->
                match arrival with
                | :? Arrival.Request as request when isAgainst index ->
                    [
                        Arrival.Request(
                            request.Ticket,
                            request.Stream,
                            request.Person,
                            request.Device,
                            request.Client,
                            request.Digest,
                            request.Command,
                            request.OccurredAt,
                            Against = against
                        )
                        :> Arrival
                    ]
                | _ -> [ arrival ])

        let others =
            arrivals
            |> List.mapi (fun index arrival -> if isAgainst index then [] else [ arrival ])

        let replies, stored, _ = submit fresh judged
        let _, expected, _ = submit fresh others

        let wrongly (ticket: int64, reply: Reply) =
            match reply with
            | :? Reply.Accepted as accepted when isAgainst (int ticket - 1) ->
                let isSo = not accepted.Receipt.Replayed && accepted.Receipt.Seq.HasValue
                wrongIf isSo $"{ticket} was accepted: {accepted}"
            | _ -> []

        differ "what happened" expected stored @ List.collect wrongly replies)

let answers: Law<AnyStream, Trace> =
    law "every answer is the oracle's, exactly once" (fun fresh trace ->
        let arrivals =
            trace.Asks |> List.mapi (fun index ask -> [ arrivalOf (int64 index + 1L) ask ])

        let replies, stored, _ = submit fresh arrivals

        let check (past: Recorded list, wrongs, now: Instant) (ask: Ask, (_, reply: Reply)) =
            let expected = expectedReply past now ask
            let rest = List.skip past.Length stored
            let now' = now.Plus 5L

            match expected, reply with
            | (Refuse(code, rule), _), (:? Reply.Refused as refused) ->
                past,
                wrongs
                @ differ $"{ask}" (code, rule) (refused.Refusal.Code, ruleOf refused.Refusal),
                now'
            | (AlreadySo, Some first), reply -> past, wrongs @ toldOf ask first true reply, now'
            | (AlreadySo, None), (:? Reply.Accepted as accepted) ->
                past, wrongs @ differ $"{ask}" (int64 past.Length) accepted.Receipt.Version, now'
            | (Accept event, _), reply when not rest.IsEmpty ->
                let made = rest.Head

                past @ [ made ],
                wrongs
                @ differ $"{ask}" event (made.Event :?> Event)
                @ toldOf ask made false reply,
                now'
            | (AcceptAll events, _), (:? Reply.Accepted as accepted) when rest.Length >= events.Length ->
                let made = List.take events.Length rest

                past @ made,
                wrongs
                @ differ $"{ask}" events (made |> List.map Past.event)
                @ differ $"{ask}" (Receipt.Of(made.Head, false)) accepted.Receipt,
                now'
            | (expected, _), actual -> past, wrongs @ [ $"{ask}: expected {expected}, was {actual}" ], now'

        let past, wrongs, _ = List.zip trace.Asks replies |> List.fold check ([], [], start)
        wrongs @ differ "events stored" past.Length stored.Length)
