/// Judges what is said of how it was: what somebody could see after a version, as far as whoever asks may see it.
module Chat.Spec.Outside.JudgingBack

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

/// Who asks about another must be one who may keep the conversation.
let asKeeper: Command = Command.ChangeSettings(SettingsChange())

let private noVersion = Refuse("not_found", "version.unknown")

/// Why somebody is not told at a moment, if so.
let private refusal (reading: Reading) (back: Back) (now: Instant) (past: Recorded list) : Verdict option =
    if not (Past.isMember reading.Who past) then
        Some(Checks.outside reading.Who past)
    else
        let kept =
            back.Of
            |> Option.filter ((<>) reading.Who)
            |> Option.bind (fun _ -> Permitted.refusal reading.Who now asKeeper past)

        match kept with
        | None when
            back.Version > Past.version past
            || not (Access.maySee reading.Who back.Version past)
            ->
            Some noVersion
        | kept -> kept

/// The line that somebody would have had, of what whoever asks may see.
let private entry (played: Played) (who: PersonId) (marks: Marks) (told: Hindsight.Told) (past: Recorded list) =
    let last = Past.lastSeq past

    InboxEntry(
        played.Conversation,
        Standing.Member,
        (Past.kind past).Value,
        Option.toObj (Past.name past),
        Past.version past,
        last,
        Marks(min marks.Read last, min marks.Delivered last),
        told.Unread.Length,
        told.Mentions.Length,
        told.History |> List.tryLast |> Option.toObj
    )

let private isStanding played veiled who marks (told: Hindsight.Told) (past: Recorded list) (found: Details | null) =
    match told.Standing, found with
    | None, null -> true
    | Some Standing.Member, NonNull found ->
        found.Entry = entry played who marks told past && isKept veiled who past found
    | Some _, NonNull found ->
        found.Entry.Standing = Standing.Invited
        && found.Entry.Name = Option.toObj (Past.name past)
        && (found.Entry.Version, found.Entry.Unread, found.Entry.Mentions) = (0L, 0, 0)
        && isNull found.Entry.Last
    | _ -> false

/// Messages, and of the others that are on the page their numbers.
let private isPage (back: Back) (told: Hindsight.Told) (page: HindsightPage) =
    let all =
        (told.History |> List.map (fun message -> message.Seq, Some message))
        @ (told.Hidden |> List.map (fun seq -> seq, None))
        |> List.sortBy fst

    let shown, more = pageOf fst back.Anchor back.Seq back.Limit all

    List.ofSeq page.Messages = (shown |> List.choose snd)
    && List.ofSeq page.Hidden = (shown |> List.filter (snd >> Option.isNone) |> List.map fst)
    && page.More = more

let judge (findings: Findings) (witnessed: Witnessed) (reading: Reading) (back: Back) answer =
    let who = back.Of |> Option.defaultValue reading.Who
    // How far another has read is not told.
    let marks = if who = reading.Who then reading.Marks else Marks.None

    let now past = times witnessed reading.During past

    let isRight veiled _ past =
        match answer with
        | Error refused ->
            now past
            |> List.exists (fun now -> refusal reading back now past |> Option.exists (isRefusedWith refused))
        | Ok(page: HindsightPage) ->
            now past
            |> List.exists (fun now -> Option.isNone (refusal reading back now past))
            && Hindsight.told { Who = reading.Who; Veiled = veiled } who marks back.Version past
               |> Option.exists (fun told ->
                   let then' = Hindsight.until back.Version past

                   isPage back told page
                   && isStanding witnessed.Played veiled who marks told then' page.Details)

    holdBehind
        findings
        hindsight
        (veilsAt witnessed reading.Who reading.During witnessed.Past)
        (fun veiled -> atSome witnessed reading.During (isRight veiled))
        (fun () ->
            let past = witnessed.Past |> List.map _.Event
            $"{reading.Who} with {marks} was told {answer} for {back} of {past}")
