/// Who may do what, found by looking through what happened.
module Chat.Spec.Oracle.Powers

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Past

/// What a role is, as was said of it last; none if it was never said or it is no more.
let role (id: RoleId) (past: Past) : RoleDefinition option =
    past
    |> List.rev
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.RoleSet as set when set.Role = id -> Some(Some set.Definition)
        | :? Event.RoleDropped as dropped when dropped.Role = id -> Some None
        | _ -> None)
    |> Option.flatten

/// The roles that there are.
let roles (past: Past) : RoleId list =
    past
    |> List.choose (fun recorded ->
        match event recorded with
        | :? Event.RoleSet as set -> Some set.Role
        | _ -> None)
    |> List.distinct
    |> List.filter (fun id -> Option.isSome (role id past))

let private assignment (who: PersonId) (past: Past) =
    let since = (arrival who past).Version

    past
    |> List.tryFindBack (fun recorded ->
        match event recorded with
        | :? Event.RolesAssigned as assigned -> assigned.Person = who && recorded.Version > since
        | _ -> false)

/// The roles that a member was given last, less those that were dropped after that.
let rolesOf (who: PersonId) (past: Past) : RoleId list =
    match assignment who past with
    | None -> []
    | Some recorded ->
        let dropped =
            past
            |> List.skip (int recorded.Version)
            |> List.choose (fun later ->
                match event later with
                | :? Event.RoleDropped as dropped -> Some dropped.Role
                | _ -> None)

        (event recorded :?> Event.RolesAssigned).Roles
        |> List.ofSeq
        |> List.except dropped

/// What a member alone was granted and denied last.
let grantOf (who: PersonId) (past: Past) : Grant =
    match assignment who past with
    | Some recorded -> (event recorded :?> Event.RolesAssigned).Grant
    | None -> Grant.None

let isOwner who past =
    owner past = Some who && not (isDirect past)

/// How high somebody stands.
let rank (who: PersonId) (past: Past) : int =
    if not (isMember who past) then
        0
    elif isOwner who past then
        System.Int32.MaxValue
    else
        rolesOf who past
        |> List.choose (fun id -> role id past)
        |> List.map _.Rank
        |> List.fold max 0

/// What a kind gives everybody.
let private given (permission: Permission) past =
    match permission with
    | Permission.Send
    | Permission.React
    | Permission.Attach -> true
    | Permission.Invite -> not (isDirect past)
    | Permission.Rename -> isGroup past
    | Permission.Pin -> not (isChannel past)
    | _ -> false

/// One layer after another: the last that says anything decides; within one, what allows wins.
let isGranted (who: PersonId) (permission: Permission) (past: Past) : bool =
    let layers =
        [
            role RoleId.Everyone past |> Option.map _.Grant |> Option.toList
            rolesOf who past |> List.choose (fun id -> role id past) |> List.map _.Grant
            [ grantOf who past ]
        ]

    let decide before (layer: Grant list) =
        if layer |> List.exists (fun grant -> grant.Allow.Has permission) then
            true
        elif layer |> List.exists (fun grant -> grant.Deny.Has permission) then
            false
        else
            before

    isOwner who past || layers |> List.fold decide (given permission past)

/// Whether a member may: it is granted, and who announces, sends files or calls everyone may speak at all.
let may (who: PersonId) (permission: Permission) (past: Past) : bool =
    let isSpeaking =
        List.contains permission [ Permission.Announce; Permission.Attach; Permission.MentionEveryone ]

    isGranted who permission past
    && (not isSpeaking || isGranted who Permission.Send past)

/// The rules about words that bind somebody: all there are, or none if they may change the settings.
let wordRules (who: PersonId) (past: Past) : WordRule list =
    past
    |> List.tryFindBack (fun recorded -> event recorded :? Event.WordsSet)
    |> Option.map (fun recorded -> List.ofSeq (event recorded :?> Event.WordsSet).Rules)
    |> Option.filter (fun _ -> isMember who past && not (may who Permission.ManageSettings past))
    |> Option.defaultValue []

/// Until when a member has not the word.
let timedOutUntil (who: PersonId) (past: Past) : Instant option =
    lastSince who past (fun happened ->
        match happened with
        | :? Event.TimedOut as timed when timed.Person = who -> Some(Option.ofNullable timed.Until)
        | _ -> None)
    |> Option.flatten

