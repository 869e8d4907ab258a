/// Judges what is told to who keeps a conversation: what was done, who is out, what lets people in, which words are
/// unwanted, and what a change would come to.
module Chat.Spec.Outside.JudgingKept

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Laws
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Moments
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

/// What is told to who may do something, at one of the moments.
let private tellsWhoMay
    (findings: Findings)
    (witnessed: Witnessed)
    (reading: Reading)
    (command: Command)
    answer
    isRight
    =
    let isSo past now =
        match answer, Permitted.refusal reading.Who now command past with
        | Error refused, Some refusal -> isRefusedWith refused refusal
        | Ok found, None -> isRight found now past
        | _ -> false

    findings.Hold
        keeping
        (atSome witnessed reading.During (fun _ past -> times witnessed reading.During past |> List.exists (isSo past)))
        (fun () ->
            let past = witnessed.Past |> List.map _.Event
            $"{reading.Who} was told {reading.Read} of {past}")

let private lineOf (line: AuditLine) : Doings.Done =
    {
        Version = line.Version
        At = line.At
        By = line.By
        What = line.What
        Person = Option.ofNullable line.Person
        Seq = Option.ofNullable line.Seq
        Reason = Option.ofObj line.Reason
    }

let private isAudit before limit (page: AuditPage) (past: Recorded list) =
    let all =
        Doings.all past
        |> List.filter (fun one -> before |> Option.forall (fun version -> one.Version < version))

    (page.Lines |> Seq.map lineOf |> List.ofSeq) = List.truncate limit all
    && page.More = (all.Length > limit)

let private areBans (page: BansPage) now (past: Recorded list) =
    let named =
        past
        |> List.choose (fun recorded ->
            match Past.event recorded with
            | :? Event.Banned as banned -> Some banned.Person
            | _ -> None)
        |> List.distinct
        |> List.sortBy _.Value

    let expected =
        named
        |> List.choose (fun who -> Powers.ban who now past |> Option.map (fun until -> who, until))

    (page.Bans
     |> Seq.map (fun one -> one.Person, Option.ofNullable one.Until)
     |> List.ofSeq)
        =
        expected

let private areLinks (who: PersonId) (page: LinksPage) now (past: Recorded list) =
    let isShown (made: Event.LinkMade) =
        made.By = who || Powers.mayNow who now Permission.Admit past

    let expected =
        Linking.links past
        |> List.sortBy _.Value
        |> List.choose (fun id -> Linking.made id past |> Option.map snd)
        |> List.filter isShown
        |> List.map (fun made ->
            LinkEntry(made.Link, Link(made.By, made.Until, made.MaxUses, made.People, Linking.uses made.Link past)))

    List.ofSeq page.Links = expected

let private areWords (found: WordRule list) (past: Recorded list) =
    let last =
        past |> List.tryFindBack (fun recorded -> Past.event recorded :? Event.WordsSet)

    found =
        (match last with
         | Some recorded -> List.ofSeq (Past.event recorded :?> Event.WordsSet).Rules
         | None -> [])

/// What takes a change back is asked of the same permission.
let private needed (command: Command) : Permission option =
    match command with
    | :? Command.ChangeSettings -> Some Permission.ManageSettings
    | :? Command.SetRole
    | :? Command.DropRole
    | :? Command.AssignRoles
    | :? Command.TransferOwnership -> Some Permission.ManageRoles
    | _ -> None

let private wouldBe (reading: Reading) (command: Command) (entry: WhatIfEntry) isRefused now (past: Recorded list) =
    let who = reading.Who
    let asking = Context(who, DeviceId.Of "-", now)
    let verdict = Welcome.decide isRefused asking command past

    let events =
        match verdict with
        | Accept one -> [ one ]
        | AcceptAll several -> several
        | _ -> []

    let after =
        past
        @ (events
           |> List.mapi (fun index happened ->
               let origin = Origin(DeviceId.Of "-", ClientId.Of "-", Digest())
               Recorded(Running.key, Past.version past + int64 index + 1L, Guid(), happened, origin, listing [])))

    let expected =
        Powers.differences (Past.members past @ Past.members after) now past after

    let isAnswered =
        match verdict, entry.WhatIf.Verdict.Refusal with
        | Refuse _, NonNull refusal -> isRefusedWith refusal verdict
        | Refuse _, null -> false
        | _, refusal -> isNull refusal

    let isLockOut =
        entry.WhatIf.Verdict.IsAllowed
        && needed command
           |> Option.exists (fun one -> not (Powers.mayNow who now one after))

    Past.isMember who past
    && entry.Version = Past.version past
    && isAnswered
    && List.ofSeq entry.WhatIf.Differences = expected
    && entry.WhatIf.IsLockOut = isLockOut

let private weighed (findings: Findings) (witnessed: Witnessed) (reading: Reading) (command: Command) answer =
    let isRight past =
        List.allPairs
            (refusings witnessed.Played reading.Who command reading.During)
            (times witnessed reading.During past)
        |> List.exists (fun (isRefused, now) ->
            match answer with
            | Ok entry -> wouldBe reading command entry isRefused now past
            | Error refusal ->
                not (Past.isMember reading.Who past)
                && Checks.outside reading.Who past |> isRefusedWith refusal)

    findings.Hold whatIfs (atSome witnessed reading.During (fun _ -> isRight)) (fun () ->
        let past = witnessed.Past |> List.map _.Event
        $"{reading.Who} was told {answer} for {command} on {past}")

let judge (findings: Findings) (witnessed: Witnessed) (reading: Reading) =
    let tell command answer isRight =
        tellsWhoMay findings witnessed reading command answer isRight

    match reading.Read with
    | Audited(before, limit, answer) -> tell JudgingBack.asKeeper answer (fun page _ -> isAudit before limit page)
    | KeptOut answer -> tell (Command.Unban reading.Who) answer areBans
    | Linked answer ->
        tell (Command.MakeLink(LinkId.Of "-", Nullable(), Nullable(), listing [])) answer (areLinks reading.Who)
    | Worded answer -> tell (Command.SetWords(listing [])) answer (fun rules _ -> areWords rules)
    | WouldBe(command, answer) -> weighed findings witnessed reading command answer
    | _ -> ()

/// Why it could be done is told as it was explained before, where nothing came between. How far back a ban took back is
/// not told.
let reasons (findings: Findings) (witnessed: Witnessed) =
    let latest = witnessed.Played.Readings |> List.sortByDescending _.During.Sent

    let explained (effect: Effect) =
        latest
        |> List.tryPick (fun reading ->
            match reading.Read with
            | Explained(command, Ok entry) when
                reading.During.Answered < effect.Sending.During.Sent
                && reading.Who = effect.Sending.Ask.Person
                && command :> AnyCommand = effect.Sending.Ask.Command
                && range witnessed reading.During = [ effect.First - 1L ]
                ->
                Some entry.Explanation.Verdict
            | _ -> None)

    let purges (effect: Effect) =
        match effect.Sending.Ask.Command with
        | :? Command.Ban as ban -> ban.PurgeMs.HasValue
        | _ -> false

    for reading in witnessed.Played.Readings do
        match reading.Read with
        | Audited(_, _, Ok page) ->
            for line in page.Lines do
                let effect =
                    witnessed.Effects
                    |> List.tryFind (fun effect -> effect.First <= line.Version && line.Version <= effect.Last)

                match effect, effect |> Option.bind explained with
                | Some effect, Some verdict when not (purges effect) ->
                    findings.Hold keeping (line.Because = verdict.Because) (fun () ->
                        $"{line} was because of {line.Because}, and was explained with {verdict}")
                | _ -> ()
        | _ -> ()
