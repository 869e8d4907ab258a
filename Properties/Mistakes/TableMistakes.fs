/// Tables with one mistake each, and all mistakes of games.
module Chat.Spec.Mistakes.TableMistakes

open FsCheck.FSharp
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Mistakes.GameMistakes

/// A table with something changed in its functions.
let private table (change: Subject -> Subject) : House =
    {
        With = fun shelf shuffle -> change (domain.With shelf shuffle)
    }

let showsTheSecret: House =
    table (fun subject ->
        { subject with
            Show =
                fun state who happened ->
                    match happened with
                    | :? Event.Offered -> Some happened
                    | _ -> subject.Show state who happened
        })

/// What is shown need not be what was sealed.
let takesAnyContribution: House =
    table (fun subject ->
        { subject with
            Decide =
                fun state asking command ->
                    match command, subject.Decide state asking command with
                    | (:? Command.Unseal as unseal), Error _ when
                        state.Phase = Phase.Unsealing && state.Seats.Contains asking.By
                        ->
                        Ok [ Event.Unsealed(asking.By, unseal.Contribution) ]
                    | _, decided -> decided
        })

/// Who leaves is no longer at the table, but goes on playing.
let forgetsToTellTheGame: House =
    table (fun subject ->
        { subject with
            Decide =
                fun state asking command ->
                    match command, subject.Decide state asking command with
                    | :? Command.GetUp, Ok(first :: _ :: _) when state.Phase = Phase.Playing -> Ok [ first ]
                    | _, decided -> decided
        })

let throwsOnNonsense: House =
    table (fun subject ->
        { subject with
            Decide =
                fun state asking command ->
                    match command with
                    | :? Command.Offer as offer when offer.Rounds < 0 -> failwith "so few rounds"
                    | _ -> subject.Decide state asking command
        })

/// Who asked is not written down.
let forgetsWhoAsked: House =
    table (fun subject ->
        { subject with
            Write = fun entry -> subject.Write(Entry(GameTraces.people.Head, entry.At, entry.What))
        })

/// A game that somebody left proves nothing.
let mistrustsWhoLeaves: House =
    table (fun subject ->
        { subject with
            Verify =
                fun log seen ->
                    if log |> List.exists (fun one -> one.Entry.What :? Event.GotUp) then
                        Verdict.Unfinished()
                    else
                        subject.Verify log seen
        })

let looksAtNoLinks: House =
    table (fun subject ->
        { subject with
            Verify =
                fun log seen ->
                    match subject.Verify log seen with
                    | :? Verdict.Broken as broken when broken.Rule.StartsWith "link." -> Verdict.Sound(listing [])
                    | verdict -> verdict
        })

let believesTheEnd: House =
    table (fun subject ->
        { subject with
            Verify =
                fun log _ ->
                    match (List.tryLast log |> Option.map _.Entry.What) with
                    | Some(:? Event.Ended as ended) -> Verdict.Sound ended.Scores
                    | _ -> Verdict.Unfinished()
        })

let forgetsWhatWasSeen: House =
    table (fun subject ->
        { subject with
            Verify = fun log _ -> subject.Verify log []
        })

/// Each card changes places with any: more ways than orders, so that some come more often.
let private careless: Shuffling =
    fun seed purpose count ->
        let order = [| 0 .. count - 1 |]

        for at in 0 .. count - 1 do
            let other = (shuffle seed $"{purpose}/{at}" count)[0]
            let held = order[at]
            order[at] <- order[other]
            order[other] <- held

        listing order

let private leavesTheLast: Shuffling =
    fun seed purpose count ->
        listing (
            Seq.append (shuffle seed purpose (count - 1)) [ count - 1 ]
            |> Seq.truncate count
        )

let private repeatsItself: Shuffling =
    fun seed purpose count ->
        shuffle seed purpose count
        |> Seq.map (fun at -> min at (max 0 (count - 2)))
        |> listing

/// That something is wrong is all that is said.
let private saysNotWhy (text: string) =
    (DeckText.Parse text)
        .Match(
            (fun (deck: Deck) -> LanguageExt.Validation<DeckFault, Deck>.Success deck),
            (fun (_: LanguageExt.Seq<DeckFault>) -> LanguageExt.Validation<DeckFault, Deck>.Fail(seqOf []))
        )

let private sample count gen = lazy (Seeds.fixedSample count 50 gen)

let private on game name law mistaken =
    mistake name law (sample 120 (GameTraces.traceOf game)) domain mistaken

