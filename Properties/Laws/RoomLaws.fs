/// Rooms: against the oracle, and who is inside, by what right, under whose eyes.
module Chat.Spec.Laws.RoomLaws

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Places
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomAnswers
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.RoomRunning

type private Placing = Chat.Domain.Places.Command

/// Events and refusals are the oracle's, in every stream that changes.
let answers: Law<House, Trace> =
    law "what comes of it in all streams is the oracle's" (fun house trace ->
        ofHouse (run house trace)
        |> List.collect (fun one ->
            let expected =
                decide one.Asked.Who one.Now one.Asked.Stream one.Asked.Command (pastOf one.Before)

            differ $"{one}" expected (answerOf one.Reply one.Made)))

/// The rooms that look otherwise, to whomever; how people stand to each other may change any.
let private changed (one: Done) =
    let isOf id (recorded: Recorded) = recorded.Stream = Rooms.roomOf id

    if one.Made |> List.exists (fun made -> made.Stream.Kind = StreamKind.Room) then
        rooms |> List.filter (fun id -> List.exists (isOf id) one.Made)
    else
        rooms

/// Cards and views of everybody, after each step that something changed at.
let shown: Law<House, Trace> =
    law "what each is shown of a room is the oracle's" (fun house trace ->
        run house trace
        |> List.filter (fun one -> not one.Made.IsEmpty)
        |> List.collect (fun one ->
            let world, past = worldOf house one.After, pastOf one.After

            [
                for id in changed one do
                    for who in people do
                        let card = RoomViews.card who id past
                        yield! differ $"{who}'s card of {id} after {one}" card (cardIn house world who id)
                        let view = RoomViews.view who id one.Now past
                        yield! differ $"what {who} sees in {id} after {one}" view (viewIn house world who id one.Now)
            ]))

let private occupants (world: World) (id: RoomId) =
    (roomIn world id).Occupants.Keys |> List.ofSeq

let private afterEach house trace (judge: World -> Done -> string list) =
    run house trace
    |> List.filter (fun one -> not one.Made.IsEmpty)
    |> List.collect (fun one -> judge (worldOf house one.After) one)

/// Who is inside, at most as many as there is room for.
let capacity: Law<House, Trace> =
    law "no more are inside than have room" (fun house trace ->
        afterEach house trace (fun world one ->
            rooms
            |> List.collect (fun id ->
                let past = pastOf one.After
                let inside = Rooms.inside (Rooms.story id past)

                match Rooms.lit (Rooms.story id past) with
                | Some lit ->
                    wrongIf (inside.Length > lit.Capacity) $"{inside} in {id} for {lit.Capacity} after {one}"
                    @ differ
                        $"who is in {id} after {one}"
                        (Rooms.inOrder inside)
                        (Rooms.inOrder (occupants world id))
                | None -> wrongIf (not inside.IsEmpty) $"{inside} in {id}, which nobody lit")))

/// What a room thinks and what a place thinks is the same.
let wrongsOfPlaces (house: House) (store: MemoryStore) (ids: RoomId list) (people: PersonId list) =
    let world = worldOf house store

    people
    |> List.collect (fun who ->
        let inside = ids |> List.filter (fun id -> List.contains who (occupants world id))
        let place = (world (Rooms.placeOf who)).State :?> Placed
        differ $"where {who} is" (Option.toList (Option.ofNullable place.Room)) inside)

let oneRoom: Law<House, Trace> =
    law "nobody is in two rooms" (fun house trace ->
        afterEach house trace (fun _ one -> wrongsOfPlaces house one.After rooms people))

let private entries (one: Done) =
    one.Made
    |> List.choose (fun recorded ->
        match recorded.Event with
        | :? Event.Entered as entered -> Some(RoomId.Of recorded.Stream.Id, entered)
        | _ -> None)

let private isWaved (who: PersonId) (by: PersonId) (id: RoomId) now past =
    Rooms.waves who past
    |> List.exists (fun waved ->
        waved.By = by
        && waved.Room = Nullable id
        && now < waved.At.Milliseconds + Room.WaveMs)

/// An admission by somebody, since they last came or went, and not long ago.
let private isAdmitted (who: PersonId) (by: PersonId) now (story: Rooms.Story) =
    story
    |> List.rev
    |> List.takeWhile (fun happened ->
        match happened with
        | :? Event.Entered
        | :? Event.Left -> happened.By <> who
        | :? Event.Expelled as expelled -> expelled.Person <> who
        | _ -> true)
    |> List.exists (fun happened ->
        match happened with
        | :? Event.Admitted as admitted ->
            admitted.Person = who
            && admitted.By = by
            && now < admitted.At.Milliseconds + Room.AdmissionMs
        | _ -> false)

