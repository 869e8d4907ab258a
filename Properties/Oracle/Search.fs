/// What somebody finds, by looking through all that they may read.
module Chat.Spec.Oracle.Search

open System
open System.Globalization
open System.Text
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access

/// Letters of scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, and what Chinese and Japanese are
/// written with.
let private unspaced =
    [
        0x0E00, 0x0EFF
        0x1000, 0x109F
        0x1780, 0x17FF
        0x3005, 0x3007
        0x3040, 0x30FF
        0x31F0, 0x31FF
        0x3400, 0x4DBF
        0x4E00, 0x9FFF
        0xF900, 0xFAFF
        0x20000, 0x3FFFF
    ]

let private isUnspaced (letter: Rune) =
    unspaced
    |> List.exists (fun (first, last) -> letter.Value >= first && letter.Value <= last)

/// Joiners, soft hyphens and choices of a form are as if they were not there.
let private isNothing (letter: Rune) =
    Rune.GetUnicodeCategory letter = UnicodeCategory.Format
    || (letter.Value >= 0xFE00 && letter.Value <= 0xFE0F)
    || (letter.Value >= 0xE0100 && letter.Value <= 0xE01EF)

let private isEmoji (letter: Rune) =
    Rune.GetUnicodeCategory letter = UnicodeCategory.OtherSymbol

let private isOfWords (letter: Rune) =
    let category = string (Rune.GetUnicodeCategory letter)

    [ "Letter"; "Mark"; "Number" ]
    |> List.exists (fun (sort: string) -> category.EndsWith sort)

let private lettersOf (text: string) : Rune list =
    let folded =
        text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant()

    [ for letter in folded.EnumerateRunes() -> letter ]
    |> List.filter (isNothing >> not)

/// The longest pieces of a text whose letters are all of one sort.
let rec private pieces (isOfSort: Rune -> bool) (letters: Rune list) : Rune list list =
    match letters |> List.skipWhile (isOfSort >> not) with
    | [] -> []
    | rest -> List.takeWhile isOfSort rest :: pieces isOfSort (List.skipWhile isOfSort rest)

let private joined (letters: Rune list) =
    letters |> List.map string |> String.Concat

let private runs (text: string) =
    pieces (fun letter -> isOfWords letter && isUnspaced letter) (lettersOf text)

/// The words of a text; of a long one its first 64 letters.
let words (text: string) : string list =
    pieces (fun letter -> isOfWords letter && not (isUnspaced letter)) (lettersOf text)
    |> List.map (List.truncate 64 >> joined)

let emoji (text: string) : string list =
    lettersOf text |> List.filter isEmoji |> List.map string

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
let private seesItsWords (who: PersonId) (past: Past) (seq: int64) =
    past
    |> List.tryFindBack (fun recorded ->
        match event recorded with
        | :? Event.MessageEdited as edited -> edited.Message.Seq = seq
        | _ -> false)
    |> Option.forall (fun edit -> seesEvent who past edit.Version (event edit))

let private hasAll (query: SearchQuery) (message: Message) =
    match message.Content with
    | :? Content.Present as present ->
        match query.Words with
        | null -> query.Author.HasValue || query.Mention.HasValue
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

/// What somebody finds in a conversation, the newest first.
let found (who: PersonId) (query: SearchQuery) (past: Past) : Message list =
    if isMember who past then
        Views.history who past
        |> List.filter (fun message -> isFound query message && seesItsWords who past message.Seq)
        |> List.rev
    else
        []

/// The same for those who do not write F#.
let foundBy (who: PersonId) (query: SearchQuery) (past: Chat.Domain.Deciding.Recorded seq) : Message[] =
    found who query (List.ofSeq past) |> Array.ofList
