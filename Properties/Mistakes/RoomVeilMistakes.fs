/// Rooms that tell what they are not to, with one mistake each.
module Chat.Spec.Mistakes.RoomVeilMistakes

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Laws.RoomWorlds

let private right = RoomRunning.domain
let private rooms = right.Rooms

let private deciding decide : House =
    { right with
        Rooms = decidingBy rooms decide
    }

type private Placing = Chat.Domain.Places.Command

let private isEnter (command: Command) = command :? Command.Enter

/// As if nobody had blocked anybody.
let private opened (facts: Facts) : Facts =
    facts.Known
    |> Seq.fold
        (fun (all: Facts) struct (key, fact) ->
            match ofOption fact with
            | Some(:? StreamFact as held) ->
                match held.Current with
                | :? Pairing as pair ->
                    let stream =
                        Pairing(pair.Decider, Otherwise.Unblocked pair.Current, pair.Version, pair.LastAt)

                    all.With(key, toOption (Some(StreamFact stream :> AnyFact)))
                | _ -> all
            | _ -> all)
        facts

let private unblocking isFor =
    deciding (fun context command held facts ->
        rooms.Decide.Invoke(context, command, held, (if isFor command then opened facts else facts)))

let private letsBlockedIn = unblocking isEnter
let private hearsBlocked = unblocking (fun command -> command :? Command.Knock)

/// Who has a way in is told that it is locked, where a block lies between, though nobody whom they know is inside.
let private tellsOfItself =
    deciding (fun context command held facts ->
        let decided = rooms.Decide.Invoke(context, command, held, facts)

        match ofEither decided with
        | Error(:? Refusal.NotFound) when isEnter command && held.IsLit ->
            match ofEither (rooms.Decide.Invoke(context, command, held, opened facts)) with
            | Ok _ -> left (Refusal.Forbidden(listing [ "room.locked" ]))
            | Error _ -> decided
        | _ -> decided)

let private tellsWhomOneMutes =
    let places = right.Places

    let decide (context: Context) (command: Placing) (held: Placed) facts =
        match command with
        | :? Placing.Wave when held.Muted.Contains context.Person -> Chat.Spec.Prelude.right Decision.AlreadySo
        | _ -> places.Decide.Invoke(context, command, held, facts)

    { right with
        Places = decidingBy places decide
    }

let private showing view : House = { right with View = view }

let private overhearsNotes =
    showing (fun id held who isClosed now ->
        let told (line: Line) =
            match line.Event with
            | :? Event.Noted as noted when noted.By <> who ->
                Line(line.Version, Event.Noted(noted.Stamp, who, noted.Text))
            | _ -> line

        right.View id (Otherwise.Room(held, talk = (held.Talk |> Seq.map told |> listing))) who isClosed now)

let private since (version: int64) (held: State) : State =
    let occupants =
        held.Occupants
        |> eachOtherwise (fun seat -> Occupant(seat.Since, min version seat.Version, seat.Entry))

    Otherwise.Room(held, occupants = occupants)

let private showsWhatWasBefore =
    showing (fun id held who isClosed now -> right.View id (since 0L held) who isClosed now)

let private hearsThroughBlocks =
    showing (fun id held who _ now -> right.View id held who (fun _ -> false) now)

let private cards card : House = { right with Card = card }

let private showsGhosts =
    cards (fun id held who tie ->
        right.Card id held who (fun other -> Tie((tie other).IsFriend, (tie other).IsClosed, false)))

let private namesGhosts =
    cards (fun id held who tie ->
        let named (face: Face) =
            let by =
                held.Occupants.Find face.Person
                |> ofOption
                |> Option.map _.Entry.By
                |> Option.defaultValue (Nullable())

            if face.Person = who || (tie face.Person).IsFriend then
                face
            else
                Face(face.Person, true, by)

        right.Card id held who tie
        |> Option.map (fun card ->
            match card.Occupants with
            | null -> card
            | faces ->
                Card(card.Room, card.Name, card.Locked, card.Full, card.Mine, faces |> Seq.map named |> listing)))

let private tellsThatItIsFull =
    cards (fun id held who tie ->
        right.Card id held who tie
        |> Option.map (fun card ->
            if isNull card.Occupants then
                Card(card.Room, card.Name, card.Locked, held.IsFull, card.Mine, null)
            else
                card))

let private playing (game: State -> string | null) isFor =
    cards (fun id held who tie ->
        right.Card id held who tie
        |> Option.map (fun card ->
            if isFor card then
                Card(card.Room, card.Name, card.Locked, card.Full, card.Mine, card.Occupants, Game = game held)
            else
                card))

