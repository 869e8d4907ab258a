/// The laws put to the domain.
module Chat.Spec.Tests.DomainTests

open FsCheck
open FsCheck.FSharp
open FsCheck.Xunit
open global.Xunit
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Seeds
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

let private decider = Conversation.Decider
let private fresh = Running.freshOf decider
let private raw (events: Event list) : AnyEvent list = events |> List.map (fun event -> event)

[<Law>]
let ``evolve is total on hostile events`` (events: Event list) =
    hold DeciderLaws.evolveTotal fresh (raw events)

[<Law>]
let ``decide is total on hostile pasts`` (events: Event list, trace: Trace) =
    hold DeciderLaws.decideTotal fresh (raw events, trace)

[<Law>]
let ``decide is deterministic`` (trace: Trace) =
    hold DeciderLaws.deterministic fresh trace

[<Law>]
let ``resubmission adds nothing`` (trace: Trace) =
    hold DeciderLaws.resubmission fresh trace

[<Law>]
let ``a snapshot and its tail are the whole`` (trace: Trace) =
    hold DeciderLaws.snapshots decider trace

[<Law>]
let ``what was said is not in the state`` (events: Event list) =
    hold DeciderLaws.stripped fresh (raw events)

[<Law>]
let ``what was said is not in the reachable state`` (trace: Trace) =
    hold DeciderLaws.stripped fresh (Running.pastOf fresh trace |> List.map _.Event)

[<Law>]
let ``a batch is one by one`` (trace: Trace) = hold DeciderLaws.batching fresh trace

[<Law>]
let ``every decision is the oracle's`` (trace: Trace) =
    hold ConversationLaws.decisions fresh trace

[<Law>]
let ``every answer is the oracle's, exactly once`` (trace: Trace) = hold AnswerLaws.answers fresh trace

[<Law>]
let ``what a policy is against does not happen`` (trace: Trace) (NonNegativeInt seed) =
    hold AnswerLaws.policies fresh (trace, seed % 3)

[<Law>]
let ``the state is what the past says`` (trace: Trace) =
    hold ConversationLaws.states fresh trace

[<Law>]
let ``version and seq have no gap`` (trace: Trace) =
    hold ConversationLaws.numbers fresh trace

[<Law>]
let ``a conversation with members has an owner`` (trace: Trace) =
    hold ConversationLaws.ownership fresh trace

[<Law>]
let ``who is not in changes nothing`` (trace: Trace) =
    hold ConversationLaws.outsiders fresh trace

[<Law>]
let ``what each may do is the oracle's`` (trace: Trace) = hold PermissionLaws.powers fresh trace

[<Law>]
let ``it is kept as the past says`` (trace: Trace) =
    hold PermissionLaws.governed fresh trace

[<Law>]
let ``every verdict is the oracle's`` (trace: Trace) =
    hold PermissionLaws.verdicts fresh trace

[<Law>]
let ``the audit tells what was done, and why it could be`` (trace: Trace) =
    hold ExplanationLaws.audited (ExplanationLaws.auditOf, fresh) trace

[<Law>]
let ``what if is what then`` (trace: Trace) = hold ExplanationLaws.whatIf fresh trace

[<Law>]
let ``who is named can help`` (trace: Trace) =
    hold ExplanationLaws.explained fresh trace

[<Law>]
let ``the owner can always help`` (trace: Trace) =
    hold ExplanationLaws.helpers fresh trace

[<Law>]
let ``nobody gives more than they have`` (trace: Trace) =
    hold PermissionLaws.escalation fresh trace

[<Law>]
let ``nobody acts on who stands as high`` (trace: Trace) =
    hold PermissionLaws.hierarchy fresh trace

[<Law>]
let ``more allowed is never less`` (trace: Trace, permission: Permission) =
    hold PermissionLaws.monotone fresh (trace, permission)

[<Law>]
let ``what is denied last is denied`` (trace: Trace, permission: Permission) =
    hold PermissionLaws.denial fresh (trace, permission)

[<Law>]
let ``a link lets in no more than it may`` (trace: Trace) = hold PermissionLaws.links fresh trace

[<Law>]
let ``nothing is accepted of who is kept out`` (trace: Trace) = hold PermissionLaws.keptOut fresh trace

