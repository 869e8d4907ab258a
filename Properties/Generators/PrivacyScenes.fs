/// Scenes of people who open and close themselves, meet and part, say something and read it.
module Chat.Spec.Generators.PrivacyScenes

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.People
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Oracle.Privacy

type private Bond = Chat.Domain.Pairs.Event

let people = List.truncate 4 Palette.people

/// Names that begin alike, and one that is another's handle.
let names = [ "Ann Marlow"; "Anna-Mara Bell"; "mara"; "Bob"; "Bell Ann" ]

let seekings = [ "an"; "ann"; "MAR"; "bell ann"; "bob"; "b"; "zed"; " "; "nn" ]

let private openness: Gen<Nullable<Openness>> =
    Gen.frequency
        [
            5, Gen.constant (Nullable())
            6,
            Gen.elements [ Openness.Everyone; Openness.Friends; Openness.Nobody ]
            |> Gen.map Nullable
            1, Gen.elements [ enum<Openness> 0; enum<Openness> 99 ] |> Gen.map Nullable
        ]

let private keeping: Gen<Command.SetPrivacy> =
    let more =
        Gen.map3 (fun find presence receipts -> find, presence, receipts) openness openness openness

    Gen.map2
        (fun (messages, invites) (find, presence, receipts) ->
            Command.SetPrivacy(messages, invites, Find = find, Presence = presence, Receipts = receipts))
        (Gen.frequency [ 4, Gen.constant (Nullable(), Nullable()); 1, Gen.zip openness openness ])
        more

let private two: Gen<PersonId * PersonId> =
    gen {
        let! one = Gen.elements people
        let! other = Gen.elements (List.except [ one ] people)
        return one, other
    }

let private bond: Gen<Bond> =
    gen {
        let! one, other = two
        let stamp = Stamp(one, Instant 1_800_000_000_000L)

        return!
            Gen.frequency
                [
                    5, Gen.constant (Bond.Befriended(stamp, other) :> Bond)
                    1, Gen.constant (Bond.Removed(stamp, other))
                    1, Gen.constant (Bond.Blocked(stamp, other))
                    1, Gen.constant (Bond.Unblocked(stamp, other))
                ]
    }

let private step: Gen<Deed> =
    let who = Gen.elements people

    Gen.frequency
        [
            4, Gen.map Bonds bond
            5, Gen.map2 (fun who said -> Keeps(who, said)) who keeping
            2, Gen.map2 (fun who name -> Named(who, name)) who (Gen.elements names)
            2,
            Gen.map2
                (fun who attendance -> Attends(who, attendance))
                who
                (Gen.elements [ Attendance.Visible; Attendance.Visible; Attendance.Sneaking; Attendance.Away ])
            1, Gen.map Ghosts two
            2, Gen.map Speaks who
            4, Gen.map2 (fun who seq -> Reads(who, int64 seq)) who (Gen.choose (0, 6))
        ]

let scene: Gen<Deed list> =
    let beginning =
        [
            for who, name in List.zip people (List.truncate 4 names) do
                Named(who, name)
                Attends(who, Attendance.Visible)
        ]

    Gen.sized (fun size -> Gen.choose (0, 8 + size / 2))
    |> Gen.bind (fun count -> Gen.listOfLength count step)
    |> Gen.map (fun steps -> beginning @ steps)

/// A scene, and one of its people.
let ofOne: Gen<Deed list * PersonId> = Gen.zip scene (Gen.elements people)
