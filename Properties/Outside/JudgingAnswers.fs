/// Judges what was asked for, and how it was answered.
module Chat.Spec.Outside.JudgingAnswers

open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Moments
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

let private accepted (findings: Findings) (witnessed: Witnessed) (sending: Sending) (receipt: Receipt) =
    let isSame effect =
        effect.Sending.Ask.Command = sending.Ask.Command

    match effectOf witnessed sending with
    | Some effect when isSame effect && receipt.Version = effect.First ->
        let first = witnessed.Past[int effect.First - 1]

        let expected =
            Receipt(receipt.Stream, effect.First, first.Event.At, first.Event.MessageSeq, receipt.Replayed)

        findings.Hold once (receipt = expected) (fun () -> $"{sending.Ask} was told {receipt}, first {expected}")

        let floor = range witnessed sending.During |> List.head

        if not receipt.Replayed then
            findings.Hold order (effect.First > floor) (fun () ->
                $"{sending.Ask} got version {effect.First} when {floor} was acknowledged")
    | used ->
        let isSo =
            atSome witnessed sending.During (fun version past ->
                version = receipt.Version
                && times witnessed sending.During past
                   |> List.exists (fun now -> decisions witnessed.Played sending now past |> List.contains AlreadySo))

        // What was so already is not kept under the id; what took effect is, from then on.
        let wasKept =
            used
            |> Option.exists (fun effect -> effect.Sending.During.Answered < sending.During.Sent)

        let law =
            match used with
            | Some effect when isSame effect -> once
            | Some _ -> conflicts
            | None -> verdicts

        findings.Hold law (isSo && not wasKept) (fun () ->
            $"{sending.Ask} was told {receipt}, and did nothing that is seen")

let private refused (findings: Findings) (witnessed: Witnessed) (sending: Sending) (refusal: Refusal) =
    match sending.Malformed, effectOf witnessed sending with
    | Some malformed, _ ->
        findings.Hold verdicts (malformed.Code = refusal.Code && malformed.Because = refusal.Because) (fun () ->
            $"{sending.Ask} was {told (Error refusal)}, and is {malformed.Code} {malformed.Because}")
    | None, Some effect when effect.Sending.Ask.Command <> sending.Ask.Command ->
        findings.Hold
            conflicts
            (refusal.Code = "conflict"
             || effect.Sending.During.Answered > sending.During.Sent)
            (fun () -> $"{sending.Ask} came under an id that was used, and was {told (Error refusal)}")
    | None, Some effect ->
        let first = witnessed.Past[int effect.First - 1].Event.Refused

        let isSame =
            match first with
            | null -> effect.Sending.During.Answered > sending.During.Sent
            | rule -> rule.Code = refusal.Code && ruleOf rule = ruleOf refusal

        findings.Hold once isSame (fun () -> $"{sending.Ask} took effect, and was {told (Error refusal)}")
    | None, None ->
        let isSo =
            atSome witnessed sending.During (fun _ past ->
                times witnessed sending.During past
                |> List.exists (fun now ->
                    decisions witnessed.Played sending now past
                    |> List.exists (isRefusedWith refusal)))

        findings.Hold verdicts isSo (fun () ->
            let would =
                range witnessed sending.During
                |> List.collect (fun version ->
                    let past = at witnessed version
                    decisions witnessed.Played sending (List.head (times witnessed sending.During past)) past)
                |> List.distinct

            $"{sending.Ask} was {told (Error refusal)}, and is {would}")

let answers (findings: Findings) (witnessed: Witnessed) =
    for sending in witnessed.Played.Sendings do
        match sending.Reply with
        | Ok receipt -> accepted findings witnessed sending receipt
        | Error refusal -> refused findings witnessed sending refusal

    // One of the answers to what took effect is the first.
    for effect in witnessed.Effects do
        let firsts =
            witnessed.Played.Sendings
            |> List.filter (fun sending ->
                match sending.Reply with
                | Ok receipt when not receipt.Replayed && receipt.Version = effect.First ->
                    effectOf witnessed sending = Some effect
                | _ -> false)

        findings.Hold once (firsts.Length <= 1) (fun () -> $"{effect.Sending.Ask} took effect {firsts.Length} times")

/// Whatever was acknowledged or told has its place.
let orders (findings: Findings) (witnessed: Witnessed) =
    let last = Past.version witnessed.Past

    let claimed =
        witnessed.Played.Sendings
        |> List.choose (fun sending ->
            match sending.Reply with
            | Ok receipt when receipt.Stream.Conversation = witnessed.Played.Conversation -> Some receipt.Version
            | _ -> None)
        |> List.append (witnessed.Told |> Map.toList |> List.map fst)

    for version in List.distinct claimed do
        findings.Hold order (version <= last) (fun () ->
            let what =
                witnessed.Told.TryFind(last + 1L)
                |> Option.map string
                |> Option.defaultValue "?"

            $"version {version} is there, and nothing that was asked for makes {last + 1L}: {what}")
