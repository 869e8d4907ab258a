/// What holds of any decider, whatever it decides.
module Chat.Spec.Laws.DeciderLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

let evolveTotal: Law<AnyStream, AnyEvent list> =
    law "evolve is total on hostile events" (fun fresh events ->
        let after = fresh.Fold events
        let nobody = Context(person "nobody", DeviceId.Of "none", after.LastAt)
        after.Due |> ignore
        after.Needs(nobody, Command.Join()) |> ignore
        after.Mark(person "ann", Marks(7L, 9L)) |> ignore
        differ "version" (int64 events.Length) after.Version)

let decideTotal: Law<AnyStream, AnyEvent list * Trace> =
    law "decide is total on hostile pasts" (fun fresh (events, trace) ->
        let after = fresh.Fold events

        let recorded =
            events
            |> List.mapi (fun index happened ->
                let origin = Origin(DeviceId.Of "none", ClientId.Of $"h{index}", Digest())
                Recorded(key, int64 (index + 1), System.Guid.Empty, happened, origin, listing []))

        trace.Asks
        |> List.collect (fun ask ->
            let context = contextOf ask after.LastAt
            let facts = factsOf fresh (after.Needs(context, ask.Command)) recorded

            match ofEither (after.Decide(context, ask.Command, facts)) with
            | Ok decision -> wrongIf (decision.Events.Count > 1 + Limits.Purged) "more events than messages of one"
            | Error refusal -> wrongIf (System.String.IsNullOrEmpty refusal.Code) "a refusal without a code"))

let deterministic: Law<AnyStream, Trace> =
    law "decide is deterministic" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let again =
                ofEither (step.Stream.Decide(step.Context, step.Ask.Command, step.Facts))

            differ $"{step.Ask}" step.Answer again))

/// What a repeated request must be told, given what its id made the first time.
let private toldAgain (past: Recorded list) (ticket: int64, reply: Reply) (ask: Ask) =
    let id = Derive.EventId(key, ask.Person, ask.Device, ask.Client, 0)

    match past |> List.tryFind (fun recorded -> recorded.Id = id), reply with
    | None, _ -> []
    | Some first, (:? Reply.Accepted as accepted) ->
        wrongIf (not (first.Origin.Digest.Agrees(digestOf ask.Command))) $"{ticket}: another body was accepted"
        @ differ $"receipt {ticket}" (Receipt.Of(first, true)) accepted.Receipt
    | Some first, (:? Reply.Refused as refused) when Option.isSome (insteadOf [ first ]) ->
        wrongIf
            (first.Origin.Digest.Agrees(digestOf ask.Command)
             && Some refused.Refusal <> insteadOf [ first ])
            $"{ticket}: another refusal"
    | Some first, (:? Reply.Refused as refused) ->
        wrongIf (first.Origin.Digest.Agrees(digestOf ask.Command)) $"{ticket}: accepted, then {refused}"
        @ differ $"{ticket}" "conflict" refused.Refusal.Code
    | Some _, other -> [ $"{ticket}: {other}" ]

/// The second time nothing happens, and whoever was accepted is told the same.
let resubmission: Law<AnyStream, Trace> =
    law "resubmission adds nothing" (fun fresh trace ->
        let once =
            trace.Asks |> List.mapi (fun index ask -> [ arrivalOf (int64 index + 1L) ask ])

        let _, past, _ = submit fresh once
        let answers, pastTwice, _ = submit fresh (once @ once)
        let ids = pastTwice |> List.map _.Id

        // What was refused or already so at first may happen the second time; what had happened may not.
        differ "events of the first time" past (List.truncate past.Length pastTwice)
        @ wrongIf (List.distinct ids <> ids) "an id came twice"
        @ differ "answers" (2 * once.Length) answers.Length
        @ (List.zip (List.skip once.Length answers) trace.Asks
           |> List.collect (fun (answer, ask) -> toldAgain past answer ask)))

/// Folding in two parts, with a snapshot between them, is folding.
let snapshots: Law<ConversationDecider, Trace> =
    law "fold (a ++ b) = fold (fold a) b = snapshot + tail" (fun decider trace ->
        let fresh = freshOf decider
        let past = pastOf fresh trace
        let whole = foldOf fresh past

        [ 0 .. past.Length ]
        |> List.collect (fun cut ->
            let before, after = List.splitAt cut past
            let half = foldOf fresh before
            let snapshot = restoredOf decider half

            differ $"state cut at {cut}" whole.State (foldOf half after).State
            @ differ $"state from a snapshot at {cut}" whole.State (foldOf snapshot after).State
            @ differ $"version from a snapshot at {cut}" whole.Version (foldOf snapshot after).Version))

let strippedOf (happened: AnyEvent) : AnyEvent =
    match happened with
    | :? Event as mine -> mine.Stripped()
    | other -> other

/// What was said is not in the state, nor in any fact.
let stripped: Law<AnyStream, AnyEvent list> =
    law "fold (strip e) = fold e" (fun fresh events ->
        let keys: AnyFactKey list =
            [
                for seq in 0L .. 6L -> FactKey.Message seq
                for who in Generators.Palette.people -> FactKey.AccessOf who
            ]

        let known =
            keys
            |> List.fold (fun (facts: Facts) key -> facts.With(key, noOption)) Facts.Empty

        let factsAfter =
            events
            |> List.indexed
            |> List.fold
                (fun (facts: Facts) (index, happened) -> fresh.EvolveFacts(facts, int64 index + 1L, happened))
                known

        let factsStripped =
            events
            |> List.indexed
            |> List.fold
                (fun (facts: Facts) (index, happened) ->
                    fresh.EvolveFacts(facts, int64 index + 1L, strippedOf happened))
                known

        differ "state" (fresh.Fold events).State (fresh.Fold(List.map strippedOf events)).State
        @ differ "facts" factsAfter factsStripped)

/// Whether the id of a request made something.
let private isMade (past: Recorded list) (ask: Ask) =
    let id = Derive.EventId(key, ask.Person, ask.Device, ask.Client, 0)
    past |> List.exists (fun recorded -> recorded.Id = id)

/// At one and the same time, since that is all a batch may change.
let batching: Law<AnyStream, Trace> =
    law "a batch = one by one" (fun fresh trace ->
        let arrivals =
            trace.Asks |> List.mapi (fun index ask -> arrivalOf (int64 index + 1L) ask)

        let together, pastTogether, _ = submitPaced 0L fresh [ arrivals ]
        let apart, pastApart, _ = submitPaced 0L fresh (List.map List.singleton arrivals)

        let same (ask: Ask, (ticket, one: Reply), (_, other: Reply)) =
            // Of twins that wait together, the one that came to nothing may be told what the other came to.
            if
                one = other
                || List.isEmpty (toldAgain pastTogether (ticket, other) ask)
                   && isMade pastTogether ask
            then
                []
            else
                [ $"{ask}: {one} one by one, {other} in a batch" ]

        differ "events" pastApart pastTogether
        @ (List.zip3 trace.Asks (List.sortBy fst apart) (List.sortBy fst together)
           |> List.collect same))
