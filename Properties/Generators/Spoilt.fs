/// Bytes and fields that nobody of good will sends.
module Chat.Spec.Generators.Spoilt

open System
open System.Text
open FsCheck
open FsCheck.FSharp
open Chat.Spec.Generators.Packed

let bytes: Gen<byte> = Gen.choose (0, 255) |> Gen.map byte

let private some (most: int) : Gen<byte[]> =
    Gen.choose (0, most) |> Gen.bind (fun length -> Gen.arrayOfLength length bytes)

let private many (count: int) (part: byte list) : byte[] =
    Array.concat (Array.replicate count (Array.ofList part))

let private ascii (text: string) = Encoding.ASCII.GetBytes text

/// So deep, or so many, or so long as it says and is not.
let private bombs: Gen<byte[]> =
    let depths = Gen.elements [ 7; 8; 9; 15; 16; 17; 1_000; 60_000 ]
    let counts = [ 0xffuy; 0xffuy; 0xffuy; 0xffuy ]
    let half = [ 0x7fuy; 0xffuy; 0xffuy; 0xffuy ]

    let announced =
        [
            for code in [ 0xc6uy; 0xc9uy; 0xdbuy; 0xdduy; 0xdfuy ] do
                for count in [ counts; half; [ 0uy; 1uy; 0x86uy; 0xa0uy ]; [ 0uy; 1uy; 0x86uy; 0xa1uy ] ] do
                    let alone = Array.ofList (code :: count)
                    alone
                    // As the value of a field, and as the last of what is stored.
                    Array.append [| 0x81uy; 0xa1uy; 97uy |] alone
                    Array.append [| 0x94uy; 0x92uy; 0xa1uy; 97uy; 1uy; 0xc0uy |] alone
        ]

    Gen.oneof
        [
            Gen.elements announced
            Gen.elements announced
            Gen.elements announced
            depths |> Gen.map (fun depth -> many depth [ 0x91uy ])
            depths
            |> Gen.map (fun depth -> Array.append (many depth [ 0x81uy; 0xa1uy; 97uy ]) [| 1uy |])
            Gen.constant (Array.append [| 0x81uy; 0xa1uy; 97uy; 0xdcuy; 0xfduy; 0xe8uy |] (many 65_000 [ 0x80uy ]))
            depths |> Gen.map (fun depth -> ascii (String.replicate depth "["))
            depths |> Gen.map (fun depth -> ascii (String.replicate depth "{\"a\":"))
            depths
            |> Gen.map (fun digits -> ascii ("{\"seq\":" + String.replicate digits "9" + "}"))
            Gen.elements (
                [
                    "{\"seq\":1e999}"
                    "{\"\\ud800\":1}"
                    "{\"a\":\"\\ud800\"}"
                    "{\"a\":1,\"a\":1}"
                    "[]"
                    "{}x"
                    "null"
                ]
                |> List.map ascii
            )
        ]

let private names =
    Gen.elements
        [
            "seq"
            "version"
            "type"
            "ok"
            "refused"
            "body"
            "reply_to"
            "members"
            "at"
            "x"
            ""
        ]

let private leaves: Gen<Tree> =
    Gen.frequency
        [
            2, Gen.elements [ Nil; Flag true; Flag false ]
            2,
            Gen.elements [ 0L; -1L; 1L; Int64.MaxValue; Int64.MinValue; 1L <<< 53 ]
            |> Gen.map Whole
            1, Gen.elements [ 1.0; Double.NaN; infinity; -0.0 ] |> Gen.map Real
            3,
            Gen.elements [ ""; "a"; "\000"; "\ufffe"; "created"; "message"; "hidden"; "é" ]
            |> Gen.map Text
            1,
            Gen.elements [ 0L; -1L; 1L <<< 34 ]
            |> Gen.map (fun second -> Time(second * 1_000L))
            // Times that no calendar has: too many nanoseconds, too many seconds.
            1, Gen.constant (Raw(Array.append [| 0xd7uy; 0xffuy |] (many 8 [ 0xffuy ])))
            1, Gen.constant (Raw(Array.append [| 0xc7uy; 12uy; 0xffuy |] (many 12 [ 0x7fuy ])))
            1, Gen.constant (Raw [| 0xcfuy; 255uy; 255uy; 255uy; 255uy; 255uy; 255uy; 255uy; 255uy |])
        ]

let rec private trees (depth: int) : Gen<Tree> =
    if depth = 0 then
        leaves
    else
        let inner = trees (depth - 1)

        Gen.frequency
            [
                3, leaves
                1, Gen.resize 4 (Gen.listOf inner) |> Gen.map Items
                2, Gen.resize 5 (Gen.listOf (Gen.zip names inner)) |> Gen.map Named
            ]

/// A value of any sort that both forms have.
let simple: Gen<Tree> =
    Gen.elements
        [
            Nil
            Flag true
            Whole 1L
            Whole -1L
            Real 0.5
            Text "x"
            Items [ Whole 1L ]
            Named [ "a", Nil ]
        ]

/// Fields that no version of ours has, in both forms.
let extraInJson: Gen<(string * Tree) list> =
    Gen.elements [ [ "x_one" ]; [ "x_one"; "Seq" ]; [ "" ] ]
    |> Gen.bind (fun names -> Gen.listOfLength names.Length simple |> Gen.map (List.zip names))

/// In MessagePack also of types that no field of ours has: bytes, extensions, numbers beyond 2^63.
let extra: Gen<(string * Tree) list> =
    let foreign =
        Gen.elements
            [
                Raw [| 0xc4uy; 2uy; 1uy; 2uy |]
                Raw [| 0xd4uy; 5uy; 1uy |]
                Raw [| 0xc7uy; 3uy; 7uy; 1uy; 2uy; 3uy |]
                Raw [| 0xcfuy; 255uy; 255uy; 255uy; 255uy; 255uy; 255uy; 255uy; 255uy |]
                Raw [| 0xcauy; 0uy; 0uy; 0uy; 0uy |]
                Time 1L
            ]

    Gen.map2
        (fun plain strange -> plain @ [ "x_strange", strange ])
        extraInJson
        (Gen.frequency [ 1, simple; 2, foreign ])

let hostile: Gen<byte[]> =
    Gen.frequency
        [
            3, some 40
            1, some 2_000
            4, bombs
            4, trees 3 |> Gen.map toBytes
            2, trees 3 |> Gen.map toJson
            1, Gen.map2 (fun tree behind -> Array.append (toBytes tree) behind) (trees 2) (some 3)
        ]

/// Texts that are no ids, no names, or no texts.
let texts: Gen<string> =
    let parts =
        [
            "a"
            "B"
            "9"
            "_"
            "-"
            "."
            "*"
            ">"
            " "
            "\t"
            "\r\n"
            "\000"
            "é"
            "e\u0301"
            "🙂"
        ]
        @ [ "\ufffe"; "\uffff"; "İ"; "ſ"; "ａ"; "main.c.a"; "__"; "\u200b" ]

    // A lone surrogate cannot stand in a literal.
    let lone = [ String [| '\ud83d' |]; String [| '\ude42' |] ]

    Gen.frequency
        [
            1, Gen.constant ""
            8,
            Gen.choose (1, 5)
            |> Gen.bind (fun count -> Gen.listOfLength count (Gen.elements (parts @ lone)))
            |> Gen.map (String.concat "")
            2,
            Gen.elements [ 63; 64; 65; 66; 16_384 ]
            |> Gen.map (fun length -> String.replicate length "a")
        ]
