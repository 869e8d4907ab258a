/// A house in which a scenario is played: what has happened there, as the oracle has it, and what devices are told.
module Chat.Spec.Outside.InHouse

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Renaming

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
    /// A record of a party, in a conversation.
    | Recorded of ConversationId * version: int64 * Party
    | Other

/// A conversation of two in which there may be records.
type Talk =
    {
        Id: ConversationId
        People: PersonId list
    }

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
    /// The records that it was told of, by where and as which version they stand.
    member val Records = SortedDictionary<struct (string * int64), Party>()

    member guest.RecordsIn(talk: ConversationId) : Party list =
        [
            for held in guest.Records do
                let struct (id, _) = held.Key

                if id = talk.Value then
                    held.Value
        ]

type Stay(guests: Guest list, names: Names) =
    let suffix = names.Suffix
    let reals = Dictionary<RoomId, RoomId>()
    let named = Dictionary<RoomId, RoomId>()
    let talks = Dictionary<ConversationId, Talk>()

    let realTalk (talk: Talk) =
        match talk.People with
        | [ one; other ] -> (StreamKey.Of(TenantId.Main, names.Out one, names.Out other)).Direct.Conversation
        | _ -> talk.Id

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

    member _.Talks: Talk list = List.ofSeq talks.Values

    member _.Begin(id: ConversationId, one: PersonId, other: PersonId) =
        talks[id] <- { Id = id; People = [ one; other ] }

    /// A conversation as the host knows it.
    member _.RealTalk(id: ConversationId) =
        match talks.TryGetValue id with
        | true, talk -> realTalk talk
        | false, _ -> id

    /// A conversation as the oracle calls it.
    member _.NamedTalk(real: ConversationId) =
        talks.Values
        |> Seq.tryFind (fun talk -> realTalk talk = real)
        |> Option.map _.Id
        |> Option.defaultValue real

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
        Card(stay.Named card.Room, card.Name, card.Locked, card.Full, card.Mine, card.Occupants, Game = card.Game)

let private roomOf (stay: Stay) (fields: Fields) =
    stay.Named(RoomId.Of(string fields["room"]))

let private recordOf (stay: Stay) (said: byte[]) : Told =
    match Decoding.Event(ReadOnlyMemory said) |> ofEither with
    | Ok(struct (conversation, (:? Seen.Shown as shown))) ->
        match shown.Event with
        | :? Chat.Domain.Conversations.Event.Partied as partied ->
            Recorded(stay.NamedTalk conversation, shown.Version, partied.Party)
        | _ -> Other
    | _ -> Other

let toldOf (stay: Stay) (heard: Heard) : Told =
    match Codecs.ours.Read heard.Said, heard.Sort, heard.Area with
    | Ok _, "evt", "conversation" -> recordOf stay heard.Said
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
