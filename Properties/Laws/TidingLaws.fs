/// What hosts tell of the house and of rooms, and what they pass on in one: written as it is meant, and as it is
/// described. Answers and requests have laws of their own.
module Chat.Spec.Laws.TidingLaws

open System
open System.Text.Json
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Rooms
open Chat.Domain.Values
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.Packed
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Codecs

type Tiding =
    /// A room to one inside, with what was said in it since a version.
    | Changed of RoomView * since: int64
    | Gone of RoomId * version: int64 * isExpelled: bool
    | Flung of RoomId * PersonId * Emoji
    | Passed of RoomId * PersonId * DeviceId * target: DeviceId option * CallSignal
    | Answered of RoomId * isAdmitted: bool
    | Carded of Card
    | Closed of RoomId
    | Befriended of FriendHere
    | Waved of WaveAt
    | Noticed of PersonId list
    | Anew

/// How it is written, and what is described of it, so that mistaken ones can be put in their place.
type Tidings =
    {
        Write: Tiding -> byte[]
        Described: Form list
    }

let ours: Tidings =
    {
        Write =
            fun tiding ->
                match tiding with
                | Changed(view, since) -> RoomAnswers.Changed(view, since)
                | Gone(room, version, isExpelled) -> RoomAnswers.Gone(room, version, isExpelled)
                | Flung(room, by, emoji) -> RoomAnswers.Flung(room, by, emoji)
                | Passed(room, by, device, target, data) ->
                    RoomAnswers.Passed(room, by, device, Option.toNullable target, data)
                | Answered(room, isAdmitted) -> RoomAnswers.Answered(room, isAdmitted)
                | Carded card -> HouseAnswers.Told card
                | Closed room -> HouseAnswers.Closed room
                | Befriended friend -> HouseAnswers.Told friend
                | Waved wave -> HouseAnswers.Told wave
                | Noticed people -> HouseAnswers.Notice(listing people)
                | Anew -> HouseAnswers.Anew
        Described =
            [ RoomForms.Changed; RoomForms.Gone ]
            @ List.ofSeq RoomForms.Ephemerals
            @ List.ofSeq HouseForms.Told
    }

/// The form that describes it.
let formOf (tiding: Tiding) : string =
    match tiding with
    | Changed _ -> "room_changed"
    | Gone _ -> "room_gone"
    | Flung _ -> "room_reaction"
    | Passed _ -> "room_signal"
    | Answered _ -> "room_answered"
    | Carded _ -> "house_card"
    | Closed _ -> "house_closed"
    | Befriended _ -> "house_friend"
    | Waved _ -> "house_wave"
    | Noticed _ -> "house_notice"
    | Anew -> "house_anew"