[<Law>]
let ``the state is bounded by members`` (trace: Trace) =
    hold ConversationLaws.bounded fresh trace

[<Law>]
let ``marks are the oracle's`` (trace: Trace, marks: Marks) =
    hold ConversationLaws.marks fresh (trace, marks)

[<Law>]
let ``marks are a semilattice`` () =
    Prop.forAll (Arb.fromGen (Gen.three MarkLaws.held)) (hold MarkLaws.semilattice (fun a b -> a.Join b))

[<Law>]
let ``who sees what is the oracle's`` (trace: Trace) =
    hold ViewLaws.visibility ViewLaws.domain trace

[<Law>]
let ``hidden versions are ranges without a gap`` (trace: Trace) =
    hold ViewLaws.ranges ViewLaws.domain trace

[<Law>]
let ``what is heard live is the oracle's`` (trace: Trace) =
    hold ViewLaws.live ViewLaws.domain trace

[<Law>]
let ``a history is the oracle's`` (trace: Trace) =
    hold ViewLaws.histories ViewLaws.domain trace

[<Law>]
let ``a page is a slice of the history`` (trace: Trace, at: int, limit: int) =
    hold ViewLaws.pages ViewLaws.domain (trace, (at, limit))

[<Law>]
let ``who is not in sees nothing`` (trace: Trace) =
    hold ViewLaws.nothingOutside ViewLaws.domain trace

[<Law>]
let ``a redacted body appears in no view`` (trace: Trace) =
    hold ViewLaws.redacted ViewLaws.domain trace

[<Law>]
let ``unread kept is unread counted`` (trace: Trace, marks: (int * Marks) list) =
    hold ViewLaws.unread ViewLaws.domain (trace, marks)

[<Law>]
let ``stale and events are fresh`` (trace: Trace, cut: int, marks: Marks) =
    hold ViewLaws.staleIsFresh ViewLaws.domain (trace, cut, marks)

[<Law>]
let ``what is expected is what is decided, or nobody could know`` (trace: Trace) =
    hold PredictionLaws.predictions PredictionLaws.domain trace

[<Law>]
let ``what is laid over a view is what comes of it`` (trace: Trace) =
    hold PredictionLaws.outbox PredictionLaws.domain trace

[<Law>]
let ``who holds what they are shown has not drifted`` (trace: Trace, cut: int, marks: Marks) =
    hold CertificateLaws.same CertificateLaws.domain (trace, cut, marks)

[<Law>]
let ``who holds something else has drifted in those parts`` (trace: Trace, at: int) =
    hold CertificateLaws.noticed CertificateLaws.domain (trace, at)

[<Law>]
let ``who has drifted begins anew and has not any more`` (trace: Trace, at: int) =
    hold CertificateLaws.repaired CertificateLaws.domain (trace, at)

[<Law>]
let ``who is veiled is left out of every view`` (trace: Trace) =
    hold VeilLaws.views ViewLaws.domain trace

[<Law>]
let ``what the veiled say makes no difference`` (trace: Trace) =
    hold VeilLaws.silence ViewLaws.domain trace

[<Law>]
let ``a veil only takes away`` (trace: Trace) =
    hold VeilLaws.takesAway ViewLaws.domain trace

[<Law>]
let ``what could be seen is the oracle's`` (trace: Trace, marks: Marks, turn: int) =
    hold HindsightLaws.answered HindsightLaws.back (trace, marks, turn)

[<Law>]
let ``after the last version it is as it is now`` (trace: Trace, marks: Marks, turn: int) =
    hold HindsightLaws.present HindsightLaws.back (trace, marks, turn)

[<Law>]
let ``nobody sees more by looking back`` (trace: Trace, marks: Marks, turn: int) =
    hold HindsightLaws.nothingMore HindsightLaws.back (trace, marks, turn)

[<Law>]
let ``what has come since is not seen by a sight of before`` (trace: Trace) =
    hold HindsightLaws.held HindsightLaws.asOf trace

[<Law>]
let ``a line of the inbox is the oracle's`` (trace: Trace, marks: Marks) =
    hold ViewLaws.inbox ViewLaws.domain (trace, marks)
