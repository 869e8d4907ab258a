/// Reports: against the oracle, and who learns of them.
module Chat.Spec.Laws.DeskLaws

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.Desks
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Generators.PairTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.PairRunning

type DeskDecider = Decider<State, Chat.Domain.Desks.Command, Chat.Domain.Desks.Event>

let run (decider: DeskDecider) (trace: Trace) : Done list =
    let fresh (stream: StreamKey) : AnyStream =
        if stream.Kind = StreamKind.Desk then
            Stream<State, Chat.Domain.Desks.Command, Chat.Domain.Desks.Event>(decider, decider.Initial, 0L, Instant 0L)
        else
            Conversation.New

    runIn fresh (List.indexed trace.Wishes)

let private deskPast store desk : Desks.Past =
    pastOfStream store desk
    |> List.map (fun recorded -> recorded.Event :?> Chat.Domain.Desks.Event)

let private placeIn store (place: ConversationId) =
    pastOfStream store (StreamKey.Of(TenantId.Main, place))

/// What is told and handled comes to what the oracle says.
let reports: Law<DeskDecider, Trace> =
    law "reports are the oracle's" (fun decider trace ->
        run decider trace
        |> List.collect (fun one ->
            match one.Wish.Command with
            | :? Chat.Domain.Desks.Command as command ->
                let expected =
                    Desks.decide one.Wish.Who command (deskPast one.Before one.Wish.Stream) (placeIn one.Before)

                differ $"{one.Wish}" expected (answerOf one)
            | _ -> []))

/// What is said is told exactly where a rule about words flags it, and of whoever said it.
let flags: Law<DeskDecider, Trace> =
    law "words that a rule flags are told" (fun decider trace ->
        run decider trace
        |> List.collect (fun one ->
            let stream = one.Wish.Stream

            match one.Wish.Command, added one stream with
            | (:? Chat.Domain.Conversations.Command as command), made :: _ ->
                let desk = StreamKey.Desk(TenantId.Main, stream.Conversation)

                let told =
                    added one desk
                    |> List.map (fun recorded -> recorded.Event :?> Chat.Domain.Desks.Event.Filed)
                    |> List.map (fun filed ->
                        filed.By, Option.ofNullable filed.About, filed.Rule.Value, filed.Subject)

                let seq =
                    match made.Event with
                    | :? Chat.Domain.Conversations.Event.MessageSent as sent -> sent.Seq
                    | :? Chat.Domain.Conversations.Event.MessageEdited as edited -> edited.Message.Seq
                    | _ -> 0L

                let message = Subject.Message(stream.Conversation, seq)
                let who = one.Wish.Who

                let expected =
                    Desks.flagged who command message (pastOfStream one.Before stream) (deskPast one.Before desk)
                    |> Option.map (fun rule -> who, Some who, rule, message :> Subject)
                    |> Option.toList

                differ $"what is told of {one.Wish}" expected told
            | _ -> []))

let private entry past (number: int64, filed: Chat.Domain.Desks.Event.Filed) =
    let ended =
        Desks.settlement number past |> Option.map (fun one -> one.By, one.Outcome)

    number, filed.By, filed.Subject, Desks.assignee number past, ended

let private entryOf (report: Report) =
    let ended =
        Option.ofObj report.End |> Option.map (fun ended -> ended.By, ended.Outcome)

    report.Number, report.By, report.Subject, Option.ofNullable report.Assignee, ended

/// Who handles reports is shown all that is not about them, others what they told; whom it is about learns nothing.
let shown: Law<DeskDecider, Trace> =
    law "who is shown what was reported" (fun decider trace ->
        run decider trace
        |> List.collect (fun one ->
            one.Published
            |> List.collect (fun publish ->
                match publish.After.State with
                | :? State as state ->
                    let past = deskPast one.After publish.Stream
                    let place = placeIn one.After publish.Stream.Conversation

                    people
                    |> List.collect (fun who ->
                        let expected =
                            Desks.filed past
                            |> List.filter (fun (_, filed) -> Desks.isShown who place (placeIn one.After) filed)
                            |> List.rev
                            |> List.map (entry past)

                        let found =
                            state.SeenBy(who, Desks.isHandler who place) |> Seq.map entryOf |> List.ofSeq

                        differ $"what {who} is shown after {one.Wish}" expected found)
                | _ -> [])))

/// How a reported message is read, so that a mistaken way can be put in its place: by a report and at a time, where one
/// may.
type Reading =
    {
        May: Chat.Domain.Conversations.State -> State -> PersonId -> int64 -> Instant -> bool
        Shown: Subject.Message -> Recorded list -> Chat.Domain.Views.Message option
    }

let reading: Reading =
    {
        May = fun place desk who report now -> Looking.At(place, desk, who, report, now).IsRight
        Shown = fun message past -> ofOption (Looking.Of(message, seqOf past))
    }

/// Who looked may read what was reported to them, for an hour; that message as it is now, and nothing of the others.
let looks: Law<Reading, Trace> =
    law "who looks is shown what was reported, and nothing else" (fun reading trace ->
        run Desk.Decider trace
        |> List.collect (fun one ->
            one.Published
            |> List.collect (fun publish ->
                match publish.After.State with
                | :? State as state ->
                    let past = deskPast one.After publish.Stream
                    let place = placeIn one.After publish.Stream.Conversation
                    let places = placeIn one.After

                    let standing =
                        (Running.foldOf Conversation.New place).State :?> Chat.Domain.Conversations.State

                    let last: Instant = past |> List.map _.At |> List.maxBy _.Milliseconds

                    [
                        for number, filed in Desks.filed past do
                            for who in people do
                                for now in [ last; last.Plus(3_599_999L); last.Plus(3_600_000L) ] do
                                    yield!
                                        differ
                                            $"whether {who} reads report {number} at {now}"
                                            (Desks.mayRead who number now place places past)
                                            (reading.May standing state who number now)

                            match filed.Subject with
                            | :? Subject.Message as message ->
                                let there = places message.Conversation
                                let found = reading.Shown message there

                                yield!
                                    differ
                                        $"what is read of {message}"
                                        (Desks.words message there)
                                        (found
                                         |> Option.bind (fun found ->
                                             match found.Content with
                                             | :? Content.Present as present when not found.IsRedacted ->
                                                 Some present.Body.Value
                                             | _ -> None))

                                match found with
                                | Some found ->
                                    yield!
                                        wrongIf
                                            (found.Seq <> message.Seq
                                             || found.Reactions.Count > 0
                                             || found.ReplyTo.HasValue)
                                            $"of others is shown with {message}"
                                | None -> ()
                            | _ -> ()
                    ]
                | _ -> [])))
