/// What is to be answered to somebody who wants something of a conversation with this past.
module Chat.Spec.Oracle.Verdicts

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access
open Chat.Spec.Oracle.Powers

/// The place of a message that is there.
let private placeOf seq past =
    match message seq past with
    | Some(recorded, (sent: Event.MessageSent)) -> MessageRef(seq, recorded.Version, System.Nullable sent.By), sent
    | None -> failwithf "nothing is there at %d" seq

/// Goes on with those who are mentioned, if there are not too many.
let private ifMentionable (named: PersonId seq) (called: RoleId seq) past otherwise =
    let mentioned = mentioned named called past

    if mentioned.Length > Limits.Mentions then
        tooManyMentions
    else
        otherwise (listing mentioned)

let private create (asking: Context) (create: Command.Create) past =
    let members = asking.Person :: List.ofSeq create.Members |> List.distinct
    let made = Event.Created(asking.Stamp, create.Kind, listing members, create.Name)

    if exists past then
        AlreadySo
    else
        match create.Kind with
        | ConversationKind.Direct when members.Length <> 2 -> directNeedsOneOther
        | ConversationKind.Direct when not (isNull create.Name) -> directHasNoName
        | ConversationKind.Direct -> Accept made
        | ConversationKind.Group
        | ConversationKind.Channel when members.Length > Limits.PeopleAtOnce -> tooManyAtOnce
        | ConversationKind.Channel when isNull create.Name -> channelNeedsName
        | ConversationKind.Group
        | ConversationKind.Channel -> Accept made
        | _ -> unknownKind

let private invite (asking: Context) (invite: Command.Invite) past =
    let strangers =
        invite.People
        |> Seq.distinct
        |> Seq.filter (fun who -> not (isMember who past) && not (isInvited who past))
        |> List.ofSeq

    if List.isEmpty strangers then
        AlreadySo
    elif strangers.Length > Limits.PeopleAtOnce then
        tooManyInvited
    elif (invited past).Length + strangers.Length > Limits.PendingInvitations then
        tooManyInvited
    else
        Accept(Event.Invited(asking.Stamp, listing strangers))

let private join (asking: Context) (join: Command.Join) past =
    let who = asking.Person

    let bound =
        if isChannel past then
            Limits.ChannelMembers
        else
            Limits.GroupMembers

    if isMember who past then
        AlreadySo
    elif (members past).Length >= bound then
        tooManyMembers
    else
        Accept(Event.Joined(asking.Stamp, listing (accessOfNext who past), join.Link))

let private makeLink (asking: Context) (make: Command.MakeLink) past =
    let isWithin low high (value: int64) = value >= low && value <= high
    let until = make.ForMs |> Option.ofNullable |> Option.map asking.Now.Plus

    // Of several faults the last is named.
    if make.People.Count > Limits.LinkPeople then
        badLinkPeople
    elif
        make.MaxUses.HasValue
        && not (isWithin 1L (int64 Limits.ChannelMembers) (int64 make.MaxUses.Value))
    then
        badUses
    elif make.ForMs.HasValue && not (isWithin 1L Limits.LongestMs make.ForMs.Value) then
        badLength
    elif make.Link.Value.Length < Limits.LinkLetters then
        badLink
    elif Option.isSome (Linking.made make.Link past) then
        linkTaken
    elif (Linking.links past).Length >= Limits.Links then
        tooManyLinks
    else
        let people = make.People |> Seq.distinct |> listing
        Accept(Event.LinkMade(asking.Stamp, make.Link, Option.toNullable until, make.MaxUses, people))

let private knock (asking: Context) (knock: Command.Knock) past =
    let who = asking.Person

    if isMember who past || isInvited who past || isKnocking who past then
        AlreadySo
    elif (knocking past).Length >= Limits.Knocks then
        tooManyKnocks
    else
        Accept(Event.Knocked(asking.Stamp, knock.Reason))

let private send (asking: Context) (send: Command.SendMessage) past =
    let isWaiting (file: Attachment) =
        asking.Now.Milliseconds - file.At.Milliseconds < Attachment.WaitsMs

    if send.Files.Count > Limits.Attachments then
        tooManyFiles
    elif not (Seq.forall isWaiting send.Files) then
        fileExpired
    elif send.Files.Count = 0 && send.Body.Value = "" then
        nothingSaid
    else
        ifMentionable send.Mentions send.Roles past (fun mentions ->
            let quoted =
                send.ReplyTo
                |> Option.ofNullable
                |> Option.map (fun seq -> fst (placeOf seq past))

            let content =
                Content.Present(send.Body, Files = (send.Files |> Seq.distinct |> listing))

            let seq = lastSeq past + 1L
            let reply, all = Option.toNullable quoted, Seq.contains RoleId.Everyone send.Roles
            Accept(Event.MessageSent(asking.Stamp, seq, content, reply, mentions, send.IsAction, IsForEveryone = all)))

let private edit (asking: Context) (edit: Command.EditMessage) past =
    if edit.Body.Value = "" then
        noWords
    else
        ifMentionable edit.Mentions edit.Roles past (fun mentions ->
            let place, _ = placeOf edit.Seq past
            let all = Seq.contains RoleId.Everyone edit.Roles
            Accept(Event.MessageEdited(asking.Stamp, place, Content.Present edit.Body, mentions, IsForEveryone = all)))

