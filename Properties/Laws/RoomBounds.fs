/// Rooms and places at their bounds, and beside them: as large as no trace makes them.
module Chat.Spec.Laws.RoomBounds

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Places
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Oracle.RoomAnswers
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.RoomRunning

type private Placing = Chat.Domain.Places.Command

/// What happened in some streams, and what somebody then asks.
type Bound =
    {
        Name: string
        Happened: (StreamKey * AnyEvent) list
        Who: PersonId
        Stream: StreamKey
        Command: AnyCommand
    }

let private id = RoomId.Of "r1"
let private room = Rooms.roomOf id
let private host, guest = person "ann", person "zoe"

let private others count =
    [ 1..count ] |> List.map (fun index -> person $"p{index}")

let private by who = Stamp(who, Running.start)
let private text = valid (RoomText.Create "hi")

let private lit isLocked capacity =
    let name = valid (RoomName.Create "porch")
    room, Event.Lit(by host, name, isLocked, listing [], capacity) :> AnyEvent

let private friends (one: PersonId) (other: PersonId) =
    StreamKey.Of(TenantId.Main, one, other), Chat.Domain.Pairs.Event.Befriended(by one, other) :> AnyEvent

let private came who =
    room, Event.Entered(by who, Entry(Way.Friend, Nullable host)) :> AnyEvent

let private asks name happened who stream command =
    {
        Name = name
        Happened = happened
        Who = who
        Stream = stream
        Command = command
    }

/// Many came, wished for a record and went; the last one goes.
let private kept count =
    let into = ConversationId.Of "c1"

    let wishes who =
        room, Event.KeepSet(by who, Nullable into) :> AnyEvent

    let group =
        Chat.Domain.Conversations.Event.Created(
            by host,
            Chat.Domain.Conversations.ConversationKind.Group,
            listing (host :: others count),
            null
        )

    (StreamKey.Of(TenantId.Main, into), group :> AnyEvent)
    :: (Rooms.placeOf host, Rooms.Moving.Moved(by host, Nullable id) :> AnyEvent)
    :: lit false Room.MaxCapacity
    :: wishes host
    :: (others count
        |> List.collect (fun who -> [ came who; wishes who; room, Event.Left(by who) :> AnyEvent ]))

let all: Bound list =
    [
        for count in [ 0; 1; Party.MaxPeople - 1; Party.MaxPeople ] do
            asks $"{count + 1} who were there" (kept count) host room (Command.Leave())

        for count in [ Room.MaxCapacity - 2; Room.MaxCapacity - 1 ] do
            let inside = lit false Room.MaxCapacity :: List.map came (others count)
            asks $"{count + 1} inside" (friends guest host :: inside) guest room (Command.Enter())

        for capacity in [ 1; 2; Room.MaxCapacity; Room.MaxCapacity + 1 ] do
            let light =
                Command.Light(valid (RoomName.Create "porch"), false, listing [], capacity)

            asks $"room for {capacity}" [] host room light

        for count in [ Room.MaxKnocks - 1; Room.MaxKnocks ] do
            let knocks =
                others count
                |> List.map (fun who -> room, Event.Knocked(by who, host) :> AnyEvent)

            asks $"{count} at the door" (friends guest host :: lit true 8 :: knocks) guest room (Command.Knock())

        for count in [ Room.MaxKnocks - 1; Room.MaxKnocks ] do
            let knocks =
                others count
                |> List.map (fun who -> room, Event.Knocked(by who, host) :> AnyEvent)

            let bob = person "bob"
            let pair = StreamKey.Of(TenantId.Main, bob, guest)
            let blocked = pair, Chat.Domain.Pairs.Event.Blocked(by bob, guest) :> AnyEvent
            let inside = [ friends guest host; blocked; lit true 8; came bob ]
            asks $"{count} at the door of who blocks" (inside @ knocks) guest room (Command.Knock())

        for count in [ Room.MaxGuests; Room.MaxGuests + 1 ] do
            let bonds = others count |> List.map (fun who -> friends host who)
            let invite = Command.SetGuests(listing (others count))
            asks $"{count} guests" (lit false 8 :: bonds) host room invite

        for count in [ Place.MaxNamed - 1; Place.MaxNamed ] do
            let place = Rooms.placeOf host

            let named make =
                others count |> List.map (fun who -> place, make who)

            let ghosted = named (fun who -> Rooms.Moving.Ghosted(by host, who) :> AnyEvent)

            let muted = named (fun who -> Rooms.Moving.Muted(by host, who) :> AnyEvent)
            asks $"{count} ghosted" ghosted host place (Placing.Ghost guest)
            asks $"{count} muted" muted host place (Placing.Mute guest)

        for count in [ Room.MaxTalk - 2; Room.MaxTalk - 1; Room.MaxTalk ] do
            let talk = List.replicate count (room, Event.Said(by host, text) :> AnyEvent)

            asks $"{count} lines" (lit false 8 :: talk) host room (Command.Say text)
    ]

let private now = Running.start.Plus 1_000L

let private pastOf (bound: Bound) : Rooms.Past =
    fun stream -> bound.Happened |> List.filter (fst >> (=) stream) |> List.map snd

let private worldOf house bound : World =
    fun stream -> (freshIn house stream).Fold(pastOf bound stream)

let answer (house: House) (bound: Bound) : Answer =
    match decideIn (worldOf house bound) bound.Who now bound.Stream bound.Command with
    | Error refusal -> Refused(refusal.Code, ruleOf refusal)
    | Ok decision when decision.Events.IsEmpty -> AlreadySo
    | Ok decision ->
        [
            for happened in decision.Events -> bound.Stream, happened
            for struct (stream, happened) in decision.Further -> stream, happened
        ]
        |> Happens

let bounds: Law<House, Bound> =
    law "bounds are the oracle's, at them and beside them" (fun house bound ->
        let past, world = pastOf bound, worldOf house bound

        differ bound.Name (decide bound.Who now bound.Stream bound.Command past) (answer house bound)
        @ differ bound.Name (RoomViews.view bound.Who id now past) (viewIn house world bound.Who id now)
        @ differ bound.Name (RoomViews.card bound.Who id past) (cardIn house world bound.Who id))
