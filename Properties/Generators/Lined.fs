/// What stands between messages and is none.
module Chat.Spec.Generators.Lined

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Calls
open Chat.Domain.Deciding
open Chat.Domain.Values
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec

let private called: Gen<Line> =
    gen {
        let! who = Gen.elements Palette.people

        let! at, length =
            Gen.zip (Gen.choose (0, 2_000_000_000)) (Gen.choose (0, 50_000_000))

        let! version = Gen.choose (1, 1_000_000)
        let! how = Gen.elements (System.Enum.GetValues<Ending>() |> List.ofArray)
        let! isVideo = Gen.elements [ true; false ]
        let stamp = Stamp(who, Instant(int64 at * 1_000L))
        return Line(int64 version, Chat.Domain.Conversations.Event.Called(stamp, isVideo, how, int64 length))
    }

let private partied: Gen<Line> =
    Gen.map2
        (fun who version ->
            let stamp = Stamp(who, Instant 1_800_000_100_000L)
            Line(int64 version, Chat.Domain.Conversations.Event.Partied(stamp, Parties.of' [ who ])))
        (Gen.elements Palette.people)
        (Gen.choose (1, 1_000_000))

/// One of each kind as often as of the others.
let line: Gen<Line> = Gen.oneof [ called; partied ]
