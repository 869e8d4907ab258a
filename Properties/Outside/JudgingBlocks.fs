/// Judges what a block does besides: what somebody holds of a conversation is to be seen otherwise, and how far one has
/// come is not told to whom they are parted from.
module Chat.Spec.Outside.JudgingBlocks

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Moments
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

let private wasEverIn (other: PersonId) (past: Past.Past) =
    not (List.isEmpty (Access.stretches other past))

/// Whom a block veils for somebody, as far as that is certain, and who was ever in; nothing where they are not in
/// themselves.
let private parted (witnessed: Witnessed) (who: PersonId) during : (PersonId list * (PersonId -> bool)) option =
    match range witnessed during, veilsAt witnessed who during witnessed.Past with
    | [ version ], [ veiled ] when Past.isMember who (at witnessed version) ->
        Some(veiled, (fun other -> wasEverIn other (at witnessed version)))
    | _ -> None

/// Whether others of those who had ever been in both times are veiled then: what who went said before is held, too. Who
/// came only between has nothing to do with it: of them nothing was held.
let private areOthers before now =
    match before, now with
    | Some(before, wasIn), Some(now, _) ->
        let within (veiled: PersonId list) =
            veiled |> List.filter wasIn |> List.sortBy _.Value

        within before <> within now
    | _ -> false

/// Between each time that somebody resumed and the next: what they got there, and whether some whom they share it with
/// are veiled now, or are no more.
let private resumptions (witnessed: Witnessed) (who: PersonId) =
    witnessed.Played.Readings
    |> List.filter (fun reading -> reading.Who = who)
    |> List.choose (fun reading ->
        match reading.Read with
        | Resumed(_, Ok one) -> Some(one, parted witnessed who reading.During)
        | _ -> None)
    |> List.pairwise
    |> List.map (fun ((_, before), (one, now)) -> one, areOthers before now)

let private anew (findings: Findings) (witnessed: Witnessed) (who: PersonId) =
    for one, isOtherwise in resumptions witnessed who do
        if isOtherwise then
            let isAnew =
                match one with
                | Some(:? Resumption.Reset) -> true
                | _ -> false

            findings.Hold blocks isAnew (fun () -> $"{who} comes back after a block, and is told {one}")

/// Of whom somebody is told how far they have come: of nobody from whom they were parted then.
let private receipts (findings: Findings) (witnessed: Witnessed) (heard: Hearing) =
    let played = witnessed.Played

    let isPossible (receipt: Ephemeral.Receipt) =
        played.Readings
        |> List.exists (fun reading ->
            match reading.Read with
            | Moved(_, Ok now) ->
                reading.Who = receipt.By
                && now = receipt.Marks
                && (veilsAt witnessed heard.Who reading.During witnessed.Past
                    |> List.exists (fun veiled -> not (List.contains receipt.By veiled)))
            | _ -> false)

    for whisper in heard.Whispers do
        match whisper with
        | :? Ephemeral.Receipt as receipt when receipt.Conversation = played.Conversation ->
            findings.Hold blocks (isPossible receipt) (fun () -> $"{heard.Who} was told {receipt}")
        | _ -> ()

let private isToldOf (conversation: ConversationId) (heard: Hearing) =
    heard.Whispers
    |> List.exists (fun whisper ->
        match whisper with
        | :? Ephemeral.Heads as heads ->
            heads.IsReset
            && heads.Versions |> Seq.exists (fun (struct (of', _)) -> of' = conversation)
        | _ -> false)

/// Just before something was asked for, and just after it was answered.
let private around (during: Window) : Window * Window =
    { during with
        Sent = during.Sent - 1L
        Answered = during.Sent - 1L
    },
    { during with
        Sent = during.Answered + 1L
        Answered = during.Answered + 1L
    }

/// Who is there and is not told that what they hold is to be seen otherwise, though it is.
let untold (witnessed: Witnessed) : Hearing list =
    let isOtherwise (who: PersonId) (bonding: Bonding) =
        let before, after = around bonding.During

        areOthers (parted witnessed who before) (parted witnessed who after)

    if witnessed.Played.Scenario.IsConcurrent then
        []
    else
        witnessed.Played.Heard
        |> List.filter (fun heard ->
            not heard.WasAway
            && not (isToldOf witnessed.Played.Conversation heard)
            && witnessed.Played.Bondings |> List.exists (isOtherwise heard.Who))

let judge (findings: Findings) (witnessed: Witnessed) =
    let missing = untold witnessed

    for heard in witnessed.Played.Heard do
        receipts findings witnessed heard

        findings.Hold blocks (not (List.contains heard missing)) (fun () ->
            $"{heard.Who} is not told that what they hold is to be seen otherwise")

    witnessed.Played.Heard
    |> List.map _.Who
    |> List.distinct
    |> List.iter (anew findings witnessed)
