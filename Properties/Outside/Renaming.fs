/// Everybody gets a name of their own for each run, so that what people did before, and how often, plays no part. What
/// is generated and judged keeps the few short names; the two forms meet here, in whatever travels.
module Chat.Spec.Outside.Renaming

open System
open System.Buffers
open MessagePack
open Chat.Domain.Values
open Chat.Spec.Generators

let rec private copy (rename: string -> string) (reader: byref<MessagePackReader>) (writer: byref<MessagePackWriter>) =
    match reader.NextMessagePackType with
    | MessagePackType.Map ->
        let count = reader.ReadMapHeader()
        writer.WriteMapHeader count

        for _ in 1 .. 2 * count do
            copy rename &reader &writer
    | MessagePackType.Array ->
        let count = reader.ReadArrayHeader()
        writer.WriteArrayHeader count

        for _ in 1..count do
            copy rename &reader &writer
    | MessagePackType.String -> writer.Write(rename (nonNull (reader.ReadString())))
    | _ ->
        let raw = reader.ReadRaw()
        writer.WriteRaw &raw

let private rewritten rename (bytes: byte[]) =
    if bytes.Length = 0 then
        bytes
    else
        let output = ArrayBufferWriter<byte>()
        let mutable reader = MessagePackReader(ReadOnlyMemory bytes)
        let mutable writer = MessagePackWriter output
        copy rename &reader &writer
        writer.Flush()
        output.WrittenSpan.ToArray()

/// The names of one run.
type Names(suffix: string) =
    let tail = "-" + suffix

    let isOurs =
        let people = Palette.people |> List.map _.Value |> set
        people.Contains

    let out name =
        if isOurs name then name + tail else name

    let back (name: string) =
        if name.EndsWith(tail, StringComparison.Ordinal) then
            name[.. name.Length - tail.Length - 1]
        else
            name

    member _.Suffix = suffix

    /// Somebody as the host knows them.
    member _.Out(who: PersonId) = PersonId.Of(out who.Value)

    /// What a request is about, a part of its subject.
    member _.Out(name: string) = out name

    /// A body as the host is to read it.
    member _.Out(body: byte[]) = rewritten out body

    /// What the host says, as it is judged.
    member _.Back(said: byte[]) = rewritten back said

    /// What something is about, the last part of its subject, as it is judged.
    member _.Back(name: string) = back name
