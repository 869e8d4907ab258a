/// Rooms: what nobody is to learn.
module Chat.Spec.Laws.RoomVeilLaws

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Laws.RoomWorlds

type private Placing = Chat.Domain.Places.Command

/// Whoever somebody inside has blocked, or was blocked by, cannot tell the room from one that is locked and in which
/// nobody answers; and nobody hears them.
let blocks: Law<House, Trace> =
    law "a block is a lock that nobody opens" (fun house trace ->
        outside house trace (fun one world id state who ->
            let parted =
                state.Inside
                |> Seq.filter (fun other -> (tieIn world who other).IsClosed)
                |> List.ofSeq

            if parted.IsEmpty then
                []
            else
                let place = (world (Rooms.placeOf who)).State :?> Placed

                let unwaved =
                    Placed(
                        place.Room,
                        place.IsPrivate,
                        place.Ghosted,
                        place.Muted,
                        place.Quiet,
                        place.Waves.Filter(fun (wave: Chat.Domain.Places.Wave) -> wave.Room <> Nullable id)
                    )

                let locked =
                    Otherwise.Room(
                        state,
                        lockedBy = Nullable(state.Inside |> Seq.head),
                        knocks = state.Knocks.Remove who,
                        admitted = state.Admitted.Remove who
                    )

                let otherwise =
                    world
                    |> unblocked who
                    |> putting (Rooms.roomOf id) locked
                    |> putting (Rooms.placeOf who) unwaved

                let heard =
                    match decideIn world who one.Now (Rooms.roomOf id) (Command.Knock()) with
                    | Ok decision -> List.ofSeq decision.Events
                    | Error _ -> []

                let seen =
                    parted
                    |> List.collect (fun other ->
                        match viewIn house world other id one.Now with
                        | Some view -> view.Knocks |> Seq.filter (fun knock -> knock.Person = who) |> List.ofSeq
                        | None -> [])

                differ
                    $"what {who}, parted from {parted}, learns of {id} after {one}"
                    (learns house otherwise one.Now id who)
                    (learns house world one.Now id who)
                @ wrongIf (not heard.IsEmpty) $"{who} is heard in {id} after {one}"
                @ wrongIf (not seen.IsEmpty) $"{parted} see {seen} in {id} after {one}"))

/// Of a room that is locked, or for guests, whoever may only knock is shown the same, whoever is in it and whatever
/// they play.
let closed: Law<House, Trace> =
    law "of a locked room nobody outside learns who is inside, nor how many, nor what is played" (fun house trace ->
        outside house trace (fun one world id state who ->
            let friends =
                state.Inside
                |> Seq.filter (fun other -> (tieIn world who other).IsFriend && not (tieIn world who other).IsGhost)
                |> List.ofSeq

            if not (state.IsClosedTo who) then
                []
            else
                let card = cardIn house world who id

                wrongIf (friends.IsEmpty && card.IsSome) $"{who} has no friend in {id}, and is shown it after {one}"
                @ (friends
                   |> List.collect (fun friend ->
                       [ [ friend ]; List.except [ who ] people ]
                       |> List.collect (fun others ->
                           let unplayed =
                               Otherwise.Room(holding state others, table = Chat.Domain.Games.State.Initial)

                           let other = putting (Rooms.roomOf id) unplayed world
                           differ $"{who}'s card of {id} after {one}" (cardIn house other who id) card)))))

/// Who does not want a friend told of themselves is not there for them, and leaves no trace, even in a room that
/// another friend shows; only the places that are taken.
let ghosts: Law<House, Trace> =
    law "whom one is not to be told of is not there" (fun house trace ->
        outside house trace (fun one world id state who ->
            [
                for ghost in people do
                    if (tieIn world who ghost).IsGhost then
                        let told (card: Card option) =
                            card
                            |> Option.map (fun card -> card.Name, card.Locked, Option.ofObj card.Occupants)

                        let card = cardIn house world who id
                        let others = state.Inside |> Seq.filter ((<>) ghost) |> List.ofSeq

                        let without =
                            if others.IsEmpty then
                                None
                            else
                                let other = putting (Rooms.roomOf id) (holding state others) world
                                cardIn house other who id

                        let named =
                            match card |> Option.bind (fun card -> Option.ofObj card.Occupants) with
                            | Some faces ->
                                faces
                                |> Seq.exists (fun face -> face.Person = ghost || face.Via = Nullable ghost)
                            | None -> false

                        yield!
                            differ
                                $"{who}'s card of {id}, where {ghost} is none, after {one}"
                                (told without)
                                (told card)

                        yield! wrongIf named $"{who}'s card of {id} names {ghost} after {one}: {card}"
            ]))

