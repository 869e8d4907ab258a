/// What messages carry, and rules about what they say.
module Chat.Spec.Generators.Carried

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Permitting
open Chat.Spec

/// A picture and a text, uploaded just then, or so long ago that they wait for no message any more, or not much longer.
let files: Gen<objnull> =
    let start = 1_800_000_000_000L

    let file name kind at =
        Attachment(FileId.Of name, valid (FileName.Create $"{name}.x"), valid (MediaType.Create kind), 7L, Instant at)

    Gen.frequency
        [
            6, Gen.elements [ file "f1" "image/png" start; file "f2" "text/plain" start ]
            2, Gen.constant (file "f3" "image/png" (start - Attachment.WaitsMs + 60L))
            1, Gen.constant (file "f4" "image/png" (start - Attachment.WaitsMs))
        ]
    |> Gen.map box

let private phrase text = valid (Phrase.Create text)

/// Rules about what is said here, mostly as they can be.
let wordRules: Gen<objnull> =
    let rule id phrases action length =
        box (WordRule(WordRuleId.Of id, phrases |> List.map phrase |> listing, action, length))

    Gen.frequency
        [
            3, Gen.constant (rule "r1" [ "nobody says"; "hel*" ] WordAction.Block 0L)
            3, Gen.constant (rule "r2" [ "x"; "Z" ] WordAction.Timeout 60L)
            3, Gen.constant (rule "r3" [ "*i"; "*e*" ] WordAction.Flag 0L)
            1, Gen.constant (rule "r1" [] WordAction.Block 0L)
            1, Gen.constant (rule "r4" [ "x" ] WordAction.Timeout 0L)
            1, Gen.constant (rule "r4" [ "x" ] (enum 9) 0L)
        ]
