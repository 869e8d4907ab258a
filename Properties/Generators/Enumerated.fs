/// Enums as they are: a number beside them is nothing that a writer is given.
module Chat.Spec.Generators.Enumerated

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Deciding
open Chat.Protocol.Wire

let all: (string * Gen<objnull>) list =
    [ typeof<AnyCommand>.Assembly; typeof<Ask>.Assembly ]
    |> List.collect (fun assembly -> List.ofArray (assembly.GetExportedTypes()))
    |> List.filter _.IsEnum
    |> List.map (fun kind -> kind.Name, Gen.elements (Enum.GetValues kind |> Seq.cast<obj> |> List.ofSeq))
