/// Judges all that came of a scenario.
module Chat.Spec.Outside.Judging

open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Findings

let judge (played: Played) : Findings =
    let findings = Findings()
    let witnessed = witness played
    Counting.count findings witnessed

    for _ in played.Sendings do
        findings.Hold HostLaws.answered true (fun () -> "")

    JudgingAnswers.orders findings witnessed
    JudgingAnswers.answers findings witnessed

    for heard in played.Heard do
        JudgingTold.hearing findings witnessed heard

    for reading in played.Readings do
        JudgingReads.read findings witnessed reading

        JudgingKept.judge findings witnessed reading

        match reading.Read with
        | Viewed(back, answer) -> JudgingBack.judge findings witnessed reading back answer
        | _ -> ()

    JudgingKept.reasons findings witnessed
    JudgingBonds.judge findings played
    JudgingBlocks.judge findings witnessed

    findings
