/// Runs that differ in what is hidden.
module Chat.Spec.Laws.GamePairs

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Laws.GameRunning

/// Two runs that differ in something that is hidden.
type Pair =
    {
        Trace: Trace
        Who: int
        Varied: Varied
    }

and Varied =
    /// Two cards are swapped in the order of a deck.
    | Cards of string * int * int
    /// Of each question another answer is right, and all look the same.
    | Rights
    /// Somebody does something else instead.
    | Doing of int * int

let private purposes =
    [
        "questions"
        "answers/1"
        "answers/2"
        "words"
        "prompts"
        "answers"
        "table/1"
    ]

let pairOf (traces: Gen<Trace>) : Gen<Pair> =
    gen {
        let! trace = traces
        let! who = Gen.choose (0, people.Length)
        let! purpose = Gen.elements purposes
        let! first = Gen.frequency [ 2, Gen.choose (0, 3); 1, Gen.choose (0, 60) ]
        let! second = Gen.choose (0, 300)
        let! at = Gen.choose (0, max 0 (trace.Wishes.Length - 1))
        let! number = Gen.choose (0, 999)

        let! varied =
            Gen.frequency
                [
                    4, Gen.constant (Cards(purpose, first, second))
                    1, Gen.constant Rights
                    4, Gen.constant (Doing(at, number))
                ]

        return
            {
                Trace = trace
                Who = who
                Varied = varied
            }
    }

let pair: Gen<Pair> = pairOf trace

/// Decks of questions in which what was right is wrong, and the first that was wrong is right.
let private otherRights =
    lazy
        (shelf.Decks
         |> Seq.map (function
             | :? Deck.Questions as deck ->
                 let all =
                     deck.All
                     |> Seq.map (fun one ->
                         let wrong = one.Right :: List.tail (List.ofSeq one.Wrong)
                         Question(one.Text, one.Wrong[0], listing wrong, one.Note))

                 Deck.Questions(deck.Name, deck.Title, listing all) :> Deck
             | other -> other)
         |> listing
         |> Shelf)

/// Answers lie where they would if these were the others.
let private whereTheOthersLay: Shuffling =
    fun seed asked count ->
        let order = shuffle seed asked count |> List.ofSeq

        if asked.StartsWith "answers/" then
            order
            |> List.map (fun at ->
                match at with
                | 0 -> 1
                | 1 -> 0
                | other -> other)
            |> listing
        else
            listing order

let private swapped purpose first second : Shuffling =
    fun seed asked count ->
        let order = shuffle seed asked count |> List.ofSeq

        if asked <> purpose || count < 2 then
            listing order
        else
            let first, second = first % count, second % count

            order
            |> List.permute (fun at ->
                if at = first then second
                elif at = second then first
                else at)
            |> listing

let private otherwise at number (trace: Trace) =
    { trace with
        Wishes =
            trace.Wishes
            |> List.mapi (fun index wish ->
                match wish.What with
                | Likely _ when index = at -> { wish with What = Likely number }
                | _ -> wish)
    }

/// What happens in each of the two, with the decks and the chance that it is played with.
let runs (house: House) (pair: Pair) =
    let dealing, trace =
        match pair.Varied with
        | Cards(purpose, first, second) -> (shelf, swapped purpose first second), pair.Trace
        | Rights -> (otherRights.Value, whereTheOthersLay), pair.Trace
        | Doing(at, number) -> (shelf, shuffle), otherwise at number pair.Trace

    let play (shelf, shuffle) trace =
        let subject = house.With shelf shuffle
        subject, run subject trace

    ((shelf, shuffle), play (shelf, shuffle) pair.Trace), (dealing, play dealing trace)
