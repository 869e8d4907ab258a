/// Quick draw, as the oracle plays it.
module Chat.Spec.Oracle.Games.QuickDraw

open System
open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Domain.Games.QuickDraw
open Chat.Spec.Oracle.Games.Played

type private E = Chat.Domain.Games.QuickDraw.Event
type private M = Chat.Domain.Games.QuickDraw.Move

let private isTurn (happened: GameEvent) = happened :? E.TurnCame

let private comings (past: (Instant * GameEvent) list) =
    past
    |> List.choose (fun (_, one) ->
        match one with
        | :? E.Entered as entered -> Some(name entered.Who, true)
        | :? E.Gone as gone -> Some(name gone.Who, false)
        | _ -> None)

type private Turn =
    {
        Number: int
        Drawer: string
        Happened: (Instant * GameEvent) list
        IsOver: bool
    }

let private turn (played: Played) =
    match since isTurn played with
    | Some((_, (:? E.TurnCame as came)) :: happened) ->
        Some
            {
                Number = events played |> List.filter isTurn |> List.length
                Drawer = name came.Who
                Happened = happened
                IsOver = happened |> List.exists (fun (_, one) -> one :? E.TurnOver)
            }
    | _ -> None

let private words (played: Played) (turn: Turn) =
    let all = (played.Deck :?> Deck.Words).All
    let order = played.Shuffle "words" all.Count

    [ 0..2 ]
    |> List.map (fun index -> all[order[(3 * (turn.Number - 1) + index) % order.Length]])

/// When a word was taken, and which.
let private chosen (played: Played) (turn: Turn) =
    turn.Happened
    |> List.tryPick (fun (at, one) ->
        match one with
        | :? E.Chosen as chosen -> Some(at, (words played turn)[chosen.Index.Value])
        | _ -> None)

/// Who guesses: who was there when the word was taken, but who draws, and has not left since.
let private guessing (played: Played) (turn: Turn) =
    match turn.Happened |> List.tryFindIndex (fun (_, one) -> one :? E.Chosen) with
    | None -> []
    | Some at ->
        let after = List.skip at turn.Happened
        let before = List.truncate (played.Past.Length - after.Length) played.Past
        let left = comings after |> List.map fst

        seated (order played) (comings before)
        |> List.filter (fun who -> who <> turn.Drawer && not (List.contains who left))

let private guesses (turn: Turn) =
    turn.Happened
    |> List.choose (fun (at, one) ->
        match one with
        | :? E.Guessed as guessed -> Some(name guessed.Who, guessed.Text, at)
        | _ -> None)

/// Who has the word, and what they have of it.
let private right (played: Played) (turn: Turn) =
    match chosen played turn with
    | None -> []
    | Some(start, word) ->
        guesses turn
        |> List.filter (fun (_, text, _) -> Guessing.judge word (nonNull text) = Nearness.Right)
        |> List.map (fun (who, _, at) -> who, 50 + int (100L * (80_000L - at.Since start) / 80_000L))

let private gains (played: Played) =
    match turn (before played) with
    | None -> []
    | Some turn ->
        let right = right (before played) turn
        let seats = seated (order played) (comings (before played).Past)
        let among = max right.Length (guessing (before played) turn).Length

        if right.IsEmpty || not (List.contains turn.Drawer seats) then
            right
        else
            (turn.Drawer, (right |> List.sumBy snd) / among) :: right

let private scores (played: Played) =
    prefixes played
    |> List.filter (fun prefix -> snd (lastOf prefix) :? E.TurnOver)
    |> List.collect gains
    |> List.fold
        (fun scores (who, points) -> add who points scores)
        (nothing played (comings played.Past |> List.filter snd |> List.map fst))

let private isGuess (text: string) =
    text.Length <= 60
    && not (
        text
        |> Seq.exists (fun c -> Char.IsControl c || Char.IsSurrogate c || c = '\uFFFE')
    )
    && not (Guessing.plain text).IsEmpty

let private mayGuess played turn who (text: string) =
    let before = guesses turn |> List.filter (fun (other, _, _) -> other = who)

    List.contains who (guessing played turn)
    && not (right played turn |> List.exists (fun (other, _) -> other = who))
    && isGuess text
    && before.Length < 60

