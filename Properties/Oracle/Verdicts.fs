/// What is to be answered to somebody who wants something of a conversation with this past.
module Chat.Spec.Oracle.Verdicts

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access

/// Who is not in learns that a conversation is there only if it is open to all or they were asked in.
let outside who past =
    if isChannel past || isInvited who past then
        noMember
    else
        absent

let private ifMember (who: PersonId) past otherwise =
    if isMember who past then otherwise () else outside who past

/// Goes on with the message of a number, if it is there and whoever asks may see it.
let private ifSeen who seq past otherwise =
    match message seq past with
    | Some(recorded, sent) when maySee who recorded.Version past ->
        otherwise (MessageRef(seq, recorded.Version)) (sent: Event.MessageSent)
    | _ -> noMessage

let private ifLive who seq past otherwise =
    ifSeen who seq past (fun place sent -> if isRedacted seq past then gone else otherwise place sent)

/// Goes on with those of the named people who are in, each once, if there are not too many.
let private ifMentionable (named: PersonId seq) past otherwise =
    let mentioned =
        named |> Seq.distinct |> Seq.filter (fun who -> isMember who past) |> List.ofSeq

    if mentioned.Length > Limits.Mentions then
        tooManyMentions
    else
        otherwise (listing mentioned)

let private create (asking: Context) (create: Command.Create) past =
    let members = asking.Person :: List.ofSeq create.Members |> List.distinct
    let made = Event.Created(asking.Stamp, create.Kind, listing members, create.Name)

    if exists past then
        if isMember asking.Person past then
            AlreadySo
        else
            outside asking.Person past
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

/// Goes on if whoever asks may say what the conversation is called and what it is about.
let private ifNaming who past otherwise =
    ifMember who past (fun () ->
        if isDirect past then directHasNoName
        elif isChannel past && owner past <> Some who then notOwner
        else otherwise ())

let private invite (asking: Context) (invite: Command.Invite) past =
    ifMember asking.Person past (fun () ->
        let strangers =
            invite.People
            |> Seq.distinct
            |> Seq.filter (fun who -> not (isMember who past) && not (isInvited who past))
            |> List.ofSeq

        if isDirect past then
            directIsForTwo
        elif List.isEmpty strangers then
            AlreadySo
        elif strangers.Length > Limits.PeopleAtOnce then
            tooManyInvited
        elif (invited past).Length + strangers.Length > Limits.PendingInvitations then
            tooManyInvited
        else
            Accept(Event.Invited(asking.Stamp, listing strangers)))

let private join (asking: Context) past =
    let who = asking.Person

    let bound =
        if isChannel past then
            Limits.ChannelMembers
        else
            Limits.GroupMembers

    if isMember who past then
        AlreadySo
    elif not (isChannel past) && not (isGroup past && isInvited who past) then
        absent
    elif (members past).Length >= bound then
        tooManyMembers
    else
        Accept(Event.Joined(asking.Stamp, listing (accessOfNext who past)))

let private leave (asking: Context) past =
    if isMember asking.Person past then
        if isDirect past then
            directIsForTwo
        else
            Accept(Event.Left asking.Stamp)
    elif isChannel past then
        AlreadySo
    else
        outside asking.Person past

let private send (asking: Context) (send: Command.SendMessage) past =
    let say quoted =
        ifMentionable send.Mentions past (fun mentions ->
            let content = Content.Present send.Body
            let seq = lastSeq past + 1L
            Accept(Event.MessageSent(asking.Stamp, seq, content, quoted, mentions, send.IsAction)))

    ifMember asking.Person past (fun () ->
        if send.ReplyTo.HasValue then
            ifSeen asking.Person send.ReplyTo.Value past (fun place _ -> say (System.Nullable place))
        else
            say (System.Nullable()))

let private edit (asking: Context) (edit: Command.EditMessage) past =
    ifMember asking.Person past (fun () ->
        ifLive asking.Person edit.Seq past (fun place sent ->
            if sent.By <> asking.Person then
                notAuthor
            else
                ifMentionable edit.Mentions past (fun mentions ->
                    Accept(Event.MessageEdited(asking.Stamp, place, Content.Present edit.Body, mentions)))))

let private redact (asking: Context) (redact: Command.RedactMessage) past =
    ifMember asking.Person past (fun () ->
        ifSeen asking.Person redact.Seq past (fun place sent ->
            let isAbove = owner past = Some asking.Person && not (isDirect past)

            if sent.By <> asking.Person && not isAbove then
                notAuthorNorOwner
            elif isRedacted redact.Seq past then
                AlreadySo
            else
                Accept(Event.MessageRedacted(asking.Stamp, place, sent.By, redact.Reason))))

let private react (asking: Context) (react: Command.React) past =
    ifMember asking.Person past (fun () ->
        ifLive asking.Person react.Seq past (fun place _ ->
            let under = reactions react.Seq past
            let kinds = under |> List.map fst |> List.distinct

            if List.contains (react.Emoji, asking.Person) under then
                AlreadySo
            elif not (List.contains react.Emoji kinds) && kinds.Length >= Limits.EmojiOfMessage then
                tooManyEmoji
            else
                Accept(Event.Reacted(asking.Stamp, place, react.Emoji))))

let private unreact (asking: Context) (unreact: Command.Unreact) past =
    ifMember asking.Person past (fun () ->
        ifLive asking.Person unreact.Seq past (fun place _ ->
            if List.contains (unreact.Emoji, asking.Person) (reactions unreact.Seq past) then
                Accept(Event.Unreacted(asking.Stamp, place, unreact.Emoji))
            else
                AlreadySo))

/// What a command comes to.
let decide (asking: Context) (command: Command) (past: Past) : Verdict =
    match command with
    | :? Command.Create as wanted -> create asking wanted past
    | :? Command.Rename as wanted ->
        ifNaming asking.Person past (fun () ->
            if name past = Some wanted.Name then
                AlreadySo
            else
                Accept(Event.Renamed(asking.Stamp, wanted.Name)))
    | :? Command.SetTopic as wanted ->
        ifNaming asking.Person past (fun () ->
            if topic past = wanted.Topic.Value then
                AlreadySo
            else
                Accept(Event.TopicSet(asking.Stamp, wanted.Topic)))
    | :? Command.SetNickname as wanted ->
        ifMember asking.Person past (fun () ->
            if nickname asking.Person past = Some wanted.Nickname then
                AlreadySo
            else
                Accept(Event.Nicknamed(asking.Stamp, wanted.Nickname)))
    | :? Command.Invite as wanted -> invite asking wanted past
    | :? Command.Join -> join asking past
    | :? Command.Leave -> leave asking past
    | :? Command.SendMessage as wanted -> send asking wanted past
    | :? Command.EditMessage as wanted -> edit asking wanted past
    | :? Command.RedactMessage as wanted -> redact asking wanted past
    | :? Command.React as wanted -> react asking wanted past
    | :? Command.Unreact as wanted -> unreact asking wanted past
    | other -> failwithf "the oracle does not know %s yet" (other.GetType().Name)

/// The marks somebody may set: a member's, within what was said; what is read was received.
let mark (who: PersonId) (marks: Marks) (past: Past) : Result<Marks, Verdict> =
    let within value = max 0L (min value (lastSeq past))

    if isMember who past then
        let read = within marks.Read
        Ok(Marks(read, max read (within marks.Delivered)))
    else
        Error(outside who past)