let private redact (asking: Context) (redact: Command.RedactMessage) past =
    let place, sent = placeOf redact.Seq past

    if isRedacted redact.Seq past then
        AlreadySo
    else
        Accept(Event.MessageRedacted(asking.Stamp, place, sent.By, redact.Reason))

let private react (asking: Context) (react: Command.React) past =
    let place, _ = placeOf react.Seq past
    let under = reactions react.Seq past
    let kinds = under |> List.map fst |> List.distinct

    if List.contains (react.Emoji, asking.Person) under then
        AlreadySo
    elif not (List.contains react.Emoji kinds) && kinds.Length >= Limits.EmojiOfMessage then
        tooManyEmoji
    else
        Accept(Event.Reacted(asking.Stamp, place, react.Emoji))

let private unreact (asking: Context) (unreact: Command.Unreact) past =
    let place, _ = placeOf unreact.Seq past

    if List.contains (unreact.Emoji, asking.Person) (reactions unreact.Seq past) then
        Accept(Event.Unreacted(asking.Stamp, place, unreact.Emoji))
    else
        AlreadySo

let private pin (asking: Context) (pin: Command.Pin) past =
    let place, _ = placeOf pin.Seq past

    if List.contains place (pins past) then AlreadySo
    elif (pins past).Length >= Limits.Pins then tooManyPins
    else Accept(Event.Pinned(asking.Stamp, place))

let private unpin (asking: Context) (unpin: Command.Unpin) past =
    let place, _ = placeOf unpin.Seq past

    if List.contains place (pins past) then
        Accept(Event.Unpinned(asking.Stamp, place))
    else
        AlreadySo

let private unless isSo (happens: Event) =
    if isSo then AlreadySo else Accept happens

/// What comes of a command that is allowed.
let private outcome (asking: Context) (command: Command) (past: Past) : Verdict =
    let who, stamp = asking.Person, asking.Stamp

    match command with
    | :? Command.Create as wanted -> create asking wanted past
    | :? Command.Rename as wanted -> unless (name past = Some wanted.Name) (Event.Renamed(stamp, wanted.Name))
    | :? Command.SetTopic as wanted -> unless (topic past = wanted.Topic.Value) (Event.TopicSet(stamp, wanted.Topic))
    | :? Command.SetNickname as wanted ->
        unless (nickname who past = Some wanted.Nickname) (Event.Nicknamed(stamp, wanted.Nickname))
    | :? Command.Invite as wanted -> invite asking wanted past
    | :? Command.Join as wanted -> join asking wanted past
    | :? Command.MakeLink as wanted -> makeLink asking wanted past
    | :? Command.DropLink as wanted -> Accept(Event.LinkDropped(stamp, wanted.Link))
    | :? Command.Leave -> unless (not (isMember who past)) (Event.Left stamp)
    | :? Command.SendMessage as wanted -> send asking wanted past
    | :? Command.EditMessage as wanted -> edit asking wanted past
    | :? Command.RedactMessage as wanted -> redact asking wanted past
    | :? Command.React as wanted -> react asking wanted past
    | :? Command.Unreact as wanted -> unreact asking wanted past
    | :? Command.Pin as wanted -> pin asking wanted past
    | :? Command.Unpin as wanted -> unpin asking wanted past
    | :? Command.ChangeSettings as wanted -> Governing.changeSettings asking wanted past
    | :? Command.SetWords as wanted -> Wording.set asking wanted past
    | :? Command.SetRole as wanted -> Governing.setRole asking wanted past
    | :? Command.DropRole as wanted -> Accept(Event.RoleDropped(stamp, wanted.Role))
    | :? Command.AssignRoles as wanted -> Governing.assignRoles asking wanted past
    | :? Command.TransferOwnership as wanted ->
        unless (wanted.Person = who) (Event.OwnershipTransferred(stamp, wanted.Person))
    | :? Command.Kick as wanted -> Accept(Event.Kicked(stamp, wanted.Person, wanted.Reason))
    | :? Command.Ban as wanted -> Governing.banned asking wanted past
    | :? Command.Unban as wanted ->
        unless (Option.isNone (ban wanted.Person asking.Now past)) (Event.Unbanned(stamp, wanted.Person))
    | :? Command.Timeout as wanted -> Governing.timeout asking wanted past
    | :? Command.Knock as wanted -> knock asking wanted past
    | :? Command.Uninvite as wanted ->
        unless
            (not (isInvited wanted.Person past) && not (isKnocking wanted.Person past))
            (Event.Uninvited(stamp, wanted.Person))
    | :? Command.Close -> unless (List.contains who (closers past)) (Event.Closed stamp)
    | :? Command.Reopen -> unless (not (List.contains who (closers past))) (Event.Reopened stamp)
    | other -> Closing.kept stamp other

/// What a command comes to: whether it is allowed, then what comes of it.
let decide (asking: Context) (command: Command) (past: Past) : Verdict =
    Permitted.refusal asking.Person asking.Now command past
    |> Option.map (Wording.instead asking command past)
    |> Option.defaultWith (fun () -> outcome asking command past)

/// The marks somebody may set: a member's, within what was said; what is read was received.
let mark (who: PersonId) (marks: Marks) (past: Past) : Result<Marks, Verdict> =
    let within value = max 0L (min value (lastSeq past))

    if isMember who past then
        let read = within marks.Read
        Ok(Marks(read, max read (within marks.Delivered)))
    else
        Error(Checks.outside who past)
