/// What a conversation's past says. There is no state: the past is the list of what happened, oldest first, and every
/// question is answered by looking through it. Slow, and plainly right.
module Chat.Spec.Oracle.Past

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec

type Past = Recorded list

/// What happened at one version.
let event (recorded: Recorded) : Event = downcast recorded.Event

let version (past: Past) : int64 = int64 past.Length

// Who is in.

let private comesIn (who: PersonId) (happened: Event) =
    match happened with
    | :? Event.Created as created -> created.Members.Contains who
    | :? Event.Joined as joined -> joined.By = who
    | _ -> false

let private goesOut (who: PersonId) (happened: Event) =
    match happened with
    | :? Event.Left as left -> left.By = who
    | :? Event.Kicked as kicked -> kicked.Person = who
    | :? Event.Banned as banned -> banned.Person = who
    | _ -> false

/// Somebody is in if the last time they came or went, they came.
let isMember (who: PersonId) (past: Past) =
    past
    |> List.tryFindBack (fun recorded -> comesIn who (event recorded) || goesOut who (event recorded))
    |> Option.exists (fun last -> comesIn who (event last))

/// The event with which somebody who is in came in.
let arrival (who: PersonId) (past: Past) =
    past |> List.findBack (fun recorded -> comesIn who (event recorded))

/// Everybody who is in, in the order in which they came.
let members (past: Past) : PersonId list =
    past
    |> List.fold
        (fun inside recorded ->
            match event recorded with
            | :? Event.Created as created -> List.ofSeq created.Members
            | :? Event.Joined as joined -> inside @ [ joined.By ]
            | :? Event.Left as left -> List.except [ left.By ] inside
            | :? Event.Kicked as kicked -> List.except [ kicked.Person ] inside
            | :? Event.Banned as banned -> List.except [ banned.Person ] inside
            | _ -> inside)
        []

// Who was asked in.

let private asks (who: PersonId) (happened: Event) =
    match happened with
    | :? Event.Invited as invited -> invited.People.Contains who
    | _ -> false

let private turnsAway (who: PersonId) (happened: Event) =
    match happened with
    | :? Event.Uninvited as uninvited -> uninvited.Person = who
    | :? Event.Banned as banned -> banned.Person = who
    | _ -> false

/// The invitation of somebody that waits: they were asked in, and have not come or been turned away since.
let invitation (who: PersonId) (past: Past) : Recorded option =
    past
    |> List.tryFindBack (fun recorded ->
        let happened = event recorded
        asks who happened || comesIn who happened || turnsAway who happened)
    |> Option.filter (fun last -> asks who (event last))

let isInvited who past = Option.isSome (invitation who past)

/// Somebody knocks if they did, and were not asked in or turned away since.
let isKnocking (who: PersonId) (past: Past) =
    let knocks (happened: Event) =
        happened :? Event.Knocked && happened.By = who

    past
    |> List.tryFindBack (fun recorded ->
        let happened = event recorded

        knocks happened
        || asks who happened
        || comesIn who happened
        || turnsAway who happened)
    |> Option.exists (fun last -> knocks (event last))

/// Everybody who knocks.
let knocking (past: Past) : PersonId list =
    past
    |> List.map (fun recorded -> recorded.Event.By)
    |> List.distinct
    |> List.filter (fun who -> isKnocking who past)

/// Everybody whose invitation waits for an answer.
let invited (past: Past) : PersonId list =
    past
    |> List.collect (fun recorded ->
        match event recorded with
        | :? Event.Invited as invited -> List.ofSeq invited.People
        | _ -> [])
    |> List.distinct
    |> List.filter (fun who -> isInvited who past)

// What it is.

let kind (past: Past) : ConversationKind option =
    past
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.Created as created -> Some created.Kind
        | _ -> None)

let exists past = Option.isSome (kind past)

let isDirect past =
    kind past = Some ConversationKind.Direct

let isGroup past = kind past = Some ConversationKind.Group

let isChannel past =
    kind past = Some ConversationKind.Channel

