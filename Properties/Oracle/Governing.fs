/// What comes of a change of settings, roles, or who is kept out or silent, where it is allowed.
module Chat.Spec.Oracle.Governing

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Powers

/// The first field that breaks its rule is the last that is named.
let changeSettings (asking: Context) (change: Command.ChangeSettings) past =
    let before, wanted = settings past, change.Change

    let orElse kept wanted =
        Option.ofNullable wanted |> Option.defaultValue kept

    let kept =
        Settings(
            wanted.Join |> orElse before.Join,
            wanted.History |> orElse before.History,
            wanted.HistoryLast |> orElse before.HistoryLast,
            wanted.AnnounceOnly |> orElse before.AnnounceOnly,
            wanted.Locked |> orElse before.Locked,
            wanted.SlowModeMs |> orElse before.SlowModeMs,
            wanted.EditWindowMs |> orElse before.EditWindowMs,
            wanted.MessageBytes |> orElse before.MessageBytes
        )

    let wrongs =
        [
            List.contains kept.Join [ JoinRule.Open; JoinRule.Invite; JoinRule.Knock ], badJoin
            int kept.History >= 1 && int kept.History <= 4, badHistory
            kept.HistoryLast >= 0 && kept.HistoryLast <= Settings.MaxHistoryLast, badHistoryLast
            kept.SlowModeMs >= 0L && kept.SlowModeMs <= Settings.MaxSlowModeMs, badSlowMode
            kept.EditWindowMs >= 0L && kept.EditWindowMs <= Settings.MaxEditWindowMs, badEditWindow
            kept.MessageBytes >= 1 && kept.MessageBytes <= Body.MaxBytes, badMessageBytes
        ]
        |> List.filter (fst >> not)

    match List.tryLast wrongs with
    | Some(_, wrong) -> wrong
    | None when kept = before -> AlreadySo
    | None -> Accept(Event.SettingsChanged(asking.Stamp, kept))

let setRole (asking: Context) (set: Command.SetRole) past =
    let ofEveryone = set.Role = RoleId.Everyone
    let definition = RoleDefinition(set.Name, set.Rank, set.Grant)

    if
        ofEveryone && set.Rank <> 0
        || not ofEveryone && (set.Rank < 1 || set.Rank > RoleDefinition.MaxRank)
    then
        badRank
    elif role set.Role past = Some definition then
        AlreadySo
    elif Option.isNone (role set.Role past) && (roles past).Length >= Limits.Roles then
        tooManyRoles
    else
        Accept(Event.RoleSet(asking.Stamp, set.Role, definition))

let assignRoles (asking: Context) (assign: Command.AssignRoles) past =
    let given = assign.Roles |> Seq.distinct |> Seq.sortBy _.Value |> List.ofSeq

    if List.contains RoleId.Everyone given then
        everyoneIsGiven
    elif given.Length > Limits.RolesOfMember then
        tooManyRolesOfOne
    elif given = rolesOf assign.Person past && assign.Grant = grantOf assign.Person past then
        AlreadySo
    else
        Accept(Event.RolesAssigned(asking.Stamp, assign.Person, listing given, assign.Grant))

/// What somebody said of late: of their last messages those that were not taken back.
let private purged (asking: Context) (wanted: Command.Ban) past : Event list =
    let said =
        past
        |> List.choose (fun recorded ->
            match event recorded with
            | :? Event.MessageSent as sent when sent.By = wanted.Person -> Some(recorded.Version, sent)
            | _ -> None)

    if not wanted.PurgeMs.HasValue then
        []
    else
        said
        |> List.skip (max 0 (said.Length - Limits.Purged))
        |> List.filter (fun (_, sent) ->
            not (isRedacted sent.Seq past)
            && asking.Now.Milliseconds - sent.At.Milliseconds <= wanted.PurgeMs.Value)
        |> List.map (fun (version, sent) ->
            let place = MessageRef(sent.Seq, version, System.Nullable sent.By)
            Event.MessageRedacted(asking.Stamp, place, sent.By, wanted.Reason))

let private happening (events: Event list) =
    match events with
    | [] -> AlreadySo
    | [ one ] -> Accept one
    | many -> AcceptAll many

let banned (asking: Context) (wanted: Command.Ban) past =
    let whom = wanted.Person
    let length = Option.ofNullable wanted.ForMs
    let until = length |> Option.map asking.Now.Plus

    if length |> Option.exists (fun ms -> ms < 1L || ms > Limits.LongestMs) then
        badLength
    elif
        wanted.PurgeMs.HasValue
        && (wanted.PurgeMs.Value < 1L || wanted.PurgeMs.Value > Limits.LongestMs)
    then
        badPurge
    elif ban whom asking.Now past = Some until then
        happening (purged asking wanted past)
    elif bannedBeside whom asking.Now past >= Limits.Bans then
        tooManyBans
    else
        let kept =
            Event.Banned(asking.Stamp, whom, Option.toNullable until, wanted.Reason, isMember whom past)

        happening (kept :: purged asking wanted past)

let timeout (asking: Context) (wanted: Command.Timeout) past =
    let until =
        if wanted.ForMs > 0L then
            Some(asking.Now.Plus wanted.ForMs)
        else
            None

    let held = timedOutUntil wanted.Person past |> Option.filter (isBefore asking.Now)

    if wanted.ForMs < 0L || wanted.ForMs > Limits.LongestMs then
        badSilence
    elif held = until then
        AlreadySo
    else
        Accept(Event.TimedOut(asking.Stamp, wanted.Person, Option.toNullable until, wanted.Reason))
