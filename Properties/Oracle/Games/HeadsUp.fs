/// Heads-up, as the oracle plays it.
module Chat.Spec.Oracle.Games.HeadsUp

open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec.Oracle.Games.Played

type private E = Chat.Domain.Games.HeadsUp.Event
type private M = Chat.Domain.Games.HeadsUp.Move

let private isTurn (happened: GameEvent) = happened :? E.TurnCame

let private comings (played: Played) =
    events played
    |> List.choose (function
        | :? E.Entered as entered -> Some(name entered.Who, true)
        | :? E.Gone as gone -> Some(name gone.Who, false)
        | _ -> None)

/// Whose turn it is, and what happened in it.
let private turn (played: Played) =
    let isOver = List.exists (fun (_, one: GameEvent) -> one :? E.TurnOver)

    match since isTurn played with
    | Some((_, (:? E.TurnCame as came)) :: happened) when not (isOver happened) -> Some(name came.Who, happened)
    | _ -> None

let private startOf happened =
    happened
    |> List.tryFind (fun (_, one: GameEvent) -> one :? E.Started)
    |> Option.map fst

let private marks happened =
    happened
    |> List.choose (fun (_, one: GameEvent) ->
        match one with
        | :? E.Marked as marked -> Some marked.IsRight
        | _ -> None)

/// The number of the card in play: each that was marked is out, and each that time ran out on.
let private card (played: Played) =
    let out (prefix: Played) =
        match snd (lastOf prefix), turn (before prefix) with
        | :? E.Marked, _ -> true
        | :? E.TurnOver, Some(_, happened) -> (startOf happened).IsSome && (marks happened).Length < 40
        | _ -> false

    1 + (prefixes played |> List.filter out |> List.length)

let private text (played: Played) number =
    let all = (played.Deck :?> Deck.Words).All
    let words = played.Shuffle "words" all.Count
    all[words[(number - 1) % words.Length]].Text

let private scores (played: Played) =
    prefixes played
    |> List.choose (fun prefix ->
        match snd (lastOf prefix), turn (before prefix) with
        | :? E.TurnOver, Some(who, happened) -> Some(who, marks happened |> List.filter id |> List.length)
        | _ -> None)
    |> List.fold
        (fun scores (who, points) -> add who points scores)
        (nothing played (comings played |> List.filter snd |> List.map fst))

let private may (played: Played) now who (move: Move) =
    match turn played with
    | None -> false
    | Some(guesser, happened) ->
        let isRunning =
            match startOf happened with
            | Some start -> isWithin 60_000L start now
            | None -> false

        match move with
        | :? M.Ready -> who = guesser && (startOf happened).IsNone
        | :? M.Got as got -> who <> guesser && isRunning && got.Card = card played
        | :? M.Pass as pass -> who = guesser && isRunning && pass.Card = card played
        | _ -> false

/// Who sees the card in play: everyone but the guesser.
let private seen (played: Played) (who: string option) =
    match turn played, who with
    | Some(guesser, happened), Some who ->
        let isShown = (startOf happened).IsSome && (marks happened).Length < 40

        if isShown && who <> guesser then
            [ text played (card played) ]
        else
            []
    | _ -> []

let private told (played: Played) who =
    let last = snd (lastOf played)

    let shown =
        match last with
        | :? E.Marked as marked -> [ text played marked.Card ]
        | :? E.TurnOver when (turn (before played) |> Option.bind (snd >> startOf)).IsSome ->
            [ text played (card (before played)) ]
        | _ -> []

    $"{last}" :: shown @ seen played who

let private waits (played: Played) =
    turn played |> Option.map (fun (guesser, _) -> { For = [ guesser ]; With = [] })

/// Who has the next turn: whoever had none in this lap, in order; then the first again.
let private next (played: Played) =
    let seats = seated (order played) (comings played)

    let turns =
        events played
        |> List.choose (function
            | :? E.TurnCame as came -> Some(name came.Who, came.Lap)
            | _ -> None)

    let lap = turns |> List.map snd |> List.fold max 1
    let had = turns |> List.filter (fun (_, one) -> one = lap) |> List.map fst

    match seats |> List.tryFind (fun who -> not (List.contains who had)) with
    | Some who -> Some(who, lap)
    | None when lap < played.Rounds -> Some(seats.Head, lap + 1)
    | None -> None

let private wrongs (played: Played) =
    match snd (lastOf played) with
    | :? E.TurnCame as came -> wrongUnless (next (before played) = Some(name came.Who, came.Lap)) played
    | :? E.TurnOver as over ->
        match turn (before played) with
        | Some(who, happened) ->
            let points = marks happened |> List.filter id |> List.length
            wrongUnless (who = name over.Who && points = over.Points) played
        | None -> wrongUnless false played
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