/// When a member last said something while messages were to be apart.
let lastSentAt (who: PersonId) (past: Past) : Instant option =
    past
    |> List.rev
    |> List.takeWhile (fun recorded -> recorded.Version > (arrival who past).Version)
    |> List.tryFind (fun recorded ->
        event recorded :? Event.MessageSent
        && recorded.Event.By = who
        && (settings (List.take (int recorded.Version - 1) past)).SlowModeMs > 0L)
    |> Option.map _.Event.At

/// Until when somebody is kept out, where they are: none for good.
let ban (who: PersonId) (now: Instant) (past: Past) : Instant option option =
    past
    |> List.rev
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.Banned as banned when banned.Person = who -> Some(Some(Option.ofNullable banned.Until))
        | :? Event.Unbanned as unbanned when unbanned.Person = who -> Some None
        | _ -> None)
    |> Option.flatten
    |> Option.filter (fun until -> until |> Option.forall (isBefore now))

/// How many others than somebody are kept out.
let bannedBeside (who: PersonId) (now: Instant) (past: Past) : int =
    past
    |> List.fold
        (fun (kept: Map<string, Instant option>) recorded ->
            match event recorded with
            | :? Event.Banned as banned -> kept.Add(banned.Person.Value, Option.ofNullable banned.Until)
            | :? Event.Unbanned as unbanned -> kept.Remove unbanned.Person.Value
            | _ -> kept)
        Map.empty
    |> Map.filter (fun other until -> other <> who.Value && until |> Option.forall (isBefore now))
    |> Map.count

/// Who of a direct conversation closed it: what they last did of the two was to close it.
let closers (past: Past) : PersonId list =
    let closing =
        past
        |> List.filter (fun recorded -> event recorded :? Event.Closed || event recorded :? Event.Reopened)

    closing
    |> List.map _.Event.By
    |> List.distinct
    |> List.filter (fun who ->
        closing
        |> List.findBack (fun recorded -> recorded.Event.By = who)
        |> fun last -> event last :? Event.Closed)

/// What a member may do at this moment, as things stand.
let mayNow (who: PersonId) (now: Instant) (permission: Permission) (past: Past) : bool =
    isMember who past
    && List.isEmpty (closers past)
    && timedOutUntil who past |> Option.forall (fun until -> not (isBefore now until))
    && (not (settings past).Locked || may who Permission.ManageSettings past)
    && may who permission past
    && (permission <> Permission.Send
        || not (settings past).AnnounceOnly
        || may who Permission.Announce past)

/// What each of these people may do after something and not before it, or the other way round, in order.
let differences (people: PersonId list) (now: Instant) (before: Past) (after: Past) : Difference list =
    [
        for who in people |> List.distinct |> List.sortBy _.Value do
            for one in System.Enum.GetValues<Permission>() do
                match mayNow who now one before, mayNow who now one after with
                | false, true -> Difference(who, one, true)
                | true, false -> Difference(who, one, false)
                | _ -> ()
    ]

/// What is pinned, in the order in which it was: pinned, and not taken off or taken back since.
let pins (past: Past) : MessageRef list =
    past
    |> List.fold
        (fun pinned recorded ->
            match event recorded with
            | :? Event.Pinned as pin -> List.except [ pin.Message ] pinned @ [ pin.Message ]
            | :? Event.Unpinned as pin -> List.except [ pin.Message ] pinned
            | :? Event.MessageRedacted as redacted -> List.except [ redacted.Message ] pinned
            | _ -> pinned)
        []

/// Those of the named people who are in, and who has one of the roles, each once.
let mentioned (named: PersonId seq) (called: RoleId seq) (past: Past) : PersonId list =
    let isCalled who =
        rolesOf who past |> List.exists (fun role -> Seq.contains role called)

    let among =
        if Seq.isEmpty called then
            []
        else
            members past
            |> List.sortWith (fun one other -> one.CompareTo other)
            |> List.filter isCalled

    (named |> Seq.filter (fun who -> isMember who past) |> List.ofSeq) @ among
    |> List.distinct