/// The name that was given last, by making it or by renaming it.
let name (past: Past) : ConversationName option =
    past
    |> List.tryFindBack (fun recorded -> event recorded :? Event.Created || event recorded :? Event.Renamed)
    |> Option.bind (fun last ->
        match event last with
        | :? Event.Created as created -> Option.ofObj created.Name
        | :? Event.Renamed as renamed -> Some renamed.Name
        | _ -> None)

/// The topic that was set last; a blank one is none.
let topic (past: Past) : string =
    past
    |> List.rev
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.TopicSet as set -> Some set.Topic.Value
        | _ -> None)
    |> Option.defaultValue ""

/// The last of what happened to somebody since they came in.
let lastSince (who: PersonId) (past: Past) (chosen: Event -> 'a option) : 'a option =
    let since = (arrival who past).Version

    past
    |> List.rev
    |> List.takeWhile (fun recorded -> recorded.Version > since)
    |> List.tryPick (event >> chosen)

/// What somebody is called here: what they last asked for since they came in.
let nickname (who: PersonId) (past: Past) : Nickname option =
    lastSince who past (fun happened ->
        match happened with
        | :? Event.Nicknamed as named when named.By = who -> Some named.Nickname
        | _ -> None)

/// How it is kept: as was said last, else as its kind begins.
let settings (past: Past) : Settings =
    past
    |> List.rev
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.SettingsChanged as changed -> Some changed.Settings
        | _ -> None)
    |> Option.defaultValue (Settings.Of(Option.toNullable (kind past)))

/// The owner: whoever made it; when they go, whoever of those left behind came first, and of several who came together
/// the one whose id sorts first; whoever comes into an empty one.
let owner (past: Past) : PersonId option =
    let first inside =
        inside
        |> List.sortBy (fun (who: PersonId, came: int64) -> came, who.Value)
        |> List.tryHead
        |> Option.map fst

    let next (inside: (PersonId * int64) list, was: PersonId option) (recorded: Recorded) =
        let came who = who, recorded.Version

        let isInside who =
            inside |> List.exists (fun (other, _) -> other = who)

        match event recorded with
        | :? Event.Created as created -> created.Members |> Seq.map came |> List.ofSeq, Some created.Members[0]
        | :? Event.Joined as joined when List.isEmpty inside -> [ came joined.By ], Some joined.By
        | :? Event.Joined as joined -> inside @ [ came joined.By ], was
        | :? Event.OwnershipTransferred as transferred when isInside transferred.Person ->
            inside, Some transferred.Person
        | happened ->
            let left = inside |> List.filter (fun (who, _) -> not (goesOut who happened))

            if was |> Option.exists (fun who -> goesOut who happened) then
                left, first left
            else
                left, was

    past |> List.fold next ([], None) |> snd

// Messages.

let message (seq: int64) (past: Past) : (Recorded * Event.MessageSent) option =
    past
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.MessageSent as sent when sent.Seq = seq -> Some(recorded, sent)
        | _ -> None)

/// How many messages were sent: also the number of the last one.
let lastSeq (past: Past) : int64 =
    past
    |> List.filter (fun recorded -> event recorded :? Event.MessageSent)
    |> List.length
    |> int64

/// The event that took a message back.
let redaction (seq: int64) (past: Past) : Event.MessageRedacted option =
    past
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.MessageRedacted as redacted when redacted.Message.Seq = seq -> Some redacted
        | _ -> None)

let isRedacted seq past = Option.isSome (redaction seq past)

/// Whose emoji are under a message: put there, and not taken away after.
let reactions (seq: int64) (past: Past) : (Emoji * PersonId) list =
    past
    |> List.fold
        (fun under recorded ->
            match event recorded with
            | :? Event.Reacted as put when put.Message.Seq = seq ->
                (put.Emoji, put.By) :: List.except [ (put.Emoji, put.By) ] under
            | :? Event.Unreacted as away when away.Message.Seq = seq -> List.except [ (away.Emoji, away.By) ] under
            | _ -> under)
        []
