/// What somebody is shown of a room, from outside and from inside.
module Chat.Spec.Oracle.RoomViews

open System
open Chat.Domain.Values
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Oracle.RoomTables

let private none<'a when 'a: struct and 'a: (new: unit -> 'a) and 'a :> ValueType> =
    Nullable<'a>()

/// How somebody stands to another, as those who show rooms are to know it.
let tie (who: PersonId) (past: Past) (other: PersonId) : Tie =
    let areFriends = areFriends who other past
    Tie(areFriends, isClosed who other past, areFriends && ghosts other who past)

let private entryOf (who: PersonId) (story: Story) : Entry =
    match story[(cameAt who story).Value - 1] with
    | :? Event.Entered as entered -> entered.Entry
    | _ -> Entry(Way.Lit, none)

let card (who: PersonId) (id: RoomId) (past: Past) : Card option =
    let room = story id past
    let there = inside room
    let isMine = List.contains who there
    let tie = tie who past

    let isShown other =
        (tie other).IsFriend && not (tie other).IsGhost

    match lit room with
    | Some lit when isMine || List.exists isShown there ->
        if not isMine && (isLockedTo who room || isParted who id past) then
            Some(Card(id, lit.Name, true, false, false, null))
        else
            // Of who is not to be told of, nothing says that they were here.
            let isTold other =
                isMine || not ((tie other).IsGhost || (tie other).IsClosed)

            let via person =
                if person = who || (tie person).IsFriend then
                    none
                else
                    (entryOf person room).By
                    |> Option.ofNullable
                    |> Option.filter isTold
                    |> Option.toNullable

            let faces =
                there
                |> List.filter isTold
                |> List.map (fun person -> Face(person, not (person = who || (tie person).IsFriend), via person))

            Some(Card(id, lit.Name, lockedBy room <> None, isFull room, isMine, listing faces, Game = played room))
    | _ -> None

let private isTalk (happened: Event) =
    not (
        happened :? Event.Knocked
        || happened :? Event.Played
        || happened :? Event.Withdrew
        || happened :? Event.Declined
        || happened :? Event.Admitted
        || happened :? Event.GuestsSet
        || happened :? Event.KeepSet
    )

let private told (version: int) (happened: Event) : Told =
    let line what (person: PersonId Nullable) (way: Way Nullable) text =
        Told(int64 version, what, happened.By, happened.At, person, way, text)

    match happened with
    | :? Event.Lit -> line "lit" none none null
    | :? Event.Entered as entered -> line "entered" entered.Entry.By (Nullable entered.Entry.Way) null
    | :? Event.Left -> line "left" none none null
    | :? Event.Expelled as expelled -> line "expelled" (Nullable expelled.Person) none null
    | :? Event.Locked -> line "locked" none none null
    | :? Event.Unlocked -> line "unlocked" none none null
    | :? Event.Said as said -> line "said" none none said.Text
    | :? Event.Noted as noted -> line "noted" (Nullable noted.To) none noted.Text
    | other -> failwith $"{other} is nothing that is told"

/// Whether somebody may know of what was said.
let private isFor (who: PersonId) past (happened: Event) =
    let hears (by: PersonId) = by = who || not (isClosed who by past)

    match happened with
    | :? Event.Said -> hears happened.By
    | :? Event.Noted as noted -> noted.By = who || (noted.To = who && hears noted.By)
    | _ -> true

let view (who: PersonId) (id: RoomId) (now: Instant) (past: Past) : RoomView option =
    let room = story id past

    let seated person =
        let came = room[(cameAt person room).Value - 1]
        let entry = entryOf person room
        Seated(person, came.At, entry.Way, entry.By)

    let waiting =
        room
        |> List.map _.By
        |> List.distinct
        |> inOrder
        |> List.choose (fun person -> knock person room)
        |> List.filter (fun knocked -> holds Room.KnockMs now knocked && not (isClosed who knocked.By past))
        |> List.sortBy _.At.Milliseconds
        |> List.map (fun knocked -> Waiting(knocked.By, knocked.At, knocked.Via))

    let talk since =
        List.indexed room
        |> List.filter (snd >> isTalk)
        |> List.rev
        |> List.truncate Room.MaxTalk
        |> List.rev
        |> List.filter (fun (index, happened) -> index + 1 >= since && isFor who past happened)
        |> List.map (fun (index, happened) -> told (index + 1) happened)

    match lit room, cameAt who room with
    | Some lit, Some since ->
        RoomView(
            id,
            int64 room.Length,
            lit.Name,
            lit.Capacity,
            Option.toNullable (keeper room),
            Option.toNullable (lockedBy room),
            listing (inside room |> List.map seated),
            listing waiting,
            listing (inOrder (guests room)),
            listing (talk since),
            (if (tableOf room).Number = 0L then
                 null
             else
                 Playing.Table.View(tableOf room, Nullable who)),
            Option.toObj (Keepsakes.wishView who room)
        )
        |> Some
    | _ -> None
