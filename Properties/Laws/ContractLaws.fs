/// The written contract and the code say the same.
module Chat.Spec.Laws.ContractLaws

open System
open System.Text
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.Packed
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Codecs
open Chat.Spec.Laws.CodecLaws

/// The tables, so that ones with a mistake can be put in their place.
type Contract =
    {
        Verbs: Verb list
        Events: Form list
        Ephemerals: Form list
        Refusals: string list
    }

let ours: Contract =
    {
        Verbs = List.ofSeq Verbs.All
        Events = List.ofSeq EventForms.All
        Ephemerals = List.ofSeq EventForms.Ephemerals @ [ EventForms.Heads ]
        Refusals = [ for struct (code, _) in Refusals.All -> code ]
    }

let private utf8 (text: string) = Encoding.UTF8.GetByteCount text

/// What of a tree is not as a shape says.
let rec private unlike (at: string) (shape: Shape) (tree: Tree) : string list =
    match shape, tree with
    | (:? Shape.Text as text), Text value ->
        wrongIf
            (utf8 value > text.MaxBytes
             || (not text.MayBeBlank && String.IsNullOrWhiteSpace value))
            $"{at} is out of bounds"
    | (:? Shape.Opaque as opaque), Text value -> wrongIf (value.Length > opaque.MaxLength) $"{at} is too long"
    | (:? Shape.Token), Text value -> wrongIf (not (Chat.Domain.Values.Token.IsValid value)) $"{at} is no token"
    | (:? Shape.Whole as whole), Whole value -> wrongIf (value < whole.Least || value > whole.Most) $"{at} is {value}"
    | (:? Shape.Flag), Flag _
    | (:? Shape.Time), Time _ -> []
    | (:? Shape.Word as word), Text value -> wrongIf (not (Seq.contains value word.Words)) $"{at} is {value}"
    | (:? Shape.Many as many), Items items ->
        wrongIf (items.Length > many.Most) $"{at} is too long"
        @ (items |> List.collect (unlike $"{at}[]" many.Of))
    | (:? Shape.Pair as pair), Items [ first; second ] -> unlike at pair.First first @ unlike at pair.Second second
    | (:? Shape.Inner as inner), Named fields ->
        let tries = [ for form in inner.Forms -> unlikeFields at form.Fields fields ]

        if tries |> List.exists List.isEmpty then
            []
        else
            List.minBy List.length tries
    | _ -> [ $"{at}: {tree} is no {shape.GetType().Name}" ]

and private unlikeFields (at: string) (described: Field seq) (fields: (string * Tree) list) : string list =
    let given = Map fields

    [
        for field in described do
            match given.TryFind field.Name with
            | Some value -> yield! unlike $"{at}.{field.Name}" field.Shape value
            | None -> yield! wrongIf (not field.IsOptional) $"{at}.{field.Name} is missing"

        for name, _ in fields do
            yield! wrongIf (described |> Seq.forall (fun field -> field.Name <> name)) $"{at}.{name} is not described"
    ]

let private fieldsOf (bytes: byte[]) =
    if bytes.Length = 0 then
        []
    else
        match ofBytes bytes with
        | Named fields -> fields
        | other -> failwith $"{other} is no map"

let private typeOf (fields: (string * Tree) list) =
    match List.tryFind (fun (name, _) -> name = "type") fields with
    | Some(_, Text name) -> name
    | _ -> ""

let private verbOf (contract: Contract) (ask: Ask) =
    let area, _, name, _ = Codecs.ours.Ask ask

    contract.Verbs
    |> List.tryFind (fun verb -> verb.Area = area && verb.Name = name)

