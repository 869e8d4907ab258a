/// Whatever the bytes are: a value or a typed refusal, soon, and with little memory.
module Chat.Spec.Laws.HostileLaws

open System
open System.Diagnostics
open System.Text
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol
open Chat.Protocol.Stored
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.Packed
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Codecs
open Chat.Spec.Laws.CodecLaws

/// One ask of each sort and one answer of each, to read bytes as.
type Samples = Sent list

let private place = Place(streamOf "c1", 1L, Guid.Empty)

let private typed (what: string) (result: Result<'a, Refusal>) =
    match result with
    | Ok _ -> []
    | Error refusal -> wrongIf (String.IsNullOrEmpty refusal.Code) $"{what}: a refusal without a code"

/// What the store gives back can be stored again, and told.
let private loadedIsSound (codecs: Codecs) (recorded: Recorded) =
    let again = codecs.Store recorded

    differ "read again" (Ok recorded) (codecs.Load place again.Type.Name again.Bytes again.Body)
    @ (codecs.Told(codecs.Tell (ConversationId.Of "c1") (Seen.Shown(1L, recorded.Event :?> Event)))
       |> typed "told")

let private asStored (codecs: Codecs) (bytes: byte[]) (said: string | null) =
    [
        for kind in EventTypes.All do
            match codecs.Load place kind.Name bytes said with
            | Ok recorded -> yield! loadedIsSound codecs recorded
            | Error fault -> yield! wrongIf (String.IsNullOrEmpty fault.Rule) "a fault without a rule"

        match codecs.LoadSnapshot bytes with
        | Ok stream -> yield! wrongIf (codecs.LoadSnapshot(codecs.StoreSnapshot stream) <> Ok stream) "another snapshot"
        | Error fault -> yield! wrongIf (String.IsNullOrEmpty fault.Rule) "a fault without a rule"
    ]

let private asWire (codecs: Codecs) (samples: Samples) (bytes: byte[]) =
    let packed, json = codecs.Read bytes, codecs.ReadJson bytes

    [
        for sample in samples do
            match sample with
            | Asking ask ->
                let address = addressOf codecs ask
                yield! packed |> Result.bind (codecs.Parse address) |> typed "asked"

                yield! json |> Result.bind (codecs.Parse address) |> typed "asked in JSON"
            | _ -> readAs codecs sample bytes |> ignore
    ]

/// Milliseconds for all that bytes are read as, on a machine that is busy with something else, too.
let private longest (samples: Samples) =
    100L * int64 (samples.Length + 2 * EventTypes.All.Count)

/// An exception, much time, or much memory for few bytes: each is a wrong.
let hostile: Law<Codecs, Samples * byte[]> =
    law "hostile bytes are a value or a refusal" (fun codecs (samples, bytes) ->
        let before = GC.GetAllocatedBytesForCurrentThread()
        codecs.Read bytes |> ignore
        codecs.ReadJson bytes |> ignore
        codecs.Load place "conversation.invited.v1" bytes null |> ignore
        let taken = GC.GetAllocatedBytesForCurrentThread() - before
        let clock = Stopwatch.StartNew()

        let wrongs =
            asWire codecs samples bytes
            @ asStored codecs bytes null
            @ asStored codecs bytes "said"

        wrongs
        @ wrongIf (clock.ElapsedMilliseconds > longest samples) $"it took {clock.ElapsedMilliseconds} ms"
        @ wrongIf (taken > 2_000_000L + 300L * int64 bytes.Length) $"{bytes.Length} bytes took {taken} bytes")

/// Whatever stands beside the bytes as what was said.
let hostileTexts: Law<Codecs, Recorded * string> =
    law "whatever was said is a value or a refusal" (fun codecs (recorded, said) ->
        let stored = codecs.Store recorded

        match codecs.Load place stored.Type.Name stored.Bytes said with
        | Ok read -> loadedIsSound codecs read
        | Error fault -> wrongIf (String.IsNullOrEmpty fault.Rule) "a fault without a rule")

/// All lengths of what is short; of what is long, some.
let private cuts (length: int) =
    [ 0 .. max 1 (length / 200) .. length - 1 ]

/// What was cut off is never taken for the whole.
let truncated: Law<Codecs, Sent * Recorded> =
    law "what is cut off is refused" (fun codecs (sent, recorded) ->
        let bytes = bytesOf codecs sent

        let wire =
            // No body at all is an empty one.
            cuts bytes.Length
            |> List.filter (fun length -> length > 0)
            |> List.collect (fun length ->
                match readAs codecs sent (Array.truncate length bytes) with
                | Ok read -> [ $"the first {length} of {bytes.Length} bytes are {read}" ]
                | Error _ -> [])

        let stored = codecs.Store recorded

        wire
        @ (cuts stored.Bytes.Length
           |> List.collect (fun length ->
               match codecs.Load place stored.Type.Name (Array.truncate length stored.Bytes) stored.Body with
               | Ok read -> [ $"the first {length} of {stored.Bytes.Length} stored bytes are {read}" ]
               | Error _ -> [])))

let private change (at: int) (value: byte) (bytes: byte[]) =
    if bytes.Length = 0 then
        bytes
    else
        let changed = Array.copy bytes
        changed[abs at % bytes.Length] <- value
        changed

/// One byte is another: read as what it was meant to be, it throws nothing.
let damaged: Law<Codecs, (Sent * Recorded) * (int * byte) list> =
    law "one byte of damage is a value or a refusal" (fun codecs ((sent, recorded), changes) ->
        let bytes, stored = bytesOf codecs sent, codecs.Store recorded

        [
            for at, value in changes do
                yield! readAs codecs sent (change at value bytes) |> typed "read"

                match codecs.Load place stored.Type.Name (change at value stored.Bytes) stored.Body with
                | Ok read -> yield! loadedIsSound codecs read
                | Error _ -> ()
        ])

let private fieldsOf (codecs: Codecs) (ask: Ask) =
    match bytesOf codecs (Asking ask) with
    | [||] -> []
    | bytes ->
        match ofBytes bytes with
        | Named fields -> fields
        | other -> failwith $"a body is a map, not {other}"

let private refusedIn (codecs: Codecs) (ask: Ask) what (result: Result<Fields, Refusal>) =
    match result |> Result.bind (codecs.Parse(addressOf codecs ask)) with
    | Error(:? Refusal.Malformed) -> []
    | Error other -> [ $"{what}: {other}" ]
    | Ok read -> [ $"{what} is {read}" ]

/// With the same value or with another, in MessagePack or JSON, at any depth.
let duplicates: Law<Codecs, Ask * Tree> =
    law "a key that stands twice is refused" (fun codecs (ask, other) ->
        let fields = fieldsOf codecs ask

        [
            for name, value in fields do
                for again in [ value; other ] do
                    let twice = Named(fields @ [ name, again ])
                    let inside = Named(fields @ [ "x_inner", twice ])

                    for tree in [ twice; inside ] do
                        yield! codecs.Read(toBytes tree) |> refusedIn codecs ask $"{name} twice"
                        yield! codecs.ReadJson(toJson tree) |> refusedIn codecs ask $"{name} twice in JSON"
        ])

/// Each field of a request in turn, as something else.
let private replaced (codecs: Codecs) (ask: Ask) (other: string -> Tree -> Tree list) =
    let fields = fieldsOf codecs ask

    [
        for name, value in fields do
            for instead in other name value ->
                name,
                Named(
                    fields
                    |> List.map (fun (one, was) -> one, (if one = name then instead else was))
                )
    ]

let numbers: Law<Codecs, Ask> =
    law "a number beyond 2^53 is refused" (fun codecs ask ->
        let beyond _ value =
            match value with
            | Whole _ ->
                [
                    Whole 9_007_199_254_740_992L
                    Whole Int64.MaxValue
                    Whole -1L
                    Real 1.5
                    Text "1"
                ]
            | _ -> []

        replaced codecs ask beyond
        |> List.collect (fun (name, tree) ->
            (codecs.Read(toBytes tree) |> refusedIn codecs ask name)
            @ (codecs.ReadJson(toJson tree) |> refusedIn codecs ask $"{name} in JSON")))

/// A cursor means nothing to anybody but who made it, and may hold whatever it likes.
let private isKept name = name <> "cursor"

let texts: Law<Codecs, Ask> =
    law "NUL and lone surrogates are refused" (fun codecs ask ->
        let lone = Array.append [| 0xa4uy; 97uy |] [| 0xeduy; 0xa0uy; 0x80uy |]

        let packed name value =
            match value with
            | Text text when isKept name -> [ Text(text + "\000x"); Text "\ufffe"; Raw lone ]
            | Text _ -> [ Raw lone ]
            | _ -> []

        let escaped name value =
            match value with
            | Text _ -> [ Raw(Encoding.ASCII.GetBytes "\"a\\ud800b\"") ]
            | _ -> []

        (replaced codecs ask packed
         |> List.collect (fun (name, tree) -> codecs.Read(toBytes tree) |> refusedIn codecs ask name))
        @ (replaced codecs ask escaped
           |> List.collect (fun (name, tree) ->
               let read = codecs.ReadJson(toJson tree)
               refusedIn codecs ask $"{name} in JSON" read)))

/// Depth is the same in both forms: what one takes, the other takes.
let depth: Law<Codecs, int> =
    law "both forms take the same depth" (fun codecs depth ->
        let tree = List.fold (fun inner _ -> Named [ "x", inner ]) (Whole 1L) [ 1..depth ]

        let taken result =
            Result.isOk (result: Result<Fields, Refusal>)

        differ "MessagePack" (depth <= Fields.MaxDepth) (taken (codecs.Read(toBytes tree)))
        @ differ "JSON" (depth <= Fields.MaxDepth) (taken (codecs.ReadJson(toJson tree))))
