/// The record of a party, from all that happened in all streams: who wished for one, who was there, what was played.
module Chat.Spec.Oracle.Keepsakes

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Oracle.RoomTables

type private Talking = Chat.Domain.Conversations.Command
type private Gaming = Chat.Domain.Games.Event

let conversationOf (id: ConversationId) = StreamKey.Of(TenantId.Main, id)

/// What happened in a conversation, in its order.
let talk (id: ConversationId) (past: Past) : Past.Past =
    past (conversationOf id)
    |> List.mapi (fun index happened ->
        let origin = Origin(DeviceId.Of "-", ClientId.Of "-", Digest())
        Recorded(conversationOf id, int64 index + 1L, Guid.Empty, happened, origin, listing []))

/// Everybody who was ever inside, who came first first.
let everInside (room: Story) : PersonId list =
    room
    |> List.filter (fun happened -> happened :? Event.Lit || happened :? Event.Entered)
    |> List.map _.By
    |> List.distinct

/// What is wished for, if anything: where it is to stand, who was asked, who agreed.
let rec wish (room: Story) : (ConversationId * PersonId list * PersonId list) option =
    match room |> List.tryFindIndexBack (fun happened -> happened :? Event.KeepSet) with
    | None -> None
    | Some at ->
        let before, set = List.truncate at room, room[at] :?> Event.KeepSet
        let there = inside before

        match Option.ofNullable set.Into, wish before with
        | Some into, Some(known, asked, agreed) when known = into ->
            Some(into, List.distinct (asked @ there), List.distinct (agreed @ [ set.By ]))
        | Some into, _ -> Some(into, there, [ set.By ])
        | None, Some(into, asked, agreed) when agreed <> [ set.By ] -> Some(into, asked, List.except [ set.By ] agreed)
        | None, _ -> None

let private isGoing who (happened: Event) =
    match happened with
    | :? Event.Left -> happened.By = who
    | :? Event.Expelled as expelled -> expelled.Person = who
    | _ -> false

/// When somebody first came, and when they last went; whoever is there still, now.
let private attended (now: Instant) (room: Story) who : Attended =
    let isComing (happened: Event) =
        happened.By = who && (happened :? Event.Lit || happened :? Event.Entered)

    let until =
        if isInside who room then
            now
        else
            (room |> List.findBack (isGoing who)).At

    Attended(who, (room |> List.find isComing).At, until)

/// The games that came to an end after cards were dealt, the last of them.
let private played (room: Story) : PartyGame list =
    room
    |> List.indexed
    |> List.choose (fun (at, happened) ->
        match happened with
        | :? Event.Played as played ->
            match played.What, (tableOf (List.truncate at room)).Plan with
            | (:? Gaming.Ended as ended), NonNull plan when ended.Scores.Count > 0 ->
                Some(PartyGame(plan.Game, (ended.Why = Chat.Domain.Games.Ending.Finished), ended.Scores))
            | _ -> None
        | _ -> None)
    |> List.rev
    |> List.truncate 32
    |> List.rev

/// The party of these people until now.
let party (now: Instant) (people: PersonId list) (room: Story) : Party =
    let lit = Option.get (lit room)

    let there =
        people
        |> List.map (attended now room)
        |> List.sortWith (fun one other -> compare (one.From.Milliseconds) (other.From.Milliseconds))
        |> List.groupBy _.From.Milliseconds
        |> List.collect (fun (_, same) -> same |> List.sortWith (fun one other -> one.Person.CompareTo other.Person))

    Party(lit.Name, lit.At, now, listing there, listing (played room))

/// Why the conversation would not take it.
let private refusal who now (into: ConversationId) party past =
    Permitted.refusal who now (Talking.KeepParty party) (talk into past)

/// What comes of somebody's wish, who is inside.
let decide who (now: Instant) (keep: Command.Keep) (id: RoomId) (past: Past) =
    let room = story id past
    let set = Event.KeepSet(Stamp(who, now), keep.Into)

    let agreed =
        wish room |> Option.filter (fun (_, _, agreed) -> List.contains who agreed)

    match Option.ofNullable keep.Into, agreed with
    | None, None -> Ok []
    | None, Some _ -> Ok [ set ]
    | Some into, Some(known, asked, _) when known = into && List.isEmpty (List.except asked (inside room)) -> Ok []
    | Some into, _ ->
        match refusal who now into (party now (inside room) room) past with
        | Some refused -> Error refused
        | None -> Ok [ set ]

/// What is written where somebody goes, after what this is in the room: where they are the last and all who were ever
/// there agreed, and the conversation takes it.
let kept who (now: Instant) (id: RoomId) (going: AnyEvent list) (past: Past) : (StreamKey * AnyEvent) list =
    let room = story id past
    let people = everInside room

    match wish room with
    | Some(into, _, agreed) when
        inside room = [ who ]
        && people.Length >= 2
        && people.Length <= 64
        && List.isEmpty (List.except agreed people)
        ->
        let dark = room @ (going |> List.map (fun happened -> happened :?> Event))
        let party = party now people dark

        match refusal who now into party past with
        | Some _ -> []
        | None ->
            [
                conversationOf into, Chat.Domain.Conversations.Event.Partied(Stamp(who, now), party)
            ]
    | _ -> []

/// The wish as somebody sees it who was asked.
let wishView who (room: Story) : WishView option =
    let there = inside room
    let people = everInside room

    match wish room with
    | Some(into, asked, agreed) when List.contains who asked ->
        let among some =
            there |> List.filter (fun one -> List.contains one some)

        let isLost =
            people.Length > 64 || not (List.isEmpty (List.except (there @ agreed) people))

        Some(WishView(into, listing (among asked), listing (among agreed), isLost))
    | _ -> None
