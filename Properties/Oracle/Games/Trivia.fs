/// Trivia, as the oracle plays it.
module Chat.Spec.Oracle.Games.Trivia

open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec.Oracle.Games.Played

type private E = Chat.Domain.Games.Trivia.Event
type private M = Chat.Domain.Games.Trivia.Move

let private isAsked (happened: GameEvent) = happened :? E.Asked

let private comings (played: Played) =
    events played
    |> List.choose (function
        | :? E.Entered as entered -> Some(name entered.Who, true)
        | :? E.Gone as gone -> Some(name gone.Who, false)
        | _ -> None)

/// Who may answer the last question: who sat there when it was asked, and has not left since.
let private answering (played: Played) =
    let before = until isAsked played
    let then' = seated played.Seats (comings before)
    let left = comings played |> List.skip (comings before).Length |> List.map fst
    then' |> List.filter (fun who -> not (List.contains who left))

let private answers (happened: (Chat.Domain.Values.Instant * GameEvent) list) =
    happened
    |> List.choose (fun (at, one) ->
        match one with
        | :? E.Answered as answered -> Some(name answered.Who, answered.Choice.Value, at)
        | _ -> None)

let private number (happened: (Chat.Domain.Values.Instant * GameEvent) list) =
    match happened with
    | (_, (:? E.Asked as asked)) :: _ -> asked.Number
    | _ -> 0

/// The card of a question, and its answers as they are shown.
let private question (played: Played) number =
    let all = (played.Deck :?> Deck.Questions).All
    let card = all[(played.Shuffle "questions" all.Count)[number - 1]]
    let choices = card.Right :: List.ofSeq card.Wrong
    card, played.Shuffle $"answers/{number}" 4 |> List.map (fun at -> choices[at])

/// What the last question brought: who was right, and how quick.
let private gains (played: Played) =
    match since isAsked played with
    | None -> []
    | Some happened ->
        let card, shown = question played (number happened)
        let asked = fst happened.Head

        answers happened
        |> List.filter (fun (_, choice, _) -> shown[choice] = card.Right)
        |> List.map (fun (who, _, at) -> who, 100 + int (100L * (20_000L - at.Since asked) / 20_000L))

let private scores (played: Played) =
    prefixes played
    |> List.filter (fun prefix -> snd (lastOf prefix) :? E.Closed)
    |> List.collect gains
    |> List.fold
        (fun scores (who, points) -> add who points scores)
        (nothing played (comings played |> List.filter snd |> List.map fst))

let private may (played: Played) now who (move: Move) =
    match move, since isAsked played with
    | (:? M.Answer as answer), Some happened ->
        not (happened |> List.exists (fun (_, one) -> one :? E.Closed))
        && isWithin 20_000L (fst happened.Head) now
        && List.contains who (answering played)
        && not (answers happened |> List.exists (fun (other, _, _) -> other = who))
        && answer.Choice >= 0
        && answer.Choice <= 3
    | _ -> false

let private told (played: Played) (who: string option) =
    match snd (lastOf played), since isAsked played with
    | :? E.Asked as asked, _ ->
        let card, shown = question played asked.Number
        card.Text :: shown
    | :? E.Answered as answered, _ when Some(name answered.Who) = who -> [ $"I answered {answered.Choice}" ]
    | :? E.Answered as answered, _ -> [ $"{answered.Who} answered" ]
    | :? E.Closed, Some happened ->
        let card, _ = question played (number happened)

        card.Right
        :: (answers happened |> List.map (fun (who, choice, _) -> $"{who} {choice}"))
        @ (gains played |> List.map (fun (who, points) -> $"{who} {points}"))
    | other, _ -> [ $"{other}" ]

let private waits (played: Played) =
    match since isAsked played with
    | Some happened when not (happened |> List.exists (fun (_, one) -> one :? E.Closed)) ->
        let given = answers happened |> List.map (fun (who, _, _) -> who)

        Some
            {
                For = answering played |> List.filter (fun who -> not (List.contains who given))
                With = []
            }
    | _ -> None

let private wrongs (played: Played) =
    match snd (lastOf played) with
    | :? E.Asked as asked ->
        wrongUnless (asked.Number = 1 + number (defaultArg (since isAsked (before played)) [])) played
    | :? E.Closed as closed ->
        let happened = defaultArg (since isAsked played) []
        let card, shown = question played (number happened)

        let isDue =
            (waits (before played)) |> Option.exists (fun waiting -> waiting.For.IsEmpty)

        let isLate = isDue || (fst (lastOf played)).Since(fst happened.Head) >= 20_000L
        wrongUnless (shown[closed.Right] = card.Right && isLate) played
    | _ -> []

let oracle: GameOracle =
    {
        Scores = scores
        May = may
        Dealt = fun _ _ -> []
        Told = told
        Waits = waits
        Wrongs = wrongs
    }
