/// Whether somebody may do what they want, on a past: nothing if they may, else why not. Each rule is a line.
module Chat.Spec.Oracle.Permitted

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access
open Chat.Spec.Oracle.Powers
open Chat.Spec.Oracle.Linking
open Chat.Spec.Oracle.Checks

let private sends who (now: Instant) (send: Command.SendMessage) past =
    let kept = settings past

    let isLate () =
        kept.SlowModeMs = 0L
        || may who Permission.SkipSlowMode past
        || lastSentAt who past
           |> Option.forall (fun last -> not (isBefore now (last.Plus kept.SlowModeMs)))

    speaks who send.Body send.Roles past
    @ [
        must (fun () -> send.Files.Count = 0 || may who Permission.Attach past) (lacking Permission.Attach)
        must (fun () -> not kept.AnnounceOnly || may who Permission.Announce past) (lacking Permission.Announce)
        must isLate tooSoon
        must (fun () -> not send.ReplyTo.HasValue || Option.isSome (seen who send.ReplyTo.Value past)) noMessage
    ]

let private edits who (now: Instant) (edit: Command.EditMessage) past =
    let window = (settings past).EditWindowMs

    let sent () =
        seen who edit.Seq past |> Option.get |> snd

    [
        isSeen who edit.Seq past
        isLive edit.Seq past
        must (fun () -> sent().By = who) notAuthor
        must (fun () -> window = 0L || isBefore now (sent().At.Plus window)) tooLate
    ]
    @ speaks who edit.Body edit.Roles past

let private takesBack who now (redact: Command.RedactMessage) past =
    let author () =
        (seen who redact.Seq past |> Option.get |> snd).By

    let ofAnother =
        isActive who now past
        @ [
            holds who Permission.Redact past
            must (fun () -> rank who past >= rank (author ()) past) tooLow
        ]

    [
        isSeen who redact.Seq past
        fun () -> if author () = who then None else all ofAnother
    ]

let private assigns who (assign: Command.AssignRoles) past =
    let before () = rolesOf assign.Person past

    let given () =
        List.ofSeq assign.Roles |> List.distinct |> List.except (before ())

    let taken () = before () |> List.except assign.Roles

    let grants roles =
        roles |> List.choose (fun id -> role id past) |> List.map _.Grant

    [
        holds who Permission.ManageRoles past
        isInside assign.Person past
        isAbove who (fun () -> rank assign.Person past) past
        must (fun () -> given () |> List.forall (fun id -> Option.isSome (role id past))) noRole
        must
            (fun () ->
                given () @ taken ()
                |> List.forall (fun id -> rank who past > rankOfRole id past ()))
            tooLow
        fun () -> isWithinOwn who (grants (before ())) (grants (List.ofSeq assign.Roles)) past ()
        fun () -> isWithinOwn who [ grantOf assign.Person past ] [ assign.Grant ] past ()
    ]

let private redefines who id (after: Grant) past =
    [
        isAbove who (rankOfRole id past) past
        isWithinOwn who (role id past |> Option.map _.Grant |> Option.toList) [ after ] past
    ]

let private actsOn who permission whom past =
    [
        holds who permission past
        isInside whom past
        isAbove who (fun () -> rank whom past) past
    ]

