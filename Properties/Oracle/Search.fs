/// What somebody finds, by looking through all that they may read.
module Chat.Spec.Oracle.Search

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access
open Chat.Spec.Oracle.Words

let private pairs (text: string) =
    runs text
    |> List.collect List.pairwise
    |> List.map (fun (a, b) -> joined [ a; b ])

let private loners (text: string) =
    runs text |> List.filter (fun run -> run.Length = 1) |> List.map joined

let private isIn (all: string list) (some: string list) =
    some |> List.forall (fun one -> List.contains one all)

/// Whether there is anything to look for in this.
let hasWords (wanted: string) =
    not (List.isEmpty (words wanted @ emoji wanted @ List.map joined (runs wanted)))

/// Whether a text has all the words of another, in any order; of what is written without blanks, all its pairs.
let says (wanted: string) (text: string) =
    isIn (words text) (words wanted)
    && isIn (emoji text) (emoji wanted)
    && isIn (pairs text) (pairs wanted)
    && isIn (runs text |> List.concat |> List.map string) (loners wanted)

let private isInTime (query: SearchQuery) (message: Message) =
    let at = message.At.Milliseconds

    let said =
        if message.OccurredAt.HasValue then
            min at message.OccurredAt.Value.Milliseconds
        else
            at

    (not query.Before.HasValue || said < query.Before.Value.Milliseconds)
    && (not query.After.HasValue || said > query.After.Value.Milliseconds)

/// Whether the edit that gave a message its words is seen by somebody, if there is one.
let private seesItsWords (veiled: PersonId list) (who: PersonId) (past: Past) (seq: int64) =
    past
    |> List.tryFindBack (fun recorded ->
        match event recorded with
        | :? Event.MessageEdited as edited -> edited.Message.Seq = seq
        | _ -> false)
    |> Option.forall (fun edit -> seesEventBehind veiled who past edit.Version (event edit))

/// Whether a message carries a file of some sort: any, or one that is a picture by its type.
let private carries (sort: Carried) (present: Content.Present) =
    present.Files
    |> Seq.exists (fun file -> sort = Carried.File || file.Type.Value.Split('/')[0] = "image")

let private hasAll (query: SearchQuery) (message: Message) =
    match message.Content with
    | :? Content.Present as present ->
        (not query.Has.HasValue || carries query.Has.Value present)
        && match query.Words with
           | null -> query.Author.HasValue || query.Mention.HasValue || query.Has.HasValue
           | wanted -> hasWords wanted.Value && says wanted.Value present.Body.Value
    | _ -> false

/// Whether a message is what is looked for.
let isFound (query: SearchQuery) (message: Message) =
    hasAll query message
    && not message.IsRedacted
    && (not query.Author.HasValue || message.By = query.Author.Value)
    && (not query.Mention.HasValue
        || message.Mentions |> Seq.contains query.Mention.Value)
    && isInTime query message

/// What somebody finds in a conversation, the newest first, with the veiled left out.
let foundBehind (veiled: PersonId list) (who: PersonId) (query: SearchQuery) (past: Past) : Message list =
    if isMember who past then
        Views.historyBehind veiled who past
        |> List.filter (fun message -> isFound query message && seesItsWords veiled who past message.Seq)
        |> List.rev
    else
        []

let found: PersonId -> SearchQuery -> Past -> Message list = foundBehind []

/// The same for those who do not write F#.
let foundBy (who: PersonId) (query: SearchQuery) (past: Chat.Domain.Deciding.Recorded seq) : Message[] =
    found who query (List.ofSeq past) |> Array.ofList
