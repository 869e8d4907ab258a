/// People at a table who play: what is sensible, and what is not.
module Chat.Spec.Generators.GameTraces

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec

/// The decks that come with the package.
let shelf: Shelf =
    Shelf
        .Of(Shelf.Texts())
        .Match((fun (shelf: Shelf) -> shelf), (fun (faults: LanguageExt.Seq<DeckFault>) -> failwith $"{faults}"))

/// Two who could sit down first and so on; whoever comes later comes from the rest.
let people =
    [ "ann"; "bob"; "cid"; "dan"; "eve"; "fay"; "gus" ] |> List.map PersonId.Of

/// What somebody wants.
type What =
    /// Something that could be sensible where the game is: the number says which.
    | Likely of int
    /// Sit down, or get up.
    | Come
    | Leave
    /// Whatever it is.
    | Any of Command
    /// Nothing: until something happens by itself.
    | Wait

type Wish = { Who: int; Ms: int64; What: What }

type Trace =
    {
        Game: string
        Deck: string
        Rounds: int
        /// How many sit down before it begins.
        Seats: int
        /// Those of them who do not show what they sealed, as bits.
        Silent: int
        Dice: int
        Wishes: Wish list
    }

let private bits (number: int) =
    Bits256(System.UInt128(0UL, uint64 number), System.UInt128(0UL, uint64 (number + 7)))

let dice (trace: Trace) = Secret(bits (1_000 + trace.Dice))

/// What a player's device drew.
let contribution (trace: Trace) (who: PersonId) =
    bits (trace.Dice * 31 + people.Length + (people |> List.findIndex ((=) who)))

let private values =
    let boxed (gen: Gen<'a>) : Gen<objnull> = Gen.map box gen

    let texts =
        [
            ""
            "x"
            "spoon"
            "trivia"
            "potluck"
            "\uD800"
            "a\nb"
            String.replicate 80 "z"
        ]

    let own: Map<string, Gen<objnull>> =
        Map
            [
                "PersonId", boxed (Gen.elements people)
                "String", boxed (Gen.elements texts)
                "Int32",
                boxed (Gen.elements [ 0; 1; 2; 3; 4; 5; -1; 20; 60; 199; 5_000; 2_147_483_647; -2_147_483_648 ])
                "Int64", boxed (Gen.elements [ 0L; 1L; 2L; -1L; System.Int64.MaxValue ])
                "Boolean", boxed (Gen.elements [ true; false ])
                // Nothing decides on any other, and nothing else is read.
                "Ending", boxed (Gen.elements [ Ending.Finished; Ending.TooFew; Ending.Lapsed ])
                "Nearness", boxed (Gen.elements (List.ofArray (System.Enum.GetValues<QuickDraw.Nearness>())))
                "Bits256", boxed (Gen.choose (0, 2_000) |> Gen.map bits)
                "Secret", boxed (Gen.choose (0, 2_000) |> Gen.map (bits >> Secret))
            ]

    let anyOf (unions: AnyGame -> System.Type) =
        Catalogue.All |> Seq.map (fun game -> Unions.gen own (unions game)) |> Gen.oneof

    own.Add("Chat.Domain.Games.Move", anyOf _.Moves).Add("Chat.Domain.Games.GameEvent", anyOf _.Events)

/// Any value of a union at the table.
let any<'a when 'a: not null> : Gen<'a> =
    Unions.gen values typeof<'a> |> Unions.typed<'a>

let anyCommand = any<Command>
let anyEvent = any<Event>

let private anyMoveOf (game: AnyGame) =
    Unions.gen values game.Moves |> Unions.typed<Move>

let private what (game: AnyGame) : Gen<What> =
    Gen.frequency
        [
            16, Gen.choose (0, 999) |> Gen.map Likely
            3, Gen.constant Wait
            1, Gen.constant Come
            1, Gen.constant Leave
            1, anyCommand |> Gen.map Any
            1, anyMoveOf game |> Gen.map (Command.Make >> (fun made -> made :> Command) >> Any)
        ]

let private wish game : Gen<Wish> =
    Gen.map3
        (fun who ms what -> { Who = who; Ms = ms; What = what })
        (Gen.choose (0, people.Length - 1))
        (Gen.frequency [ 9, Gen.choose (0, 3_000); 1, Gen.choose (0, 90_000) ]
         |> Gen.map int64)
        (what game)

let private deckOf (game: AnyGame) =
    shelf.Decks
    |> Seq.filter (fun deck -> deck.Kind = game.Info.Kind)
    |> Seq.map _.Name
    |> List.ofSeq

let traceOf (game: AnyGame) : Gen<Trace> =
    gen {
        let! deck = Gen.elements (deckOf game)
        let! rounds = Gen.choose (1, min 3 game.Info.MaxRounds)
        let! seats = Gen.choose (game.Info.Least, 5)
        let! silent = Gen.frequency [ 7, Gen.constant 0; 1, Gen.choose (0, 31) ]
        let! dice = Gen.choose (0, 9_999)
        let! wishes = Gen.sized (fun size -> Gen.resize size (Gen.listOf (wish game)))

        return
            {
                Game = game.Info.Name
                Deck = deck
                Rounds = rounds
                Seats = seats
                Silent = silent
                Dice = dice
                Wishes = wishes
            }
    }

/// A trace of any game that there is.
let trace: Gen<Trace> = Catalogue.All |> Seq.map traceOf |> Gen.oneof

/// With fewer wishes, of fewer people.
let shrink (trace: Trace) : Trace seq =
    seq {
        let wishes = trace.Wishes
        let half = wishes.Length / 2

        if half > 0 then
            yield
                { trace with
                    Wishes = List.truncate half wishes
                }

            yield
                { trace with
                    Wishes = List.skip half wishes
                }

        if wishes.Length <= 24 then
            for at in 0 .. wishes.Length - 1 do
                yield
                    { trace with
                        Wishes = List.removeAt at wishes
                    }

        if trace.Silent <> 0 then
            yield { trace with Silent = 0 }

        if trace.Rounds > 1 then
            yield { trace with Rounds = trace.Rounds - 1 }
    }
