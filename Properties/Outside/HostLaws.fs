/// The laws that a host is held to, whoever wrote it: all that it answers and tells is what the oracle makes of what
/// happened.
module Chat.Spec.Outside.HostLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Moments
open Chat.Spec.Outside.Findings

let private law name says = { Name = name; Says = says }

let answered =
    law "answered" "every request is answered, and sooner or later with more than to come again"

let order =
    law "one order" "versions are 1, 2, … without a gap, and so are the numbers of messages; later is later"

let verdicts =
    law "answers" "each answer is the oracle's, at some moment between the question and the answer"

let once =
    law "once" "the same id with the same request gives the first answer, and takes effect once"

let conflicts =
    law "conflicts" "the same id with another request is a conflict, and changes nothing"

let live =
    law "live" "each is told what they may see as it happens, in order, and nothing else"

let histories = law "history" "each page of history is what the oracle shows them"

let details =
    law "details" "what a conversation is, who is in it and who may what, is the oracle's"

let inbox = law "inbox" "the line of the inbox counts what the oracle counts"

let marks = law "marks" "marks merge by maximum, within what was said"

let resumes =
    law "resume" "whoever comes back is told exactly what they missed, or to begin anew, or that they are out"

let certificates =
    law "certificates" "a certificate stands for what somebody holds who begins anew"

let outside =
    law "outside" "who is not in reads nothing, and cannot tell what is not there from what is not theirs"

let explains = law "explain" "what one may do is explained as it is then answered"

let searches = law "search" "what is found is said, and the seeker may see it"

let hindsight =
    law
        "looking back"
        "what somebody could see after a version is the oracle's, as far as whoever asks may see it, and no more"

let keeping =
    law
        "keeping"
        "what was done and why, who is out, which links and rules there are is told to who may know it, and nobody else"

let whatIfs = law "what if" "what a change would come to is what it comes to"

let friends =
    law
        "friends"
        "what two people do to each other is answered by the oracle, and each is told and lists what they know of it"

let blocks =
    law "blocks" "whom a block parts are shown nothing of what the other says, live or read, but that it was"

let house =
    law
        "house"
        "what is asked of rooms is answered by the oracle, and who listens knows the house as it shows it to them"

let privacy =
    law
        "privacy"
        "who is found, who is seen in the hall and who is told how far somebody has read is what each says of it"

let calls =
    law
        "calls"
        "what is asked of a call is the oracle's, each device is told what its person hears, and each end is kept once"

let records =
    law "records" "a record of a party stands in the conversation that all who were there named, once, and as it was"

let reports =
    law
        "reports"
        "what is told of each other is the oracle's, who handles it is told and shown it, and nobody it is about"

let files =
    law "files" "who sees a message gets its files as they were brought, and nobody else, by whatever way"

let devices =
    law "devices" "a device that is revoked is put out, is told nothing from then on, and comes in by no old token"

let games =
    law
        "games"
        "what was played is proved by its log, and each was told what that says they may see then, and nobody else"

let notices =
    law "notices" "of a friend who comes in each is told once in half an hour, and nobody is who is not to be told"

let rates =
    law
        "rates"
        "as often as is promised somebody is heard, and no more; who is refused is told until when, and is heard then"

let all =
    [
        answered
        order
        verdicts
        once
        conflicts
        live
        histories
        details
        inbox
        marks
        resumes
        certificates
        outside
        explains
        searches
        hindsight
        keeping
        whatIfs
        friends
        blocks
        house
        privacy
        calls
        records
        reports
        files
        devices
        games
        notices
        rates
    ]

let told (reply: Result<Receipt, Refusal>) =
    match reply with
    | Ok receipt -> string receipt
    | Error refusal -> $"refused {refusal.Code} {ruleOf refusal}"

/// Whether something holds at one of the moments at which it may have been.
let atSome (witnessed: Witnessed) during (holds: int64 -> Recorded list -> bool) =
    range witnessed during
    |> List.exists (fun version -> holds version (at witnessed version))

let isRefusedWith (refusal: Refusal) verdict =
    verdict = Refuse(refusal.Code, ruleOf refusal)

/// Holds somebody to a law who may have some veiled, in one of these ways: and no more is shown than behind a veil.
let holdBehind (findings: Findings) law (veils: PersonId list list) (isRight: PersonId list -> bool) otherwise =
    let holds = veils |> List.exists isRight

    if veils |> List.forall (not << List.isEmpty) then
        findings.Hold blocks (holds || not (isRight [])) otherwise

    findings.Hold law holds otherwise