let private tellsWhatIsPlayed =
    playing _.Table.Running (fun card -> isNull card.Occupants)

/// The game stands on the card from its being offered, and stays there when it is over.
let private saysTheLastGame =
    playing (fun held -> held.Table.Plan |> Option.ofObj |> Option.map _.Game |> Option.toObj) (fun card ->
        not (isNull card.Occupants))

let private showsGuestsOnly =
    cards (fun id held who tie ->
        let unlisted = Otherwise.Room(held, guests = LanguageExt.Set<PersonId>())
        right.Card id unlisted who tie)

let private showsThroughBlocks =
    cards (fun id held who tie ->
        right.Card id held who (fun other -> Tie((tie other).IsFriend, false, (tie other).IsGhost)))

/// Of a dark room one is told otherwise than of one that is lit.
let private tellsOfTheDark =
    deciding (fun context command held facts ->
        if held.IsLit || command :? Command.Light then
            rooms.Decide.Invoke(context, command, held, facts)
        else
            Chat.Spec.Prelude.left (Refusal.NotFound "room.unknown" :> Refusal))

/// As if nobody hid from anybody.
let private opensToGhosted =
    deciding (fun context command held facts ->
        let unhidden (facts: Facts) (who: PersonId) : Facts =
            let key = StreamFactKey(Oracle.Rooms.placeOf who)

            match ofOption (facts.Find<StreamFact> key) |> Option.map _.Current with
            | Some(:? Stream<Placed, Placing, Oracle.Rooms.Moving> as place) ->
                let from = place.Current
                let none = LanguageExt.Set<PersonId>()

                let state =
                    Placed(from.Room, from.IsPrivate, none, from.Muted, from.Quiet, from.Waves)

                let stream =
                    Stream<Placed, Placing, Oracle.Rooms.Moving>(place.Decider, state, place.Version, place.LastAt)

                facts.With(key, toOption (Some(StreamFact stream :> AnyFact)))
            | _ -> facts

        rooms.Decide.Invoke(context, command, held, held.Inside |> Seq.fold unhidden facts))

/// A knock that nobody hears is taken also where none is any more.
let private hearsNoBound =
    deciding (fun context command held facts ->
        let isParted =
            facts.Known
            |> Seq.exists (fun struct (_, fact) ->
                match ofOption fact with
                | Some(:? StreamFact as held) ->
                    match held.Current with
                    | :? Pairing as pair -> pair.Current.IsClosed
                    | _ -> false
                | _ -> false)

        if command :? Command.Knock && isParted then
            Chat.Spec.Prelude.right Decision.AlreadySo
        else
            rooms.Decide.Invoke(context, command, held, facts))

let all: Mistake list =
    let traces = lazy (Seeds.fixedSample 400 60 RoomTraces.trace)
    let on name law mistaken = mistake name law traces right mistaken
    let games = lazy (Seeds.fixedSample 100 60 KeepsakeTraces.trace)

    [
        on "a block lets through" RoomLaws.reasons letsBlockedIn
        on "a knock is heard through a block" RoomVeilLaws.blocks hearsBlocked
        on "a block lets through" RoomVeilLaws.blocks letsBlockedIn
        on "a block tells of a room" RoomVeilLaws.blocks tellsOfItself
        on "a card shows through a block" RoomVeilLaws.blocks showsThroughBlocks
        on "a locked room says that it is full" RoomVeilLaws.closed tellsThatItIsFull
        mistake "a locked room says what is played" RoomVeilLaws.closed games right tellsWhatIsPlayed
        mistake "a game is shown that is not played" RoomLaws.shown games right saysTheLastGame
        on "a room of guests is shown to all" RoomVeilLaws.closed showsGuestsOnly
        on "whom one is not to be told of is shown" RoomVeilLaws.ghosts showsGhosts
        on "whom one is not to be told of is named" RoomVeilLaws.ghosts namesGhosts
        on "a room in the dark is told of" RoomVeilLaws.unseen tellsOfTheDark
        on "whom one is not to be told of opens the door" RoomVeilLaws.unseen opensToGhosted
        on "whom one is not to be told of opens the door" RoomLaws.reasons opensToGhosted
        mistake "whom a block keeps out always knocks" RoomBounds.bounds (lazy RoomBounds.all) right hearsNoBound
        on "who was blocked is named" RoomVeilLaws.vias namesGhosts
        on "whoever is muted is told" RoomVeilLaws.mutes tellsWhomOneMutes
        on "a note is overheard" RoomVeilLaws.notes overhearsNotes
        on "what was before is shown" RoomVeilLaws.before showsWhatWasBefore
        on "what was said is heard through a block" RoomLaws.shown hearsThroughBlocks
    ]
