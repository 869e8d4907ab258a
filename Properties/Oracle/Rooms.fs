/// Who is in which room, who may go where and why, from all that happened in all streams. There is no state.
module Chat.Spec.Oracle.Rooms

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec

type Moving = Chat.Domain.Places.Event

/// What happened in a stream, oldest first.
type Past = StreamKey -> AnyEvent list

/// What happened in one room.
type Story = Event list

let roomOf (id: RoomId) = StreamKey.Of(TenantId.Main, id)

let placeOf (who: PersonId) = StreamKey.Place(TenantId.Main, who)

let story (id: RoomId) (past: Past) : Story =
    past (roomOf id) |> List.map (fun happened -> happened :?> Event)

let private moves (who: PersonId) (past: Past) : Moving list =
    past (placeOf who) |> List.map (fun happened -> happened :?> Moving)

let private between (one: PersonId) (other: PersonId) (past: Past) : Pairs.Past =
    past (StreamKey.Of(TenantId.Main, one, other))
    |> List.map (fun happened -> happened :?> Chat.Domain.Pairs.Event)

let areFriends one other past =
    Pairs.areFriends (between one other past)

let isClosed one other past = Pairs.isClosed (between one other past)

let private comesIn (who: PersonId) (happened: Event) =
    happened.By = who && (happened :? Event.Lit || happened :? Event.Entered)

let private goesOut (who: PersonId) (happened: Event) =
    match happened with
    | :? Event.Expelled as expelled -> expelled.Person = who
    | :? Event.Left -> happened.By = who
    | _ -> false

/// Whether somebody came in with it, or went.
let isAbout who happened =
    comesIn who happened || goesOut who happened

/// At which event somebody came in who is inside, from 1.
let cameAt (who: PersonId) (story: Story) : int option =
    story
    |> List.tryFindIndexBack (fun happened -> comesIn who happened || goesOut who happened)
    |> Option.filter (fun at -> comesIn who story[at])
    |> Option.map ((+) 1)

let isInside who story = Option.isSome (cameAt who story)

/// Those inside, who has been there longest first.
let inside (story: Story) : PersonId list =
    story
    |> List.map _.By
    |> List.distinct
    |> List.choose (fun who -> cameAt who story |> Option.map (fun at -> at, who))
    |> List.sortBy fst
    |> List.map snd

/// Who lit it has been inside longest, and after them whoever has.
let keeper (story: Story) = List.tryHead (inside story)

let lit (story: Story) : Event.Lit option =
    story
    |> List.tryPick (fun happened ->
        match happened with
        | :? Event.Lit as lit -> Some lit
        | _ -> None)

