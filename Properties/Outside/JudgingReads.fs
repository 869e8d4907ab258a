/// Judges what was read.
module Chat.Spec.Outside.JudgingReads

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
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

let private readOutside (findings: Findings) (witnessed: Witnessed) (reading: Reading) (refusal: Refusal) =
    let isSo =
        atSome witnessed reading.During (fun _ past ->
            not (Past.isMember reading.Who past)
            && Checks.outside reading.Who past |> isRefusedWith refusal)

    findings.Hold outside isSo (fun () -> $"{reading.Who} was {told (Error refusal)} for {reading.Read}")

/// A page, and whether there is more: on its side of the message, or on either of one around it.
let private isPage (who: PersonId) anchor seq limit (page: HistoryPage) (past: Recorded list) =
    let history = Views.history who past

    let older, newer =
        match anchor with
        | Anchor.Before -> limit, 0
        | Anchor.After -> 0, limit
        | _ -> limit / 2, limit - limit / 2

    let from = if anchor = Anchor.After then seq + 1L else seq
    let before, after = history |> List.partition (fun message -> message.Seq < from)

    List.ofSeq page.Messages = (List.skip (max 0 (before.Length - older)) before @ List.truncate newer after)
    && page.More = (older > 0 && before.Length > older || newer > 0 && after.Length > newer)

let private membersAre (past: Recorded list) (found: Details) =
    let entry (member': MemberEntry) =
        string member'.Person, string member'.Nickname, member'.JoinedAt, member'.Role = Role.Owner

    let expected (who: PersonId) =
        string who,
        string (Option.toObj (Past.nickname who past)),
        (Past.arrival who past).Version,
        Past.owner past = Some who

    (found.Members |> Seq.map entry |> set) = (Past.members past |> List.map expected |> set)
    && found.MemberCount = int64 (Past.members past).Length

let private detailsAre (witnessed: Witnessed) (reading: Reading) (found: Details) (version: int64) past =
    let who = reading.Who

    if Past.isMember who past then
        version = found.Entry.Version
        && found.Entry = Views.entry witnessed.Played.Conversation who reading.Marks past
        && membersAre past found
        && (Option.ofObj found.Topic |> Option.map _.Value |> Option.defaultValue "") = Past.topic past
        && found.Rules.Settings = Past.settings past
        && (found.Rules.Pins |> Seq.map _.Seq |> List.ofSeq) = (Powers.pins past |> List.map _.Seq)
    else
        Past.isInvited who past
        && found.Entry.Standing = Standing.Invited
        && found.Entry.Unread = 0
        && isNull found.Entry.Last

let private isListed (witnessed: Witnessed) (reading: Reading) (entry: InboxEntry option) past =
    match entry with
    | None -> not (Past.isMember reading.Who past) && not (Past.isInvited reading.Who past)
    | Some line when line.Standing = Standing.Member ->
        Past.isMember reading.Who past
        && line = Views.entry witnessed.Played.Conversation reading.Who reading.Marks past
    | Some line -> line.Standing = Standing.Invited && Past.isInvited reading.Who past

/// What was missed joins on to what was held, and is shown as it is to be seen now.
let private missedIs (reading: Reading) (held: int64) (missed: Resumption.Missed) version past =
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
        Views.shown reading.Who past
        |> List.filter (fun (version, _) -> version > held)
        |> List.map (fun (version, happened) -> version, asTold happened)

    Past.isMember reading.Who past
    && (covered |> List.filter (fun one -> one > held)) = [ held + 1L .. version ]
    && (shown |> List.filter (fun (version, _) -> version > held)) = expected
    && missed.Marks = reading.Marks

let private isResumed (witnessed: Witnessed) (reading: Reading) held (one: Resumption option) version past =
    match one with
    | None when Past.isMember reading.Who past -> held = Some version
    | None when Past.isInvited reading.Who past -> Option.isSome held
    | None -> Option.isNone held
    | Some(:? Resumption.Left) -> not (Past.isMember reading.Who past)
    | Some(:? Resumption.Reset as reset) ->
        detailsAre witnessed reading reset.Details version past
        && List.ofSeq reset.Newest =
            (if Past.isMember reading.Who past then
                 let all = Views.history reading.Who past
                 List.skip (all.Length - reset.Newest.Count |> max 0) all
             else
                 [])
    | Some(:? Resumption.Missed as missed) -> missedIs reading (Option.defaultValue 0L held) missed version past
    | Some _ -> false

let private isExplained (witnessed: Witnessed) (reading: Reading) (command: Command) (entry: ExplanationEntry) past =
    times witnessed reading.During past
    |> List.exists (fun now ->
        match Permitted.refusal reading.Who now command past, entry.Explanation.Verdict.Refusal with
        | Some expected, (NonNull refusal) -> isRefusedWith refusal expected
        | None, null -> true
        | _ -> false)

let private isMarked (reading: Reading) wanted (now: Marks) past =
    match Verdicts.mark reading.Who wanted past with
    | Ok within -> now = Marks(max reading.Marks.Read within.Read, max reading.Marks.Delivered within.Delivered)
    | Error _ -> false

let read (findings: Findings) (witnessed: Witnessed) (reading: Reading) =
    let hold law (holds: int64 -> Recorded list -> bool) =
        findings.Hold law (atSome witnessed reading.During holds) (fun () ->
            let versions = range witnessed reading.During
            let past = at witnessed (List.last versions) |> List.map _.Event
            $"{reading.Who} with {reading.Marks} read {reading.Read} at one of {versions} of {past}")

    match reading.Read with
    | Got(Error refusal)
    | Paged(_, _, _, Error refusal)
    | Found(_, Error refusal)
    | Moved(_, Error refusal) -> readOutside findings witnessed reading refusal
    | Listed(Error refusal)
    | Resumed(_, Error refusal) ->
        findings.Hold inbox false (fun () -> $"{reading.Who} was {told (Error refusal)} for {reading.Read}")
    | Explained(_, Error refusal) ->
        findings.Hold explains false (fun () -> $"{reading.Who} was {told (Error refusal)} for {reading.Read}")
    | Got(Ok found) -> hold details (detailsAre witnessed reading found)
    | Paged(anchor, seq, limit, Ok page) ->
        hold histories (fun _ past -> Past.isMember reading.Who past && isPage reading.Who anchor seq limit page past)
    | Listed(Ok entry) -> hold inbox (fun _ past -> isListed witnessed reading entry past)
    | Resumed(held, Ok one) -> hold resumes (isResumed witnessed reading held one)
    | Explained(command, Ok entry) -> hold explains (fun _ past -> isExplained witnessed reading command entry past)
    | Moved(wanted, Ok now) -> hold marks (fun _ past -> isMarked reading wanted now past)
    | Found(query, Ok page) ->
        hold searches (fun _ past ->
            let visible = Search.found reading.Who query past
            page.Messages |> Seq.forall (fun one -> List.contains one.Message visible))
