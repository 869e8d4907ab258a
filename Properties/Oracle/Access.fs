/// Who may see what: judged by where they were when it happened.
module Chat.Spec.Oracle.Access

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle.Past

let private lastOf count items =
    items |> List.skip (max 0 (List.length items - count))

/// From where on somebody sees who comes in after this past, as its settings have it.
let private seesFrom (who: PersonId) (past: Past) : int64 =
    let next = version past + 1L
    let kept = settings past

    match kept.History with
    | HistoryRule.All -> 1L
    | HistoryRule.Invite -> invitation who past |> Option.map _.Version |> Option.defaultValue next
    | HistoryRule.Last ->
        past
        |> List.filter (fun recorded -> event recorded :? Event.MessageSent)
        |> lastOf kept.HistoryLast
        |> List.tryHead
        |> Option.map _.Version
        |> Option.defaultValue next
    | _ -> next

/// The stretches that somebody may see or, where they are in no more, could: each as long as they were in, and before
/// it what the settings of the moment showed to who came; as many of the last ones as are kept.
let rec stretches (who: PersonId) (past: Past) : Interval list =
    match List.rev past with
    | [] -> []
    | latest :: earlier ->
        let before = List.rev earlier

        match event latest with
        | :? Event.Created as created when created.Members.Contains who -> [ Interval.OpenFrom latest.Version ]
        | :? Event.Joined as joined when joined.By = who -> accessOfNext who before
        | _ when isMember who before && not (isMember who past) ->
            stretches who before
            |> List.map (fun stretch -> Interval(stretch.From, min stretch.Until latest.Version))
        | _ -> stretches who before

/// What somebody who comes in next will see.
and accessOfNext (who: PersonId) (past: Past) : Interval list =
    let from = seesFrom who past

    if from = 1L then
        [ Interval.OpenFrom 1L ]
    else
        let former =
            stretches who past
            |> List.filter (fun stretch -> stretch.From < from)
            |> List.map (fun stretch -> Interval(stretch.From, min stretch.Until (from - 1L)))

        lastOf (Limits.AccessIntervals - 1) former @ [ Interval.OpenFrom from ]

/// What somebody who is in may see; whoever is not in sees nothing.
let accessOf (who: PersonId) (past: Past) : Interval list =
    if isMember who past then stretches who past else []

let maySee (who: PersonId) (at: int64) (past: Past) =
    accessOf who past |> List.exists (fun stretch -> stretch.Contains at)

/// Who said a message.
let private authorOf (seq: int64) (past: Past) : PersonId option =
    past
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.MessageSent as sent when sent.Seq = seq -> Some sent.By
        | _ -> None)

/// Whether somebody may see a message, who has nothing to do with those whom a block veils.
let seesMessage (veiled: PersonId list) (who: PersonId) (message: MessageRef) (past: Past) =
    maySee who message.Version past
    && not (
        authorOf message.Seq past
        |> Option.exists (fun author -> List.contains author veiled)
    )

/// What one says and shows of oneself; everything else is done to the conversation and to the people in it.
let private isPersonal (happened: Event) =
    match happened with
    | :? Event.MessageSent
    | :? Event.MessageEdited
    | :? Event.Reacted
    | :? Event.Unreacted
    | :? Event.Nicknamed -> true
    | _ -> false

/// An event about a message is seen only by who sees that message; that it was closed or opened, and its links, by
/// nobody; what the veiled say, not by who has nothing to do with them.
let seesEventBehind (veiled: PersonId list) (who: PersonId) (past: Past) (at: int64) (happened: Event) =
    maySee who at past
    && not (happened :? Event.Closed)
    && not (happened :? Event.Reopened)
    && not (happened :? Event.WordsSet)
    && not (happened :? Event.LinkMade)
    && not (happened :? Event.LinkDropped)
    && not (isPersonal happened && List.contains happened.By veiled)
    && (not happened.About.HasValue || seesMessage veiled who happened.About.Value past)

/// The same where nobody is veiled.
let seesEvent: PersonId -> Past -> int64 -> Event -> bool = seesEventBehind []

/// Whether an event that came as this version is told to somebody though they may not be in: it is about them.
let isAddressed (who: PersonId) (past: Past) (at: int64) (happened: Event) =
    match happened with
    | :? Event.Left as left -> left.By = who
    | :? Event.Invited as invited -> Seq.contains who invited.People
    | :? Event.Kicked as kicked -> kicked.Person = who
    | :? Event.Banned as banned -> banned.Person = who && isMember who (List.truncate (int at - 1) past)
    | :? Event.Knocked as knocked -> knocked.By = who
    | :? Event.Uninvited as uninvited -> uninvited.Person = who
    | _ -> false

/// The past as the store keeps it: what was taken back has lost what it said, in every edit too.
let asStored (past: Past) : Past =
    let taken =
        past
        |> List.choose (fun recorded ->
            match event recorded with
            | :? Event.MessageRedacted as redacted -> Some redacted.Message.Seq
            | _ -> None)

    past
    |> List.map (fun recorded ->
        match event recorded with
        | :? Event.MessageSent as sent when List.contains sent.Seq taken -> Some(sent.Stripped())
        | :? Event.MessageEdited as edited when List.contains edited.Message.Seq taken -> Some(edited.Stripped())
        | _ -> None
        |> Option.map (fun stripped ->
            Chat.Domain.Deciding.Recorded(
                recorded.Stream,
                recorded.Version,
                recorded.Id,
                stripped,
                recorded.Origin,
                recorded.Guards
            ))
        |> Option.defaultValue recorded)