let private last (choose: Event -> 'a option) (story: Story) =
    story |> List.rev |> List.tryPick choose

let lockedBy (story: Story) : PersonId option =
    story
    |> last (fun happened ->
        match happened with
        | :? Event.Lit as lit -> Some(if lit.IsLocked then Some lit.By else None)
        | :? Event.Locked -> Some(Some happened.By)
        | :? Event.Unlocked -> Some None
        | _ -> None)
    |> Option.flatten

let guests (story: Story) : PersonId list =
    story
    |> last (fun happened ->
        match happened with
        | :? Event.Lit as lit -> Some(List.ofSeq lit.Guests)
        | :? Event.GuestsSet as set -> Some(List.ofSeq set.Guests)
        | _ -> None)
    |> Option.defaultValue []

let isLockedTo (who: PersonId) (story: Story) =
    let guests = guests story

    Option.isSome (lockedBy story)
    || not (guests.IsEmpty || List.contains who guests)

let isFull (story: Story) =
    lit story |> Option.forall (fun lit -> (inside story).Length >= lit.Capacity)

let isExpelled (who: PersonId) (story: Story) =
    story
    |> List.exists (fun happened ->
        match happened with
        | :? Event.Expelled as expelled -> expelled.Person = who
        | _ -> false)

/// Somebody asks to be let in if that is the last that was done about it.
let knock (who: PersonId) (story: Story) : Event.Knocked option =
    story
    |> last (fun happened ->
        match happened with
        | :? Event.Admitted as answer when answer.Person = who -> Some None
        | :? Event.Declined as answer when answer.Person = who -> Some None
        | :? Event.Withdrew when happened.By = who -> Some None
        | :? Event.Knocked as knocked when knocked.By = who -> Some(Some knocked)
        | _ when comesIn who happened -> Some None
        | _ -> None)
    |> Option.flatten

let holds (ms: int64) (now: Instant) (happened: AnyEvent) = isBefore now (happened.At.Plus ms)

/// Somebody was let in if they have not come since, nor were put out.
let private admission (who: PersonId) (now: Instant) (story: Story) : Event.Admitted option =
    story
    |> last (fun happened ->
        match happened with
        | :? Event.Admitted as admitted when admitted.Person = who -> Some(Some admitted)
        | _ when comesIn who happened || goesOut who happened -> Some None
        | _ -> None)
    |> Option.flatten
    |> Option.filter (holds Room.AdmissionMs now)

let inOrder (people: PersonId list) : PersonId list =
    people |> List.sortWith (fun one other -> one.CompareTo other)

/// The last wave of each at somebody.
let waves (who: PersonId) (past: Past) : Moving.Waved list =
    moves who past
    |> List.rev
    |> List.choose (fun happened ->
        match happened with
        | :? Moving.Waved as waved -> Some waved
        | _ -> None)
    |> List.distinctBy _.By

/// Those inside who have waved somebody in.
let private waving who (id: RoomId) now past =
    waves who past
    |> List.filter (fun waved -> waved.Room = Nullable id && holds Room.WaveMs now waved)
    |> List.map _.By
    |> List.filter (fun by -> isInside by (story id past))
    |> inOrder

/// Whether a block lies between somebody and one inside.
let isParted (who: PersonId) (id: RoomId) (past: Past) =
    inside (story id past)
    |> List.exists (fun other -> other <> who && isClosed who other past)

/// What somebody said last of two opposites.
let private isSo (so: Moving -> bool) (otherwise: Moving -> bool) who past =
    moves who past
    |> List.tryFindBack (fun happened -> so happened || otherwise happened)
    |> Option.exists so

/// Whether somebody does not want another told of themselves.
let ghosts (who: PersonId) (other: PersonId) past =
    isSo
        (fun happened ->
            match happened with
            | :? Moving.Ghosted as one -> one.Person = other
            | _ -> false)
        (fun happened ->
            match happened with
            | :? Moving.Unghosted as one -> one.Person = other
            | _ -> false)
        who
        past

/// The friend through whom somebody may come, or be heard: who does not want them told is not there for them.
let friendInside (who: PersonId) (id: RoomId) (past: Past) =
    inside (story id past)
    |> List.tryFind (fun other -> other <> who && areFriends who other past && not (ghosts other who past))

/// What could let somebody in, the first of all.
let wayIn (who: PersonId) (id: RoomId) (now: Instant) (past: Past) : Entry option =
    let room = story id past
    let entry (way: Way) (by: PersonId) = Entry(way, Nullable by)

    let invited =
        Option.orElse
            (List.tryHead (waving who id now past) |> Option.map (entry Way.Wave))
            (admission who now room |> Option.map (fun one -> entry Way.Admitted one.By))

    let guest =
        if lockedBy room = None && List.contains who (guests room) then
            keeper room |> Option.map (entry Way.Guest)
        else
            None

    let friend = friendInside who id past |> Option.map (entry Way.Friend)

    // Nobody answers whom a block keeps out, and it is locked to them.
    if isParted who id past then
        friend
    else
        invited |> Option.orElse guest |> Option.orElse friend

let whereIs (who: PersonId) (past: Past) : RoomId option =
    moves who past
    |> List.rev
    |> List.tryPick (fun happened ->
        match happened with
        | :? Moving.Moved as moved -> Some(Option.ofNullable moved.Room)
        | _ -> None)
    |> Option.flatten

let isPrivate who past =
    let isSet (wanted: bool) (happened: Moving) =
        match happened with
        | :? Moving.PrivateSet as set -> set.IsPrivate = wanted
        | _ -> false

    isSo (isSet true) (isSet false) who past

let mutes (who: PersonId) (other: PersonId) past =
    isSo
        (fun happened ->
            match happened with
            | :? Moving.Muted as one -> one.Person = other
            | _ -> false)
        (fun happened ->
            match happened with
            | :? Moving.Unmuted as one -> one.Person = other
            | _ -> false)
        who
        past
