/// What comes of what somebody wants of a room, or of a place in the house.
module Chat.Spec.Oracle.RoomAnswers

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Places
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Oracle.RoomTables
open Chat.Spec.Oracle.RoomMoves

type private Placing = Chat.Domain.Places.Command

let private light (asking: Asking) (id: RoomId) (light: Command.Light) =
    if not (story id asking.Past).IsEmpty then
        Refused("forbidden", "room.lit_before")
    elif light.Capacity < 2 || light.Capacity > Room.MaxCapacity then
        Refused("malformed", $"capacity: 2 to {Room.MaxCapacity}")
    else
        match invited asking light.Guests with
        | Error refused -> refused
        | Ok guests ->
            let locks = light.IsLocked || isPrivate asking.Who asking.Past
            let lit = Event.Lit(asking.Stamp, light.Name, locks, listing guests, light.Capacity)
            Happens((roomOf id, lit) :: moved asking asking.Who (Some id))

let private enter (asking: Asking) (id: RoomId) =
    let who, room = asking.Who, story id asking.Past

    match wayIn who id asking.Now asking.Past with
    | _ when isInside who room -> AlreadySo
    | None -> unknown
    | Some _ when isExpelled who room -> expelled
    | Some _ when isParted who id asking.Past -> locked
    | Some entry when entry.Way = Way.Friend && isLockedTo who room -> locked
    | Some _ when isFull room -> Refused("full", "room.capacity")
    | Some entry ->
        let locks = lockedBy room = None && isPrivate who asking.Past

        Happens(
            [
                roomOf id, Event.Entered(asking.Stamp, entry) :> AnyEvent
                if locks then
                    roomOf id, Event.Locked asking.Stamp
            ]
            @ moved asking who (Some id)
        )

let private knocks (asking: Asking) (id: RoomId) =
    let who, room = asking.Who, story id asking.Past

    let waiting =
        room
        |> List.map _.By
        |> List.distinct
        |> List.filter (fun one -> knock one room |> Option.exists (holds Room.KnockMs asking.Now))

    match friendInside who id asking.Past with
    | _ when isInside who room -> AlreadySo
    | None -> unknown
    | Some _ when isExpelled who room -> expelled
    | Some _ when
        isParted who id asking.Past
        && (waiting.Length < Room.MaxKnocks || List.contains who waiting)
        ->
        AlreadySo
    | Some _ when isParted who id asking.Past -> Refused("full", "room.knocks")
    | Some _ when not (isLockedTo who room) -> Refused("forbidden", "room.open")
    | Some _ when List.contains who waiting -> AlreadySo
    | Some _ when waiting.Length >= Room.MaxKnocks -> Refused("full", "room.knocks")
    | Some via -> Happens [ roomOf id, Event.Knocked(asking.Stamp, via) ]

/// What only those inside do.
let private within (asking: Asking) (id: RoomId) (command: Command) =
    let who, room = asking.Who, story id asking.Past
    let happens (happened: Event) = Happens [ roomOf id, happened ]

    let answer person (happened: Event) =
        match knock person room with
        | None -> Refused("not_found", "knock.unknown")
        | Some knocked when holds Room.KnockMs asking.Now knocked -> happens happened
        | Some _ -> Refused("too_late", "knock.over")

    let isOther person = person <> who && isInside person room

    match command with
    | _ when not (isInside who room) ->
        if isExpelled who room then
            expelled
        else
            Refused("not_found", "room.not_inside")
    | :? Command.Lock -> unless (lockedBy room <> None) (happens (Event.Locked asking.Stamp))
    | :? Command.Unlock -> unless (lockedBy room = None) (happens (Event.Unlocked asking.Stamp))
    | :? Command.Keep as keep ->
        match Keepsakes.decide who asking.Now keep id asking.Past with
        | Ok [] -> AlreadySo
        | Ok set -> Happens(set |> List.map (fun happened -> roomOf id, happened :> AnyEvent))
        | Error(Reasons.Refuse(code, rule)) -> Refused(code, rule)
        | Error other -> failwith $"{other} is no refusal"
    | :? Command.Play as play -> plays asking id play.Dice play.What
    | :? Command.Say as say -> happens (Event.Said(asking.Stamp, say.Text))
    | :? Command.Note as note when isOther note.To -> happens (Event.Noted(asking.Stamp, note.To, note.Text))
    | :? Command.Note -> Refused("not_found", "occupant.unknown")
    | :? Command.Admit as admit -> answer admit.Person (Event.Admitted(asking.Stamp, admit.Person))
    | :? Command.Decline as decline -> answer decline.Person (Event.Declined(asking.Stamp, decline.Person))
    | _ when keeper room <> Some who -> Refused("forbidden", "room.not_keeper")
    | :? Command.Expel as expel when isOther expel.Person ->
        Happens(out asking expel.Person id (Event.Expelled(asking.Stamp, expel.Person)))
    | :? Command.Expel -> Refused("not_found", "occupant.unknown")
    | :? Command.SetGuests as set ->
        match invited asking set.Guests with
        | Error refused -> refused
        | Ok named -> unless (named = inOrder (guests room)) (happens (Event.GuestsSet(asking.Stamp, listing named)))
    | other -> failwith $"{other}"

