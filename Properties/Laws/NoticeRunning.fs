/// Stories of friends who come in, and what somebody is told.
module Chat.Spec.Laws.NoticeRunning

open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Spec
open Chat.Spec.Generators.Comings
open Chat.Spec.Oracle.Noticed

/// Noticing as functions, so that a mistaken one can be put in its place.
type Telling =
    {
        Decide: NoticeState -> NoticeFacts -> Instant -> NoticeState * Notice option * Instant option
        /// What keeps the last from being told of the first, in a world.
        Between: PersonId -> World -> PersonId -> Bars
        IsBlank: NoticeState -> Instant -> bool
        /// What another host told them is heard.
        Hear: NoticeState -> Told -> NoticeState
    }

let private heldBy kind (who: PersonId) (world: World) =
    world.Relations
    |> List.filter (fun relation -> relation.Kind = kind && relation.By = who)
    |> List.map _.Of
    |> setOf

let domain: Telling =
    {
        Decide =
            fun before facts now ->
                let struct (after, notice, due) = Noticing.Decide(before, facts, now)
                after, ofOption notice, ofOption due
        Between =
            fun friend world whom ->
                let isClosed =
                    (heldBy Blocks friend world).Contains whom
                    || (heldBy Blocks whom world).Contains friend

                let ghosted, muted = heldBy Ghosts friend world, heldBy Mutes whom world
                Noticing.Between(friend, Chat.Domain.People.Privacy.Open, ghosted, whom, muted, isClosed)
        IsBlank = fun state now -> state.IsBlank now
        Hear =
            fun state told ->
                let people =
                    told.People
                    |> List.fold
                        (fun (map: LanguageExt.Map<PersonId, Instant>) who -> map.AddOrUpdate(who, Instant told.At))
                        (LanguageExt.Map<PersonId, Instant>())

                let digest =
                    if told.IsDigest then
                        System.Nullable(Instant told.At)
                    else
                        System.Nullable()

                state.Join(people, digest)
    }

let private factsOf (asked: Asked) =
    let friends =
        asked.Friends
        |> Map.fold
            (fun (map: LanguageExt.HashMap<PersonId, Bars>) name bars -> map.AddOrUpdate(person name, bars))
            (LanguageExt.HashMap<PersonId, Bars>())

    NoticeFacts(
        asked.Openings
        |> List.map (fun (who, at) -> Opening(who, Instant at))
        |> listing,
        friends,
        asked.Quiet
        |> Option.map (fun (from, until, ahead) -> valid (QuietHours.Create(from, until, ahead)))
        |> Option.toObj,
        asked.IsIn
    )

/// What came of asking.
type Answered =
    {
        Asked: Asked
        Told: Told option
        Due: int64 option
        State: NoticeState
    }

let private answer (noticing: Telling) (state: NoticeState) (asked: Asked) : Answered =
    let after, notice, due = noticing.Decide state (factsOf asked) (Instant asked.At)

    {
        Asked = asked
        Told =
            notice
            |> Option.map (fun notice ->
                {
                    At = asked.At
                    People = List.ofSeq notice.People
                    IsDigest = notice.IsDigest
                })
        Due = due |> Option.map _.Milliseconds
        State = after
    }

/// With a question each time that one was asked for, between the others and for a while after them.
let rec follow noticing isPunctual (state: NoticeState) (asks: Asked list) : Answered list =
    match asks with
    | [] -> []
    | asked :: later ->
        let answered = answer noticing state asked

        let between =
            match answered.Due, later with
            | Some due, next :: _ when isPunctual && asked.At < due && due < next.At ->
                [ { asked with At = due; Openings = [] } ]
            | Some due, [] when isPunctual && asked.At < due -> [ { asked with At = due; Openings = [] } ]
            | _ -> []

        answered :: follow noticing isPunctual answered.State (between @ later)

let run noticing (story: Story) =
    follow noticing story.IsPunctual NoticeState.Blank story.Asks

let tellings (answers: Answered list) = answers |> List.choose _.Told
