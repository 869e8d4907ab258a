/// The oracle of each game, and what it looks at.
module Chat.Spec.Laws.GameOracles

open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec
open Chat.Spec.Oracle.Games
open Chat.Spec.Oracle.Games.Played
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.GameSubjects

/// The oracle of each game.
let oracles: Map<string, GameOracle> =
    Map
        [
            "trivia", Trivia.oracle
            "heads_up", HeadsUp.oracle
            "quick_draw", QuickDraw.oracle
            "potluck", Potluck.oracle
        ]

/// Cards that were played here before come last.
let private pastLast (offered: Event.Offered) purpose (order: int list) =
    if List.contains purpose [ "questions"; "words"; "prompts" ] then
        let past, fresh =
            order |> List.partition (fun card -> Seq.contains card offered.Past)

        fresh @ past
    else
        order

/// A game as its oracle has it, once it was dealt: with what was contributed, and nothing of what the table holds.
let playedFrom (shelf: Shelf) (shuffle: Shuffling) (entries: Entry list) : (GameOracle * Played) option =
    let offered =
        entries |> List.tryPick (fun entry -> tryUnbox<Event.Offered> entry.What)

    let dealt = entries |> List.tryPick (fun entry -> tryUnbox<Event.Dealt> entry.What)

    match offered, dealt with
    | Some offered, Some dealt ->
        let shown =
            entries
            |> List.choose (fun entry -> tryUnbox<Event.Unsealed> entry.What)
            |> List.fold
                (fun (shown: LanguageExt.Map<PersonId, Bits256>) one -> shown.AddOrUpdate(one.Who, one.Contribution))
                LanguageExt.Map<PersonId, Bits256>.Empty

        let secret = offered.Secret.Value

        let seed = Sealing.Seed(offered.Place, offered.Number, secret, shown)

        oracles.TryFind offered.Plan.Game
        |> Option.map (fun oracle ->
            oracle,
            {
                Deck = (shelf.Find offered.Plan.Deck |> ofOption).Value
                Rounds = offered.Plan.Rounds
                Shuffle = fun purpose count -> pastLast offered purpose (shuffle seed purpose count |> List.ofSeq)
                Seats = dealt.Seats |> Seq.map _.Value |> List.ofSeq
                Past =
                    entries
                    |> List.choose (fun entry ->
                        tryUnbox<Event.Played> entry.What |> Option.map (fun one -> entry.At, one.What))
            })
    | _ -> None

/// The same with the decks of the package.
let playedOf shuffle entries = playedFrom shelf shuffle entries
