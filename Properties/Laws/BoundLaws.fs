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
    let filled bytes = Text(Letters.filled bytes "é")

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

        Items []
        :: Items(List.replicate many.Most fine.Head)
        :: [ for one in fine -> Items [ one ] ],
        Text "a"
        :: Items(List.replicate (many.Most + 1) fine.Head)
        :: [ for one in wrong -> Items [ one ] ]
    | :? Shape.Media ->
        [ Text "a/b"; Text "image/svg+xml"; Text(String.replicate 125 "a" + "/a") ],
        [
            Text ""
            Text "a"
            Text "a/"
            Text "a/b/c"
            Text "A/b"
            Text "a/b; c=d"
            Text(String.replicate 126 "a" + "/a")
            Whole 1L
        ]
    // What is in it the table reads.
    | :? Shape.Played -> [ Named []; Named [ "is", Text "sit" ] ], [ Text "a"; Whole 1L; Items [] ]
    | :? Shape.Inner as inner -> within (Seq.exactlyOne(inner.Forms).Fields)
    | other -> failwith $"no request has {other}"

/// A map with the least of each field, but for one.
and private within (fields: Field seq) : Tree list * Tree list =
    let least =
        [ for field in fields -> field.Name, fst (edges field.Shape) |> List.head ]

    let instead name value =
        Named((least |> List.filter (fun (other, _) -> other <> name)) @ value)

    Named least
    :: [
        for field in fields do
            for value in fst (edges field.Shape) do
                yield instead field.Name [ field.Name, value ]

            if field.IsOptional then
                yield instead field.Name []
    ],
    Text "a"
    :: [
        for field in fields do
            for value in snd (edges field.Shape) do
                yield instead field.Name [ field.Name, value ]

            if not field.IsOptional then
                yield instead field.Name []
    ]

let private leastOf (verb: Verb) =
    [
        for field in verb.Fields do
            if not field.IsOptional then
                field.Name, fst (edges field.Shape) |> List.head
    ]

let private without name (fields: (string * Tree) list) =
    fields |> List.filter (fun (other, _) -> other <> name)

let private taken (codecs: Codecs) (verb: Verb) what isTaken (fields: (string * Tree) list) =
    let id = if verb.IsOfNothing then "-" else "c1"
    let address = Chat.Protocol.Address(mia, phone, verb.Area, id, verb.Name)

    match codecs.Read(toBytes (Named fields)) |> Result.bind (codecs.Parse address) with
    | Ok _ -> wrongIf (not isTaken) $"{verb.Name}, {what}: taken"
    | Error(:? Refusal.Malformed) -> wrongIf isTaken $"{verb.Name}, {what}: refused"
    | Error other -> [ $"{verb.Name}, {what}: {other}" ]

/// A request is taken as it is described: at each bound, not beside it, and not without what must be there.
let private asDescribed (codecs: Codecs) (verb: Verb) =
    let asked = taken codecs verb
    let least = leastOf verb
    let instead name value = without name least @ [ name, value ]

    asked "the least" true least
    @ [
        for field in verb.Fields do
            let fine, wrong = edges field.Shape

            for value in fine do
                yield! asked $"{field.Name} at its bound" true (instead field.Name value)

            for value in wrong do
                yield! asked $"{field.Name} beside its bound" false (instead field.Name value)

            if not field.IsOptional then
                yield! asked $"without {field.Name}" false (without field.Name least)
    ]

/// A request about another: each of these verbs is taken with the least of its fields, and not with less.
let private aboutAnother (codecs: Codecs) (verb: Verb) =
    let asked = taken codecs verb

    let words =
        verb.Fields
        |> Seq.collect (fun field ->
            match field.Shape with
            | :? Shape.Word as word -> List.ofSeq word.Words
            | _ -> [])
        |> List.ofSeq

    let about name (fields: (string * Tree) list) =
        [ "verb", Text name; "with", Named fields ]

    [
        yield! asked "no verb" false []
        yield! asked "an unknown verb" false (about "x" [])
        yield! asked "no fields at all" false [ "verb", Text "rename"; "with", Text "x" ]

        for one in words do
            match
                Verbs.All
                |> Seq.tryFind (fun other -> other.Area = "conversation" && other.Name = one)
            with
            | Some other ->
                let least = without "client_id" (leastOf other)
                yield! asked $"about {one}" true (about one least)

                for name, _ in least do
                    yield! asked $"about {one} without {name}" false (about one (without name least))
            | None -> $"{verb.Name} is about {one}, which is no verb"
    ]

let bounds: Law<Codecs, Verb> =
    law "a request is taken as described" (fun codecs verb ->
        if verb.Fields |> Seq.exists (fun field -> field.Shape :? Shape.OfVerb) then
            aboutAnother codecs verb
        else
            asDescribed codecs verb)
