/// Who calls whom at a party, taken down as it happens.
module Chat.Spec.Party.CallLedger

open System.Collections.Generic
open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec.Laws.Law

type private Line = Chat.Domain.Conversations.Event.Called
type private Bond = Chat.Domain.Pairs.Event
type private Moving = Chat.Domain.Places.Event

/// A call that rings or goes on.
type OnLine =
    {
        Caller: PersonId
        Callee: PersonId
        IsVideo: bool
        RungAt: int64
        TakenAt: int64 option
    }

type CallLedger() =
    let lines = Dictionary<StreamKey, OnLine>()
    let on = Dictionary<PersonId, HashSet<StreamKey>>()
    let places = Dictionary<PersonId, PersonId>()

    let onOf who =
        match on.TryGetValue who with
        | true, held -> held
        | false, _ ->
            let held = HashSet()
            on[who] <- held
            held

    let lineOf (stream: StreamKey) =
        match lines.TryGetValue stream with
        | true, call -> Some call
        | false, _ -> None

    let isBusy (stream: StreamKey) who =
        onOf who |> Seq.exists (fun other -> other <> stream)

    let rung (stream: StreamKey) (happened: Event.Rung) =
        let before = lineOf stream

        lines[stream] <-
            {
                Caller = happened.By
                Callee = happened.Other
                IsVideo = happened.IsVideo
                RungAt = happened.At.Milliseconds
                TakenAt = None
            }

        for who in [ happened.By; happened.Other ] do
            (onOf who).Add stream |> ignore

        wrongIf before.IsSome $"{happened.By} calls {happened.Other}, and a call was there"

    let answered (stream: StreamKey) (happened: Event.Answered) =
        match lineOf stream with
        | Some call ->
            lines[stream] <-
                { call with
                    TakenAt = Some happened.At.Milliseconds
                }

            wrongIf (call.TakenAt.IsSome || happened.By <> call.Callee) $"{happened.By} took {call}"
        | None -> [ $"{happened.By} took a call, and none rang" ]

    /// Whether a call may end so: what ends by itself does not end before.
    let mayEnd (stream: StreamKey) (call: OnLine) (happened: Event.Ended) =
        let lasted = happened.At.Milliseconds - call.RungAt

        match happened.How, call.TakenAt with
        | Ending.HungUp, Some _ -> true
        | Ending.Declined, None -> happened.By = call.Callee
        | Ending.Cancelled, None -> happened.By = call.Caller
        | Ending.Missed, None -> lasted >= Chat.Domain.Calls.Line.RingMs
        | Ending.Busy, None -> isBusy stream call.Callee
        | _ -> false

    /// A call ends, and stands in the conversation of the two once: as it was.
    let ended (stream: StreamKey) (happened: Event.Ended) (kept: Line list) =
        match lineOf stream with
        | None -> [ $"{happened} of {stream.Id}, where no call was" ]
        | Some call ->
            lines.Remove stream |> ignore

            let length =
                call.TakenAt
                |> Option.map (fun since -> happened.At.Milliseconds - since)
                |> Option.defaultValue 0L

            let wrongs = wrongIf (not (mayEnd stream call happened)) $"{call} ended {happened}"

            for who in [ call.Caller; call.Callee ] do
                (onOf who).Remove stream |> ignore

            let found =
                kept |> List.map (fun line -> line.By, line.IsVideo, line.How, line.LengthMs)

            wrongs
            @ differ $"what is kept of {call}" [ call.Caller, call.IsVideo, happened.How, length ] found

    /// A block ends the call in the same append.
    let talked (recorded: Recorded) =
        match recorded.Event with
        | :? Bond.Blocked as blocked ->
            wrongIf
                (lineOf (StreamKey.Line(TenantId.Main, blocked.By, blocked.Other))).IsSome
                $"{blocked.By} blocks {blocked.Other}, and they talk on"
        | _ -> []

    member _.Lines = lines

    /// Takes what one request made; what is wrong with it.
    member _.Take(made: Recorded list) : string list =
        let kept (stream: StreamKey) =
            made
            |> List.choose (fun recorded ->
                match recorded.Event with
                | :? Line as line when recorded.Stream = stream.Direct -> Some line
                | _ -> None)

        let touched = HashSet<PersonId>()

        let take (recorded: Recorded) =
            match recorded.Event with
            | :? Event.Rung as happened ->
                touched.UnionWith [ happened.By; happened.Other ]
                rung recorded.Stream happened
            | :? Event.Answered as happened -> answered recorded.Stream happened
            | :? Event.Ended as happened ->
                lineOf recorded.Stream
                |> Option.iter (fun call -> touched.UnionWith [ call.Caller; call.Callee ])

                ended recorded.Stream happened (kept recorded.Stream)
            | :? Moving.OnCall as moved ->
                let who = PersonId.Of recorded.Stream.Id
                touched.Add who |> ignore

                match Option.ofNullable moved.Other with
                | Some other -> places[who] <- other
                | None -> places.Remove who |> ignore

                []
            | :? Line as line ->
                let isOfCall =
                    made
                    |> List.exists (fun one -> one.Event :? Event.Ended && one.Stream.Direct = recorded.Stream)

                wrongIf (not isOfCall) $"{line} is kept, and no call ended"
            | _ -> []

        let wrongs = List.collect take made

        let placed =
            [
                for who in touched do
                    let held = onOf who

                    let others =
                        held
                        |> Seq.map (fun stream ->
                            let call = lines[stream]
                            if call.Caller = who then call.Callee else call.Caller)
                        |> List.ofSeq

                    let place =
                        match places.TryGetValue who with
                        | true, other -> Some other
                        | false, _ -> None

                    yield! differ $"whom {who} is on a call with" (Option.toList place) others
            ]

        wrongs @ List.collect talked made @ placed
