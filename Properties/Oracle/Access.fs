/// Who may see what: judged by where they were when it happened.
module Chat.Spec.Oracle.Access

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle.Past

/// The stretches during which somebody was in: from the version with which they came to the one with which they left.
let stays (who: PersonId) (past: Past) : Interval list =
    let wasIn version = isMember who (List.take version past)

    [ 1 .. past.Length ]
    |> List.filter (fun at -> wasIn at && not (wasIn (at - 1)))
    |> List.map (fun came ->
        match [ came .. past.Length ] |> List.tryFind (fun at -> not (wasIn at)) with
        | Some left -> Interval(int64 came, int64 left)
        | None -> Interval.OpenFrom(int64 came))

let private lastOf count items =
    items |> List.skip (max 0 (List.length items - count))

/// What somebody who comes in next will see: a channel from its beginning; a group from here on, besides the stretches
/// during which they were in before, as many of the last ones as are kept.
let accessOfNext (who: PersonId) (past: Past) : Interval list =
    if isChannel past then
        [ Interval.OpenFrom 1L ]
    else
        lastOf (Limits.AccessIntervals - 1) (stays who past)
        @ [ Interval.OpenFrom(version past + 1L) ]

/// What somebody who is in may see; whoever is not in sees nothing.
let accessOf (who: PersonId) (past: Past) : Interval list =
    if not (isMember who past) then []
    elif isChannel past then [ Interval.OpenFrom 1L ]
    else lastOf Limits.AccessIntervals (stays who past)

let maySee (who: PersonId) (at: int64) (past: Past) =
    accessOf who past |> List.exists (fun stretch -> stretch.Contains at)

/// An event about a message is seen only by who sees that message.
let seesEvent (who: PersonId) (past: Past) (at: int64) (happened: Event) =
    maySee who at past
    && (not happened.About.HasValue || maySee who happened.About.Value.Version past)

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
