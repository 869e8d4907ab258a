/// Rooms: many at once, and what no decision would make.
module Chat.Spec.Laws.RoomRaces

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Places
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomAnswers
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.RoomRunning

type private Group = Instant * (int * Asked) list

/// What was asked in one go, with all that had been appended before, and until all were answered.
type private Round =
    {
        At: Instant
        Asks: (int * Asked) list
        Replies: Map<int64, Reply>
        First: int
        Last: int
    }

let private submit (house: House) (groups: Group list) : Round list * Kept =
    let kept = Kept()

    let one (loop: Embedded, rounds: Round list) (now: Instant, asks: (int * Asked) list) =
        let first = kept.Log.Count
        let arrivals = asks |> List.map (fun (index, asked) -> arrivalOf index asked)
        let struct (loop, outputs) = loop.Submit(seqOf arrivals, now)

        let round =
            {
                At = now
                Asks = asks
                Replies = answersIn outputs
                First = first
                Last = kept.Log.Count
            }

        loop, round :: rounds

    let _, rounds = groups |> List.fold one (Embedded.Over(kept, freshIn house), [])
    List.rev rounds, kept

/// What follows one another in the same stream comes in one go, when the last of it would.
let private ofOneStream (trace: Trace) : Group list =
    let add (groups: Group list) (index, now, asked: Asked) : Group list =
        match groups with
        | (_, some) :: others when (snd some.Head).Stream = asked.Stream -> (now, (index, asked) :: some) :: others
        | _ -> (now, [ index, asked ]) :: groups

    timed trace
    |> List.fold add []
    |> List.rev
    |> List.map (fun (now, some) -> now, List.rev some)

let private apart (groups: Group list) : Group list =
    groups
    |> List.collect (fun (now, asks) -> asks |> List.map (fun ask -> now, [ ask ]))

let batching: Law<House, Trace> =
    law "deciding a batch is deciding one by one" (fun house trace ->
        let groups = ofOneStream trace
        let together, one = submit house groups
        let single, other = submit house (apart groups)

        let replies rounds =
            rounds
            |> List.collect (fun round -> Map.toList round.Replies)
            |> List.sortBy fst

        let byStream (kept: Kept) =
            kept.Log
            |> Seq.groupBy _.Stream
            |> Seq.map (fun (stream, made) -> string stream, List.ofSeq made)
            |> Map

        List.zip (replies single) (replies together)
        |> List.collect (fun ((ticket, one), (_, other)) -> differ $"{ticket} of {groups}" one other)
        |> List.append (differ "events" (byStream other) (byStream one)))

let private pastUntil (kept: Kept) (count: int) : Rooms.Past =
    fun stream ->
        kept.Log
        |> Seq.truncate count
        |> Seq.filter (fun recorded -> recorded.Stream = stream)
        |> Seq.map _.Event
        |> List.ofSeq

let private isOfHouse (asked: Asked) =
    asked.Stream.Kind = StreamKind.Room || asked.Stream.Kind = StreamKind.Place

/// What a request made is what it was to make then; what made nothing was right at some moment of the round.
let private judge (kept: Kept) (round: Round) (index: int, asked: Asked) =
    let client = ClientId.Of $"c{index}"

    let made =
        kept.Log
        |> Seq.indexed
        |> Seq.filter (fun (_, recorded) -> recorded.Origin.Client = client)
        |> List.ofSeq

    let would count =
        decide asked.Who round.At asked.Stream asked.Command (pastUntil kept count)

    let answer = answerOf round.Replies[int64 index + 1L] (List.map snd made)

    match made with
    | (first, _) :: _ -> differ $"{asked}" (would first) answer
    | [] ->
        let all = [ round.First .. round.Last ] |> List.map would
        wrongIf (not (List.contains answer all)) $"{asked} was told {answer}, and it was {List.distinct all}"

/// Several at once, of any streams.
let races: Law<House, Trace> =
    law "those who race are decided one after another" (fun house trace ->
        let groups =
            timed trace
            |> List.chunkBySize 5
            |> List.map (fun some ->
                let _, now, _ = List.last some
                now, some |> List.map (fun (index, _, asked) -> index, asked))

        let rounds, kept = submit house groups

        RoomLaws.wrongsOfPlaces house kept.Store rooms people
        @ (rounds
           |> List.collect (fun round ->
               round.Asks |> List.filter (snd >> isOfHouse) |> List.collect (judge kept round))))

let private values =
    let some (values: 'a list) : FsCheck.Gen<objnull> =
        values |> List.map box |> FsCheck.FSharp.Gen.elements

    (Palette.values people)
        .Add("RoomName", some [ valid (RoomName.Create "porch") ])
        .Add("RoomText", some [ valid (RoomText.Create "hi") ])
        .Add("RoomId", some rooms)
        .Add("ConversationId", some [ ConversationId.Of "tea" ])
        .Add("QuietHours", Housed.hours)
        .Add("Chat.Domain.Games.Event", Housed.happenings)

type Hostile =
    {
        InRoom: Event list
        InPlace: Chat.Domain.Places.Event list
    }

/// Events in any order with anything in them, and of many people.
let hostile: FsCheck.Gen<Hostile> =
    let anyOf kind = Unions.gen values kind

    FsCheck.FSharp.Gen.map2
        (fun inRoom inPlace -> { InRoom = inRoom; InPlace = inPlace })
        (FsCheck.FSharp.Gen.listOf (anyOf typeof<Event> |> Unions.typed<Event>))
        (FsCheck.FSharp.Gen.listOf (anyOf typeof<Chat.Domain.Places.Event> |> Unions.typed<Chat.Domain.Places.Event>))

let total: Law<House, Hostile> =
    law "rooms and places fold whatever happened" (fun house hostile ->
        let id = rooms.Head

        let world (stream: StreamKey) =
            let fresh = freshIn house stream

            match stream.Kind with
            | StreamKind.Room -> fresh.Fold(hostile.InRoom |> Seq.map (fun happened -> happened :> AnyEvent))
            | StreamKind.Place -> fresh.Fold(hostile.InPlace |> Seq.map (fun happened -> happened :> AnyEvent))
            | _ -> fresh

        let state = roomIn world id
        let place = (world (Rooms.placeOf people.Head)).State :?> Placed

        [
            yield! differ "version" (int64 hostile.InRoom.Length) state.Version
            yield! wrongIf (state.Talk.Count > Room.MaxTalk) $"{state.Talk.Count} lines"
            yield! wrongIf (state.Attendance.Count > Party.MaxPeople + 1) $"{state.Attendance.Count} who were there"
            yield! wrongIf (state.Played.Count > Party.MaxGames) $"{state.Played.Count} games"
            yield! wrongIf (place.Waves.Count > Place.MaxWaves) $"{place.Waves.Count} waves"

            for who in people do
                // Whatever is decided and shown, nothing is thrown.
                cardIn house world who id |> ignore
                viewIn house world who id Running.start |> ignore

                for command in
                    [
                        Command.Enter() :> Command
                        Command.Knock()
                        Command.Leave()
                        Command.Expel people[1]
                        Command.Keep(Nullable(ConversationId.Of "tea"))
                    ] do
                    decideIn world who Running.start (Rooms.roomOf id) command |> ignore
        ])
