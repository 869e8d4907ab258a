/// A house in which a scenario is played: what has happened there, as the oracle has it, and what devices are told.
module Chat.Spec.Outside.InHouse

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device

/// What had happened by some moment, and since the one before.
type Moment =
    {
        At: Instant
        Events: Map<string, AnyEvent list>
        Latest: (StreamKey * AnyEvent) list
    }

    member moment.Past: Rooms.Past =
        fun stream -> moment.Events.TryFind(string stream) |> Option.defaultValue []

let private began =
    {
        At = Instant 1_800_000_000_000L
        Events = Map.empty
        Latest = []
    }

/// What a device is told.
type Told =
    | Carded of Card
    | Closed of RoomId
    | Anew
    | Viewed of RoomView * since: int64
    | Gone of RoomId
    | Answered of RoomId * isAdmitted: bool
    | Other

/// Somebody's device, and what it holds of what it was told.
type Guest(device: Device) =
    member _.Device = device
    member _.Who = device.Who
    /// How much of what it heard it has taken in.
    member val Taken = 0 with get, set
    member val IsStale = false with get, set
    member val Cards = Dictionary<RoomId, Card>()
    /// The newest version of the room from inside.
    member val Versions = Dictionary<RoomId, int64>()

type Stay(guests: Guest list, suffix: string) =
    let reals = Dictionary<RoomId, RoomId>()
    let named = Dictionary<RoomId, RoomId>()

    member _.Guests = guests
    /// All moments, the last first.
    member val Moments = [ began ] with get, set
    member stay.Now = stay.Moments.Head
    member stay.Before = stay.Moments |> List.tryItem 1 |> Option.defaultValue began

    /// The id that the host gave to a room; one of nothing, as long as there is none.
    member _.Real(id: RoomId) =
        match reals.TryGetValue id with
        | true, real -> real
        | false, _ -> RoomId.Of $"none-{suffix}-{id}"

    /// A room as the oracle calls it.
    member _.Named(real: RoomId) =
        match named.TryGetValue real with
        | true, id -> id
        | false, _ -> real

    member _.Learn(id: RoomId, real: RoomId) =
        reals[id] <- real
        named[real] <- id

    /// Goes on to the next moment, with what happens in it.
    member stay.Happen(events: (StreamKey * AnyEvent) list) =
        let add (all: Map<string, AnyEvent list>) (stream: StreamKey, happened: AnyEvent) =
            let before = all.TryFind(string stream) |> Option.defaultValue []
            all.Add(string stream, before @ [ happened ])

        let next =
            {
                At = stay.Now.At.Plus 20L
                Events = List.fold add stay.Now.Events events
                Latest = events
            }

        stay.Moments <- next :: stay.Moments

    member stay.CardOf(card: Card) =
        Card(stay.Named card.Room, card.Name, card.Locked, card.Full, card.Mine, card.Occupants)

let private roomOf (stay: Stay) (fields: Fields) =
    stay.Named(RoomId.Of(string fields["room"]))

let toldOf (stay: Stay) (heard: Heard) : Told =
    match Codecs.ours.Read heard.Said, heard.Sort, heard.Area with
    | Ok fields, "evt", "room" when isNull fields["view"] -> Gone(roomOf stay fields)
    | Ok fields, "evt", "room" -> Viewed(RoomAnswers.View fields, unbox<int64>(nonNull fields["since"]))
    | Ok fields, "eph", "room" when string fields["type"] = "answered" ->
        Answered(roomOf stay fields, string fields["admitted"] = "True")
    | Ok fields, "eph", "house" ->
        match string fields["type"] with
        | "card" -> Carded(stay.CardOf(RoomAnswers.Card(fields.Inner "card")))
        | "closed" -> Closed(roomOf stay fields)
        | "anew" -> Anew
        | _ -> Other
    | _ -> Other

/// What of a room from inside can be compared: not when things were, and of what was said only what is later.
let comparable (view: RoomView) (since: int64) =
    let lines =
        [
            for line in view.Talk do
                if line.Version > since then
                    line.Version, line.What, line.By, line.Who, line.Way, Option.ofObj line.Text
        ]

    let room = view.Version, view.Name, view.Capacity, view.Keeper, view.LockedBy
    let seated = [ for one in view.Occupants -> one.Person, one.Way, one.By ]

    let knocks =
        [ for one in view.Knocks -> one.Person.Value, one.Via.Value ] |> List.sort

    room, seated, knocks, List.ofSeq view.Guests, lines

/// The cards that the oracle shows somebody.
let cards (moment: Moment) (who: PersonId) : Card list =
    RoomScenes.rooms
    |> List.choose (fun id -> RoomViews.card who id moment.Past)
    |> List.sortBy _.Room.Value

let private views (moment: Moment) (who: PersonId) (id: RoomId) =
    RoomViews.view who id moment.At moment.Past

let private isInside (moment: Moment) (who: PersonId) (id: RoomId) =
    Rooms.isInside who (Rooms.story id moment.Past)

