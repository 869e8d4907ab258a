/// Judges what was read.
module Chat.Spec.Outside.JudgingReads

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Moments
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws
open Chat.Spec.Outside.Expecting

let private readOutside (findings: Findings) (witnessed: Witnessed) (reading: Reading) (refusal: Refusal) =
    let isSo =
        atSome witnessed reading.During (fun _ past ->
            not (Past.isMember reading.Who past)
            && Checks.outside reading.Who past |> isRefusedWith refusal)

    findings.Hold outside isSo (fun () -> $"{reading.Who} was {told (Error refusal)} for {reading.Read}")

let private isPage veiled who anchor seq limit (page: HistoryPage) (past: Recorded list) =
    (List.ofSeq page.Messages, page.More) = pageOf _.Seq anchor seq limit (Views.historyBehind veiled who past)

let private detailsAre (witnessed: Witnessed) (reading: Reading) (found: Details) veiled (version: int64) past =
    let who = reading.Who

    if Past.isMember who past then
        version = found.Entry.Version
        && found.Entry = Views.entryBehind veiled witnessed.Played.Conversation who reading.Marks past
        && isKept veiled who past found
    else
        Past.isInvited who past
        && found.Entry.Standing = Standing.Invited
        && found.Entry.Unread = 0
        && isNull found.Entry.Last

let private isListed (witnessed: Witnessed) (reading: Reading) (entry: InboxEntry option) veiled past =
    match entry with
    | None -> not (Past.isMember reading.Who past) && not (Past.isInvited reading.Who past)
    | Some line when line.Standing = Standing.Member ->
        Past.isMember reading.Who past
        && line = Views.entryBehind veiled witnessed.Played.Conversation reading.Who reading.Marks past
    | Some line -> line.Standing = Standing.Invited && Past.isInvited reading.Who past

/// What was missed joins on to what was held, and is shown as it is to be seen now.
let private missedIs (reading: Reading) (held: int64) (missed: Resumption.Missed) veiled version past =
    let shown =
        missed.Events
        |> Seq.choose (fun seen ->
            match seen with
            | :? Seen.Shown as one -> Some(one.Version, one.Event)
            | _ -> None)
        |> List.ofSeq

    let covered =
        missed.Events
        |> Seq.collect (fun seen -> [ seen.Version .. seen.Until ])
        |> List.ofSeq

    let expected =
        Views.shownBehind veiled reading.Who past
        |> List.filter (fun (version, _) -> version > held)
        |> List.map (fun (version, happened) -> version, asTold happened)

    Past.isMember reading.Who past
    && (covered |> List.filter (fun one -> one > held)) = [ held + 1L .. version ]
    && (shown |> List.filter (fun (version, _) -> version > held)) = expected
    && missed.Marks = reading.Marks

let private isResumed (witnessed: Witnessed) (reading: Reading) held (one: Resumption option) veiled version past =
    match one with
    | None when Past.isMember reading.Who past -> held = Some version
    | None when Past.isInvited reading.Who past -> Option.isSome held
    | None -> Option.isNone held
    | Some(:? Resumption.Left) -> not (Past.isMember reading.Who past)
    | Some(:? Resumption.Reset as reset) ->
        detailsAre witnessed reading reset.Details veiled version past
        && List.ofSeq reset.Newest =
            (if Past.isMember reading.Who past then
                 let all = Views.historyBehind veiled reading.Who past
                 List.skip (all.Length - reset.Newest.Count |> max 0) all
             else
                 [])
    | Some(:? Resumption.Missed as missed) -> missedIs reading (Option.defaultValue 0L held) missed veiled version past
    | Some _ -> false

