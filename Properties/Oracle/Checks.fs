/// The checks that permissions are made of: each is nothing where it holds, else why not.
module Chat.Spec.Oracle.Checks

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access
open Chat.Spec.Oracle.Powers

/// Who is not in knows that it is there if anybody may come or knock, or they were asked in.
let isKnown who past =
    exists past && ((settings past).Join <> JoinRule.Invite || isInvited who past)

let outside who past =
    if isKnown who past then noMember else absent

/// The first rule that is broken.
let all (rules: (unit -> Verdict option) list) : Verdict option =
    rules |> List.tryPick (fun rule -> rule ())

let must holds otherwise () =
    if holds () then None else Some otherwise

let seen who seq past =
    message seq past
    |> Option.filter (fun (recorded, _) -> maySee who recorded.Version past)

let isSeen who seq past =
    must (fun () -> Option.isSome (seen who seq past)) noMessage

let isLive seq past =
    must (fun () -> not (isRedacted seq past)) gone

let holds who permission past =
    must (fun () -> may who permission past) (lacking permission)

/// Has the word, and it is not locked, or they could unlock it.
let isActive who (now: Instant) past =
    [
        must (fun () -> timedOutUntil who past |> Option.forall (fun until -> not (isBefore now until))) muted
        must (fun () -> not (settings past).Locked || may who Permission.ManageSettings past) locked
    ]

let isInside who past =
    must (fun () -> isMember who past) noMemberNamed

/// Stands higher than this.
let isAbove who height past =
    must (fun () -> rank who past > height ()) tooLow

let rankOfRole id past () =
    role id past |> Option.map _.Rank |> Option.defaultValue 0

let everyPermission = System.Enum.GetValues<Permission>() |> List.ofSeq

/// Whoever puts these in the place of those holds all that is thereby newly allowed, or no longer denied.
let isWithinOwn who (before: Grant list) (after: Grant list) past =
    let allows (grants: Grant list) permission =
        grants |> List.exists (fun grant -> grant.Allow.Has permission)

    let denies (grants: Grant list) permission =
        grants |> List.exists (fun grant -> grant.Deny.Has permission)

    let gives permission =
        (allows after permission && not (allows before permission))
        || (denies before permission && not (denies after permission))

    must
        (fun () ->
            everyPermission
            |> List.filter gives
            |> List.forall (fun one -> isGranted who one past))
        beyondOwn

let isShort (said: Body) past =
    must
        (fun () ->
            System.Text.Encoding.UTF8.GetByteCount said.Value
            <= (settings past).MessageBytes)
        tooLong

/// The rule that keeps somebody from saying this, if there is one.
let keptFromSaying who said past =
    let rules =
        wordRules who past |> List.filter (fun rule -> rule.Action <> WordAction.Flag)

    Words.broken rules said

/// Says this, and calls these roles.
let speaks who said (called: RoleId seq) past =
    [
        holds who Permission.Send past
        isShort said past
        must
            (fun () -> Seq.isEmpty called || may who Permission.MentionEveryone past)
            (lacking Permission.MentionEveryone)
        must
            (fun () ->
                called
                |> Seq.forall (fun id -> id = RoleId.Everyone || Option.isSome (role id past)))
            noRole
        fun () -> keptFromSaying who said past |> Option.map (fun rule -> unwanted rule.Id.Value)
    ]

let isTakingBack (command: Command) =
    command :? Command.Leave
    || command :? Command.RedactMessage
    || command :? Command.Unreact

/// What comes with a block or with the end of a call: nobody asks it by itself.
let isOfTwo (command: Command) =
    command :? Command.Close
    || command :? Command.Reopen
    || command :? Command.Record

/// All who were there say it: each is a member, and may say something now.
let recalls (now: Instant) (party: Chat.Domain.Rooms.Party) past =
    let name = valid (Body.Create(string party.Name))

    party.People
    |> Seq.collect (fun one ->
        [ isInside one.Person past ]
        @ isActive one.Person now past
        @ speaks one.Person name [] past
        @ [
            must
                (fun () -> not (settings past).AnnounceOnly || may one.Person Permission.Announce past)
                (lacking Permission.Announce)
        ])
    |> List.ofSeq

/// What a conversation of two has not.
let onlyOfMany (command: Command) =
    match command with
    | :? Command.Rename
    | :? Command.SetTopic -> Some directHasNoName
    | :? Command.ChangeSettings
    | :? Command.SetWords
    | :? Command.SetRole
    | :? Command.DropRole
    | :? Command.AssignRoles -> Some directHasNoRules
    | :? Command.Invite
    | :? Command.MakeLink
    | :? Command.DropLink
    | :? Command.Leave
    | :? Command.TransferOwnership
    | :? Command.Kick
    | :? Command.Ban
    | :? Command.Unban
    | :? Command.Timeout
    | :? Command.Uninvite -> Some directIsForTwo
    | _ -> None

/// What a conversation of many has not.
let onlyOfTwo (command: Command) past =
    match command with
    | :? Command.Record -> Some groupHasNoCalls
    | :? Command.KeepParty when isChannel past -> Some channelKeepsNoParty
    | _ when isOfTwo command -> Some groupIsNotClosed
    | _ -> None
