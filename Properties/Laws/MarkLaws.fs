/// Marks are a semilattice, so any order and any number of replays agrees.
module Chat.Spec.Laws.MarkLaws

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Spec.Generators
open Chat.Spec.Laws.Law

/// Marks as they are held: 0 ≤ read ≤ delivered.
let held: Gen<Marks> =
    Palette.marks |> Gen.map (fun marks -> marks.Within System.Int64.MaxValue)

type Join = Marks -> Marks -> Marks

let semilattice: Law<Join, Marks * Marks * Marks> =
    law "marks are a semilattice under join" (fun join (a, b, c) ->
        let both = join a b

        differ "associative" (join a (join b c)) (join (join a b) c)
        @ differ "commutative" (join a b) (join b a)
        @ differ "idempotent" a (join a a)
        @ differ "nothing is neutral" a (join Marks.None a)
        @ wrongIf (both.Read < a.Read || both.Delivered < a.Delivered) $"{both} is before {a}"
        @ wrongIf (both.Delivered < both.Read) $"{both} read more than was delivered")
