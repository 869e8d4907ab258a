/// Judges what somebody is told of a house, and finds in it.
module Chat.Spec.Outside.JudgingHouse

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Outside.InHouse

/// Whether an answer is the oracle's.
let isAsExpected (expected: RoomMoves.Answer) (answer: Result<unit, Refusal>) =
    match expected, answer with
    | RoomMoves.Refused(code, rule), Error refusal -> refusal.Code = code && ruleOf refusal = rule
    | RoomMoves.Refused _, Ok()
    | _, Error _ -> false
    | _ -> true

/// What of a room from inside can be compared: not when things were, and of what was said only what is later.
let comparable (talk: ConversationId -> ConversationId) (view: RoomView) (since: int64) =
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

    let wish =
        Option.ofObj view.Wish
        |> Option.map (fun wish ->
            let sorted (people: PersonId seq) =
                people |> Seq.map _.Value |> Seq.sort |> List.ofSeq

            talk wish.Into, sorted wish.Asked, sorted wish.Agreed, wish.IsLost)

    room, seated, knocks, List.ofSeq view.Guests, lines, wish

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
            | Some expected -> comparable Operators.id expected since = comparable stay.NamedTalk view since
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
    | Recorded _
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
            |> Option.exists (fun found -> comparable stay.NamedTalk found 0L = comparable Operators.id view 0L)
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
