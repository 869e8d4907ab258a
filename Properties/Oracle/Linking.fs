/// Links that let people in, found by looking through what happened.
module Chat.Spec.Oracle.Linking

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Powers

/// The event that made a link that is there: made, and not dropped since.
let made (id: LinkId) (past: Past) : (int64 * Event.LinkMade) option =
    past
    |> List.rev
    |> List.tryPick (fun recorded ->
        match event recorded with
        | :? Event.LinkMade as made when made.Link = id -> Some(Some(recorded.Version, made))
        | :? Event.LinkDropped as dropped when dropped.Link = id -> Some None
        | _ -> None)
    |> Option.flatten

/// All links that are there.
let links (past: Past) : LinkId list =
    past
    |> List.choose (fun recorded ->
        match event recorded with
        | :? Event.LinkMade as made -> Some made.Link
        | _ -> None)
    |> List.distinct
    |> List.filter (fun id -> Option.isSome (made id past))

/// How many have come by a link since it was made.
let uses (id: LinkId) (past: Past) : int =
    match made id past with
    | None -> 0
    | Some(version, _) ->
        past
        |> List.skip (int version)
        |> List.filter (fun recorded ->
            match event recorded with
            | :? Event.Joined as joined -> joined.Link = System.Nullable id
            | _ -> false)
        |> List.length

/// Whether whoever made a link may still ask people in.
let isBacked (made: Event.LinkMade) (past: Past) =
    isMember made.By past && may made.By Permission.Invite past
