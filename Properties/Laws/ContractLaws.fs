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
let rec internal unlike (at: string) (shape: Shape) (tree: Tree) : string list =
    match shape, tree with
    | (:? Shape.Text as text), Text value ->
        wrongIf
            (utf8 value > text.MaxBytes
             || (not text.MayBeBlank && String.IsNullOrWhiteSpace value))
            $"{at} is out of bounds"
    | (:? Shape.Opaque as opaque), Text value -> wrongIf (value.Length > opaque.MaxLength) $"{at} is too long"
    | (:? Shape.Media), Text value -> wrongIf (not (value.Contains '/')) $"{at} is no media type"
    | (:? Shape.Token), Text value -> wrongIf (not (Chat.Domain.Values.Token.IsValid value)) $"{at} is no token"
    | (:? Shape.Whole as whole), Whole value -> wrongIf (value < whole.Least || value > whole.Most) $"{at} is {value}"
    | (:? Shape.Flag), Flag _
    | (:? Shape.Time), Time _ -> []
    | (:? Shape.Word as word), Text value -> wrongIf (not (Seq.contains value word.Words)) $"{at} is {value}"
    | (:? Shape.Many as many), Items items ->
        wrongIf (items.Length > many.Most) $"{at} is too long"
        @ (items |> List.collect (unlike $"{at}[]" many.Of))
    | (:? Shape.Pair as pair), Items [ first; second ] -> unlike at pair.First first @ unlike at pair.Second second
    | (:? Shape.Played), Named _
    | (:? Shape.OfVerb), Named _ -> []
    | (:? Shape.Inner as inner), Named fields ->
        let tries = [ for form in inner.Forms -> unlikeFields at form.Fields fields ]

        if tries |> List.exists List.isEmpty then
            []
        else
            List.minBy List.length tries
    | _ -> [ $"{at}: {tree} is no {shape.GetType().Name}" ]

and internal unlikeFields (at: string) (described: Field seq) (fields: (string * Tree) list) : string list =
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
        | Wires.Begun _ -> inside "ok" Forms.Begun
        | Wires.Searched _ -> inside "ok" SearchForms.Page
        | Wires.Explained _ -> inside "ok" ExplainForms.Explanation
        | Wires.WouldBe _ -> inside "ok" ExplainForms.WhatIf
        | Wires.KeptOut _ -> inside "ok" ExplainForms.BansPage
        | Wires.Linked _ -> inside "ok" ExplainForms.LinksPage
        | Wires.Audited _ -> inside "ok" ExplainForms.AuditPage
        | Wires.LookedBack _ -> inside "ok" Forms.HindsightPage
        | Wires.Opened _ -> inside "ok" FileForms.Door
        | Wires.Uploaded _ -> inside "ok" FileForms.Attachment
        | Wires.Friends _ -> inside "ok" PairForms.Page
        | Wires.Bonded _ -> inside "ok" PairForms.Receipt
        | Wires.Reported _ -> inside "ok" ReportForms.Page
        | Wires.LookedAt _ -> inside "ok" SearchForms.Found
        | Wires.Handled _ -> inside "ok" ReportForms.Audit
        | Wires.Oneself _ -> inside "ok" PeopleForms.Self
        | Wires.Entered _ -> inside "ok" RoomForms.Receipt
        | Wires.Inside _
        | Wires.Beside _ -> inside "ok" RoomForms.Looked
        | Wires.Housed _ -> inside "ok" HouseForms.House
        | Wires.Leased _ -> inside "ok" HouseForms.Leased
        | Wires.Suggested _ -> inside "ok" MeetingForms.Suggestions
        | Wires.Closest _ -> inside "ok" MeetingForms.Closest
        | Wires.Logged _ -> inside "ok" RoomForms.Log
        | Wires.Called _ -> inside "ok" CallForms.Last
        | Wires.Relayed _ -> inside "ok" CallForms.Relays
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
                        // Clients always write a page's limit and what a question is about; a host takes one without.
                        let isOmitted =
                            times < given.Length
                            || List.contains field.Name [ "limit"; "members"; "people"; "with" ]

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