let private token (id: 'id) = Text(string id)

let private maybe (name: string) (value: Tree option) =
    value |> Option.map (fun value -> name, value) |> Option.toList

let private ofNullable (id: 'id Nullable) =
    id |> Option.ofNullable |> Option.map token

let private whereOf (where: Whereabouts) =
    match where with
    | Whereabouts.Hall -> "hall"
    | Whereabouts.Room -> "room"
    | _ -> "away"

/// What it is to say, but for a room and a card, which can be read.
let private expected (tiding: Tiding) : (string * Tree) list =
    match tiding with
    | Changed(view, since) -> [ "room", token view.Room; "version", Whole view.Version; "since", Whole since ]
    | Gone(room, version, isExpelled) ->
        [
            "room", token room
            "version", Whole version
            "gone", Text(if isExpelled then "expelled" else "left")
        ]
    | Flung(room, by, emoji) ->
        [
            "type", Text "reaction"
            "room", token room
            "by", token by
            "emoji", Text emoji.Value
        ]
    | Passed(room, by, device, target, data) ->
        [
            "type", Text "signal"
            "room", token room
            "by", token by
            "device", token device
            "data", Text data.Value
        ]
        @ maybe "target" (Option.map token target)
    | Answered(room, isAdmitted) -> [ "type", Text "answered"; "room", token room; "admitted", Flag isAdmitted ]
    | Carded _ -> [ "type", Text "card" ]
    | Closed room -> [ "type", Text "closed"; "room", token room ]
    | Befriended friend ->
        [
            "type", Text "friend"
            "person", token friend.Person
            "where", Text(whereOf friend.Where)
        ]
        @ maybe "room" (ofNullable friend.Room)
    | Waved wave ->
        [
            "type", Text "wave"
            "by", token wave.By
            "at", Time wave.At.Milliseconds
            "buzz", Flag wave.IsBuzz
        ]
        @ maybe "room" (ofNullable wave.Room)
    | Noticed people -> [ "type", Text "notice"; "people", Items(List.map token people) ]
    | Anew -> [ "type", Text "anew" ]

let private fieldsOf (bytes: byte[]) =
    match ofBytes bytes with
    | Named fields -> fields
    | other -> failwith $"{other} is no map"

let private since (view: RoomView) (version: int64) : RoomView =
    RoomView(
        view.Room,
        view.Version,
        view.Name,
        view.Capacity,
        view.Keeper,
        view.LockedBy,
        view.Occupants,
        view.Knocks,
        view.Guests,
        view.Talk |> Seq.filter (fun line -> line.Version > version) |> listing,
        view.Table,
        view.Wish
    )

/// A room and a card are read by the reader of answers.
let private readBack (tiding: Tiding) (bytes: byte[]) : string list =
    let read (read: Fields -> 'a) =
        match Codecs.ours.Read bytes with
        | Ok fields -> Some(read fields)
        | Error _ -> None

    match tiding with
    | Changed(view, version) -> differ "the room" (Some(since view version)) (read RoomAnswers.View)
    | Carded card -> differ "the card" (Some card) (read (fun fields -> RoomAnswers.Card(fields.Inner "card")))
    | _ -> []

let told: Law<Tidings, Tiding> =
    law "what is told of the house arrives" (fun tidings tiding ->
        let bytes = tidings.Write tiding
        let isRead name = name = "view" || name = "card"
        let plain = fieldsOf bytes |> List.filter (fst >> isRead >> not)

        differ $"{tiding}" (List.sortBy fst (expected tiding)) (List.sortBy fst plain)
        @ readBack tiding bytes)

let json: Law<Tidings, Tiding> =
    law "what is told of the house is the same as JSON" (fun tidings tiding ->
        let bytes = tidings.Write tiding
        use document = JsonDocument.Parse(Codecs.ours.ToJson bytes)
        differ $"{tiding} as JSON" (asJson (ofBytes bytes)) (ofJson document.RootElement))

let private formIn (tidings: Tidings) (tiding: Tiding) =
    tidings.Described |> List.tryFind (fun form -> form.Name = formOf tiding)

let described: Law<Tidings, Tiding> =
    law "what is told of the house is described" (fun tidings tiding ->
        match formIn tidings tiding with
        | Some form -> ContractLaws.unlikeFields form.Name form.Fields (fieldsOf (tidings.Write tiding))
        | None -> [ $"{formOf tiding} is not described" ])

/// Each form is written, and each field that may be left out is there and is not.
let exhaustive: Law<Tidings, Tiding list> =
    law "what is described of the house is told" (fun tidings all ->
        [
            for form in tidings.Described do
                let written =
                    all
                    |> List.filter (fun tiding -> formOf tiding = form.Name)
                    |> List.map (tidings.Write >> fieldsOf >> Map)

                yield! wrongIf written.IsEmpty $"{form.Name} is never told"

                for field in form.Fields do
                    let times =
                        written |> List.filter (fun one -> one.ContainsKey field.Name) |> List.length

                    yield! wrongIf (times = 0) $"{form.Name}.{field.Name} is never told"
                    yield! wrongIf (field.IsOptional && times = written.Length) $"{form.Name}.{field.Name} always is"
        ])

let private rooms = Gen.map RoomId.Of Letters.tokens
let private devices = Gen.map DeviceId.Of Letters.tokens
let private flags = Gen.elements [ true; false ]

let private changed: Gen<Tiding> =
    Wires.anyWith<RoomView> "Int32" (Gen.choose (2, 16) |> Gen.map box)
    |> Gen.bind (fun view ->
        let versions = 0L :: (view.Talk |> Seq.map _.Version |> List.ofSeq)
        Gen.elements versions |> Gen.map (fun version -> Changed(view, version)))

let private passed: Gen<Tiding> =
    Gen.map3
        (fun (room, by) (device, target) data -> Passed(room, by, device, target, data))
        (Gen.zip rooms Wires.people)
        (Gen.zip devices (Gen.optionOf devices))
        (Letters.made 16_384 CallSignal.Create |> Unions.typed<CallSignal>)

let any: Gen<Tiding> =
    Gen.oneof
        [
            changed
            Gen.map3 (fun room version isExpelled -> Gone(room, version, isExpelled)) rooms Wires.numbers flags
            Gen.map3
                (fun room by emoji -> Flung(room, by, emoji))
                rooms
                Wires.people
                (Letters.made 64 Emoji.Create |> Unions.typed<Emoji>)
            passed
            Gen.map2 (fun room isAdmitted -> Answered(room, isAdmitted)) rooms flags
            Gen.map Carded Wires.any<Card>
            Gen.map Closed rooms
            Gen.map Befriended Wires.any<FriendHere>
            Gen.map Waved Wires.any<WaveAt>
            Gen.map Noticed (Gen.listOf Wires.people |> Gen.map (List.truncate 200))
            Gen.constant Anew
        ]
