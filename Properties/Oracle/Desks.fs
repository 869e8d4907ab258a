/// What was reported and what became of it, from what happened at a desk and in conversations. There is no state.
module Chat.Spec.Oracle.Desks

open Chat.Domain.Values
open Chat.Domain.Desks
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Pairs

type Past = Event list

/// Every report with its number.
let filed (past: Past) : (int64 * Event.Filed) list =
    past
    |> List.choose (fun happened ->
        match happened with
        | :? Event.Filed as filed -> Some filed
        | _ -> None)
    |> List.mapi (fun index filed -> int64 (index + 1), filed)

let settlement (number: int64) (past: Past) : Event.Settled option =
    past
    |> List.tryPick (fun happened ->
        match happened with
        | :? Event.Settled as settled when settled.Report = number -> Some settled
        | _ -> None)

let assignee (number: int64) (past: Past) : PersonId option =
    past
    |> List.rev
    |> List.tryPick (fun happened ->
        match happened with
        | :? Event.Assigned as assigned when assigned.Report = number -> Some(Option.ofNullable assigned.To)
        | _ -> None)
    |> Option.flatten

/// When somebody last looked at a report.
let lastLook (who: PersonId) (number: int64) (past: Past) : Instant option =
    past
    |> List.rev
    |> List.tryPick (fun happened ->
        match happened with
        | :? Event.Looked as looked when looked.Report = number && looked.By = who -> Some looked.At
        | _ -> None)

let private isOpen past (number: int64, _: Event.Filed) = Option.isNone (settlement number past)

/// Who handles the reports about a conversation.
let isHandler who place =
    Past.isMember who place && Powers.may who Permission.Reports place

/// Whom a report is about: the author of a message, or the person.
let aboutOf (places: ConversationId -> Chat.Spec.Oracle.Past.Past) (filed: Event.Filed) : PersonId option =
    match filed.Subject with
    | :? Subject.Person as person -> Some person.Who
    | :? Subject.Message as message ->
        Past.message message.Seq (places message.Conversation)
        |> Option.map (fun (_, sent) -> sent.By)
    | _ -> None

/// Whether somebody is shown a report.
let isShown who place places (filed: Event.Filed) =
    if isHandler who place then
        aboutOf places filed <> Some who
    else
        filed.By = who && not filed.Rule.HasValue

let private refused verdict =
    match verdict with
    | Refuse(code, rule) -> Refused(code, rule)
    | other -> failwith $"{other} is no refusal"

let private aboutOneself = Refuse("forbidden", "report.of_oneself")

/// Why somebody may not tell of something, if so.
let private untold (who: PersonId) (file: Command.File) (places: ConversationId -> Chat.Spec.Oracle.Past.Past) =
    let told = Option.ofNullable file.To

    let isOf (where: ConversationId) =
        told |> Option.forall (fun place -> place = where)

    let isElsewhere =
        match file.Subject with
        | :? Subject.Message as message -> not (isOf message.Conversation)
        | :? Subject.Place as place -> not (isOf place.Conversation)
        | _ -> false

    let inside () =
        told
        |> Option.bind (fun place ->
            if not (Past.isMember who (places place)) then
                Some(Checks.outside who (places place))
            elif Past.isDirect (places place) then
                Some(Refuse("unsupported", "direct.no_moderators"))
            else
                None)

    let itself () =
        match file.Subject with
        | :? Subject.Message as message ->
            let place = places message.Conversation

            match Past.message message.Seq place with
            | _ when not (Past.isMember who place) -> Some(Checks.outside who place)
            | None -> Some noMessage
            | Some _ when Option.isNone (Checks.seen who message.Seq place) -> Some noMessage
            | Some _ when Past.isRedacted message.Seq place -> Some gone
            | Some(_, sent) -> if sent.By = who then Some aboutOneself else None
        | :? Subject.Person as person -> if person.Who = who then Some aboutOneself else None
        | :? Subject.Place as place ->
            let there = places place.Conversation

            if Past.isMember who there || Checks.isKnown who there then
                None
            else
                Some(Checks.outside who there)
        | other -> failwith $"{other}"

    if isElsewhere then
        Some(Refuse("malformed", "to: where it is, or the staff"))
    else
        inside () |> Option.orElseWith itself

