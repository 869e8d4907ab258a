/// A party of many people, simulated: see docs/simulator.md.
module Chat.Spec.Tests.PartyTests

open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Deciding
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Party
open Chat.Spec.Party.World

let private seed = Seeds.givenNumber |> Option.defaultValue 1UL

/// What has to have happened, so that it was put to the test.
let private expected =
    [
        for way in [ "Friend"; "Wave"; "Admitted"; "Guest" ] do
            $"came in by {way}"
        for game in [ "trivia"; "heads_up"; "quick_draw"; "potluck" ] do
            $"games {game} Finished"
        for rule in [ "capacity"; "locked"; "expelled"; "unknown"; "not_inside"; "not_keeper" ] do
            $"refused room.{rule}"
        for how in [ "HungUp"; "Declined"; "Cancelled"; "Missed"; "Busy"; "rung"; "taken" ] do
            $"calls {how}"
        "a host died"
        "asked again"
        "asked twice"
        "cards looked at"
        "notices"
        "parties kept"
        "outcome unknown"
        "put out"
        "set aside"
        "hung up for who has gone"
        "signals in a room"
        "signals in a room refused"
        "signals of a call"
        "signals of a call refused"
        "tampered logs found out"
        "vanished"
        "views looked at"
    ]

type ``A party``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``keeps the promises of the house``() =
        let people, seconds =
            if Seeds.isBrief then 60, 60
            elif Seeds.times > 1 then 2_000, 600
            else 250, 240

        let party = Partying.play domain (planOf seed people seconds) ignore

        for pair in party.Seen |> Seq.sortBy _.Key do
            output.WriteLine $"{pair.Value} {pair.Key}"

        let first = party.Wrongs |> Seq.truncate 3 |> String.concat "\n"
        Assert.True((party.Wrongs.Count = 0), $"PROPERTY_SEED={seed}: {first}")

        let never =
            expected
            |> List.filter (fun what -> not (party.Seen.ContainsKey what))
            |> String.concat ", "

        Assert.True(Seeds.isBrief || never = "", $"it never happened: {never}")

    [<Fact>]
    member _.``is played again from its seed``() =
        let play () =
            let party = Partying.play domain (planOf 7UL 40 60) ignore
            [ for pair in party.Seen -> pair.Key, pair.Value ], party.Kept.Store.Load

        let one, streams = play ()
        let other, again = play ()
        Assert.Equal<(string * int) list>(one, other)
        let listOf (load: StreamKey -> LanguageExt.Seq<Recorded>) stream = load stream |> List.ofSeq

        for guest in 0..39 do
            let place = StreamKey.Place(TenantId.Main, Guests.named guest)

            Assert.Equal<Recorded list>(listOf streams place, listOf again place)
