/// Every bound of the contract is the code's.
module Chat.Spec.Laws.BoundLaws

open Chat.Domain.Deciding
open Chat.Protocol.Wire
open Chat.Spec.Generators
open Chat.Spec.Generators.Packed
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Codecs
open Chat.Spec.Laws.CodecLaws

/// What a shape takes at its bounds, and what it refuses beside them.
let rec private edges (shape: Shape) : Tree list * Tree list =
    let filled bytes = Text(Wires.filled bytes "é")

    match shape with
    | :? Shape.Text as text ->
        let blank = [ Text ""; Text "  " ]

        let fine, wrong =
            [ Text "x"; filled text.MaxBytes ], [ filled (text.MaxBytes + 1); Whole 1L ]

        if text.MayBeBlank then
            fine @ blank, wrong
        else
            fine, wrong @ blank
    | :? Shape.Opaque as opaque ->
        [ Text ""; Text(String.replicate opaque.MaxLength "é") ],
        [ Text(String.replicate (opaque.MaxLength + 1) "a"); Whole 1L ]
    | :? Shape.Token ->
        [ Text "a"; Text(String.replicate 64 "a") ],
        [
            Text ""
            Text(String.replicate 65 "a")
            Text "a.b"
            Text "*"
            Text "a b"
            Whole 1L
        ]
    | :? Shape.Whole as whole ->
        [ Whole whole.Least; Whole whole.Most ], [ Whole(whole.Least - 1L); Whole(whole.Most + 1L); Text "1"; Real 1.5 ]
    | :? Shape.Time ->
        [ Time 0L; Text "2026-01-01T00:00:00Z"; Text "2026-01-01T01:00:00.250+01:00" ],
        [ Whole 1L; Text ""; Text "2026-01-01"; Text "2026-01-01T00:00:00" ]
    | :? Shape.Flag -> [ Flag true; Flag false ], [ Whole 1L; Text "true" ]
    | :? Shape.Word as word -> [ for one in word.Words -> Text one ], [ Text "x"; Whole 1L ]
    | :? Shape.Many as many ->
        let fine, wrong = edges many.Of

        [ Items []; Items(List.replicate many.Most fine.Head) ],
        Text "a"
        :: Items(List.replicate (many.Most + 1) fine.Head)
        :: [ for one in wrong -> Items [ one ] ]
    | other -> failwith $"no request has {other}"

/// A request is taken as it is described: at each bound, not beside it, and not without what must be there.
let bounds: Law<Codecs, Verb> =
    law "a request is taken as described" (fun codecs verb ->
        let id = if verb.IsOfNothing then "-" else "c1"
        let address = Chat.Protocol.Address(mia, phone, verb.Area, id, verb.Name)

        let least =
            [
                for field in verb.Fields do
                    if not field.IsOptional then
                        field.Name, fst (edges field.Shape) |> List.head
            ]

        let instead name value =
            (least |> List.filter (fun (other, _) -> other <> name)) @ [ name, value ]

        let asked what isTaken (fields: (string * Tree) list) =
            match codecs.Read(toBytes (Named fields)) |> Result.bind (codecs.Parse address) with
            | Ok _ -> wrongIf (not isTaken) $"{verb.Name}, {what}: taken"
            | Error(:? Refusal.Malformed) -> wrongIf isTaken $"{verb.Name}, {what}: refused"
            | Error other -> [ $"{verb.Name}, {what}: {other}" ]

        asked "the least" true least
        @ [
            for field in verb.Fields do
                let fine, wrong = edges field.Shape

                for value in fine do
                    yield! asked $"{field.Name} at its bound" true (instead field.Name value)

                for value in wrong do
                    yield! asked $"{field.Name} beside its bound" false (instead field.Name value)

                if not field.IsOptional then
                    yield!
                        asked
                            $"without {field.Name}"
                            false
                            (least |> List.filter (fun (name, _) -> name <> field.Name))
        ])
