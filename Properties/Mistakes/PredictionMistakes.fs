/// Devices that expect the wrong thing.
module Chat.Spec.Mistakes.PredictionMistakes

open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Spec
open Chat.Spec.Laws

let private expectsEverything: PredictionLaws.Predict =
    fun view context command ->
        match PredictionLaws.domain view context command with
        | :? Prediction.Refused -> Prediction.Accepted(seqOf [])
        | other -> other

/// What is not held is taken for what is not there.
let private knowsNoGaps: PredictionLaws.Predict =
    fun view context command ->
        let whole =
            History(view.History.Messages.AddOrUpdate(0L, Unchecked.defaultof<Message>))

        let all =
            ConversationView(view.Conversation, view.Viewer, view.State, whole, view.Unread)

        PredictionLaws.domain all context command

/// Nobody is put out by anybody.
let private kicksNobody: PredictionLaws.Predict =
    fun view context command ->
        match command with
        | :? Command.Kick -> Prediction.Accepted(seqOf [])
        | _ -> PredictionLaws.domain view context command

let all: Mistake list =
    let traces = lazy (Seeds.fixedSample 600 60 Generators.Traces.trace)

    [
        for name, mistaken in
            [
                "everything is expected to be accepted", expectsEverything
                "what is not held is taken for absent", knowsNoGaps
                "a kick is expected to change nothing", kicksNobody
            ] -> mistake name PredictionLaws.predictions traces PredictionLaws.domain mistaken
    ]
