/// Calls of two: against the oracle, and that nobody is on two.
module Chat.Spec.Laws.CallLaws

open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Laws.CallRunning

type private Bonding = Chat.Domain.Pairs.Command
type private Happening = Chat.Domain.Calls.Event

let private pairs =
    [
        for at, one in List.indexed people do
            for other in List.skip (at + 1) people -> one, other
    ]

// What happened in a stream is in order; which stream comes first says nothing.
let private byStream (happened: (StreamKey * AnyEvent) list) =
    happened
    |> List.groupBy fst
    |> List.map (fun (stream, some) -> string stream, List.map snd some)
    |> List.sortBy fst

let private answerOf (one: Done) : Answer = RoomRunning.answerOf one.Reply one.Made

let private like (expected: Answer) (found: Answer) =
    match expected, found with
    | Happens wanted, Happens made -> byStream wanted = byStream made
    | _ -> expected = found

/// Events and refusals are the oracle's, in every stream that changes.
let answers: Law<Exchange, Trace> =
    law "what comes of a call in all streams is the oracle's" (fun exchange trace ->
        ofLines (run exchange trace)
        |> List.collect (fun one ->
            let command = one.Asked.Command :?> Chat.Domain.Calls.Command

            let expected =
                Calls.decide people one.Asked.Who one.Asked.Whom one.Asked.Device one.Now command (pastOf one.Before)

            if like expected (answerOf one) then
                []
            else
                differ $"{one}" expected (answerOf one)))

let private afterEach exchange trace (judge: Done -> string list) =
    run exchange trace
    |> List.filter (fun one -> not one.Made.IsEmpty)
    |> List.collect judge

/// Nobody is on two calls, and who is on one is so by their place.
let oneCall: Law<Exchange, Trace> =
    law "nobody is on two calls, and the place says on which" (fun exchange trace ->
        afterEach exchange trace (fun one ->
            people
            |> List.collect (fun who ->
                let on = Calls.onCallWith people who (pastOf one.After)
                let place = Option.ofNullable (placeIn one.After who).OnCallWith

                wrongIf (on.Length > 1) $"{who} is on calls with {on} after {one}"
                @ differ $"with whom {who} is on a call after {one}" (List.tryHead on) place)))

/// Each call that is over stands in the conversation once, as it was: who called, how it ended, how long it was.
let kept: Law<Exchange, Trace> =
    law "how a call ended is kept once in the conversation" (fun exchange trace ->
        match List.tryLast (run exchange trace) with
        | None -> []
        | Some last ->
            let past = pastOf last.After

            pairs
            |> List.collect (fun (one, other) ->
                let direct = past (StreamKey.Of(TenantId.Main, one, other)).Direct

                let told =
                    direct
                    |> List.choose (fun happened ->
                        match happened with
                        | :? Event.Called as called -> Some(called.By, called.IsVideo, called.How, called.LengthMs)
                        | _ -> None)

                let over =
                    Calls.calls one other past
                    |> List.choose (fun call ->
                        let length (ended: Happening.Ended) =
                            match call.Taken with
                            | Some taken -> ended.At.Milliseconds - taken.At.Milliseconds
                            | None -> 0L

                        call.Over
                        |> Option.map (fun ended -> call.Rung.By, call.Rung.IsVideo, ended.How, length ended))

                // Those before the two had a conversation may not have begun one.
                let missing = over.Length - told.Length

                wrongIf
                    (missing < 0 || List.skip missing over <> told)
                    $"{one} and {other}: {over} ended, and {told} stand in their conversation"))

/// Nobody who was closed out is on a call with whoever closed them out.
let blocks: Law<Exchange, Trace> =
    law "a block ends the call" (fun exchange trace ->
        afterEach exchange trace (fun one ->
            let past = pastOf one.After

            pairs
            |> List.collect (fun (who, other) ->
                wrongIf
                    (Rooms.isClosed who other past && Option.isSome (Calls.current who other past))
                    $"{who} and {other} talk after {one}")))

/// Only whoever is called takes it, once, while it rings.
let taken: Law<Exchange, Trace> =
    law "a call is taken once, by whoever is called" (fun exchange trace ->
        afterEach exchange trace (fun one ->
            one.Made
            |> List.collect (fun recorded ->
                match recorded.Event with
                | :? Happening.Answered as answered ->
                    match Calls.current one.Asked.Who one.Asked.Whom (pastOf one.Before) with
                    | Some call ->
                        wrongIf (call.Rung.Other <> answered.By) $"{one}: {answered.By} was not called"
                        @ wrongIf (Option.isSome call.Taken) $"{one}: it was taken before"
                    | None -> [ $"{one}: nothing rang" ]
                | _ -> [])))

/// Devices pass something on once a call is taken, until it is over, and only those two.
let passes: Law<Exchange, Trace> =
    law "only the two devices of a call pass something on, while it goes on" (fun exchange trace ->
        afterEach exchange trace (fun one ->
            let line = one.Asked.Who, one.Asked.Whom

            let state =
                (lineIn exchange one.After (Calls.lineOf (fst line) (snd line))).State :?> Chat.Domain.Calls.State

            [
                for who, other in [ line; snd line, fst line ] do
                    for device in [ DeviceId.Of "phone"; DeviceId.Of "desk" ] do
                        for number in [ 1L; 2L ] do
                            let found =
                                exchange.NotPassed state who device number
                                |> Option.map (fun refusal -> refusal.Code, ruleOf refusal)

                            yield!
                                differ
                                    $"whether {who} ({device}) passes something on on call {number} after {one}"
                                    (Calls.notPassed who device other number (pastOf one.After))
                                    found
            ]))

/// What rings or goes on wants to be asked when it is to end, and ends then.
let ends: Law<Exchange, Trace> =
    law "a ring ends by itself, and a call" (fun exchange trace ->
        afterEach exchange trace (fun one ->
            pairs
            |> List.collect (fun (who, other) ->
                let line = lineIn exchange one.After (Calls.lineOf who other)

                let expected =
                    Calls.current who other (pastOf one.After)
                    |> Option.map (fun call ->
                        match call.Taken with
                        | Some taken -> taken.At.Milliseconds + Line.MaxMs
                        | None -> call.Rung.At.Milliseconds + Line.RingMs)

                let due = ofOption line.Due |> Option.map (fun (struct (at, _)) -> at.Milliseconds)
                differ $"when the line of {who} and {other} is over after {one}" expected due)))

/// Who is muted is not heard, nor anybody in the quiet hours.
let heard: Law<Exchange, Moment> =
    law "a call is heard but in quiet hours, and of whom one does not mute" (fun exchange one ->
        let isQuiet =
            match one.Place.Quiet with
            | null -> false
            | quiet ->
                // Minute by minute round the clock from its beginning.
                let minute =
                    ((one.At.Milliseconds / 60_000L + int64 quiet.Offset) % 1_440L + 1_440L) % 1_440L
                    |> int

                Seq.initInfinite (fun step -> (quiet.From + step) % 1_440)
                |> Seq.takeWhile (fun at -> at <> quiet.To)
                |> Seq.contains minute

        let expected = not isQuiet && not (Seq.contains one.Caller one.Place.Muted)

        differ $"{one}" expected (exchange.IsHeard one.Place one.Caller one.At))
