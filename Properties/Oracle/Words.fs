/// The words of a text, and whether a rule about words names any of them.
module Chat.Spec.Oracle.Words

open System
open System.Globalization
open System.Text
open Chat.Domain.Values
open Chat.Domain.Permitting

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

let joined (letters: Rune list) =
    letters |> List.map string |> String.Concat

let runs (text: string) =
    pieces (fun letter -> isOfWords letter && isUnspaced letter) (lettersOf text)

/// The words of a text; of a long one its first 64 letters.
let words (text: string) : string list =
    pieces (fun letter -> isOfWords letter && not (isUnspaced letter)) (lettersOf text)
    |> List.map (List.truncate 64 >> joined)

let emoji (text: string) : string list =
    lettersOf text |> List.filter isEmoji |> List.map string

/// The words of a text in their order; of a script without blanks each letter, and each emoji.
let inOrder (text: string) : string list =
    let rec cut (letters: Rune list) =
        match letters with
        | [] -> []
        | first :: rest when isEmoji first || (isOfWords first && isUnspaced first) -> string first :: cut rest
        | first :: rest when not (isOfWords first) -> cut rest
        | _ ->
            let isOfWord letter =
                isOfWords letter && not (isUnspaced letter)

            let word = List.takeWhile isOfWord letters
            joined (List.truncate 64 word) :: cut (List.skip word.Length letters)

    cut (lettersOf text)

/// Whether the words of a phrase stand side by side in a text; a star at an end stands for any letters.
let names (phrase: string) (text: string) : bool =
    let wanted = inOrder phrase
    let last = wanted.Length - 1

    let fits index (wanted: string) (found: string) =
        match index = 0 && phrase.StartsWith '*', index = last && phrase.EndsWith '*' with
        | true, true -> found.Contains wanted
        | true, false -> found.EndsWith(wanted, StringComparison.Ordinal)
        | false, true -> found.StartsWith(wanted, StringComparison.Ordinal)
        | false, false -> found = wanted

    inOrder text
    |> List.windowed wanted.Length
    |> List.exists (fun found ->
        List.zip wanted found
        |> List.indexed
        |> List.forall (fun (i, (a, b)) -> fits i a b))

/// The first rule of these that names something in a text.
let broken (rules: WordRule list) (said: Body) : WordRule option =
    rules
    |> List.tryFind (fun rule ->
        rule.Phrases
        |> Seq.exists (fun (phrase: Phrase) -> names phrase.Value said.Value))
