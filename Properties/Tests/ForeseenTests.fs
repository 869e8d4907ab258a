/// What was thought out beforehand, all of it each time: that a rule is put to the test is not left to chance.
module Chat.Spec.Tests.ForeseenTests

open FsCheck
open global.Xunit
open Chat.Domain.Conversations
open Chat.Domain.Values
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private fresh = Running.freshOf Conversation.Decider

let private foreseen = Traces.planned @ List.map Traces.ofPlan Seldom.all

let private holds (law: Law<'subject, 'case>) (subject: 'subject) (caseOf: Traces.Trace -> 'case) =
    for trace in foreseen do
        hold law subject (caseOf trace)

[<Fact>]
let ``what is decided and answered`` () =
    for law in
        [
            DeciderLaws.deterministic
            DeciderLaws.resubmission
            ConversationLaws.decisions
            AnswerLaws.answers
            PermissionLaws.verdicts
            PermissionLaws.links
            PermissionLaws.keptOut
            ExplanationLaws.explained
            ExplanationLaws.whatIf
        ] do
        holds law fresh id

    holds ExplanationLaws.audited (ExplanationLaws.auditOf, fresh) id

/// Somebody comes and goes as often as stretches of what they could see are kept, and once more.
let private revolvingDoors =
    [ Limits.AccessIntervals - 1 .. Limits.AccessIntervals + 1 ]
    |> List.map (Everyday.revolvingDoor >> Traces.ofPlan)

[<Fact>]
let ``what the state is`` () =
    for trace in revolvingDoors do
        hold ConversationLaws.states fresh trace

    for law in
        [
            ConversationLaws.states
            ConversationLaws.numbers
            PermissionLaws.governed
            PermissionLaws.powers
        ] do
        holds law fresh id

    holds DeciderLaws.snapshots Conversation.Decider id
    holds CodecLaws.storedPast Codecs.ours (fun trace -> trace, 2)

[<Fact>]
let ``what is seen`` () =
    for law in
        [
            ViewLaws.visibility
            ViewLaws.ranges
            ViewLaws.live
            ViewLaws.histories
            ViewLaws.nothingOutside
            ViewLaws.redacted
        ] do
        holds law ViewLaws.domain id

    let marks = Marks(1L, 2L)
    holds ViewLaws.unread ViewLaws.domain (fun trace -> trace, [ 3, marks ])
    holds ViewLaws.inbox ViewLaws.domain (fun trace -> trace, marks)
    holds ViewLaws.staleIsFresh ViewLaws.domain (fun trace -> trace, 3, marks)
