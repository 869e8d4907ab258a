/// Codecs with one mistake each.
module Chat.Spec.Mistakes.CodecMistakes

open System
open System.Text
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators.Packed
open Chat.Spec.Laws.Codecs

let private asking (change: Command -> Command) =
    { ours with
        Parse =
            fun address fields ->
                ours.Parse address fields
                |> Result.map (fun ask ->
                    match ask with
                    | :? Ask.Change as asked ->
                        Ask.Change(asked.Conversation, asked.Client, change asked.Command) :> Ask
                    | other -> other)
    }

let dropsAField =
    asking (fun command ->
        match command with
        | :? Command.SendMessage as send -> Command.SendMessage(send.Body, Nullable(), send.Mentions, send.IsAction)
        | other -> other)

let private swapped (message: MessageRef) =
    MessageRef(message.Version, message.Seq)

let private swapping (happened: Event) : Event =
    match happened with
    | :? Event.Reacted as reacted -> Event.Reacted(reacted.Stamp, swapped reacted.Message, reacted.Emoji)
    | other -> other

let swapsOnTheWire =
    { ours with
        Told =
            fun bytes ->
                ours.Told bytes
                |> Result.map (fun (conversation, seen) ->
                    match seen with
                    | :? Seen.Shown as shown -> conversation, Seen.Shown(shown.Version, swapping shown.Event)
                    | other -> conversation, other)
    }

let private loading (change: Recorded -> Event) =
    { ours with
        Load =
            fun place kind bytes said ->
                ours.Load place kind bytes said
                |> Result.map (fun read ->
                    Recorded(read.Stream, read.Version, read.Id, change read, read.Origin, read.Guards))
    }

let swapsInTheStore = loading (fun read -> swapping (read.Event :?> Event))

/// Who comes in is not there afterwards: a fold of what is read is another.
let forgetsWhoCameIn =
    loading (fun read ->
        match read.Event with
        | :? Event.Joined as joined -> Event.Left joined.Stamp
        | other -> other :?> Event)

let forgetsTheTopic =
    { ours with
        StoreSnapshot =
            fun stream ->
                let state = stream.State :?> State

                State(state.Version, state.LastSeq, state.Kind, state.Name, null, state.Members, state.Invited)
                |> fun less -> ours.StoreSnapshot(Conversation.At(less, stream.LastAt))
    }

/// Reads by way of a tree that was changed; what is no tree is left as it is.
let private rewriting (change: Tree -> Tree) (bytes: byte[]) =
    let tree =
        try
            Some(ofBytes bytes)
        with _ ->
            None

    tree |> Option.map (change >> toBytes) |> Option.defaultValue bytes

let private reading (change: Tree -> Tree) =
    { ours with
        Read = rewriting change >> ours.Read
    }

let takesTheLastOfTwo =
    let rec once tree =
        match tree with
        | Named fields ->
            fields
            |> List.fold
                (fun kept (name, value) -> List.filter (fun (other, _) -> other <> name) kept @ [ name, once value ])
                []
            |> Named
        | other -> other

    reading once

let private each (change: Tree -> Tree) tree =
    match tree with
    | Named fields -> Named(fields |> List.map (fun (name, value) -> name, change value))
    | other -> other

let cutsAtNul =
    reading (
        each (fun value ->
            match value with
            | Text text -> Text((text.Split '\000')[0])
            | other -> other)
    )

/// As a client whose every number is a double would.
let roundsNumbers =
    reading (
        each (fun value ->
            match value with
            | Whole number -> Whole(min number 9_007_199_254_740_991L)
            | other -> other)
    )

let refusesTheUnknown =
    { ours with
        Read =
            fun bytes ->
                match ours.Read bytes with
                | Ok fields when not (isNull fields["x_strange"]) -> Error(Refusal.Malformed(listing [ "x_strange" ]))
                | other -> other
    }

let refusesTheUnknownInJson =
    { ours with
        ReadJson =
            fun bytes ->
                match ours.ReadJson bytes with
                | Ok fields when not (isNull fields["x_one"]) -> Error(Refusal.Malformed(listing [ "x_one" ]))
                | other -> other
    }

let throwsOnTruncation =
    { ours with
        Load =
            fun place kind bytes said ->
                ofBytes bytes |> ignore
                ours.Load place kind bytes said
    }

/// What was cut off is what was there, and nothing behind it.
let fillsUp =
    { ours with
        Told =
            fun bytes ->
                match ours.Told bytes with
                | Error _ -> ours.Told(Array.append bytes [| 0xa0uy |])
                | ok -> ok
    }

let trustsWhatIsAnnounced =
    { ours with
        Read =
            fun bytes ->
                for at in [ 0; 3 ] do
                    if bytes.Length >= at + 5 && bytes[at] >= 0xdduy then
                        let announced = BitConverter.ToUInt32(Array.rev bytes[at + 1 .. at + 4], 0)
                        Array.zeroCreate<obj>(int (min announced 10_000_000u)) |> ignore

                ours.Read bytes
    }

let endlesslyDeepInJson =
    { ours with
        ReadJson =
            fun bytes ->
                let text = Encoding.UTF8.GetString bytes
                let inner = text.LastIndexOf "{\"x\":{\"x\":"
                if inner > 0 then Ok Fields.None else ours.ReadJson bytes
    }

let losesMilliseconds =
    { ours with
        ToJson =
            fun bytes ->
                let json = Encoding.UTF8.GetString(ours.ToJson bytes)

                RegularExpressions.Regex.Replace(json, @"T(\d\d:\d\d:\d\d)\.\d\d\dZ", "T$1Z")
                |> Encoding.UTF8.GetBytes
    }

let jsonLosesMentions =
    { ours with
        ReadJson =
            fun bytes ->
                let json = Encoding.UTF8.GetString bytes
                ours.ReadJson(Encoding.UTF8.GetBytes(json.Replace("\"mentions\"", "\"mention\"")))
    }

/// By its place from the end, and with no look at what a part is made of.
let takesAnySubject =
    { ours with
        Addressed =
            fun subject ->
                let parts = subject.Split '.'

                if parts.Length < 8 then
                    None
                else
                    let id = String.Join(".", parts[6 .. parts.Length - 2])
                    Some(Address(person "mia", DeviceId.Of "phone", parts[5], id, Array.last parts))
    }

let foldsNames =
    { ours with
        PersonOf = fun name -> ours.PersonOf(name.ToLowerInvariant())
    }

/// An encoded name and one that looks like it are the same.
let namesLookEncoded =
    { ours with
        PersonOf =
            fun name ->
                if Token.IsValid name && name <> "-" then
                    Some(PersonId.Of name)
                else
                    ours.PersonOf name
    }

/// Any time is as good as another, until somebody is told of it.
let anyTime =
    let late (read: Recorded) : Event =
        let happened = read.Event :?> Event

        match happened with
        | :? Event.Left as left when left.Stamp.OccurredAt.HasValue ->
            Event.Left(Stamp(left.By, left.At, Nullable(Instant Int64.MaxValue)))
        | other -> other

    loading late
