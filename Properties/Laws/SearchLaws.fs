/// What is found, against the oracle.
module Chat.Spec.Laws.SearchLaws

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

/// Searching as functions, so that a mistaken one can be put in their place.
type Finding =
    {
        Kept: Body -> Listing<string>
        Wanted: SearchWords -> Listing<string>
        Finds: SearchQuery -> Message -> bool
    }

let domain: Finding =
    {
        Kept = fun body -> Lexemes.Of body
        Wanted = fun words -> Lexemes.Of words
        Finds = fun query message -> query.Finds message
    }

let private wordsOf (text: string) = valid (SearchWords.Create text)

/// A text is found by what it says and by nothing else; the lexemes decide it alone, since the index has only them.
let lexemes: Law<Finding, string * string> =
    law "lexemes find what the oracle finds" (fun finding (text, wanted) ->
        let kept = finding.Kept(body text)
        let asked = finding.Wanted(wordsOf wanted)
        let isFound = asked.Count > 0 && asked |> Seq.forall kept.Contains
        let expected = Search.hasWords wanted && Search.says wanted text

        differ $"“{wanted}” in “{text}”" expected isFound
        @ differ
            "in order"
            (List.ofSeq kept |> List.sortWith (fun a b -> String.CompareOrdinal(a, b)))
            (List.ofSeq kept)
        @ wrongIf (kept |> Seq.exists (fun one -> one.Length = 0 || one.Contains ' ')) "a lexeme with a blank, or none")

let private accessOf (past: Past.Past) (who: PersonId) =
    let state = (foldOf (freshOf Conversation.Decider) past).State :?> State

    match ofOption (state.Members.Find who) with
    | Some held -> held.Access
    | None -> listing []

/// Of what everybody may read, what a query finds.
let messages: Law<Finding, Trace * SearchQuery list> =
    law "who finds what is the oracle's" (fun finding (trace, queries) ->
        let past = pastOf (freshOf Conversation.Decider) trace

        [
            for who in Palette.people do
                let seen =
                    Visibility.ShowAll(Sight.Of(accessOf past who), seqOf (Access.asStored past))

                for query in queries do
                    let found =
                        History.Fold(seen).Messages.Values
                        |> Seq.filter (finding.Finds query)
                        |> Seq.map _.Seq
                        |> List.ofSeq

                    let expected =
                        Views.history who past |> List.filter (Search.isFound query) |> List.map _.Seq

                    yield! differ $"what {who} finds by {query}" expected found
        ])

/// Pieces of texts that meet: words in either case, marks, scripts without blanks, emoji, joiners, and what parts them.
let private piecesOfText =
    [
        "tea"
        "Tea"
        "TEA"
        "teas"
        "don't"
        "Straße"
        "STRASSE"
        "ὈΔΟΣ"
        "ὀδος"
        "cafe\u0301"
        "café"
        "ﬁne"
        "fine"
        "ｆｉｎｅ"
        "3.14"
        "№5"
    ]
    @ [
        "你"
        "好"
        "你好"
        "好你"
        "ไทย"
        "カナ"
        "ｶﾅ"
        "한국"
        "❤\ufe0f"
        "❤"
        "👨\u200d👩"
        "soft\u00adhyphen"
        "می\u200cخواهم"
    ]
    @ [ " "; " "; " "; "-"; "_"; "."; "\u3000"; "!"; "'"; "\\"; ":*"; "&"; "|" ]

let private pieced (most: int) =
    Gen.choose (1, most)
    |> Gen.bind (fun count -> Gen.listOfLength count (Gen.elements piecesOfText))
    |> Gen.map String.Concat

let private notBlank (text: string) =
    if String.IsNullOrWhiteSpace text then "x" else text

/// A text and words that are mostly a part of it.
let texts: Gen<string * string> =
    gen {
        let! text =
            Gen.frequency [ 12, pieced 9; 1, Gen.map (fun n -> String('é', n)) (Gen.choose (62, 67)) ]

        let! other = pieced 3
        let! first = Gen.choose (0, max 0 (text.Length - 1))
        let! length = Gen.choose (0, 5)
        let part = text.Substring(first, min length (text.Length - first))

        // Cut between two halves of a letter it is no text.
        let isText = not (String.exists Char.IsSurrogate part)
        let! wanted = Gen.elements [ other; (if isText then part else other); text ]
        let isShort = Text.Encoding.UTF8.GetByteCount wanted <= SearchWords.MaxBytes
        return notBlank text, (if isShort then wanted else other)
    }

let private orNone (some: Gen<'a>) : Gen<'a Nullable> =
    Gen.frequency [ 2, Gen.constant (Nullable()); 1, Gen.map Nullable some ]

let queries: Gen<SearchQuery> =
    gen {
        let! words =
            Gen.frequency
                [
                    1, Gen.constant null
                    6,
                    Gen.elements [ "hi"; "HELLO"; "you hello"; "x"; "Z"; "yes"; "no"; ""; "!"; "absent" ]
                    |> Gen.map (wordsOf >> (fun words -> words :> objnull))
                ]

        let! author = orNone (Gen.elements Palette.people)
        let! mention = orNone (Gen.elements Palette.people)
        let! before = orNone Palette.instants
        let! after = orNone Palette.instants
        let! has = orNone (Gen.elements [ Carried.File; Carried.Picture ])
        return SearchQuery(words :?> (SearchWords | null), author, mention, before, after, has)
    }
