/// How near a guess is, as the oracle judges it.
module Chat.Spec.Oracle.Games.Guessing

open System
open System.Globalization
open System.Text
open Chat.Domain.Games.Decks
open Chat.Domain.Games.QuickDraw

/// Letters and digits without accents, in lower case.
let plain (text: string) =
    text.Normalize NormalizationForm.FormKD
    |> Seq.filter (fun c -> CharUnicodeInfo.GetUnicodeCategory c <> UnicodeCategory.NonSpacingMark)
    |> Seq.filter Char.IsLetterOrDigit
    |> Seq.map Char.ToLowerInvariant
    |> List.ofSeq

let private singular (letters: char list) =
    match List.rev letters with
    | 's' :: rest when rest.Length >= 3 -> List.rev rest
    | _ -> letters

/// Whether one becomes the other by at most so many slips: a letter too many, too few, wrong, or two swapped.
let rec private isWithinSlips slips one other =
    match one, other with
    | a :: one', b :: other' when a = b && isWithinSlips slips one' other' -> true
    | [], [] -> true
    | _ when slips = 0 -> false
    | a :: b :: one', c :: d :: other' when a = d && b = c && isWithinSlips (slips - 1) one' other' -> true
    | _ :: one', _ :: other' when isWithinSlips (slips - 1) one' other' -> true
    | _ :: one', _ when isWithinSlips (slips - 1) one' other -> true
    | _, _ :: other' when isWithinSlips (slips - 1) one other' -> true
    | _ -> false

let private isIn (word: char list) (said: char list) =
    (String(Array.ofList said)).Contains(String(Array.ofList word), StringComparison.Ordinal)

let judge (word: Word) (guess: string) =
    let said = plain guess
    let meant = word.Text :: List.ofSeq word.Also |> List.map plain

    let slips (letters: char list) =
        if letters.Length >= 8 then 2
        elif letters.Length >= 4 then 1
        else 0

    if meant |> List.exists (fun one -> singular one = singular said) then
        Nearness.Right
    elif
        meant
        |> List.exists (fun one -> isWithinSlips (slips one) one said || one.Length >= 4 && isIn one said)
    then
        Nearness.Near
    else
        Nearness.Wrong
