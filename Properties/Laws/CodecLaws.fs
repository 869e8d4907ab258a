/// What is written is what is read: on the wire, as JSON, and in the store.
module Chat.Spec.Laws.CodecLaws

open System.Text.Json
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.Views
open Chat.Protocol
open Chat.Protocol.Stored
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.Packed
open Chat.Spec.Generators.Wires
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Codecs

let wire: Law<Codecs, Sent> =
    law "what is sent is what arrives" (fun codecs sent ->
        differ "what arrives" (arriving sent) (readAs codecs sent (bytesOf codecs sent)))

let rec private namesTwice (tree: Tree) : string list =
    match tree with
    | Named fields ->
        let twice =
            fields
            |> List.countBy fst
            |> List.filter (fun (_, count) -> count > 1)
            |> List.map fst

        twice @ (fields |> List.collect (snd >> namesTwice))
    | Items items -> List.collect namesTwice items
    | _ -> []

/// Counts of maps and lists are right, every name stands once, and JSON says the same.
let json: Law<Codecs, Sent> =
    law "JSON says the same" (fun codecs sent ->
        match bytesOf codecs sent with
        | [||] -> []
        | bytes ->
            let tree = ofBytes bytes
            use document = JsonDocument.Parse(codecs.ToJson bytes)

            differ "as JSON" (asJson tree) (ofJson document.RootElement)
            @ differ "names that stand twice" [] (namesTwice tree))

/// A request in JSON is the request.
let jsonRequests: Law<Codecs, Ask> =
    law "a request in JSON asks the same" (fun codecs ask ->
        let _, _, _, body = codecs.Ask ask
        let json = if body.Length = 0 then body else codecs.ToJson body

        let asked = codecs.ReadJson json |> Result.bind (codecs.Parse(addressOf codecs ask))

        differ "what is asked" (Ok ask) asked)

let private extended (extra: (string * Tree) list) (tree: Tree) : Tree =
    let rec within tree =
        match tree with
        | Named fields -> Named((fields |> List.map (fun (name, value) -> name, within value)) @ extra)
        | Items items -> Items(List.map within items)
        | other -> other

    within tree

/// What a later version may add changes nothing, wherever it stands.
let unknownFields: Law<Codecs, Sent * (string * Tree) list> =
    law "unknown fields are passed over" (fun codecs (sent, extra) ->
        match bytesOf codecs sent with
        | [||] -> []
        | bytes ->
            let more = toBytes (extended extra (ofBytes bytes))
            differ "what arrives" (readAs codecs sent bytes) (readAs codecs sent more))

let unknownFieldsInJson: Law<Codecs, Ask * (string * Tree) list> =
    law "unknown fields are passed over in JSON" (fun codecs (ask, extra) ->
        match bytesOf codecs (Asking ask) with
        | [||] -> []
        | bytes ->
            let more = toJson (extended extra (ofBytes bytes))

            let asked = codecs.ReadJson more |> Result.bind (codecs.Parse(addressOf codecs ask))

            differ "what is asked" (Ok ask) asked)

let private placeOf (recorded: Recorded) =
    Place(recorded.Stream, recorded.Version, recorded.Id)

let private reload (codecs: Codecs) (recorded: Recorded) =
    let stored = codecs.Store recorded
    codecs.Load (placeOf recorded) stored.Type.Name stored.Bytes stored.Body

let stored: Law<Codecs, Recorded> =
    law "what is stored is what is read" (fun codecs recorded ->
        let stored = codecs.Store recorded

        differ "what is read" (Ok recorded) (reload codecs recorded)
        @ differ "its type" (EventTypes.Of recorded.Event) stored.Type)

/// A stored past is as long and folds to the same, as a whole or from a snapshot on.
let storedPast: Law<Codecs, Traces.Trace * int> =
    law "a stored past means the same" (fun codecs (trace, cut) ->
        let fresh = Running.freshOf Conversation.Decider
        let past = Running.pastOf fresh trace

        let read =
            past
            |> List.map (fun recorded ->
                match reload codecs recorded with
                | Ok found -> found
                | Error fault -> failwith fault.Rule)

        let whole = Running.foldOf fresh past
        let before, after = List.splitAt (abs (cut % (past.Length + 1))) read

        let resumed =
            match codecs.LoadSnapshot(codecs.StoreSnapshot(Running.foldOf fresh before)) with
            | Ok stream -> Running.foldOf stream after
            | Error fault -> failwith fault.Rule

        differ "versions" [ 1L .. int64 past.Length ] (read |> List.map _.Version)
        @ differ "the fold" whole.State (Running.foldOf fresh read).State
        @ differ "the fold from a snapshot" whole.State resumed.State
        @ differ "the time" whole.LastAt resumed.LastAt)

let snapshots: Law<Codecs, State * Instant> =
    law "a stored snapshot is the state" (fun codecs (state, lastAt) ->
        let stream = Conversation.At(state, lastAt)

        match codecs.LoadSnapshot(codecs.StoreSnapshot stream) with
        | Ok read -> differ "state" (box state) (box read.State) @ differ "time" lastAt read.LastAt
        | Error fault -> [ fault.Rule ])

let subjects: Law<Codecs, Ask * PersonId * DeviceId> =
    law "a subject says who asks what" (fun codecs (ask, who, device) ->
        let area, id, verb, _ = codecs.Ask ask
        let subject = codecs.Address who device area id verb
        let expected = Address(who, device, area, id, verb)

        differ "its address" (Some expected) (codecs.Addressed subject)
        @ differ "its parts" 8 (subject.Split '.').Length)

/// Whatever stands where a person, a device or a conversation should: a token, or no request at all.
let hostileSubjects: Law<Codecs, string> =
    law "no dot, star or blank comes into a subject" (fun codecs text ->
        let isToken =
            text.Length >= 1
            && text.Length <= 64
            && text
               |> Seq.forall (fun letter -> System.Char.IsAsciiLetterOrDigit letter || letter = '_' || letter = '-')

        let reaches (subject: string) =
            match codecs.Addressed subject with
            | None -> false
            | Some address ->
                match codecs.Parse address Fields.None with
                | Ok(:? Ask.Get) -> true
                | _ -> false

        differ "a person" isToken (reaches $"chat.v1.req.{text}.phone.conversation.c1.get")
        @ differ "a device" isToken (reaches $"chat.v1.req.mia.{text}.conversation.c1.get")
        @ differ "a conversation" isToken (reaches $"chat.v1.req.mia.phone.conversation.{text}.get")
        @ differ "a person's id" isToken (PersonId.Create text).IsSuccess
        @ differ "a device's id" isToken (DeviceId.Create text).IsSuccess
        @ differ "a conversation's id" isToken (ConversationId.Create text).IsSuccess
        @ differ "a stream's key" isToken (StreamKey.Parse $"main.c.{text}").IsSome)

/// Two names are two people, and a name's person can be named in a subject.
let names: Law<Codecs, string * string> =
    law "another name is another person" (fun codecs (one, other) ->
        let first, second = codecs.PersonOf one, codecs.PersonOf other

        wrongIf (first.IsSome && first = second && one <> other) $"{one} and {other} are {first}"
        @ wrongIf (first = Some(person "-")) $"{one} is nobody"
        @ (match first with
           | Some who -> differ "in a subject" true (Token.IsValid who.Value)
           | None -> []))
