/// What is between two people, from what happened between them, oldest first. There is no state.
module Chat.Spec.Oracle.Pairs

open Chat.Domain.Values
open Chat.Domain.Pairs
open Chat.Spec

type Past = Event list

let private by who (happened: Event) = happened.By = who

let private lastIs (isEither: Event -> bool) (isSo: Event -> bool) (past: Past) =
    past |> List.tryFindBack isEither |> Option.exists isSo

/// Somebody has blocked the other if that is what they last did of blocking and unblocking.
let hasBlocked (who: PersonId) =
    lastIs (fun happened -> by who happened && (happened :? Event.Blocked || happened :? Event.Unblocked)) (fun last ->
        last :? Event.Blocked)

let isClosed (past: Past) =
    past |> List.exists (fun happened -> hasBlocked happened.By past)

let areFriends =
    lastIs
        (fun happened ->
            happened :? Event.Befriended
            || happened :? Event.Removed
            || happened :? Event.Blocked)
        (fun last -> last :? Event.Befriended)

/// The request of somebody that stands as far as they know: not taken back, not become friendship, not ended by a block
/// of their own. With what happened before it, and since.
let private request (who: PersonId) (past: Past) : (Past * Past) option =
    let isOf (happened: Event) =
        happened :? Event.Befriended
        || (by who happened
            && (happened :? Event.Requested
                || happened :? Event.Cancelled
                || happened :? Event.Blocked))

    past
    |> List.tryFindIndexBack isOf
    |> Option.filter (fun at -> past[at] :? Event.Requested)
    |> Option.map (fun at -> List.truncate at past, List.skip (at + 1) past)

let hasAsked who past = Option.isSome (request who past)

/// It is before the other unless it came in spite of a block, or the other turned it away or blocked since.
let isHeard (who: PersonId) (past: Past) =
    request who past
    |> Option.exists (fun (before, since) ->
        not (isClosed before)
        && not (
            since
            |> List.exists (fun later -> not (by who later) && (later :? Event.Declined || later :? Event.Blocked))
        ))

/// How one stands to the other, as they know it.
let bond (who: PersonId) (other: PersonId) (past: Past) : Bond =
    if areFriends past then Bond.Friend
    elif hasAsked who past then Bond.Asked
    elif isHeard other past then Bond.Asks
    else Bond.None

/// What one of the two knows, with how often it has changed.
let view (who: PersonId) (other: PersonId) (past: Past) : View =
    let known length =
        let soFar = List.truncate length past
        bond who other soFar, hasBlocked who soFar

    let changes =
        [ 1 .. past.Length ] |> List.filter (fun at -> known at <> known (at - 1))

    match List.tryLast changes with
    | None -> View.None
    | Some last ->
        let bond, hasBlocked = known last
        View(bond, hasBlocked, int64 changes.Length, past[last - 1].At)

type Answer =
    | Happens of string
    | AlreadySo
    | Refused of code: string * rule: string

let decide (who: PersonId) (command: Command) (past: Past) : Answer =
    let other = command.Other
    let unless isSo happens = if isSo then AlreadySo else happens

    match command with
    | _ when who = other -> Refused("malformed", "id: somebody else")
    | :? Command.Request when hasBlocked who past -> Refused("forbidden", "pair.blocked_by_you")
    | :? Command.Request when areFriends past || hasAsked who past -> AlreadySo
    // Both have asked.
    | :? Command.Request when hasAsked other past -> Happens "Befriended"
    | :? Command.Request -> Happens "Requested"
    | :? Command.Accept when areFriends past -> AlreadySo
    | :? Command.Accept when isHeard other past -> Happens "Befriended"
    | :? Command.Accept -> Refused("not_found", "request.unknown")
    | :? Command.Decline -> unless (not (isHeard other past)) (Happens "Declined")
    | :? Command.Cancel -> unless (not (hasAsked who past)) (Happens "Cancelled")
    | :? Command.Remove -> unless (not (areFriends past)) (Happens "Removed")
    | :? Command.Block -> unless (hasBlocked who past) (Happens "Blocked")
    | _ -> unless (not (hasBlocked who past)) (Happens "Unblocked")

/// Who may reach somebody: what they said of it last.
let privacy (own: Chat.Domain.People.Event list) : Chat.Domain.People.Privacy =
    own
    |> List.choose (fun happened ->
        match happened with
        | :? Chat.Domain.People.Event.PrivacyChanged as changed -> Some changed.Privacy
        | _ -> None)
    |> List.tryLast
    |> Option.defaultValue Chat.Domain.People.Privacy.Open

/// Whether somebody takes something of another, given how open they are to it and what is between the two.
let takes (openness: Chat.Domain.People.Openness) (past: Past) =
    not (isClosed past)
    && (openness = Chat.Domain.People.Openness.Everyone
        || (openness = Chat.Domain.People.Openness.Friends && areFriends past))
