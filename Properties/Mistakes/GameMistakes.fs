/// Games with one mistake each.
module Chat.Spec.Mistakes.GameMistakes

open System
open Chat.Domain.Deciding
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Mistakes.GameChanges

let trivia = Trivia.Rules.Game
let headsUp = HeadsUp.Rules.Game
let quickDraw = QuickDraw.Rules.Game
let potluck = Potluck.Rules.Game
let private some (value: 'a) = LanguageExt.Option<'a>.Some value

let showsAnswers: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            Show = fun _ _ happened -> some happened
        })

/// The right answer is with the question.
let tellsWhatIsRight: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            View =
                fun state who ->
                    let view = parts.View state who

                    let right =
                        state.Deal.Shuffle.Invoke($"answers/{state.Number}", 4) |> Seq.findIndex ((=) 0)

                    Trivia.View(
                        view.Stage,
                        view.Number,
                        view.Of,
                        view.Text,
                        view.Choices,
                        view.Answered,
                        view.Mine,
                        Nullable right,
                        view.Note,
                        view.Gains
                    )
        })

/// A wrong answer has a point, too.
let givesAllAPoint: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            Evolve =
                fun state at happened ->
                    match happened with
                    | :? Trivia.Event.Closed as closed ->
                        let gains =
                            closed.Gains
                            |> Seq.map (fun gain -> Trivia.Gain(gain.Who, gain.Choice, gain.Points + 1))

                        parts.Evolve state at (Trivia.Event.Closed(closed.Right, listing gains))
                    | _ -> parts.Evolve state at happened
        })

/// An answer may be given after time was up.
let takesLateAnswers: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            Decide =
                fun state now by move ->
                    parts.Decide state (if isBefore state.Since now then state.Since else now) by move
        })

/// Who has left is waited for.
let waitsForTheGone: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            Evolve =
                fun state at happened ->
                    match happened with
                    | :? Trivia.Event.Gone -> state
                    | _ -> parts.Evolve state at happened
        })

/// The answer is shown for ever.
let isNeverDue: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            Due =
                fun state ->
                    if state.Stage = Trivia.Stage.Shown then
                        noOption
                    else
                        parts.Due state
        })

let showsTheGuesserTheCard: House =
    changed headsUp (fun (parts: InHeadsUp) ->
        { parts with
            View =
                fun state _ ->
                    parts.View
                        state
                        (Nullable(GameTraces.people |> List.find (fun who -> Nullable who <> state.Guesser)))
        })

let marksOnesOwn: House =
    changed headsUp (fun (parts: InHeadsUp) ->
        { parts with
            Decide =
                fun state now by move ->
                    match move with
                    | :? HeadsUp.Move.Got when Nullable by = state.Guesser ->
                        parts.Decide state now (GameTraces.people |> List.find ((<>) by)) move
                    | _ -> parts.Decide state now by move
        })

/// Whatever is said of the number of a question is believed.
let looksForAnyQuestion: House =
    changed trivia (fun (parts: InTrivia) ->
        { parts with
            Evolve =
                fun state at happened ->
                    match happened with
                    | :? Trivia.Event.Asked as asked when state.Order[asked.Number - 1] < 0 -> state
                    | _ -> parts.Evolve state at happened
        })

/// A guesser who says that they have it is told what it is.
let tellsInARefusal: House =
    changed headsUp (fun (parts: InHeadsUp) ->
        { parts with
            Decide =
                fun state now by move ->
                    match move with
                    | :? HeadsUp.Move.Got when Nullable by = state.Guesser ->
                        let other = GameTraces.people |> List.find ((<>) by)
                        let card = (parts.View state (Nullable other)).Text
                        LanguageExt.Either<Refusal, HeadsUp.Event>.Left(Refusal.Forbidden(listing [ $"it is {card}" ]))
                    | _ -> parts.Decide state now by move
        })

/// The card that time ran out on comes again, though all but one have seen it.
let bringsTheCardAgain: House =
    changed headsUp (fun (parts: InHeadsUp) ->
        { parts with
            Evolve =
                fun state at happened ->
                    let after = parts.Evolve state at happened

                    match happened with
                    | :? HeadsUp.Event.TurnOver ->
                        HeadsUp.State(
                            after.Deal,
                            after.Words,
                            after.Laps,
                            after.Guesser,
                            after.IsRunning,
                            after.Since,
                            state.Number,
                            after.Cards,
                            after.Scores
                        )
                    | _ -> after
        })

let showsNearGuesses: House =
    changed quickDraw (fun (parts: InQuickDraw) ->
        { parts with
            Show =
                fun state who happened ->
                    match happened with
                    | :? QuickDraw.Event.Guessed as guessed when guessed.Nearness = QuickDraw.Nearness.Near ->
                        some happened
                    | _ -> parts.Show state who happened
        })

let tellsTheWord: House =
    changed quickDraw (fun (parts: InQuickDraw) ->
        { parts with
            View = fun state _ -> parts.View state state.Drawer
        })

/// Nothing comes of it when who draws leaves.
let drawsOnWithoutADrawer: House =
    changed quickDraw (fun (parts: InQuickDraw) ->
        { parts with
            Follows =
                fun state ->
                    if state.Stage = QuickDraw.Stage.Choosing then
                        noOption
                    else
                        parts.Follows state
        })

let showsTheHandOfAnother: House =
    changed potluck (fun (parts: InPotluck) ->
        { parts with
            View = fun state _ -> parts.View state (Nullable GameTraces.people.Head)
        })

/// The cards lie in the order of the names.
let laysInOrder: House =
    changed potluck (fun (parts: InPotluck) ->
        { parts with
            Follows =
                fun state ->
                    match parts.Follows state |> ofOption with
                    | Some(:? Potluck.Event.Laid as laid) ->
                        some (Potluck.Event.Laid(listing (Seq.sort laid.Cards)) :> Potluck.Event)
                    | _ -> parts.Follows state
        })

/// A card stays in the hand from which it was played.
let keepsWhatWasPlayed: House =
    changed potluck (fun (parts: InPotluck) ->
        { parts with
            Decide =
                fun state now by move ->
                    match move with
                    | :? Potluck.Move.Put as put when state.Stage = Potluck.Stage.Playing ->
                        LanguageExt.Either<Refusal, Potluck.Event>.Right(
                            Potluck.Event.Submitted(by, Nullable put.Card) :> Potluck.Event
                        )
                    | _ -> parts.Decide state now by move
        })
