/// Stories of friends who come into the house, as one who may be told of them lives through.
module Chat.Spec.Generators.Comings

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Spec
open Chat.Spec.Oracle.Noticed

type Story =
    {
        Asks: Asked list
        /// Whether it is also asked each time that one is to be asked again.
        IsPunctual: bool
        /// Whether there are fewer people than are kept.
        IsOfFew: bool
    }

type Kind =
    | Ghosts
    | Mutes
    | Blocks

type Relation =
    {
        Kind: Kind
        By: PersonId
        Of: PersonId
    }

/// Friends of each other who come in at times.
type World =
    {
        Comings: (int64 * PersonId) list
        Relations: Relation list
    }

let few = Palette.people

let private crowd = [ 1..230 ] |> List.map (fun number -> person $"p{number}")

/// By how much a clock may be ahead of another, in milliseconds.
let ahead = 5L

/// Shortly before a midnight, so that hours and days change on the way.
let private start = 1_700_000_000_000L + 6_000_000L

let private minutes count = int64 count * 60_000L

/// At and beside each limit, mostly.
let private waits: Gen<int64> =
    Gen.frequency
        [
            5, Gen.choose (1, 25_000) |> Gen.map int64
            3, Gen.choose (30_000, 200_000) |> Gen.map int64
            3, Gen.elements [ 19_999L; 20_000L; 20_001L; minutes 5 - 1L; minutes 5; minutes 5 + 1L ]
            3, Gen.elements [ minutes 10 - 1L; minutes 10; minutes 10 + 1L; minutes 9 ]
            2, Gen.elements [ minutes 30 - 1L; minutes 30; minutes 30 + 1L; minutes 200 ]
        ]

let private quiets: Gen<Quiet option> =
    Gen.frequency
        [
            5, Gen.constant None
            2,
            Gen.elements
                [
                    Some(23 * 60, 6 * 60, 60)
                    Some(0, 60, 0)
                    Some(720, 721, 840)
                    Some(5, 5, 0)
                ]
            1,
            Gen.map3
                (fun from until ahead -> Some(from, until, ahead))
                (Gen.choose (0, 1_439))
                (Gen.choose (0, 1_439))
                (Gen.choose (-840, 840))
        ]

let private bars: Gen<Bars> =
    Gen.frequency
        [
            3, Gen.constant Bars.None
            4, Gen.elements [ Bars.Ghosted; Bars.Muted; Bars.Blocked; Bars.Hidden ]
            1, Gen.constant (Bars.Muted ||| Bars.Blocked)
        ]

let private opening people : Gen<PersonId * int64> =
    Gen.zip
        (Gen.elements people)
        (Gen.frequency
            [
                9, Gen.constant 0L
                3, Gen.choose (1, 25_000) |> Gen.map int64
                1, Gen.constant -ahead
                1, Gen.constant (minutes 12)
            ])

/// What changes between two questions: whom one may be told of, when it is quiet, whether one is in.
let private change (people: PersonId list) (friends: Map<string, Bars>, quiet: Quiet option, isIn) =
    gen {
        let! who = Gen.elements people
        let! bar = bars
        let! isFriend = Gen.frequency [ 9, Gen.constant true; 1, Gen.constant false ]

        let others =
            if isFriend then
                friends.Add(who.Value, bar)
            else
                friends.Remove who.Value

        let! other = quiets

        return!
            Gen.frequency
                [
                    14, Gen.constant (friends, quiet, isIn)
                    3, Gen.constant (others, quiet, isIn)
                    1, Gen.constant (friends, other, isIn)
                    2, Gen.constant (friends, quiet, not isIn)
                ]
    }

let private asks (people: PersonId list) (openings: Gen<(PersonId * int64) list>) (count: int) : Gen<Asked list> =
    let rec more now setting count =
        gen {
            if count = 0 then
                return []
            else
                let! wait = waits
                let! came = openings
                let! friends, quiet, isIn = change people setting
                let now = now + wait

                let asked =
                    {
                        At = now
                        Openings = came |> List.map (fun (who, ago) -> who, now - ago)
                        Friends = friends
                        Quiet = quiet
                        IsIn = isIn
                    }

                let! later = more now (friends, quiet, isIn) (count - 1)
                return asked :: later
        }

    let all = people |> List.map (fun who -> who.Value, Bars.None) |> Map
    Gen.bind (fun quiet -> more start (all, quiet, false) count) quiets

let private storyOf isOfFew (asks: Gen<Asked list>) : Gen<Story> =
    Gen.map2
        (fun asks isPunctual ->
            {
                Asks = asks
                IsPunctual = isPunctual
                IsOfFew = isOfFew
            })
        asks
        (Gen.frequency [ 3, Gen.constant true; 1, Gen.constant false ])

/// More friends come than are kept.
let crowded: Gen<Story> =
    let openings = Gen.listOfLength 90 (opening crowd)
    Gen.choose (3, 6) |> Gen.bind (asks crowd openings) |> storyOf false

let story: Gen<Story> =
    let openings =
        Gen.frequency
            [
                2, Gen.constant []
                6, opening few |> Gen.map List.singleton
                2,
                Gen.choose (2, 5)
                |> Gen.bind (fun count -> Gen.listOfLength count (opening few))
            ]

    let ofFew =
        Gen.sized (fun size -> Gen.choose (0, max 4 (size / 2)))
        |> Gen.bind (asks few openings)

    Gen.frequency [ 25, storyOf true ofFew; 1, crowded ]

/// A story, one of its people, what keeps them from being told of, and for how many questions.
let barring: Gen<Story * PersonId * Bars * int> =
    gen {
        let! story = story
        let! who = Gen.elements few

        let! bars =
            Gen.elements
                [
                    Bars.Ghosted
                    Bars.Muted
                    Bars.Blocked
                    Bars.Hidden
                    Bars.Ghosted ||| Bars.Muted
                ]

        let! length =
            Gen.frequency [ 2, Gen.choose (0, story.Asks.Length); 1, Gen.constant story.Asks.Length ]

        return story, who, bars, length
    }

let private relation: Gen<Relation> =
    gen {
        let! kind = Gen.elements [ Ghosts; Mutes; Blocks ]
        let! by = Gen.elements few
        let! of' = Gen.elements (List.except [ by ] few)

        return { Kind = kind; By = by; Of = of' }
    }

let world: Gen<World * Relation> =
    gen {
        let! comings = Gen.listOf (Gen.zip waits (Gen.elements few))
        let! count = Gen.choose (0, 4)
        let! relations = Gen.listOfLength count relation
        let! one = relation

        let times =
            comings |> List.scan (fun now (wait, _) -> now + wait) start |> List.tail

        return
            {
                Comings = List.zip times (List.map snd comings)
                Relations = relations
            },
            one
    }
