/// Towns of people who know each other, and what went between friends; times at and beside the half-lives.
module Chat.Spec.Generators.Towns

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Meeting
open Chat.Domain.Closeness
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Meetings

let now = Instant 1_800_000_000_000L
let private day = 86_400_000L

/// Some time ago; now and then later than now, since clocks differ.
let private moments: Gen<Instant> =
    Gen.frequency
        [
            4, Gen.choose (0, 100) |> Gen.map (fun days -> int64 days * day + 77L)
            2,
            Gen.elements
                [
                    0L
                    1L
                    -5_000L
                    21L * day
                    21L * day - 1L
                    28L * day
                    28L * day + 1L
                    5_000L * day
                ]
        ]
    |> Gen.map (fun ago -> Instant(now.Milliseconds - ago))

let private companies: Gen<Company> =
    Gen.map2
        (fun (minutes: int64) at -> Company(minutes * 60_000L + 1L, at))
        (Gen.elements [ 0L; 1L; 7L; 59L; 60L; 61L; 500L; 100_000L ])
        moments

let private subset (many: 'a list) =
    Gen.listOfLength many.Length (Gen.elements [ true; false ])
    |> Gen.map (fun picks -> List.zip many picks |> List.filter snd |> List.map fst)

let private pairs people =
    [
        for one in people do
            for other in people do
                if one < other then
                    one, other
    ]

let town: Gen<Town> =
    gen {
        let! size = Gen.choose (2, 12)
        let! density = Gen.elements [ 2; 4; 6 ]
        let people = [ for n in 1..size -> 7 * n % 101 ]
        let! opened = Gen.listOfLength size (Gen.choose (0, 3))

        let! friends =
            Gen.listOfLength (size * size) (Gen.choose (0, 9))
            |> Gen.map (fun dice -> List.zip (pairs people) (List.truncate (pairs people).Length dice))

        let! asker = Gen.elements people
        let! others = Gen.map (List.except [ asker ]) (subset people)
        let! met = Gen.listOfLength others.Length companies
        let! barred = subset people
        let! isBarred = Gen.elements [ true; false; false ]

        return
            {
                People = people
                Open =
                    List.zip people opened
                    |> List.filter (fun (_, die) -> die > 0)
                    |> List.map fst
                    |> set
                Friends = friends |> List.filter (fun (_, die) -> die < density) |> List.map fst |> set
                Asker = asker
                Met = List.zip others met |> Map
                Barred = if isBarred then set barred else Set.empty
                Now = now
            }
    }

/// A friendship that whoever asks may not know: not theirs, and not opened by both.
let isHidden (town: Town) (one, other) =
    one <> town.Asker
    && other <> town.Asker
    && not (town.Open.Contains one && town.Open.Contains other)

/// A town, and one that differs from it in what whoever asks may not know, and in nothing else.
let twins: Gen<Town * Town> =
    gen {
        let! one = town
        let hidden = pairs one.People |> List.filter (isHidden one)
        let! others = subset hidden
        let known = one.Friends |> Set.filter (fun pair -> not (isHidden one pair))

        return
            one,
            { one with
                Friends = Set.union known (set others)
            }
    }

let private numbered = [ for n in 1..6 -> person $"friend-{n}" ]

let exchanges: Gen<ClosenessFacts> =
    let exchange friend =
        Gen.map3
            (fun (given: Instant list) (got: Instant list) (rooms, calls) ->
                Exchange(friend, listing given, listing got, rooms, Calls = calls))
            (Gen.listOf moments |> Gen.resize 12)
            (Gen.listOf moments |> Gen.resize 12)
            (Gen.zip
                (Gen.oneof [ companies; Gen.constant Company.None ])
                (Gen.oneof [ companies; Gen.constant Company.None ]))

    gen {
        let! friends = subset numbered
        let! facts = friends |> List.map exchange |> Gen.sequenceToList
        let! muted = subset numbered
        let! closed = subset numbered
        let! isAnybody = Gen.elements [ true; false; false ]

        return
            if isAnybody then
                ClosenessFacts(listing facts, setOf muted, setOf closed)
            else
                ClosenessFacts(listing facts, setOf [], setOf [])
    }

/// Facts, which friend of them, and how much later something was.
let later: Gen<ClosenessFacts * int * int64> =
    Gen.map3
        (fun facts which days -> facts, which, int64 days * day / 3L)
        exchanges
        (Gen.choose (0, 1_000))
        (Gen.choose (1, 90))

/// Rooms as somebody sees them: into some they do not see.
let cards: Gen<Card list * ClosenessFacts> =
    let card id =
        Gen.map2
            (fun (inside: PersonId list) kind ->
                let faces = inside |> List.map (fun who -> Face(who, false, System.Nullable()))
                let seen = if kind = 0 then null else listing faces
                let name = valid (RoomName.Create "Kitchen")
                Card(RoomId.Of $"room-{id}", name, (kind = 0), false, (kind = 3 && id = 4), seen))
            (subset numbered)
            (Gen.choose (0, 3))

    Gen.zip ([ 9; 4; 7; 1; 3 ] |> List.map card |> Gen.sequenceToList |> Gen.bind subset) exchanges

/// Who comes into a room and goes, and how many milliseconds later: the first lights it.
let visits: Gen<(PersonId * bool * int64) list> =
    Gen.zip3
        (Gen.elements (List.truncate 4 numbered))
        (Gen.elements [ true; false ])
        (Gen.choose (0, 90_000) |> Gen.map int64)
    |> Gen.listOf
