/// Games with some part of them changed.
module Chat.Spec.Mistakes.GameChanges

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Games
open Chat.Spec.Laws.GameSubjects

/// The parts of a game that a mistake may be in.
type Parts<'state, 'move, 'event, 'view> =
    {
        Decide: 'state -> Instant -> PersonId -> 'move -> LanguageExt.Either<Refusal, 'event>
        Follows: 'state -> LanguageExt.Option<'event>
        Evolve: 'state -> Instant -> 'event -> 'state
        Due: 'state -> LanguageExt.Option<Instant>
        View: 'state -> Nullable<PersonId> -> 'view
        Show: 'state -> Nullable<PersonId> -> 'event -> LanguageExt.Option<'event>
    }

type InTrivia = Parts<Trivia.State, Trivia.Move, Trivia.Event, Trivia.View>
type InHeadsUp = Parts<HeadsUp.State, HeadsUp.Move, HeadsUp.Event, HeadsUp.View>
type InQuickDraw = Parts<QuickDraw.State, QuickDraw.Move, QuickDraw.Event, QuickDraw.View>
type InPotluck = Parts<Potluck.State, Potluck.Move, Potluck.Event, Potluck.View>

/// A game with some part of it changed, in its place among all.
let changed
    (game: AnyGame)
    (change: Parts<'state, 'move, 'event, 'view> -> Parts<'state, 'move, 'event, 'view>)
    : House =
    let right = (game :?> KnownGame<'state, 'move, 'event, 'view>).Game

    let parts =
        change
            {
                Decide = fun state now by move -> right.Decide.Invoke(state, now, by, move)
                Follows = right.Follows.Invoke
                Evolve = fun state at happened -> right.Evolve.Invoke(state, at, happened)
                Due = right.Due.Invoke
                View = fun state who -> right.View.Invoke(state, who)
                Show = fun state who happened -> right.Show.Invoke(state, who, happened)
            }

    let mistaken =
        KnownGame<'state, 'move, 'event, 'view>(
            Game<'state, 'move, 'event, 'view>(
                right.Info,
                right.Start,
                Func<_, _, _, _, _> parts.Decide,
                right.TimeUp,
                right.Came,
                right.Left,
                Func<_, _> parts.Follows,
                Func<_, _, _, _> parts.Evolve,
                Func<_, _> parts.Due,
                Func<_, _, _> parts.View,
                Func<_, _, _, _> parts.Show,
                right.MoveOf,
                right.Scores,
                right.Used,
                right.IsOver
            )
        )

    Catalogue.All
    |> Seq.map (fun one ->
        if one.Info.Name = game.Info.Name then
            mistaken :> AnyGame
        else
            one)
    |> List.ofSeq
    |> houseOf
