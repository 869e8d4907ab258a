/// Parties as a record tells of them.
module Chat.Spec.Generators.Parties

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Games
open Chat.Domain.Rooms
open Chat.Domain.Values
open Chat.Spec

let private attended (at: Instant) who = Attended(who, at, at.Plus 60_000L)

/// A party of these people.
let of' (people: PersonId list) : Party =
    let at = Instant 1_800_000_000_000L
    Party(valid (RoomName.Create "porch"), at, at.Plus 60_000L, listing (List.map (attended at) people), listing [])

/// Any, with any names.
let any (names: Gen<RoomName>) (instants: Gen<Instant>) (people: Gen<PersonId>) : Gen<objnull> =
    let few some =
        Gen.choose (0, 3) |> Gen.bind (fun count -> Gen.listOfLength count some)

    let score =
        Gen.map2 (fun who points -> Score(who, points)) people (Gen.elements [ 0; 700; -3; System.Int32.MaxValue ])

    let game =
        Gen.map3
            (fun name isFinished scores -> PartyGame(name, isFinished, listing scores))
            (Gen.elements [ "trivia"; "heads-up" ])
            (Gen.elements [ true; false ])
            (few score)

    Gen.map3
        (fun (name, from, until) there games -> box (Party(name, from, until, listing there, listing games)))
        (Gen.zip3 names instants instants)
        (few (Gen.map3 (fun who from until -> Attended(who, from, until)) people instants instants))
        (few game)