/// The digests are of what somebody would hold who begins anew; from where on, as far as a page is full.
let private isCertified (witnessed: Witnessed) (reading: Reading) (one: Certificate option) veiled _ past =
    match one with
    | None -> not (Past.isMember reading.Who past)
    | Some certificate when Past.isMember reading.Who past ->
        let messages =
            Views.historyBehind veiled reading.Who past
            |> List.filter (fun message -> message.Seq >= certificate.From)

        let begun =
            Laws.CertificateLaws.begunBehind
                veiled
                messages.Length
                witnessed.Played.Conversation
                reading.Who
                reading.Marks
                past

        // Digests are of people as the host knows them.
        let names = witnessed.Played.Names
        let known = names.Out(Answers.Ok begun)

        Decoding.Answer(ReadOnlyMemory known, Func<_, _> Decoding.Begun)
        |> ofEither
        |> Result.map (fun begun -> Certificate.Of(begun, names.Out reading.Who))
            =
            Ok certificate
    | Some _ -> false

let private isExplained (witnessed: Witnessed) (reading: Reading) (command: Command) (entry: ExplanationEntry) past =
    List.allPairs (refusings witnessed.Played reading.Who command reading.During) (times witnessed reading.During past)
    |> List.exists (fun (isRefused, now) ->
        match Welcome.refusal isRefused reading.Who now command past, entry.Explanation.Verdict.Refusal with
        | Some expected, (NonNull refusal) -> isRefusedWith refusal expected
        | None, null -> true
        | _ -> false)

let private isMarked (reading: Reading) wanted (now: Marks) past =
    match Verdicts.mark reading.Who wanted past with
    | Ok within -> now = Marks(max reading.Marks.Read within.Read, max reading.Marks.Delivered within.Delivered)
    | Error _ -> false

/// Holds what was read to a law: at one of the moments at which it may have been, behind one of these veils.
let private holdSeen (findings: Findings) (witnessed: Witnessed) (reading: Reading) veils law isRight =
    holdBehind findings law veils (fun veiled -> atSome witnessed reading.During (isRight veiled)) (fun () ->
        let versions = range witnessed reading.During
        let past = at witnessed (List.last versions) |> List.map _.Event
        $"{reading.Who} with {reading.Marks} read {reading.Read} at one of {versions} of {past}")

let read (findings: Findings) (witnessed: Witnessed) (reading: Reading) =
    let veils = veilsAt witnessed reading.Who reading.During witnessed.Past

    let hold law isRight =
        holdSeen findings witnessed reading veils law isRight

    let holdOpen law isRight =
        holdSeen findings witnessed reading [ [] ] law (fun _ -> isRight)

    match reading.Read with
    | Got(Error refusal)
    | Paged(_, _, _, Error refusal)
    | Found(_, Error refusal)
    | Moved(_, Error refusal) -> readOutside findings witnessed reading refusal
    | Listed(Error refusal)
    | Resumed(_, Error refusal)
    | Certified(Error refusal) ->
        findings.Hold inbox false (fun () -> $"{reading.Who} was {told (Error refusal)} for {reading.Read}")
    | Explained(_, Error refusal) ->
        findings.Hold explains false (fun () -> $"{reading.Who} was {told (Error refusal)} for {reading.Read}")
    | Got(Ok found) -> hold details (detailsAre witnessed reading found)
    | Paged(anchor, seq, limit, Ok page) ->
        hold histories (fun veiled _ past ->
            Past.isMember reading.Who past
            && isPage veiled reading.Who anchor seq limit page past)
    | Listed(Ok entry) -> hold inbox (fun veiled _ past -> isListed witnessed reading entry veiled past)
    | Resumed(held, Ok one) -> hold resumes (isResumed witnessed reading held one)
    | Certified(Ok one) -> hold certificates (isCertified witnessed reading one)
    | Explained(command, Ok entry) -> holdOpen explains (fun _ past -> isExplained witnessed reading command entry past)
    | Moved(wanted, Ok now) -> holdOpen marks (fun _ past -> isMarked reading wanted now past)
    | Found(query, Ok page) ->
        hold searches (fun veiled _ past ->
            let visible = Search.foundBehind veiled reading.Who query past
            page.Messages |> Seq.forall (fun one -> List.contains one.Message visible))
    // What is of two people, and what is looked into besides, has judges of its own.
    | Befriended _
    | Viewed _
    | Audited _
    | KeptOut _
    | Linked _
    | Worded _
    | WouldBe _ -> ()