/// Whoever may not see a room, and is asked in by nobody, is answered as if it never had been.
let unseen: Law<House, Trace> =
    law "a room that one may not see is like one that never was" (fun house trace ->
        outside house trace (fun one world id _ who ->
            let past = pastOf one.After
            let isAsked = (Rooms.wayIn who id one.Now past).IsSome
            let isOut = Rooms.isExpelled who (Rooms.story id past)

            if isAsked || isOut || (cardIn house world who id).IsSome then
                []
            else
                let otherwise = putting (Rooms.roomOf id) State.Initial world

                differ
                    $"what {who} learns of {id} after {one}"
                    (learns house otherwise one.Now id who)
                    (learns house world one.Now id who)))

/// Whom a block keeps apart is not named either, when they have gone.
let vias: Law<House, Trace> =
    law "nobody outside is told through whom, where a block lies between" (fun house trace ->
        outside house trace (fun one world id _ who ->
            match
                cardIn house world who id
                |> Option.bind (fun card -> Option.ofObj card.Occupants)
            with
            | Some faces ->
                faces
                |> Seq.filter (fun face -> face.Via.HasValue && (tieIn world who face.Via.Value).IsClosed)
                |> List.ofSeq
                |> List.collect (fun face -> [ $"{who} is told of {face.Via} in {id} after {one}" ])
            | None -> []))

/// All that is answered and happens is the same if nobody ever muted anybody.
let mutes: Law<House, Trace> =
    law "whoever is muted sees no difference" (fun house trace ->
        let isMuting (asked: Asked) =
            asked.Command :? Placing.Mute || asked.Command :? Placing.Unmute

        let asks = timed trace
        let isKept (_, _, asked) = not (isMuting asked)
        let all = runSome house asks |> List.filter (fun one -> not (isMuting one.Asked))
        let without = runSome house (List.filter isKept asks)

        List.zip without all
        |> List.collect (fun (expected, one) ->
            differ $"{one}" (answerOf expected.Reply expected.Made) (answerOf one.Reply one.Made)))

let private views (house: House) (trace: Trace) judge =
    [
        for one in run house trace do
            if not one.Made.IsEmpty then
                let world = worldOf house one.After

                for id in rooms do
                    for who in people do
                        match viewIn house world who id one.Now with
                        | Some view -> yield! judge one id who view
                        | None -> ()
    ]

let notes: Law<House, Trace> =
    law "a note is shown to two people" (fun house trace ->
        views house trace (fun one id who view ->
            let said = one.After.Load(Rooms.roomOf id)

            view.Talk
            |> Seq.filter (fun line ->
                match said[int line.Version - 1].Event with
                | :? Event.Noted as noted -> noted.By <> who && noted.To <> who
                | _ -> false)
            |> List.ofSeq
            |> List.collect (fun line -> [ $"{who} sees {line} in {id} after {one}" ])))

let before: Law<House, Trace> =
    law "what was before one came in is not shown" (fun house trace ->
        views house trace (fun one id who view ->
            let came =
                one.After.Load(Rooms.roomOf id)
                |> Seq.filter (fun recorded ->
                    recorded.Event.By = who
                    && (recorded.Event :? Event.Entered || recorded.Event :? Event.Lit))
                |> Seq.map _.Version
                |> Seq.max

            view.Talk
            |> Seq.filter (fun line -> line.Version < came)
            |> List.ofSeq
            |> List.collect (fun line -> [ $"{who} sees {line} in {id} after {one}" ])))
