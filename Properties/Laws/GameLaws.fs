/// Games: what holds for each that there is.
module Chat.Spec.Laws.GameLaws

open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Oracle.Games.Played
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Laws.GameRunning
open Chat.Spec.Laws.GameOracles

/// The entries so far of the game that each accepted step belongs to, and the step.
let private along (steps: Step list) : (Entry list * Step) list =
    steps
    |> List.mapFold
        (fun entries step ->
            let entries = entries @ entriesOf [ step ]
            let game = gamesOf entries |> List.tryLast |> Option.defaultValue []
            (game, step), entries)
        []
    |> fst

/// Nothing is thrown, the same is answered twice, and what is refused leaves everything as it was.
let total: Law<House, Trace> =
    law "games decide everything, and a refusal changes nothing" (fun (house: House) trace ->
        let subject = house.On shuffle

        run subject trace
        |> List.collect (fun step ->
            let again = subject.Decide step.Before step.Asking step.Command
            let refused = Result.isError step.Verdict || step.Verdict = Ok []

            differ $"{step.Command} once more" $"{step.Verdict}" $"{again}"
            @ wrongIf
                (refused && step.After.Link <> step.Before.Link)
                $"{step.Command} was refused, and changed something"))

/// Whatever the events are, they are folded, seen and shown.
let hostile: Law<House, Trace * Event list> =
    law "games fold whatever happened" (fun (house: House) (trace, events) ->
        let subject = house.On shuffle
        let state = (List.last (run subject trace)).After

        let folded =
            events
            |> List.fold
                (fun state happened ->
                    for who in None :: List.map Some people do
                        subject.View state who |> ignore
                        subject.Show state who happened |> ignore

                    let state = subject.Evolve state (Entry(people[1], start, happened))
                    let asking = Asking(people[0], start.Plus 100_000_000L, place, dice trace)
                    subject.Decide state asking (Command.Elapse()) |> ignore
                    subject.Decide state asking (Command.GetUp()) |> ignore
                    state)
                state

        differ "entries" (state.Index <= folded.Index || events.Length > 0) true)

/// With nobody doing anything, it ends: each time that it is due something happens.
let ending: Law<House, Trace> =
    law "games end by themselves" (fun (house: House) trace ->
        let subject = house.On shuffle
        let steps = runOut 2_000 subject trace

        wrongIf (List.last steps).After.IsBusy "it is not at its end"
        @ (steps
           |> List.collect (fun step ->
               let due = subject.Table.Due step.Before |> ofOption

               let isDue = due |> Option.exists (fun due -> not (isBefore step.Asking.At due))

               match step.Command, step.Verdict with
               | :? Command.Elapse, Ok [] -> wrongIf isDue $"it was due, and nothing happened in {step.Before.Phase}"
               | :? Command.Elapse, Ok _ -> wrongIf (not isDue) "it was not due, and something happened"
               | :? Command.Elapse, Error refusal -> [ $"time was refused: {refusal}" ]
               | _ -> wrongIf (step.After.IsBusy && (subject.Table.Due step.After).IsNone) "it is never due")))

let private points (scores: Score seq) =
    scores |> Seq.map (fun score -> score.Who.Value, score.Points) |> List.ofSeq

/// The points are those of the oracle, all the time.
let scores: Law<House, Trace> =
    law "scores are the oracle's" (fun (house: House) trace ->
        let subject = house.On shuffle

        along (runOut 2_000 subject trace)
        |> List.collect (fun (game, step) ->
            match step.Verdict, playedOf shuffle game with
            | Ok(_ :: _), Some(oracle, played) ->
                let expected = Map.toList (oracle.Scores played)
                let shown = points (subject.View step.After None).Scores

                let last =
                    match (List.last game).What with
                    | :? Event.Ended as ended -> differ "at the end" expected (points ended.Scores)
                    | _ -> []

                differ $"after {step.Command}" expected shown @ last
            | _ -> []))

/// A move is taken if the oracle allows it, and refused if not.
let moves: Law<House, Trace> =
    law "moves are allowed as the oracle allows them" (fun (house: House) trace ->
        let subject = house.On shuffle

        along (run subject trace)
        |> List.collect (fun (game, step) ->
            let isKnown = step.Before.Seats.Contains step.Asking.By

            match step.Command, step.Before.Phase with
            | :? Command.Make as make, Phase.Playing ->
                let made =
                    match step.Verdict with
                    | Ok events -> events.Length
                    | Error _ -> 0

                match playedOf shuffle (List.truncate (game.Length - made) game) with
                | Some(oracle, played) ->
                    let may = isKnown && oracle.May played step.Asking.At step.Asking.By.Value make.Move

                    differ $"{step.Asking.By}: {make.Move} ({step.Verdict})" may (Result.isOk step.Verdict)
                | None -> []
            | :? Command.Make, _ -> wrongIf (Result.isOk step.Verdict) "a move while nothing is played"
            | _ -> []))

/// What an event says is what the oracle says.
let events: Law<House, Trace> =
    law "events say what the oracle says" (fun (house: House) trace ->
        let subject = house.On shuffle

        runOut 2_000 subject trace
        |> entriesOf
        |> gamesOf
        |> List.collect (fun game ->
            match playedOf shuffle game with
            | Some(oracle, played) -> prefixes played |> List.collect oracle.Wrongs
            | None -> []))

/// Nobody is waited for who has left, or has done what they are waited for; and without enough people it is over.
let leaving: Law<House, Trace> =
    law "nobody who has left is waited for" (fun (house: House) trace ->
        let subject = house.On shuffle

        along (run subject trace)
        |> List.collect (fun (game, step) ->
            let seats = step.After.Seats |> Seq.map _.Value |> List.ofSeq

            match step.After.Phase, playedOf shuffle game with
            | Phase.Playing, Some(oracle, played) ->
                let info = (Catalogue.All |> Seq.find (fun one -> one.Info.Name = trace.Game)).Info

                let waiting =
                    match oracle.Waits played with
                    | Some waiting ->
                        wrongIf waiting.For.IsEmpty $"after {step.Command} it waits for nobody"
                        @ [
                            for who in waiting.For @ waiting.With do
                                yield! wrongIf (not (List.contains who seats)) $"it waits for {who}, who is gone"
                        ]
                    | None -> []

                wrongIf
                    ((nonNull step.After.Plan).Game = trace.Game && seats.Length < info.Least)
                    "too few go on playing"
                @ waiting
            | _ -> []))
