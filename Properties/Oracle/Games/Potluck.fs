/// Potluck, as the oracle plays it.
module Chat.Spec.Oracle.Games.Potluck

open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec.Oracle.Games.Played

type private E = Chat.Domain.Games.Potluck.Event
type private M = Chat.Domain.Games.Potluck.Move

let private isRound (happened: GameEvent) = happened :? E.RoundCame

let private comings (past: (Instant * GameEvent) list) =
    past
    |> List.choose (fun (_, one) ->
        match one with
        | :? E.Entered as entered -> Some(name entered.Who, true)
        | :? E.Gone as gone -> Some(name gone.Who, false)
        | _ -> None)

let private judge (happened: (Instant * GameEvent) list) =
    match happened with
    | (_, (:? E.RoundCame as came)) :: _ -> name came.Judge
    | _ -> ""

let private isLaid (happened: (Instant * GameEvent) list) =
    happened |> List.exists (fun (_, one) -> one :? E.Laid)

let private isOver (happened: (Instant * GameEvent) list) =
    happened |> List.exists (fun (_, one) -> one :? E.Judged || one :? E.Voided)

/// What was played in the round and not withdrawn by leaving, in order of the names.
let private submitted (happened: (Instant * GameEvent) list) =
    happened
    |> List.fold
        (fun (held: Map<string, int>, isLaid) (_, one) ->
            match one with
            | :? E.Submitted as submitted -> held.Add(name submitted.Who, submitted.Card.Value), isLaid
            | :? E.Gone as gone when not isLaid -> held.Remove(name gone.Who), isLaid
            | :? E.Voided -> Map.empty, isLaid
            | :? E.Laid -> held, true
            | _ -> held, isLaid)
        (Map.empty, false)
    |> fst

/// Everybody's hand: seven each of the pile, in order of the names, and one for each that was played to the end.
let private hands (played: Played) =
    let all = (played.Deck :?> Deck.Cards).Answers.Count
    let pile = played.Shuffle "answers" all

    let draw who (hands: Map<string, int list>, pile) =
        let hand = hands.TryFind who |> Option.defaultValue []
        let more = List.truncate (7 - hand.Length) pile
        hands.Add(who, hand @ more), List.skip more.Length pile

    let dealt =
        played.Seats |> List.fold (fun held who -> draw who held) (Map.empty, pile)

    prefixes played
    |> List.fold
        (fun (hands, pile) prefix ->
            match snd (lastOf prefix) with
            | :? E.Entered as entered -> draw (name entered.Who) (hands, pile)
            | :? E.Judged ->
                since isRound prefix
                |> Option.defaultValue []
                |> submitted
                |> Map.fold
                    (fun (hands: Map<string, int list>, pile) who card ->
                        draw who (hands.Add(who, hands[who] |> List.filter ((<>) card)), pile))
                    (hands, pile)
            | _ -> hands, pile)
        dealt
    |> fst

let private hand played who =
    (hands played).TryFind who |> Option.defaultValue []

/// Whose the best one was.
let private winner (played: Played) =
    match snd (lastOf played), since isRound played with
    | (:? E.Judged as judged), Some happened when judged.Pick.HasValue ->
        let laid =
            happened
            |> List.pick (fun (_, one) ->
                match one with
                | :? E.Laid as laid -> Some laid.Cards
                | _ -> None)

        submitted happened
        |> Map.tryFindKey (fun _ card -> card = laid[judged.Pick.Value])
    | _ -> None

let private scores (played: Played) =
    prefixes played
    |> List.choose winner
    |> List.fold
        (fun scores who -> add who 1 scores)
        (nothing played (comings played.Past |> List.filter snd |> List.map fst))

let private playing (played: Played) (happened: (Instant * GameEvent) list) =
    let before = comings (until isRound played).Past
    let left = comings happened |> List.map fst

    seated (order played) before
    |> List.filter (fun who -> who <> judge happened && not (List.contains who left))

let private may (played: Played) now who (move: Move) =
    match since isRound played with
    | None -> false
    | Some happened when isOver happened -> false
    | Some happened ->
        match move with
        | :? M.Put as put ->
            not (isLaid happened)
            && isWithin 75_000L (fst happened.Head) now
            && List.contains who (playing played happened)
            && not ((submitted happened).ContainsKey who)
            && List.contains put.Card (hand played who)
        | :? M.Pick as pick ->
            who = judge happened
            && happened
               |> List.exists (fun (at, one) ->
                   match one with
                   | :? E.Laid as laid -> isWithin 60_000L at now && pick.Index >= 0 && pick.Index < laid.Cards.Count
                   | _ -> false)
        | _ -> false

let private texts (played: Played) (cards: int seq) =
    let all = (played.Deck :?> Deck.Cards).Answers
    cards |> Seq.map (fun card -> all[card]) |> List.ofSeq

let private dealt (played: Played) (who: string option) =
    let own = who |> Option.map (hand played >> texts played) |> Option.defaultValue []
    order played @ own

let private told (played: Played) (who: string option) =
    let mine = dealt played who

    match snd (lastOf played) with
    | :? E.RoundCame as came ->
        let prompts = (played.Deck :?> Deck.Cards).Prompts

        [
            $"{came}"
            prompts[(played.Shuffle "prompts" prompts.Count)[came.Number - 1]]
        ]
    | :? E.Submitted as submitted when Some(name submitted.Who) <> who -> [ $"{submitted.Who} played" ]
    | :? E.Laid as laid -> $"{laid}" :: texts played laid.Cards
    | :? E.Judged as judged -> $"{judged}" :: mine
    | :? E.Entered as entered -> $"{entered}" :: mine
    | other -> [ $"{other}" ]

let private waits (played: Played) =
    match since isRound played with
    | Some happened when not (isOver happened) ->
        let judge = judge happened
        let played' = submitted happened

        if isLaid happened then
            Some { For = [ judge ]; With = [ judge ] }
        else
            Some
                {
                    For =
                        playing played happened
                        |> List.filter (fun who -> not (played'.ContainsKey who))
                    With = [ judge ]
                }
    | _ -> None

/// The cards that were played, in the order of the table: their players by name, shuffled.
let private table (played: Played) (happened: (Instant * GameEvent) list) =
    let people = submitted happened |> Map.toList
    let number = events played |> List.filter isRound |> List.length

    played.Shuffle $"table/{number}" people.Length
    |> List.map (fun at -> people[at])

let private wrongs (played: Played) =
    match snd (lastOf played), since isRound (before played) with
    | :? E.Laid as laid, Some happened ->
        wrongUnless (List.ofSeq laid.Cards = (table played happened |> List.map snd)) played
    | :? E.Judged as judged, Some happened ->
        wrongUnless (judged.Players |> Seq.map name |> List.ofSeq = (table played happened |> List.map fst)) played
    | _ -> []

let oracle: GameOracle =
    {
        Scores = scores
        May = may
        Dealt = dealt
        Told = told
        Waits = waits
        Wrongs = wrongs
    }
