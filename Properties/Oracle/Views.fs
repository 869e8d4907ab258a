/// What somebody reads, counts and finds in their inbox, of a conversation with this past and given their marks.
module Chat.Spec.Oracle.Views

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access

/// An event as somebody is shown it: a quote of what they may not see is cut out.
let asShown (veiled: PersonId list) (who: PersonId) (past: Past) (happened: Event) : Event =
    match happened with
    | :? Event.MessageSent as sent when sent.ReplyTo.HasValue && not (seesMessage veiled who sent.ReplyTo.Value past) ->
        Event.MessageSent(
            sent.Stamp,
            sent.Seq,
            sent.Content,
            Nullable(),
            sent.Mentions,
            sent.IsAction,
            IsForEveryone = sent.IsForEveryone
        )
    | other -> other

/// The events that somebody sees, as they are kept, with the veiled left out.
let shownBehind (veiled: PersonId list) (who: PersonId) (past: Past) : (int64 * Event) list =
    asStored past
    |> List.filter (fun recorded -> seesEventBehind veiled who past recorded.Version (event recorded))
    |> List.map (fun recorded -> recorded.Version, asShown veiled who past (event recorded))

let shown: PersonId -> Past -> (int64 * Event) list = shownBehind []

let private about seq (_, happened: Event) =
    happened.About.HasValue && happened.About.Value.Seq = seq

/// The emoji under a message as events about it say, each with who put it there. An emoji stands where it came up, and
/// so do the people behind it.
let private reactionsOf (events: Event list) : ReactionsOf list =
    let put (groups: (Emoji * PersonId list) list) (emoji: Emoji) (who: PersonId) =
        if groups |> List.exists (fun (kind, _) -> kind = emoji) then
            groups
            |> List.map (fun (kind, people) ->
                if kind = emoji && not (List.contains who people) then
                    kind, people @ [ who ]
                else
                    kind, people)
        else
            groups @ [ emoji, [ who ] ]

    let takeAway groups emoji who =
        groups
        |> List.map (fun (kind, people) ->
            if kind = emoji then
                kind, List.except [ who ] people
            else
                kind, people)
        |> List.filter (fun (_, people) -> not (List.isEmpty people))

    events
    |> List.fold
        (fun groups happened ->
            match happened with
            | :? Event.Reacted as reacted -> put groups reacted.Emoji reacted.By
            | :? Event.Unreacted as removed -> takeAway groups removed.Emoji removed.By
            | _ -> groups)
        []
    |> List.map (fun (kind, people) -> ReactionsOf(kind, listing people))

/// What an edit says, with the files that the message carries.
let private withFilesOf (sent: Event.MessageSent) (edited: Content) : Content =
    match sent.Content, edited with
    | (:? Content.Present as before), (:? Content.Present as after) -> Content.Present(after.Body, Files = before.Files)
    | _ -> edited

let private reads (at: int64) (sent: Event.MessageSent) (later: Event list) : Message =
    let lastEdit =
        later
        |> List.tryFindBack (fun happened -> happened :? Event.MessageEdited)
        |> Option.map (fun happened -> happened :?> Event.MessageEdited)

    let redaction =
        later
        |> List.tryPick (fun happened ->
            match happened with
            | :? Event.MessageRedacted as redacted -> Some redacted
            | _ -> None)

    let editedAt =
        lastEdit
        |> Option.map (fun edit -> Nullable edit.At)
        |> Option.defaultValue (Nullable())

    let replyTo =
        if sent.ReplyTo.HasValue then
            Nullable sent.ReplyTo.Value.Seq
        else
            Nullable()

    let message content mentions isForEveryone redactedBy reason reactions =
        Message(
            sent.Seq,
            at,
            sent.By,
            sent.At,
            sent.Stamp.OccurredAt,
            content,
            sent.IsAction,
            replyTo,
            mentions,
            editedAt,
            redactedBy,
            reason,
            reactions,
            IsForEveryone = isForEveryone
        )

    match redaction, lastEdit with
    | Some taken, _ -> message Content.Redacted (listing []) false (Nullable taken.By) taken.Reason (listing [])
    | None, Some edit ->
        message
            (withFilesOf sent edit.Content)
            edit.Mentions
            edit.IsForEveryone
            (Nullable())
            null
            (listing (reactionsOf later))
    | None, None ->
        message sent.Content sent.Mentions sent.IsForEveryone (Nullable()) null (listing (reactionsOf later))

/// The messages among events that are seen, with their edits, reactions and redactions folded in, in order.
let messagesOf (visible: (int64 * Event) list) : Message list =
    visible
    |> List.choose (fun (at, happened) ->
        match happened with
        | :? Event.MessageSent as sent -> Some(reads at sent (visible |> List.filter (about sent.Seq) |> List.map snd))
        | _ -> None)

/// The messages that somebody sees.
let historyBehind (veiled: PersonId list) (who: PersonId) (past: Past) : Message list =
    messagesOf (shownBehind veiled who past)

let history: PersonId -> Past -> Message list = historyBehind []

/// What somebody who is in has not read: they see it, it was not taken back, it is not their own, it comes after their
/// marker, and after they came in.
let unreadBehind (veiled: PersonId list) (who: PersonId) (marks: Marks) (past: Past) : Message list =
    historyBehind veiled who past
    |> List.filter (fun message ->
        not (isRedacted message.Seq past)
        && message.By <> who
        && message.Seq > marks.Read
        && message.Version > (arrival who past).Version)

let unread: PersonId -> Marks -> Past -> Message list = unreadBehind []

/// Those of them that mention them.
let mentionsBehind (veiled: PersonId list) (who: PersonId) (marks: Marks) (past: Past) : Message list =
    unreadBehind veiled who marks past
    |> List.filter (fun message -> message.IsForEveryone || Seq.contains who message.Mentions)

let mentions: PersonId -> Marks -> Past -> Message list = mentionsBehind []

/// A page before a number, after it, around it: always in order, and no longer than asked for.
let before (seq: int64) (limit: int) (messages: Message list) =
    let older = messages |> List.filter (fun message -> message.Seq < seq)
    older |> List.skip (max 0 (older.Length - limit))

let after (seq: int64) (limit: int) (messages: Message list) =
    messages
    |> List.filter (fun message -> message.Seq > seq)
    |> List.truncate limit

let around (seq: int64) (limit: int) (messages: Message list) =
    before seq (limit / 2) messages
    @ (messages
       |> List.filter (fun message -> message.Seq >= seq)
       |> List.truncate (limit - limit / 2))

/// The line of a member's inbox.
let entryBehind
    (veiled: PersonId list)
    (conversation: ConversationId)
    (who: PersonId)
    (marks: Marks)
    (past: Past)
    : InboxEntry =
    InboxEntry(
        conversation,
        Standing.Member,
        (kind past).Value,
        Option.toObj (name past),
        version past,
        lastSeq past,
        marks,
        (unreadBehind veiled who marks past).Length,
        (mentionsBehind veiled who marks past).Length,
        historyBehind veiled who past |> List.tryLast |> Option.toObj
    )

let entry: ConversationId -> PersonId -> Marks -> Past -> InboxEntry =
    entryBehind []
