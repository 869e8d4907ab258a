/// What an answer about a room is, and who goes where.
module Chat.Spec.Oracle.RoomMoves

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Oracle.RoomTables

type Answer =
    | Happens of (StreamKey * AnyEvent) list
    | AlreadySo
    | Refused of code: string * rule: string

type Asking =
    {
        Who: PersonId
        Now: Instant
        Past: Past
    }

    member asking.Stamp = Stamp(asking.Who, asking.Now)

let unknown = Refused("not_found", "room.unknown")
let locked = Refused("forbidden", "room.locked")
let expelled = Refused("forbidden", "room.expelled")

let unless isSo happened = if isSo then AlreadySo else happened

let plays (asking: Asking) (id: RoomId) dice what =
    match atTable asking.Stamp id dice what (story id asking.Past) with
    | Ok [] -> AlreadySo
    | Ok events -> Happens events
    | Error refusal -> Refused(refusal.Code, Seq.last refusal.Because)

/// Somebody is in another room from now on, or in none, and in no other.
let moved (asking: Asking) (who: PersonId) (target: RoomId option) =
    [
        placeOf who, Moving.Moved(asking.Stamp, Option.toNullable target) :> AnyEvent
        match whereIs who asking.Past with
        | Some before when target.IsSome && target <> Some before ->
            if isInside who (story before asking.Past) then
                let left: (StreamKey * AnyEvent) list =
                    (roomOf before, Event.Left(asking.Stamp))
                    :: getsUp (Stamp(who, asking.Now)) before (story before asking.Past)

                yield! left
                yield! Keepsakes.kept who asking.Now before (List.map snd left) asking.Past
        | _ -> ()
    ]

/// Whoever is somewhere else, whatever this room thinks, stays there.
let out (asking: Asking) (who: PersonId) (id: RoomId) (happened: Event) =
    let going: (StreamKey * AnyEvent) list =
        (roomOf id, happened)
        :: getsUp (Stamp(who, asking.Now)) id (story id asking.Past)

    going
    @ (if whereIs who asking.Past = Some id then
           moved asking who None
       else
           [])
    @ Keepsakes.kept who asking.Now id (List.map snd going) asking.Past

let invited (asking: Asking) (named: PersonId seq) : Result<PersonId list, Answer> =
    let guests =
        named |> Seq.filter ((<>) asking.Who) |> Seq.distinct |> List.ofSeq |> inOrder

    if guests.Length > Room.MaxGuests then
        Error(Refused("full", "room.guests"))
    elif guests |> List.forall (fun one -> areFriends asking.Who one asking.Past) then
        Ok guests
    else
        Error(Refused("not_found", "friend.unknown"))
