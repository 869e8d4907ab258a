/// MessagePack and JSON as trees, read and written naively: a second opinion on what the codecs write, and the tool to
/// spoil it with.
module Chat.Spec.Generators.Packed

open System
open System.Buffers.Binary
open System.IO
open System.Text
open System.Text.Json

[<CustomEquality; NoComparison>]
type Tree =
    | Nil
    | Flag of bool
    | Whole of int64
    | Real of double
    | Text of string
    /// Milliseconds since 1970.
    | Time of int64
    | Items of Tree list
    /// In the order in which they stand; a name may stand twice.
    | Named of (string * Tree) list
    /// Bytes as they are, whatever they mean.
    | Raw of byte[]

    override tree.Equals other =
        match tree, other with
        | Nil, (:? Tree as Nil) -> true
        | Flag a, (:? Tree as Flag b) -> a = b
        | Whole a, (:? Tree as Whole b) -> a = b
        | Real a, (:? Tree as Real b) -> a = b
        | Text a, (:? Tree as Text b) -> String.Equals(a, b, StringComparison.Ordinal)
        | Time a, (:? Tree as Time b) -> a = b
        | Items a, (:? Tree as Items b) -> a = b
        | Named a, (:? Tree as Named b) -> a = b
        | Raw a, (:? Tree as Raw b) -> a = b
        | _ -> false

    override tree.GetHashCode() = 0

let private big (stream: Stream) (size: int) (value: uint64) =
    for place in size - 1 .. -1 .. 0 do
        stream.WriteByte(byte (value >>> (8 * place)))

let private headed (stream: Stream) (code: int) (count: int) =
    stream.WriteByte(byte code)
    big stream 4 (uint64 count)

let private timed (stream: Stream) (milliseconds: int64) =
    let seconds = (milliseconds - ((milliseconds % 1_000L + 1_000L) % 1_000L)) / 1_000L
    let nanoseconds = (milliseconds - seconds * 1_000L) * 1_000_000L
    stream.Write(ReadOnlySpan [| 0xc7uy; 12uy; 0xffuy |])
    big stream 4 (uint64 nanoseconds)
    big stream 8 (uint64 seconds)

/// The longest form of everything: readers must take it, though no writer of ours makes it.
let rec private write (stream: Stream) (tree: Tree) =
    match tree with
    | Nil -> stream.WriteByte 0xc0uy
    | Flag value -> stream.WriteByte(if value then 0xc3uy else 0xc2uy)
    | Whole value ->
        stream.WriteByte 0xd3uy
        big stream 8 (uint64 value)
    | Real value ->
        stream.WriteByte 0xcbuy
        big stream 8 (BitConverter.DoubleToUInt64Bits value)
    | Text text ->
        let bytes = Encoding.UTF8.GetBytes text
        headed stream 0xdb bytes.Length
        stream.Write(ReadOnlySpan bytes)
    | Time milliseconds -> timed stream milliseconds
    | Items items ->
        headed stream 0xdd items.Length
        items |> List.iter (write stream)
    | Named fields ->
        headed stream 0xdf fields.Length

        for name, value in fields do
            write stream (Text name)
            write stream value
    | Raw bytes -> stream.Write(ReadOnlySpan bytes)

let toBytes (tree: Tree) : byte[] =
    use stream = new MemoryStream()
    write stream tree
    stream.ToArray()

