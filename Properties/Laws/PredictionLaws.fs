/// What a device expects of a request, against what is decided.
module Chat.Spec.Laws.PredictionLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running
open Chat.Spec.Laws.ViewLaws

/// How a device predicts, so that a mistaken one can be put in its place.
type Predict = ConversationView -> Context -> Command -> Prediction

let domain: Predict =
    fun view context command -> Predicting.Predict(view, context, command)

/// A view of somebody who is in, with the newest messages only.
let viewOf (newest: int) (past: Past.Past) (who: PersonId) : ConversationView option =
    if Past.isMember who past then
        let view = freshView ViewLaws.domain past who Marks.None
        let all = messagesOf view.History

        let kept =
            all
            |> List.skip (max 0 (all.Length - newest))
            |> List.fold
                (fun (map: LanguageExt.Map<int64, Message>) message -> map.AddOrUpdate(message.Seq, message))
                (LanguageExt.Map<int64, Message>())

        // As they are told: of others' access nothing is known.
        let members =
            view.State.Members.AsEnumerable()
            |> Seq.fold
                (fun (map: LanguageExt.Map<PersonId, Member>) (struct (who, held)) ->
                    let known =
                        Member(
                            held.Role,
                            held.JoinedAt,
                            held.JoinedSeq,
                            listing [],
                            held.Nickname,
                            Roles = held.Roles,
                            Grant = held.Grant,
                            TimedOutUntil = held.TimedOutUntil
                        )

                    map.AddOrUpdate(who, known))
                (LanguageExt.Map<PersonId, Member>())

        let state =
            State(
                view.State.Version,
                view.State.LastSeq,
                view.State.Kind,
                view.State.Name,
                view.State.Topic,
                members,
                view.State.Invited,
                Settings = view.State.Settings,
                Roles = view.State.Roles,
                Knocking = view.State.Knocking,
                Pins = view.State.Pins
            )

        Some(ConversationView(view.Conversation, who, state, History kept, view.Unread))
    else
        None

/// Each request of a trace that somebody asks who is in, with what their device expects of it.
let expected (predict: Predict) (newest: int) (trace: Trace) : (Step * Prediction) list =
    steps fresh trace
    |> List.choose (fun step ->
        match step.Ask.Command, viewOf newest step.Past step.Ask.Person with
        | (:? Command as command), Some view -> Some(step, predict view step.Context command)
        | _ -> None)

/// What its person is told: where a rule came before what was asked, that.
let private told (step: Step) : Result<Event list, Refusal> =
    match step.Answer, insteadOf step.Made with
    | Error refusal, _
    | Ok _, Some refusal -> Error refusal
    | Ok decision, None -> Ok(decision.Events |> Seq.map (fun happened -> happened :?> Event) |> List.ofSeq)

/// An event as far as its author knows it beforehand.
let private asExpected (happened: Event) : Event =
    match happened with
    | :? Event.Joined as joined -> Event.Joined(joined.Stamp, listing [])
    | other -> other

let private wrongs (newest: int) (predict: Predict) (trace: Trace) =
    expected predict newest trace
    |> List.collect (fun (step, prediction) ->
        match prediction, told step with
        | :? Prediction.Unknown, _ -> []
        | _, Error refusal when Predicting.IsUnknowable refusal -> []
        | (:? Prediction.Refused as refused), Error refusal ->
            differ $"{step.Ask}" (refusal.Code, ruleOf refusal) (refused.Refusal.Code, ruleOf refused.Refusal)
        | (:? Prediction.Refused as refused), Ok _ -> [ $"{step.Ask} is accepted; {refused.Refusal} was expected" ]
        | (:? Prediction.Accepted as accepted), Ok made ->
            // What a ban takes back of what was said is not known beforehand.
            let made =
                if step.Ask.Command :? Command.Ban then
                    List.truncate accepted.Events.Count made
                else
                    made

            differ $"{step.Ask}" (made |> List.map asExpected) (accepted.Events |> Seq.map asExpected |> List.ofSeq)
        | _, Error refusal ->
            [
                $"{step.Ask} was expected to be accepted, and is refused: {refusal.Code} {ruleOf refusal}"
            ]
        | other, _ -> [ $"{step.Ask}: {other}" ])

let predictions: Law<Predict, Trace> =
    law "what is expected is what is decided, or nobody could know" (fun predict trace ->
        wrongs 1_000 predict trace @ wrongs 3 predict trace)

/// A device whose requests wait lays them over what it holds; when nobody else did anything meanwhile, that is what
/// comes of them, and once it is seen nothing is left over.
let outbox: Law<Predict, Trace> =
    law "what is laid over a view is what comes of it" (fun _ trace ->
        steps fresh trace
        |> List.collect (fun step ->
            match step.Ask.Command, viewOf 1_000 step.Past step.Ask.Person with
            | (:? Command as command), Some view ->
                let box = Outbox.Empty.Ask(step.Ask.Client, command, step.Context.Now)
                let struct (over, each) = box.Over(view, step.Ask.Device)

                match each[0].Prediction, told step with
                | (:? Prediction.Accepted as accepted), Ok made when
                    accepted.Events.Count = made.Length && step.Ask.OccurredAt.IsNone
                    ->
                    let after = viewOf 1_000 (step.Past @ step.Made) step.Ask.Person

                    let receipt =
                        match step.Made with
                        | first :: _ -> Receipt.Of(first, false)
                        | [] -> Receipt(key, view.Version, step.Context.Now, System.Nullable(), false)

                    let answered = box.Answered(step.Ask.Client, right receipt, toOption (Some view))

                    match after with
                    | Some after ->
                        differ $"versions after {step.Ask}" after.Version over.Version
                        @ differ $"history after {step.Ask}" (messagesOf after.History) (messagesOf over.History)
                        @ wrongIf (not (answered.Seen(after).Waiting.IsEmpty)) $"{step.Ask} is left over"
                        @ wrongIf
                            (not made.IsEmpty && answered.Seen(view).Waiting.IsEmpty)
                            $"{step.Ask} is gone before it is seen"
                    | None -> []
                | _ -> []
            | _ -> []))