let private ofHiding: Mistake list =
    let pairs game =
        sample 1_500 (GamePairs.pairOf (GameTraces.traceOf game))

    // Nothing else shows it than the word that is explained, and that is among the first.
    let ofWords =
        lazy
            ((pairs headsUp).Value
             |> List.filter (fun pair ->
                 match pair.Varied with
                 | GamePairs.Cards("words", first, _) -> first < 4
                 | _ -> false))

    let hides game name mistaken =
        mistake name HidingLaws.hidden (pairs game) domain mistaken

    [
        hides trivia "answers are shown before a question is closed" showsAnswers
        hides trivia "the right answer is with the question" tellsWhatIsRight
        hides headsUp "the guesser sees the card" showsTheGuesserTheCard
        hides quickDraw "what is nearly the word is shown" showsNearGuesses
        hides quickDraw "the word is told to who guesses" tellsTheWord
        hides potluck "hands are shown to others" showsTheHandOfAnother
        mistake "a refusal tells the word" HidingLaws.refusals ofWords domain tellsInARefusal
    ]

let private ofGames: Mistake list =
    let folded =
        sample 200 (Gen.zip (GameTraces.traceOf trivia) (Gen.listOf GameTraces.anyEvent))

    [
        on trivia "any answer has a point" GameLaws.scores givesAllAPoint
        on trivia "time is never up" GameLaws.moves takesLateAnswers
        on trivia "who has left is waited for" GameLaws.leaving waitsForTheGone
        on trivia "it is never due" GameLaws.ending isNeverDue
        on headsUp "the guesser marks the card" GameLaws.moves marksOnesOwn
        on headsUp "the card that time ran out on comes again" GameLaws.moves bringsTheCardAgain
        on quickDraw "nobody draws, and all wait" GameLaws.leaving drawsOnWithoutADrawer
        on potluck "cards lie in the order of the deck" GameLaws.events laysInOrder
        on potluck "any card is in the hand" GameLaws.moves keepsWhatWasPlayed
        mistake "any number of a question is believed" GameLaws.hostile folded domain looksForAnyQuestion
    ]

let private ofTables: Mistake list =
    let forgeries = lazy (Seeds.fixedSample 300 30 VerifyingLaws.forgery)

    let written =
        Gen.map3
            (fun trace command happened -> trace, command, happened)
            GameTraces.trace
            GameTraces.anyCommand
            GameTraces.anyEvent

    let some = Gen.map (fun trace -> trace, 3) GameTraces.trace

    [
        on potluck "what is senseless throws" GameLaws.total throwsOnNonsense
        on potluck "the secret is shown" SealingLaws.secrets showsTheSecret
        on potluck "anything was sealed" SealingLaws.sealing takesAnyContribution
        on headsUp "the game is not told who leaves" GameLaws.leaving forgetsToTellTheGame
        on headsUp "a game that somebody left proves nothing" VerifyingLaws.sound mistrustsWhoLeaves
        mistake "who asked is not written down" SealingLaws.forms (sample 50 written) domain forgetsWhoAsked
        mistake "links are not looked at" VerifyingLaws.tampered forgeries domain looksAtNoLinks
        mistake "the end is believed" VerifyingLaws.tampered forgeries domain believesTheEnd
        mistake "what a device saw is forgotten" VerifyingLaws.madeUp (sample 5 some) domain forgetsWhatWasSeen
    ]

let private ofChance: Mistake list =
    let judge: ChanceLaws.Judge = fun word said -> QuickDraw.Guesses.Judge(word, said)

    let strict: ChanceLaws.Judge =
        fun word said ->
            if said |> Seq.exists (fun c -> c > '\u007F') then
                QuickDraw.Nearness.Wrong
            else
                judge word said

    [
        mistake "a card is twice in the deck" ChanceLaws.permutations (lazy [ 1, 5 ]) shuffle repeatsItself
        mistake "a careless shuffle" ChanceLaws.even (lazy [ "words" ]) shuffle careless
        mistake "the last card stays" ChanceLaws.even (lazy [ "words" ]) shuffle leavesTheLast
        mistake "accents make a difference" ChanceLaws.guesses (sample 600 ChanceLaws.guess) judge strict
        mistake
            "nobody says what is wrong with a deck"
            ChanceLaws.texts
            (sample 50 ChanceLaws.lines)
            DeckText.Parse
            saysNotWhy
    ]

let all: Mistake list = ofHiding @ ofGames @ ofTables @ ofChance