/// What a member must meet, besides being one.
let private rules who (now: Instant) (command: Command) past =
    match command with
    | :? Command.Rename
    | :? Command.SetTopic -> [ holds who Permission.Rename past ]
    | :? Command.Invite as invite ->
        [
            holds who Permission.Invite past
            must (fun () -> invite.People |> Seq.forall (fun whom -> Option.isNone (ban whom now past))) bannedPerson
        ]
    | :? Command.SendMessage as send -> sends who now send past
    | :? Command.EditMessage as edit -> edits who now edit past
    | :? Command.KeepParty as keep -> recalls now keep.Party past
    | :? Command.RedactMessage as redact -> takesBack who now redact past
    | :? Command.React as react ->
        [
            isSeen who react.Seq past
            isLive react.Seq past
            holds who Permission.React past
        ]
    | :? Command.Unreact as unreact -> [ isSeen who unreact.Seq past; isLive unreact.Seq past ]
    | :? Command.Pin as pin -> [ isSeen who pin.Seq past; isLive pin.Seq past; holds who Permission.Pin past ]
    | :? Command.Unpin as unpin -> [ isSeen who unpin.Seq past; holds who Permission.Pin past ]
    | :? Command.ChangeSettings
    | :? Command.SetWords -> [ holds who Permission.ManageSettings past ]
    | :? Command.SetRole as set ->
        [ holds who Permission.ManageRoles past; isAbove who (fun () -> set.Rank) past ]
        @ redefines who set.Role set.Grant past
    | :? Command.DropRole as drop ->
        [
            holds who Permission.ManageRoles past
            must (fun () -> Option.isSome (role drop.Role past)) noRole
        ]
        @ redefines who drop.Role Grant.None past
    | :? Command.AssignRoles as assign -> assigns who assign past
    | :? Command.TransferOwnership as transfer ->
        [ must (fun () -> isOwner who past) notOwner; isInside transfer.Person past ]
    | :? Command.Kick as kick -> actsOn who Permission.Kick kick.Person past
    | :? Command.Ban as ban ->
        [
            holds who Permission.Ban past
            isAbove who (fun () -> rank ban.Person past) past
            must (fun () -> not ban.PurgeMs.HasValue || may who Permission.Redact past) (lacking Permission.Redact)
        ]
    | :? Command.MakeLink -> [ holds who Permission.Invite past ]
    | :? Command.DropLink as drop ->
        let isOwn () =
            made drop.Link past |> Option.exists (fun (_, link) -> link.By = who)

        [
            must (fun () -> Option.isSome (made drop.Link past)) noLink
            must (fun () -> isOwn () || may who Permission.Admit past) (lacking Permission.Admit)
        ]
    | :? Command.Unban -> [ holds who Permission.Ban past ]
    | :? Command.Timeout as timeout -> actsOn who Permission.Timeout timeout.Person past
    | :? Command.Uninvite as uninvite when
        invitation uninvite.Person past
        |> Option.exists (fun invited -> invited.Event.By = who)
        ->
        []
    | :? Command.Uninvite -> [ holds who Permission.Admit past ]
    | _ -> []

let private insider who now (command: Command) past =
    all
        [
            fun () ->
                if isDirect past then
                    onlyOfMany command
                else
                    onlyOfTwo command past
            // One's own words can be taken back at any time.
            must
                (fun () ->
                    List.isEmpty (closers past)
                    || isOfTwo command
                    || command :? Command.RedactMessage)
                directIsClosed
            fun () ->
                if isTakingBack command || isOfTwo command then
                    None
                else
                    all (isActive who now past)
            fun () -> all (rules who now command past)
        ]

/// Somebody who wants to come in, or to be let in.
let private coming who now (isOpen: bool) otherwise past =
    all
        [
            must (fun () -> isKnown who past) absent
            must (fun () -> Option.isNone (ban who now past)) banned
            must (fun () -> isOpen || isInvited who past) otherwise
            must (fun () -> not (settings past).Locked) locked
        ]

/// Somebody who comes by a link.
let private comingBy (link: LinkId) who (now: Instant) past =
    match made link past with
    | None -> Some(if isKnown who past then noLink else absent)
    | Some(_, link) ->
        all
            [
                must (fun () -> Option.isNone (ban who now past)) banned
                must (fun () -> link.People.Count = 0 || Seq.contains who link.People) linkNotForYou
                must (fun () -> not link.Until.HasValue || isBefore now link.Until.Value) linkExpired
                must (fun () -> not link.MaxUses.HasValue || uses link.Link past < link.MaxUses.Value) linkUsedUp
                must (fun () -> isBacked link past) linkMakerMayNot
                must (fun () -> not (settings past).Locked) locked
            ]

/// Why somebody may not do what they want; nothing if they may.
let refusal (who: PersonId) (now: Instant) (command: Command) (past: Past) : Verdict option =
    let rule = (settings past).Join

    match command with
    | _ when isMember who past -> insider who now command past
    | :? Command.Create when not (exists past) -> None
    | :? Command.Join as join when join.Link.HasValue -> comingBy join.Link.Value who now past
    | :? Command.Join -> coming who now (rule = JoinRule.Open) notInvited past
    | :? Command.Knock -> coming who now (rule = JoinRule.Knock) noKnocking past
    | :? Command.Leave when isKnown who past && rule = JoinRule.Open -> None
    | :? Command.Uninvite as uninvite when uninvite.Person = who && isKnocking who past -> None
    | _ -> Some(outside who past)

/// The same for those who do not write F#: the code and the rule that decides, or nothing.
let refusedBy (who: PersonId) (now: Instant) (command: Command) (past: Chat.Domain.Deciding.Recorded seq) =
    match refusal who now command (List.ofSeq past) with
    | Some(Refuse(code, rule)) -> $"{code}: {rule}"
    | _ -> ""
