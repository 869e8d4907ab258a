/// What is to be found in whatever is read: pages, and the details of a conversation.
module Chat.Spec.Outside.Expecting

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec.Oracle

/// The part of what is there that a page shows, and whether there is more: on its side of a number, or on either of one
/// around it.
let pageOf (numberOf: 'a -> int64) (anchor: Anchor) (seq: int64) (limit: int) (all: 'a list) : 'a list * bool =
    let older, newer =
        match anchor with
        | Anchor.Before -> limit, 0
        | Anchor.After -> 0, limit
        | _ -> limit / 2, limit - limit / 2

    let from = if anchor = Anchor.After then seq + 1L else seq
    let before, after = all |> List.partition (fun one -> numberOf one < from)

    List.skip (max 0 (before.Length - older)) before @ List.truncate newer after,
    (older > 0 && before.Length > older) || (newer > 0 && after.Length > newer)

let private membersAre (veiled: PersonId list) (past: Recorded list) (found: Details) =
    let entry (member': MemberEntry) =
        string member'.Person, string member'.Nickname, member'.JoinedAt, member'.Role = Role.Owner

    let expected (who: PersonId) =
        string who,
        (if List.contains who veiled then
             ""
         else
             string (Option.toObj (Past.nickname who past))),
        (Past.arrival who past).Version,
        Past.owner past = Some who

    (found.Members |> Seq.map entry |> set) = (Past.members past |> List.map expected |> set)
    && found.MemberCount = int64 (Past.members past).Length

/// Who is in and how it is kept, as a member is told: a pin is about its message, and what the veiled are called is not
/// told.
let isKept (veiled: PersonId list) (who: PersonId) (past: Recorded list) (found: Details) =
    let pins =
        Powers.pins past
        |> List.filter (fun pin -> Access.seesMessage veiled who pin past)
        |> List.map _.Seq

    let roles =
        Powers.roles past
        |> List.map (fun id -> RoleEntry(id, (Powers.role id past).Value))
        |> List.sortBy _.Role.Value

    membersAre veiled past found
    && (Option.ofObj found.Topic |> Option.map _.Value |> Option.defaultValue "") = Past.topic past
    && found.Rules.Settings = Past.settings past
    && List.ofSeq found.Rules.Roles = roles
    && (found.Rules.Pins |> Seq.map _.Seq |> List.ofSeq) = pins
    && (found.Invited |> Seq.map _.Value |> set) = (Past.invited past |> List.map _.Value |> set)
    && (found.Rules.Knocking |> Seq.map _.Value |> set) = (Past.knocking past |> List.map _.Value |> set)
