/// What nobody learns of a game before it ends.
module Chat.Spec.Laws.HidingLaws

open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Laws.GameRunning
open Chat.Spec.Laws.GameOracles
open Chat.Spec.Laws.GamePairs

/// What somebody may know after each entry: what they were told so far, as the oracle has it.
let private knowledge (shelf, shuffle) (game: Entry list) (who: PersonId option) : string list list =
    let who = who |> Option.map _.Value

    let toldOf (soFar: Entry list) (happened: Event) =
        match happened, playedFrom shelf shuffle soFar with
        | :? Event.Offered as offered, _ ->
            [
                $"{offered.Plan.Game} {offered.Plan.Deck} {offered.Plan.Rounds} {offered.Commitment}"
            ]
        | :? Event.Played, Some(oracle, played) -> oracle.Told played who
        | :? Event.Dealt, Some(oracle, played) -> $"{happened}" :: oracle.Dealt played who
        // Then all of it is told, to everybody.
        | :? Event.Ended, _ -> soFar |> List.map (fun entry -> $"{entry}")
        | other, _ -> [ $"{other}" ]

    game
    |> List.mapi (fun index entry ->
        let soFar = List.truncate (index + 1) game
        $"{entry.At}" :: toldOf soFar entry.What)

/// What somebody sees and is shown after each entry.
let private sight (subject: Subject) (game: Entry list) (who: PersonId option) =
    game
    |> List.mapFold
        (fun state entry ->
            let after = subject.Evolve state entry
            let view = subject.View after who

            // Which deck it is is no secret, and the decks of the two runs may be two.
            let shown =
                match entry.What with
                | :? Event.Offered -> None
                | other -> subject.Show state who other

            let bare =
                TableView(
                    view.Phase,
                    view.Number,
                    null,
                    view.Commitment,
                    view.Seats,
                    view.Shown,
                    view.Due,
                    view.Play,
                    view.Scores,
                    null,
                    view.Index,
                    Bits256()
                )

            (bare, (if isNull view.Ended then shown else None)), after)
        State.Initial
    |> fst

let private firstGame steps =
    steps |> entriesOf |> gamesOf |> List.head

/// For how many entries somebody is told the same in both runs.
let private alike (dealing, game: Entry list) (dealing', game': Entry list) who =
    let length = min game.Length game'.Length

    List.zip (List.truncate length (knowledge dealing game who)) (List.truncate length (knowledge dealing' game' who))
    |> List.takeWhile (fun (one, other) -> one = other)
    |> List.length

/// How many entries two runs have alike for somebody who sees them, though they are not alike.
let hiddenDifferences (house: House) (pair: Pair) : int * string list =
    let who = List.tryItem pair.Who people
    let (dealing, (subject, steps)), (dealing', (subject', steps')) = runs house pair
    let game, game' = firstGame steps, firstGame steps'
    let known = alike (dealing, game) (dealing', game') who
    let seen = List.truncate known (sight subject game who)
    let seen' = List.truncate known (sight subject' game' who)
    let isAlike = List.truncate known game = List.truncate known game'

    let differences =
        List.zip seen seen'
        |> List.indexed
        |> List.filter (fun (_, (one, other)) -> one <> other)
        |> List.map (fun (at, (one, other)) -> $"{who} after {game[at].What} / {game'[at].What}: {one} or {other}")

    let isOfCards =
        match pair.Varied with
        | Cards _
        | Rights -> true
        | Doing _ -> false

    (if isOfCards || not isAlike then known else 0), differences

/// Who is told the same sees the same, whatever else is different.
let hidden: Law<House, Pair> =
    law "nobody sees what they may not know" (fun (house: House) pair -> snd (hiddenDifferences house pair))

/// Nor are they told in a refusal: what they ask is refused alike as long as they are told the same.
let refusals: Law<House, Pair> =
    law "refusals tell nothing that is hidden" (fun (house: House) pair ->
        match List.tryItem pair.Who people with
        | None -> []
        | Some who ->
            let (dealing, (_, steps)), (dealing', (_, steps')) = runs house pair
            let known = alike (dealing, firstGame steps) (dealing', firstGame steps') (Some who)

            let refusalOf step =
                match step.Verdict with
                | Error refusal -> Some refusal
                | Ok _ -> None

            Seq.zip steps steps'
            |> Seq.takeWhile (fun (step, step') ->
                step.Before.Number <= 1L
                && step.Before.Index <= int64 known
                && step.Before.Index = step'.Before.Index)
            |> Seq.filter (fun (step, step') ->
                step.Asking.By = who
                && step'.Asking = step.Asking
                && step'.Command = step.Command)
            |> Seq.collect (fun (step, step') -> differ $"{step.Command}" (refusalOf step) (refusalOf step'))
            |> List.ofSeq)