/// Reads what is well-formed and of ours; fails on anything else.
type private Reading(bytes: byte[]) =
    let mutable at = 0

    member _.IsAtEnd = at = bytes.Length

    member _.Take(count: int) =
        let taken = ReadOnlySpan(bytes, at, count)
        at <- at + count
        taken.ToArray()

    member reading.Number(size: int) =
        reading.Take size
        |> Array.fold (fun sum next -> (sum <<< 8) ||| uint64 next) 0UL

    member reading.Counted(size: int) = int (reading.Number size)

    member reading.Text(length: int) =
        Text(UTF8Encoding(false, true).GetString(reading.Take length))

    member reading.Items(count: int) =
        Items [ for _ in 1..count -> reading.Next() ]

    member reading.Named(count: int) =
        Named
            [
                for _ in 1..count ->
                    match reading.Next() with
                    | Text name -> name, reading.Next()
                    | other -> failwith $"a name is text, not {other}"
            ]

    member reading.Time(length: int) =
        match int (reading.Number 1), length with
        | 0xff, 4 -> Time(int64 (reading.Number 4) * 1_000L)
        | 0xff, 8 ->
            let both = reading.Number 8
            Time(int64 (both &&& 0x3ffffffffUL) * 1_000L + int64 (both >>> 34) / 1_000_000L)
        | 0xff, 12 ->
            let nanoseconds = int64 (reading.Number 4)
            Time(int64 (reading.Number 8) * 1_000L + nanoseconds / 1_000_000L)
        | kind -> failwith $"no time: {kind}"

    member reading.Next() : Tree =
        match int (reading.Number 1) with
        | code when code <= 0x7f -> Whole(int64 code)
        | code when code <= 0x8f -> reading.Named(code &&& 0x0f)
        | code when code <= 0x9f -> reading.Items(code &&& 0x0f)
        | code when code <= 0xbf -> reading.Text(code &&& 0x1f)
        | 0xc0 -> Nil
        | 0xc2 -> Flag false
        | 0xc3 -> Flag true
        | 0xc7 -> reading.Time(reading.Counted 1)
        | 0xcb -> Real(BitConverter.UInt64BitsToDouble(reading.Number 8))
        | code when code >= 0xcc && code <= 0xcf -> Whole(int64 (reading.Number(1 <<< (code - 0xcc))))
        | 0xd0 -> Whole(int64 (sbyte (reading.Number 1)))
        | 0xd1 -> Whole(int64 (int16 (reading.Number 2)))
        | 0xd2 -> Whole(int64 (int32 (reading.Number 4)))
        | 0xd3 -> Whole(int64 (reading.Number 8))
        | 0xd6 -> reading.Time 4
        | 0xd7 -> reading.Time 8
        | code when code >= 0xd9 && code <= 0xdb -> reading.Text(reading.Counted(1 <<< (code - 0xd9)))
        | code when code = 0xdc || code = 0xdd -> reading.Items(reading.Counted(2 <<< (code - 0xdc)))
        | code when code = 0xde || code = 0xdf -> reading.Named(reading.Counted(2 <<< (code - 0xde)))
        | code when code >= 0xe0 -> Whole(int64 (sbyte code))
        | code -> failwith $"nothing of ours begins with {code}"

let ofBytes (bytes: byte[]) : Tree =
    let reading = Reading bytes
    let tree = reading.Next()

    if reading.IsAtEnd then
        tree
    else
        failwith "there is more behind it"

let rec ofJson (element: JsonElement) : Tree =
    match element.ValueKind with
    | JsonValueKind.Object -> Named [ for one in element.EnumerateObject() -> one.Name, ofJson one.Value ]
    | JsonValueKind.Array -> Items [ for one in element.EnumerateArray() -> ofJson one ]
    | JsonValueKind.String -> Text(string (element.GetString()))
    | JsonValueKind.Number ->
        match element.TryGetInt64() with
        | true, whole -> Whole whole
        | _ -> Real(element.GetDouble())
    | JsonValueKind.True -> Flag true
    | JsonValueKind.False -> Flag false
    | _ -> Nil

/// RFC 3339, UTC, with milliseconds.
let timeText (milliseconds: int64) =
    let time = DateTimeOffset.FromUnixTimeMilliseconds milliseconds
    time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", Globalization.CultureInfo.InvariantCulture)

/// The same value as JSON, with a name twice where it stands twice.
let toJson (tree: Tree) : byte[] =
    let quoted (text: string) = JsonSerializer.Serialize text

    let rec text tree =
        match tree with
        | Nil -> "null"
        | Flag value -> if value then "true" else "false"
        | Whole value -> string value
        | Real value -> value.ToString("R", Globalization.CultureInfo.InvariantCulture)
        | Text value -> quoted value
        | Time milliseconds -> quoted (timeText milliseconds)
        | Items items -> items |> List.map text |> String.concat "," |> sprintf "[%s]"
        | Named fields ->
            fields
            |> List.map (fun (name, value) -> $"{quoted name}:{text value}")
            |> String.concat ","
            |> sprintf "{%s}"
        | Raw bytes -> Encoding.UTF8.GetString bytes

    Encoding.UTF8.GetBytes(text tree)

/// Times as JSON has them.
let rec asJson (tree: Tree) : Tree =
    match tree with
    | Time milliseconds -> Text(timeText milliseconds)
    | Items items -> Items(List.map asJson items)
    | Named fields -> Named(fields |> List.map (fun (name, value) -> name, asJson value))
    | other -> other