let private may (played: Played) now who (move: Chat.Domain.Games.Move) =
    match turn played with
    | None -> false
    | Some turn when turn.IsOver -> false
    | Some turn ->
        let isDrawing =
            match chosen played turn with
            | Some(start, _) -> isWithin 80_000L start now
            | None -> false

        let pieces =
            turn.Happened |> List.filter (fun (_, one) -> one :? E.Drawn) |> List.length

        match move with
        | :? M.Guess as guess -> isDrawing && mayGuess played turn who guess.Text
        | _ when who <> turn.Drawer -> false
        | :? M.Choose as choose -> (chosen played turn).IsNone && choose.Index >= 0 && choose.Index <= 2
        | :? M.Draw as draw -> isDrawing && pieces < 1_000 && Drawing.isWithinBounds draw.Stroke
        | :? M.Undo
        | :? M.Wipe -> isDrawing && not (Drawing.sheet (List.map snd turn.Happened)).IsEmpty
        | _ -> false

/// Whether somebody knows the word: who draws, who has guessed it, and everybody once it is over.
let private knows played (turn: Turn) (who: string option) =
    turn.IsOver
    || who = Some turn.Drawer
    || right played turn |> List.exists (fun (other, _) -> Some other = who)

let private word (played: Played) turn =
    chosen played turn |> Option.map (fun (_, word) -> word.Text) |> Option.toList

let private toldOfGuess (played: Played) (turn: Turn) (who: string option) (guessed: E.Guessed) =
    let isRight =
        right played turn |> List.exists (fun (other, _) -> other = name guessed.Who)

    let isNear =
        match chosen played turn with
        | Some(_, meant) -> Guessing.judge meant (nonNull guessed.Text) = Nearness.Near
        | None -> false

    if Some(name guessed.Who) = who || knows played turn who then
        $"{guessed}" :: (if knows played turn who then word played turn else [])
    elif isRight then
        [ $"{guessed.Who} has it: {guessed.Points}" ]
    elif isNear then
        []
    else
        [ $"{guessed}" ]

let private told (played: Played) (who: string option) =
    match snd (lastOf played), turn played with
    | :? E.TurnCame as came, Some turn when Some turn.Drawer = who ->
        $"{came}" :: (words played turn |> List.map _.Text)
    | :? E.Chosen as chosen, Some turn when Some turn.Drawer = who -> $"{chosen}" :: word played turn
    | :? E.Chosen as chosen, _ -> [ $"{chosen.By} {chosen.Pattern}" ]
    | :? E.Guessed as guessed, Some turn -> toldOfGuess played turn who guessed
    | :? E.TurnOver as over, Some turn -> $"{over}" :: word played turn
    | other, _ -> [ $"{other}" ]

let private waits (played: Played) =
    match turn played with
    | Some turn when not turn.IsOver ->
        match chosen played turn with
        | None ->
            Some
                {
                    For = [ turn.Drawer ]
                    With = [ turn.Drawer ]
                }
        | Some _ ->
            let right = right played turn |> List.map fst

            Some
                {
                    For = guessing played turn |> List.filter (fun who -> not (List.contains who right))
                    With = [ turn.Drawer ]
                }
    | _ -> None

let private pattern (text: string) =
    text |> String.map (fun c -> if Char.IsLetterOrDigit c then '_' else c)

let private wrongs (played: Played) =
    match snd (lastOf played), turn played with
    | :? E.Chosen as chose, Some turn ->
        let word = (words played turn)[chose.Index.Value]

        wrongUnless
            (chose.Pattern = pattern word.Text
             && (chose.By.HasValue || chose.Index.Value = 0))
            played
    | :? E.Guessed as guessed, Some turn ->
        let expected =
            match chosen played turn with
            | Some(_, word) -> Guessing.judge word (nonNull guessed.Text)
            | None -> Nearness.Wrong

        wrongUnless (guessed.Nearness = expected) played
    | :? E.TurnOver as over, Some turn ->
        let had = over.Gains |> Seq.map (fun one -> name one.Who, one.Points) |> List.ofSeq

        wrongUnless
            (had = List.sort (gains played)
             && Option.ofObj over.Word = List.tryHead (word played turn))
            played
    | _ -> []

let oracle: GameOracle =
    {
        Scores = scores
        May = may
        Dealt = fun played _ -> order played
        Told = told
        Waits = waits
        Wrongs = wrongs
    }