let reasons: Law<House, Trace> =
    law "every entry has a reason that holds" (fun house trace ->
        [
            for one in run house trace do
                for id, entered in entries one do
                    let past, who, now = pastOf one.Before, one.Asked.Who, one.Now.Milliseconds
                    let story = Rooms.story id past
                    let isInside by = Rooms.isInside by story

                    let holds =
                        match entered.Entry.Way, Option.ofNullable entered.Entry.By with
                        | Way.Friend, Some by ->
                            isInside by
                            && Rooms.areFriends who by past
                            && not (Rooms.isLockedTo who story)
                            // Of several friends it is who has been there longest.
                            && Rooms.friendInside who id past = Some by
                        | Way.Wave, Some by -> isInside by && isWaved who by id now past
                        | Way.Admitted, Some by -> isAdmitted who by now story
                        | Way.Guest, Some by ->
                            Rooms.keeper story = Some by
                            && List.contains who (Rooms.guests story)
                            && Option.isNone (Rooms.lockedBy story)
                        | _ -> false

                    yield! wrongIf (not holds) $"{one}: {entered.Entry} does not hold"
                    yield! wrongIf (Rooms.isParted who id past) $"{one}: through a block"
                    yield! wrongIf (Rooms.isExpelled who story) $"{one}: who was put out"
        ])

let locks: Law<House, Trace> =
    law "nobody enters a locked room but by admission or a wave from inside" (fun house trace ->
        [
            for one in run house trace do
                for id, entered in entries one do
                    let isLocked = (roomIn (worldOf house one.Before) id).LockedBy.HasValue
                    let way = entered.Entry.Way
                    yield! wrongIf (isLocked && way <> Way.Admitted && way <> Way.Wave) $"{one}: by {way}"
                    // Whoever is private locks what they enter.
                    let place =
                        (worldOf house one.Before (Rooms.placeOf one.Asked.Who)).State :?> Placed

                    let after = roomIn (worldOf house one.After) id

                    yield! wrongIf (place.IsPrivate && not after.LockedBy.HasValue) $"{one}: it stays open"
        ])

let dark: Law<House, Trace> =
    law "a room ends when the last leaves, and stays dark" (fun house trace ->
        let isDark id store =
            let story = Rooms.story id (pastOf store)
            not story.IsEmpty && (Rooms.inside story).IsEmpty

        afterEach house trace (fun world one ->
            [
                for id in rooms do
                    if isDark id one.After then
                        let made = one.Made |> List.filter (fun made -> made.Stream = Rooms.roomOf id)
                        yield! wrongIf (isDark id one.Before && not made.IsEmpty) $"{one}: {made} in the dark"
                        yield! wrongIf (roomIn world id).IsLit $"{id} is lit after {one}"

                        for who in people do
                            let card = cardIn house world who id
                            yield! wrongIf card.IsSome $"{who} is shown {card} after {one}"
                    else
                        yield! wrongIf (isDark id one.Before) $"{one}: {id} is lit again"
            ]))

let keepers: Law<House, Trace> =
    law "who keeps a room is inside while it is lit" (fun house trace ->
        afterEach house trace (fun world one ->
            rooms
            |> List.collect (fun id ->
                let state = roomIn world id
                let first = Rooms.keeper (Rooms.story id (pastOf one.After))
                differ $"who keeps {id} after {one}" first (Option.ofNullable state.Keeper))))

let rates: Law<House, Trace> =
    law "waves of one at another are apart" (fun house trace ->
        let runs = run house trace

        [
            for one in runs do
                match one.Asked.Command with
                | :? Placing.Wave as wave ->
                    let every = if wave.IsBuzz then Place.BuzzEveryMs else Place.WaveEveryMs

                    let before =
                        Rooms.waves (PersonId.Of one.Asked.Stream.Id) (pastOf one.Before)
                        |> List.tryFind (fun waved -> waved.By = one.Asked.Who)
                        |> Option.map (fun waved -> one.Now.Milliseconds - waved.At.Milliseconds)

                    match before, one.Reply with
                    | Some since, (:? Reply.Refused as refused) when (refused.Refusal :? Refusal.RateLimited) ->
                        yield! differ $"{one}: when again" (Nullable(every - since)) refused.Refusal.RetryAfterMs
                    | Some since, _ when not one.Made.IsEmpty ->
                        yield! wrongIf (since < every) $"{one}: {since} ms after"
                    | _ -> ()
                | _ -> ()
        ])