/// The rule by which something that was said is told, where it does not wait to be seen to already.
let flagged (who: PersonId) command (message: Subject) place (past: Past) : WordRuleId option =
    let waits =
        filed past
        |> List.filter (isOpen past)
        |> List.exists (fun (_, report) -> report.Rule.HasValue && report.Subject = message)

    if waits then None else Wording.flag who command place

let private handling (who: PersonId) (number: int64) place places (past: Past) (then': unit -> Answer) =
    let isThere =
        filed past
        |> List.exists (fun report ->
            fst report = number
            && isOpen past report
            && isShown who place places (snd report))

    if not (Past.isMember who place) then
        refused (Checks.outside who place)
    elif not (isHandler who place) then
        refused (lacking Permission.Reports)
    elif not isThere then
        Refused("not_found", "report.unknown")
    else
        then' ()

let decide
    (who: PersonId)
    (command: Command)
    (past: Past)
    (places: ConversationId -> Chat.Spec.Oracle.Past.Past)
    : Answer =
    match command with
    | :? Command.File as file ->
        let mine =
            filed past
            |> List.filter (isOpen past)
            |> List.filter (fun (_, report) -> report.By = who && not report.Rule.HasValue)

        match untold who file places with
        | Some verdict -> refused verdict
        | None when mine |> List.exists (fun (_, report) -> report.Subject = file.Subject) -> AlreadySo
        | None when mine.Length >= 20 -> Refused("full", "reports.of_one")
        | None -> Happens "Filed"
    | :? Command.Assign as assign ->
        let place = places assign.Place

        handling who assign.Report place places past (fun () ->
            let report =
                filed past |> List.find (fun (number, _) -> number = assign.Report) |> snd

            match Option.ofNullable assign.To with
            | whom when whom = assignee assign.Report past -> AlreadySo
            | Some whom when not (isHandler whom place) || aboutOf places report = Some whom ->
                Refused("forbidden", "assignee.may_not")
            | _ -> Happens "Assigned")
    | :? Command.Look as look ->
        handling who look.Report (places look.Place) places past (fun () ->
            match filed past |> List.find (fun (number, _) -> number = look.Report) with
            | _, report when (report.Subject :? Subject.Message) -> Happens "Looked"
            | _ -> Refused("unsupported", "report.of_no_message"))
    | :? Command.Settle as settle ->
        handling who settle.Report (places settle.Place) places past (fun () -> Happens "Settled")
    | other -> failwith $"{other}"

/// Whether somebody may read the message that a report is about at some time: who handles it, for an hour after they
/// said why they look, also once it is settled.
let mayRead (who: PersonId) (number: int64) (now: Instant) place places (past: Past) =
    filed past
    |> List.exists (fun (other, report) ->
        other = number
        && (report.Subject :? Subject.Message)
        && isHandler who place
        && isShown who place places report
        && lastLook who number past
           |> Option.exists (fun at -> now.Milliseconds - at.Milliseconds < 3_600_000L))

/// What is read of it: its words as they are now, or nothing where it was taken back.
let words (message: Subject.Message) (place: Chat.Spec.Oracle.Past.Past) : string option =
    let said (content: Chat.Domain.Conversations.Content) =
        match content with
        | :? Chat.Domain.Conversations.Content.Present as present -> Some present.Body.Value
        | _ -> None

    let last =
        place
        |> List.rev
        |> List.tryPick (fun recorded ->
            match recorded.Event with
            | :? Chat.Domain.Conversations.Event.MessageEdited as edited when edited.Message.Seq = message.Seq ->
                Some edited.Content
            | :? Chat.Domain.Conversations.Event.MessageSent as sent when sent.Seq = message.Seq -> Some sent.Content
            | _ -> None)

    if Past.isRedacted message.Seq place then
        None
    else
        last |> Option.bind said
