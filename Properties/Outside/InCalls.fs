/// People with two devices each who call each other: what has happened, as the oracle has it, and what is told of it.
module Chat.Spec.Outside.InCalls

open System
open System.Collections.Generic
open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Renaming

/// A call as it stands in a conversation.
type Line = Chat.Domain.Conversations.Event.Called

/// What had happened by some moment, and since the one before; when it was asked for and answered, in milliseconds.
type Moment =
    {
        At: Instant
        SentMs: int64
        AnsweredMs: int64
        Events: Map<string, AnyEvent list>
        Latest: (StreamKey * AnyEvent) list
    }

    member moment.Past: Rooms.Past =
        fun stream -> moment.Events.TryFind(string stream) |> Option.defaultValue []

/// The next moment, with what happens in it.
let next (now: Moment) (during: Window) (events: (StreamKey * AnyEvent) list) : Moment =
    let add (all: Map<string, AnyEvent list>) (stream: StreamKey, happened: AnyEvent) =
        let before = all.TryFind(string stream) |> Option.defaultValue []
        all.Add(string stream, before @ [ happened ])

    {
        At = now.At.Plus 20L
        SentMs = during.SentMs
        AnsweredMs = during.AnsweredMs
        Events = List.fold add now.Events events
        Latest = events
    }

let private began =
    {
        At = Instant 1_800_000_000_000L
        SentMs = 0L
        AnsweredMs = 0L
        Events = Map.empty
        Latest = []
    }

/// What a device is told: of a call with somebody, what the other passes on, what their conversation keeps.
type Told =
    | Called of PersonId * Call
    | Passed of PersonId * CallPassed
    | Kept of ConversationId * version: int64 * Line
    | Other

/// Somebody's device, and what it holds of what it was told.
type Phone(device: Device) =
    member _.Device = device
    member _.Who = device.Who
    /// How much of what it heard it has taken in.
    member val Taken = 0 with get, set
    /// How the last call with somebody is.
    member val Calls = Dictionary<PersonId, Call>()
    /// The calls that stand in a conversation, by version.
    member val Lines = Dictionary<ConversationId, SortedDictionary<int64, Line>>()
    member val Passed = HashSet<string>()

    member phone.Keep(conversation: ConversationId, version: int64, line: Line) =
        if not (phone.Lines.ContainsKey conversation) then
            phone.Lines[conversation] <- SortedDictionary()

        phone.Lines[conversation][version] <- line

/// Something that was passed on, and to whom.
type Passing = { To: PersonId; What: CallPassed }

type Exchange(phones: Phone list, names: Names) =
    member _.Phones = phones
    /// All moments, the last first.
    member val Moments = [ began ] with get, set
    member exchange.Now = exchange.Moments.Head

    member exchange.Before =
        exchange.Moments |> List.tryItem 1 |> Option.defaultValue began

    member val Passings: Passing list = [] with get, set

    member _.PhoneOf(who: PersonId, device: DeviceId) =
        phones |> List.find (fun phone -> phone.Who = who && phone.Device.Name = device)

    /// The conversation of two, as the host knows it.
    member _.DirectOf(one: PersonId, other: PersonId) =
        (StreamKey.Of(TenantId.Main, names.Out one, names.Out other)).Direct.Conversation

    member exchange.Happen(next: Moment) =
        exchange.Moments <- next :: exchange.Moments

    /// With the number of the last call of the two, where that is meant.
    member exchange.Numbered(who: PersonId, whom: PersonId, number: int64) =
        if number = Generators.CallScenes.last then
            max 1L (int64 (Calls.calls who whom exchange.Now.Past).Length)
        else
            number

    member exchange.Meant(asked: Asked) : Asked =
        let number one =
            exchange.Numbered(asked.Who, asked.Whom, one)

        let command: AnyCommand =
            match asked.Command with
            | :? Command.Accept as accept -> Command.Accept(number accept.Number)
            | :? Command.Decline as decline -> Command.Decline(number decline.Number)
            | other -> other

        { asked with Command = command }

/// A call that stands in a conversation, and what is said of it where a device reads it.
let lineOf (seen: Seen) : (int64 * Line) option =
    match seen with
    | :? Seen.Shown as shown ->
        match shown.Event with
        | :? Line as line -> Some(shown.Version, line)
        | _ -> None
    | _ -> None

/// The same as a page of history has it.
let ofPage (line: Chat.Domain.Views.Line) : Line option =
    match line.Event with
    | :? Line as called -> Some called
    | _ -> None

let toldOf (heard: Heard) : Told =
    match heard.Sort, heard.Area with
    | "evt", "conversation" ->
        match Decoding.Event(ReadOnlyMemory heard.Said) |> ofEither with
        | Ok(struct (conversation, seen)) ->
            match lineOf seen with
            | Some(version, line) -> Kept(conversation, version, line)
            | None -> Other
        | Error _ -> Other
    | sort, "call" ->
        match Codecs.ours.Read heard.Said with
        | Ok fields when sort = "evt" -> Called(PersonId.Of heard.Id, CallAnswers.Call fields)
        | Ok fields -> Passed(PersonId.Of heard.Id, CallAnswers.Passed fields)
        | Error _ -> Other
    | _ -> Other