let private ofRoom (asking: Asking) (id: RoomId) (command: Command) =
    let who, room = asking.Who, story id asking.Past

    match command with
    | :? Command.Light as wanted -> light asking id wanted
    | :? Command.Enter
    | :? Command.Knock
    | :? Command.Elapse when (inside room).IsEmpty -> unknown
    | :? Command.Elapse -> plays asking id (Secret()) (Chat.Domain.Games.Command.Elapse())
    | :? Command.Enter -> enter asking id
    | :? Command.Knock -> knocks asking id
    | :? Command.Withdraw ->
        unless ((inside room).IsEmpty || knock who room = None) (Happens [ roomOf id, Event.Withdrew asking.Stamp ])
    | :? Command.Leave when isInside who room -> Happens(out asking who id (Event.Left asking.Stamp))
    | :? Command.Leave -> AlreadySo
    | _ -> within asking id command

let private wave (asking: Asking) (whose: PersonId) (wave: Placing.Wave) =
    let every = if wave.IsBuzz then Place.BuzzEveryMs else Place.WaveEveryMs

    let isInto (id: RoomId) =
        isInside asking.Who (story id asking.Past)

    let mine = waves whose asking.Past |> List.tryFind (fun one -> one.By = asking.Who)

    if not (areFriends asking.Who whose asking.Past) then
        Refused("not_found", "friend.unknown")
    elif not (wave.Room |> Option.ofNullable |> Option.forall isInto) then
        Refused("not_found", "room.not_inside")
    elif mine |> Option.exists (holds every asking.Now) then
        Refused("rate_limited", "wave.rate")
    else
        Happens [ placeOf whose, Moving.Waved(asking.Stamp, wave.Room, wave.IsBuzz) ]

let private ofPlace (asking: Asking) (whose: PersonId) (command: Placing) =
    let who, past = asking.Who, asking.Past
    let happens (happened: Moving) = Happens [ placeOf whose, happened ]

    let named other (isSo: PersonId -> bool) happened =
        let everNamed =
            past (placeOf who)
            |> List.choose (fun happened ->
                match happened with
                | :? Moving.Ghosted as one -> Some one.Person
                | :? Moving.Muted as one -> Some one.Person
                | _ -> None)

        let named = everNamed |> List.distinct |> List.filter isSo

        if other = who then
            Refused("malformed", "id: somebody else")
        elif isSo other then
            AlreadySo
        elif named.Length >= Place.MaxNamed then
            Refused("full", "place.named")
        else
            happens happened

    match command with
    | :? Placing.SetPrivate as set ->
        unless (set.IsPrivate = isPrivate who past) (happens (Moving.PrivateSet(asking.Stamp, set.IsPrivate)))
    | :? Placing.Ghost as one ->
        named one.Person (fun one -> ghosts who one past) (Moving.Ghosted(asking.Stamp, one.Person))
    | :? Placing.Unghost as one ->
        unless (not (ghosts who one.Person past)) (happens (Moving.Unghosted(asking.Stamp, one.Person)))
    | :? Placing.Mute as one ->
        named one.Person (fun one -> mutes who one past) (Moving.Muted(asking.Stamp, one.Person))
    | :? Placing.Unmute as one ->
        unless (not (mutes who one.Person past)) (happens (Moving.Unmuted(asking.Stamp, one.Person)))
    | :? Placing.SeeWaves ->
        let latest =
            past (placeOf whose)
            |> List.tryFindBack (fun happened -> happened :? Moving.Waved || happened :? Moving.WavesSeen)

        match latest with
        | Some(:? Moving.Waved) -> happens (Moving.WavesSeen asking.Stamp)
        | _ -> AlreadySo
    | :? Placing.SetQuiet as set ->
        let quiet =
            past (placeOf whose)
            |> List.choose (fun happened ->
                match happened with
                | :? Moving.QuietSet as set -> Some(Option.ofObj set.Quiet)
                | _ -> None)
            |> List.tryLast
            |> Option.flatten

        unless (quiet = Option.ofObj set.Quiet) (happens (Moving.QuietSet(asking.Stamp, set.Quiet)))
    | :? Placing.Wave as wanted -> wave asking whose wanted
    | other -> failwith $"{other}"

/// What comes of it, in all streams.
let decide (who: PersonId) (now: Instant) (stream: StreamKey) (command: AnyCommand) (past: Past) : Answer =
    let asking = { Who = who; Now = now; Past = past }

    match command with
    | :? Command as command -> ofRoom asking (RoomId.Of stream.Id) command
    | :? Placing as command -> ofPlace asking (PersonId.Of stream.Id) command
    | other -> failwith $"{other}"