/// What is described of something that was sent: its name, its fields as described, and as they are.
let private described (contract: Contract) (sent: Sent) =
    let fields = fieldsOf (bytesOf Codecs.ours sent)

    let inside (name: string) (form: Form) =
        let wrapped = [ Field(name, Shape.Inner(listing [ form ]), false) ]
        Some(form.Name, wrapped, form, fields)

    let among (forms: Form list) =
        forms
        |> List.tryFind (fun form ->
            form.Fields
            |> Seq.exists (fun field ->
                field.Name = "type"
                && List.isEmpty (unlike "" field.Shape (Text(typeOf fields)))))
        |> Option.map (fun form -> form.Name, List.ofSeq form.Fields, form, fields)

    match sent with
    | Asking ask ->
        verbOf contract ask
        |> Option.map (fun verb ->
            let name = $"{verb.Area}.{verb.Name}"
            name, List.ofSeq verb.Fields, Form(name, "", verb.Fields), fields)
    | Answering(Wires.Refused _) -> inside "refused" Forms.Refused
    | Answering answer ->
        match answer with
        | Wires.Accepted _ -> inside "ok" Forms.Receipt
        | Wires.Marked _ -> inside "ok" Forms.Marks
        | Wires.Messages _ -> inside "ok" Forms.HistoryPage
        | Wires.Inbox _ -> inside "ok" Forms.InboxPage
        | Wires.Members _ -> inside "ok" Forms.MembersPage
        | Wires.Told _ -> inside "ok" Forms.Details
        | _ -> inside "ok" Forms.ResumePage
    | Telling _ -> among contract.Events
    | Whispering _ -> among contract.Ephemerals

/// Every field that is written is described, as it is, and what must be there is.
let written: Law<Contract, Sent> =
    law "what is written is what is described" (fun contract sent ->
        match described contract sent with
        | Some(name, fields, _, given) -> unlikeFields name fields given
        | None -> [ $"{sent} is not described" ])

/// Nothing is described that is never written; what may be left out is, and is not.
let exhaustive: Law<Contract, Sent list> =
    law "what is described is written" (fun contract all ->
        let seen = all |> List.choose (described contract)

        let inner (form: Form) fields =
            match fields with
            | [ ("ok", Named inside) ]
            | [ ("refused", Named inside) ] when form.Fields |> Seq.forall (fun field -> field.Name <> "ok") -> inside
            | _ -> fields

        let wrongs =
            seen
            |> List.groupBy (fun (name, _, form, _) -> name, form.Fields)
            |> List.collect (fun ((name, fields), these) ->
                let given = these |> List.map (fun (_, _, form, fields) -> Map(inner form fields))

                [
                    for field in fields do
                        let times =
                            given |> List.filter (fun one -> one.ContainsKey field.Name) |> List.length

                        yield! wrongIf (times = 0) $"{name}.{field.Name} is never written"
                        // A request's page has its limit always; a host takes one without.
                        let isOmitted =
                            times < given.Length
                            || List.contains field.Name [ "limit"; "members"; "people" ]

                        yield! wrongIf (field.IsOptional && not isOmitted) $"{name}.{field.Name} is never left out"
                ])

        let names = seen |> List.map (fun (name, _, _, _) -> name) |> set

        let expected =
            [
                for verb in contract.Verbs -> $"{verb.Area}.{verb.Name}"
                for form in contract.Events @ contract.Ephemerals -> form.Name
            ]

        let codes =
            all
            |> List.choose (fun sent ->
                match sent with
                | Answering(Wires.Refused refusal) -> Some refusal.Code
                | _ -> None)
            |> List.distinct

        wrongs
        @ [
            for name in expected do
                yield! wrongIf (not (names.Contains name)) $"{name} is never written"
        ]
        @ differ "codes" (List.sort contract.Refusals) (List.sort codes))

/// What a shape takes at its bounds, and what it refuses beside them.
let private edges (shape: Shape) : Tree list * Tree list =
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
    | :? Shape.Flag -> [ Flag true; Flag false ], [ Whole 1L; Text "true" ]
    | :? Shape.Word as word -> [ for one in word.Words -> Text one ], [ Text "x"; Whole 1L ]
    | :? Shape.Many as many ->
        [ Items []; Items(List.replicate many.Most (Text "a")) ],
        [
            Items(List.replicate (many.Most + 1) (Text "a"))
            Items [ Text "a.b" ]
            Items [ Whole 1L ]
            Text "a"
        ]
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
