/// Tokens and texts: of letters of one to four bytes, of every length up to a bound.
module Chat.Spec.Generators.Letters

open System
open System.Text
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Spec

let private tokenLetters =
    [ 'a' .. 'z' ] @ [ 'A' .. 'Z' ] @ [ '0' .. '9' ] @ [ '_'; '-' ]

let tokens: Gen<string> =
    Gen.frequency [ 6, Gen.choose (1, 12); 1, Gen.elements [ 1; 63; 64 ] ]
    |> Gen.bind (fun length -> Gen.arrayOfLength length (Gen.elements tokenLetters))
    |> Gen.map String

/// Letters of one to four bytes, ones that normalise, that turn the line or join, and what is no character at all.
let private letters =
    [
        "a"
        "Z"
        "0"
        " "
        "é"
        "e\u0301"
        "ß"
        "次"
        "한"
        "\u1112\u1161\u11ab"
        "🙂"
        "\u200d"
        "\u202e"
        "\u0344"
    ]
    @ [
        "\""
        "\\"
        "<"
        "|"
        "\uffff"
        "\ufdd0"
        "\U0001fffe"
        "\u00a0"
        "\u2028"
        "\ufeff"
    ]

/// A text that takes exactly so many bytes.
let filled (bytes: int) (letter: string) =
    let size = Encoding.UTF8.GetByteCount letter
    String.replicate (bytes / size) letter + String.replicate (bytes % size) "x"

let private texts (bound: int) : Gen<string> =
    let short =
        Gen.choose (1, 12)
        |> Gen.bind (fun count -> Gen.listOfLength count (Gen.elements letters))
        |> Gen.map (String.concat "")

    let full =
        Gen.map2 filled (Gen.choose (bound - 1, bound)) (Gen.elements [ "a"; "é"; "次"; "🙂" ])

    Gen.frequency [ 8, short; 1, full ]

/// What a value type makes of texts; a text that it refuses gives way to a plain one.
let made (bound: int) (create: string -> LanguageExt.Validation<Fault, 'a>) : Gen<objnull> =
    texts bound
    |> Gen.map (fun text ->
        let made = create text
        (if made.IsSuccess then valid made else valid (create "x")) :> objnull)
