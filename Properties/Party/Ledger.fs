/// Who is in which room, kept up with each event, and what has to be so whenever somebody comes in.
module Chat.Spec.Party.Ledger

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec.Laws.Law

type private Moving = Chat.Domain.Places.Event

/// A room as it is told by what happened.
type Known(lit: Event.Lit) =
    member _.Capacity = lit.Capacity
    /// Who has been there longest first.
    member val Inside = List<PersonId>()
    member val IsLocked = lit.IsLocked with get, set
    member val Guests = HashSet<PersonId>(lit.Guests) with get, set
    /// Who may come in since somebody let them in, and when.
    member val Admitted = Dictionary<PersonId, struct (PersonId * int64)>()
    member val Expelled = HashSet<PersonId>()
    member val IsDark = false with get, set

/// What lies between people, as of now.
type Between =
    {
        AreFriends: PersonId -> PersonId -> bool
        IsClosed: PersonId -> PersonId -> bool
        /// Whether the first does not want the other told of them.
        Ghosts: PersonId -> PersonId -> bool
    }

type Ledger(between: Between) =
    let rooms = Dictionary<RoomId, Known>()
    let inside = Dictionary<PersonId, HashSet<RoomId>>()
    let places = Dictionary<PersonId, RoomId>()
    let waves = Dictionary<struct (PersonId * PersonId), struct (RoomId * int64)>()

    let insideOf who =
        match inside.TryGetValue who with
        | true, held -> held
        | false, _ ->
            let held = HashSet()
            inside[who] <- held
            held

    let comes (room: Known) (id: RoomId) who =
        room.Inside.Add who
        (insideOf who).Add id |> ignore
        room.Admitted.Remove who |> ignore

    let goes (room: Known) (id: RoomId) who =
        room.Inside.Remove who |> ignore
        (insideOf who).Remove id |> ignore
        room.IsDark <- room.Inside.Count = 0

    let isWaved who by id now =
        match waves.TryGetValue(struct (who, by)) with
        | true, struct (into, at) -> into = id && now < at + Room.WaveMs
        | false, _ -> false

    let isAdmitted (room: Known) who by now =
        match room.Admitted.TryGetValue who with
        | true, struct (admitted, at) -> admitted = by && now < at + Room.AdmissionMs
        | false, _ -> false

    /// Whether somebody could come in for the reason that is given.
    let holds (room: Known) id who (entry: Entry) now =
        let isInside by = room.Inside.Contains by

        match entry.Way, Option.ofNullable entry.By with
        | Way.Friend, Some by ->
            let isFor = room.Guests.Count = 0 || room.Guests.Contains who
            let isOpen = between.AreFriends who by && not (between.Ghosts by who)
            isInside by && isOpen && not room.IsLocked && isFor
        | Way.Wave, Some by -> isInside by && isWaved who by id now
        | Way.Admitted, Some by -> isAdmitted room who by now
        | Way.Guest, Some by -> room.Inside[0] = by && room.Guests.Contains who && not room.IsLocked
        | _ -> false

    let entered (room: Known) id (happened: Event.Entered) =
        let who, entry = happened.By, happened.Entry
        let isParted = room.Inside.Exists(fun other -> between.IsClosed who other)

        let isLockOpen =
            not room.IsLocked || entry.Way = Way.Admitted || entry.Way = Way.Wave

        [
            yield! wrongIf room.IsDark $"{who} came into the dark room {id}"
            yield! wrongIf (room.Inside.Count >= room.Capacity) $"{who} came into {id}, in which there is no room"
            yield! wrongIf (not isLockOpen) $"{who} came into the locked room {id} by {entry.Way}"
            yield! wrongIf (not (holds room id who entry happened.At.Milliseconds)) $"{who} in {id}: no {entry}"
            yield! wrongIf isParted $"{who} came into {id} through a block"
            yield! wrongIf (room.Expelled.Contains who) $"{who} came back into {id}"
        ]

    let inRoom (id: RoomId) (happened: Event) =
        match happened, rooms.TryGetValue id with
        | (:? Event.Lit as lit), (false, _) ->
            let room = Known lit
            rooms[id] <- room
            comes room id lit.By
            []
        | _, (false, _) -> [ $"{happened} in {id}, which nobody lit" ]
        | (:? Event.Entered as entry), (true, room) ->
            let wrongs = entered room id entry
            comes room id entry.By
            wrongs
        | happened, (true, room) ->
            let isDark = room.IsDark

            match happened with
            | :? Event.Left -> goes room id happened.By
            | :? Event.Expelled as expelled ->
                room.Expelled.Add expelled.Person |> ignore
                room.Admitted.Remove expelled.Person |> ignore
                goes room id expelled.Person
            | :? Event.Locked -> room.IsLocked <- true
            | :? Event.Unlocked -> room.IsLocked <- false
            | :? Event.Admitted as one -> room.Admitted[one.Person] <- struct (one.By, one.At.Milliseconds)
            | :? Event.GuestsSet as set -> room.Guests <- HashSet<PersonId> set.Guests
            | _ -> ()

            // Whoever goes gets up from the table in the same append, also the last.
            wrongIf (isDark && not (happened :? Event.Played)) $"{happened} in the dark room {id}"

    member _.Rooms = rooms

    member _.WhereIs(who: PersonId) : RoomId option =
        match places.TryGetValue who with
        | true, id -> Some id
        | false, _ -> None

    /// Takes what happened; what is wrong with it.
    member _.Take(stream: StreamKey, happened: AnyEvent) : string list =
        match happened with
        | :? Event as happened -> inRoom (RoomId.Of stream.Id) happened
        | :? Moving.Moved as moved ->
            let who = PersonId.Of stream.Id

            match Option.ofNullable moved.Room with
            | Some room -> places[who] <- room
            | None -> places.Remove who |> ignore

            []
        | :? Moving.Waved as waved ->
            let into = waved.Room |> Option.ofNullable |> Option.defaultValue (RoomId.Of "none")
            waves[struct (PersonId.Of stream.Id, waved.By)] <- struct (into, waved.At.Milliseconds)
            []
        | _ -> []

    /// What is wrong with where somebody is, once an append is whole.
    member ledger.Placed(who: PersonId) : string list =
        let held = insideOf who |> List.ofSeq
        let place = ledger.WhereIs who
        wrongIf (held <> Option.toList place) $"{who} is in {held}, and their place says {place}"
