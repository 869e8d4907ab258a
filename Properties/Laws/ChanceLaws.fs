/// What games rest on: shuffles, guesses, decks.
module Chat.Spec.Laws.ChanceLaws

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Domain.Games.QuickDraw
open Chat.Spec
open Chat.Spec.Oracle.Games
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.GameSubjects

let private seed (number: int) =
    Chat.Domain.Values.Secret(Bits256(UInt128(0UL, uint64 number), UInt128.One))

/// A shuffle leaves nothing out, and is the same each time.
let permutations: Law<Shuffling, int * int> =
    law "a shuffle is a permutation" (fun shuffle (number, count) ->
        let count = abs count % 300
        let order = shuffle (seed number) "words" count |> List.ofSeq

        differ "in order" [ 0 .. count - 1 ] (List.sort order)
        @ differ "once more" order (shuffle (seed number) "words" count |> List.ofSeq))

/// How far counts are from what is expected, as a chi-square.
let private chiSquare (cells: int) (counts: int seq) =
    let counts = List.ofSeq counts
    let expected = float (List.sum counts) / float cells
    let missing = cells - counts.Length

    float missing * expected
    + (counts |> List.sumBy (fun count -> (float count - expected) ** 2.0 / expected))

/// Each order is as likely as any other. With 23 degrees of freedom a chi-square above 62 comes by chance once in some
/// 50,000 times, and the seeds are always the same.
let even: Law<Shuffling, string> =
    law "no order is likelier than another" (fun shuffle purpose ->
        let orders =
            [ 1..4_800 ]
            |> List.countBy (fun number -> shuffle (seed number) purpose 4 |> List.ofSeq)
            |> List.map snd

        // Where a bound is no power of two, a remainder would make some numbers likelier.
        let first =
            [ 1..2_400 ]
            |> List.countBy (fun number -> shuffle (seed number) purpose 24 |> Seq.head)
            |> List.map snd

        let square, squareOfFirst = chiSquare 24 orders, chiSquare 24 first

        wrongIf (square > 62.0) $"the orders of four: {square}"
        @ wrongIf (squareOfFirst > 62.0) $"the first of 24: {squareOfFirst}")

type Judge = Word -> string -> Nearness

let private spellings: Gen<Word * string> =
    let words =
        shelf.Decks
        |> Seq.collect (function
            | :? Deck.Words as words -> words.All :> Word seq
            | _ -> Seq.empty)
        |> Array.ofSeq

    let letter = Gen.elements [ 'a'; 'e'; 's'; 'z'; ' '; '-'; 'É'; 'e' ]

    let slip (text: string) =
        Gen.map3
            (fun kind at (letter: char) ->
                let at = if text.Length = 0 then 0 else at % text.Length

                match kind with
                | 0 -> text.Insert(at, string letter)
                | 1 when text.Length > 0 -> text.Remove(at, 1)
                | 2 when text.Length > 0 -> text.Remove(at, 1).Insert(at, string letter)
                | 3 when at + 1 < text.Length -> text.Remove(at, 1).Insert(at + 1, string text[at])
                | 4 -> text + "s"
                | 5 -> text.ToUpperInvariant()
                | 6 -> "a big " + text
                | _ -> text)
            (Gen.choose (0, 7))
            (Gen.choose (0, 99))
            letter

    gen {
        let! word = Gen.elements words
        let! text = Gen.elements (word.Text :: List.ofSeq word.Also)
        let! count = Gen.choose (0, 3)
        let! other = Gen.elements words
        let! isOther = Gen.frequency [ 5, Gen.constant false; 1, Gen.constant true ]

        let! said =
            [ 1..count ] |> List.fold (fun said _ -> Gen.bind slip said) (Gen.constant text)

        return word, (if isOther then other.Text else said)
    }

let guess = spellings

/// How near a guess is.
let guesses: Law<Judge, Word * string> =
    law "guesses are judged as the oracle judges them" (fun judge (word, said) ->
        differ $"{said} for {word.Text}" (Guessing.judge word said) (judge word said))

/// Whatever is written, it is a deck or it is said what is wrong with it, and where.
let texts: Law<string -> LanguageExt.Validation<DeckFault, Deck>, string list> =
    law "any text is a deck, or says why not" (fun parse lines ->
        let text = String.concat "\n" lines

        (parse text)
            .Match(
                (fun (deck: Deck) -> wrongIf (deck.Name = "") "a deck without a name"),
                (fun (faults: LanguageExt.Seq<DeckFault>) ->
                    wrongIf faults.IsEmpty "nothing is wrong with it"
                    @ [
                        for fault in faults do
                            yield! wrongIf (fault.Line < 1 || fault.Line > max 1 lines.Length) $"{fault}"
                    ])
            ))

/// A deck that comes with the package with some lines changed.
let lines: Gen<string list> =
    gen {
        let! text = Gen.elements (List.ofSeq (Shelf.Texts()))
        let lines = text.Split '\n' |> List.ofArray
        let! at = Gen.choose (0, lines.Length - 1)
        let! kind = Gen.choose (0, 4)

        let! other =
            Gen.elements
                [
                    ""
                    "?"
                    "+"
                    "- "
                    "= |"
                    "* ."
                    "kind: words"
                    "x"
                    String.replicate 300 "y"
                    "# no"
                ]

        return
            match kind with
            | 0 -> List.removeAt at lines
            | 1 -> List.insertAt at other lines
            | 2 -> lines |> List.mapi (fun index line -> if index = at then other else line)
            | 3 -> List.truncate at lines
            | _ -> List.insertAt at lines[at] lines
    }