/// What is wrong with what somebody is told: it is neither how it is now, nor how it was just before.
let wrongOf (stay: Stay) (who: PersonId) (told: Told) : string list =
    let holds (isRight: Moment -> bool) =
        if isRight stay.Now || isRight stay.Before then
            []
        else
            [ $"{who} was told {told} after {stay.Now.Latest}" ]

    match told with
    | Carded card -> holds (fun moment -> RoomViews.card who card.Room moment.Past = Some card)
    | Closed id -> holds (fun moment -> (RoomViews.card who id moment.Past).IsNone)
    | Gone id -> holds (fun moment -> not (isInside moment who id))
    | Viewed(view, since) ->
        holds (fun moment ->
            match views moment who (stay.Named view.Room) with
            | Some expected -> comparable expected since = comparable view since
            | None -> false)
    | Answered(id, isAdmitted) ->
        holds (fun moment ->
            moment.Latest
            |> List.exists (fun (stream, happened) ->
                stream = Rooms.roomOf id
                && match happened with
                   | :? Event.Admitted as one -> isAdmitted && one.Person = who
                   | :? Event.Declined as one -> not isAdmitted && one.Person = who
                   | _ -> false))
    | Anew
    | Other -> []

/// Nobody is told that another blocks them: what a room looks like then they learn with the next that happens in it.
let private isSilent (who: PersonId) (moment: Moment) =
    moment.Latest
    |> List.exists (fun (_, happened) ->
        happened.By <> who
        && (happened :? Chat.Domain.Pairs.Event.Blocked
            || happened :? Chat.Domain.Pairs.Event.Unblocked))

/// Whether somebody holds of a room what the oracle shows them, but for what came about in silence.
let private isHeld (stay: Stay) (who: PersonId) (id: RoomId) (held: Card option) =
    let rec within (moments: Moment list) =
        match moments with
        | moment :: before :: rest ->
            let card = RoomViews.card who id moment.Past

            card = held
            || ((isSilent who moment || RoomViews.card who id before.Past = card)
                && within (before :: rest))
        | [ moment ] -> RoomViews.card who id moment.Past = held
        | [] -> false

    within stay.Moments

/// What somebody does not know yet, though they listen.
let missing (stay: Stay) (guest: Guest) : string list =
    let held id =
        match guest.Cards.TryGetValue id with
        | true, card -> Some card
        | false, _ -> None

    [
        for id in RoomScenes.rooms do
            if not (isHeld stay guest.Who id (held id)) then
                let expected = RoomViews.card guest.Who id stay.Now.Past
                $"{guest.Who} was told {held id} of {id}, and sees {expected} after {stay.Now.Latest}"

        for id in RoomScenes.rooms do
            if isInside stay.Now guest.Who id then
                let version = int64 (Rooms.story id stay.Now.Past).Length

                let isTold =
                    match guest.Versions.TryGetValue(stay.Real id) with
                    | true, known -> known >= version
                    | false, _ -> false

                if not isTold then
                    $"{guest.Who} is in {id}, and was not told of its version {version}"
    ]

/// What is wrong with a room as somebody finds it.
let wrongRoom (stay: Stay) (who: PersonId) (id: RoomId) (answer: Result<Looked, Refusal>) : string list =
    let expected = views stay.Now who id, RoomViews.card who id stay.Now.Past

    let isRight =
        match expected, answer with
        | (Some view, _), Ok looked ->
            Option.ofObj looked.View
            |> Option.exists (fun found -> comparable found 0L = comparable view 0L)
        | (None, Some card), Ok looked ->
            isNull looked.View
            && Option.ofObj looked.Card |> Option.map stay.CardOf = Some card
        | (None, None), Error refusal -> refusal.Code = "not_found" && ruleOf refusal = "room.unknown"
        | _ -> false

    if isRight then
        []
    else
        [ $"{who} found {answer} in {id}, and was to find {expected}" ]

/// What is wrong with the house as somebody finds it.
let wrongHouse (stay: Stay) (who: PersonId) (house: HouseView) : string list =
    let past = stay.Now.Past

    let found =
        house.Rooms |> Seq.map stay.CardOf |> Seq.sortBy _.Room.Value |> List.ofSeq

    let expected = cards stay.Now who
    let others = RoomScenes.people |> List.except [ who ] |> Rooms.inOrder
    let me = house.Me
    let room = Option.ofNullable me.Room |> Option.map stay.Named
    let mine = room, me.IsPrivate, List.ofSeq me.Ghosted, List.ofSeq me.Muted

    let theirs =
        Rooms.whereIs who past,
        Rooms.isPrivate who past,
        others |> List.filter (fun other -> Rooms.ghosts who other past),
        others |> List.filter (fun other -> Rooms.mutes who other past)

    Law.differ $"the rooms that {who} finds" expected found
    @ Law.differ $"what {who} finds of themselves" theirs mine
