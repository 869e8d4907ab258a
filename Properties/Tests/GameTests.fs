/// Games: the laws, over all of them.
module Chat.Spec.Tests.GameTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Laws.GameRunning
open Chat.Spec.Laws.GameOracles

let private onTraces law =
    Prop.forAll (Arb.fromGenShrink (GameTraces.trace, GameTraces.shrink)) (hold law domain)

let private beside (more: Gen<'a>) law =
    let cases = Gen.zip GameTraces.trace more

    let shrink (trace, rest) =
        GameTraces.shrink trace |> Seq.map (fun trace -> trace, rest)

    Prop.forAll (Arb.fromGenShrink (cases, shrink)) (hold law domain)

[<Law>]
let ``a table from a snapshot is the table`` () =
    Prop.forAll (Arb.fromGen GameTraces.trace) (hold SnapshotLaws.tables SnapshotLaws.restored)

[<Law>]
let ``games decide everything, and a refusal changes nothing`` () = onTraces GameLaws.total

[<Law(MaxTest = 100)>]
let ``games fold whatever happened`` () =
    beside (Gen.listOf GameTraces.anyEvent) GameLaws.hostile

[<Law>]
let ``games end by themselves`` () = onTraces GameLaws.ending

[<Law(MaxTest = 150)>]
let ``scores are the oracle's`` () = onTraces GameLaws.scores

[<Law(MaxTest = 150)>]
let ``moves are allowed as the oracle allows them`` () = onTraces GameLaws.moves

[<Law(MaxTest = 150)>]
let ``events say what the oracle says`` () = onTraces GameLaws.events

[<Law(MaxTest = 150)>]
let ``nobody who has left is waited for`` () = onTraces GameLaws.leaving

[<Law>]
let ``what is dealt was sealed by all who play`` () = onTraces SealingLaws.sealing

[<Law(MaxTest = 100)>]
let ``the secret is told at the end and not before`` () = onTraces SealingLaws.secrets

[<Law(MaxTest = 150)>]
let ``what is written is read`` () =
    let cases =
        Gen.map3
            (fun trace command happened -> trace, command, happened)
            GameTraces.trace
            GameTraces.anyCommand
            GameTraces.anyEvent

    Prop.forAll (Arb.fromGen cases) (hold SealingLaws.forms domain)

[<Law(MaxTest = 150)>]
let ``what was played verifies`` () = onTraces VerifyingLaws.sound

[<Law>]
let ``a tampered log does not verify`` () =
    let shrink (forgery: VerifyingLaws.Forgery) =
        GameTraces.shrink forgery.Trace
        |> Seq.map (fun trace -> { forgery with Trace = trace })

    Prop.forAll (Arb.fromGenShrink (VerifyingLaws.forgery, shrink)) (hold VerifyingLaws.tampered domain)

[<Law(MaxTest = 50)>]
let ``what a device saw cannot be made up later`` () =
    beside (Gen.choose (0, 999)) VerifyingLaws.madeUp

[<Law(MaxTest = 200)>]
let ``nobody sees what they may not know`` () =
    let shrink (pair: GamePairs.Pair) =
        GameTraces.shrink pair.Trace
        |> Seq.map (fun trace -> { pair with Trace = trace })

    Prop.forAll (Arb.fromGenShrink (GamePairs.pair, shrink)) (hold HidingLaws.hidden domain)

[<Law(MaxTest = 200)>]
let ``refusals tell nothing that is hidden`` () =
    Prop.forAll (Arb.fromGen GamePairs.pair) (hold HidingLaws.refusals domain)

[<Law>]
let ``a shuffle is a permutation`` (number: int) (count: int) =
    hold ChanceLaws.permutations shuffle (number, count)

[<Fact>]
let ``no order is likelier than another`` () =
    for purpose in [ "words"; "answers/1" ] do
        hold ChanceLaws.even shuffle purpose

[<Law>]
let ``guesses are judged as the oracle judges them`` () =
    Prop.forAll
        (Arb.fromGen ChanceLaws.guess)
        (hold ChanceLaws.guesses (fun word said -> QuickDraw.Guesses.Judge(word, said)))

[<Law(MaxTest = 100)>]
let ``any text is a deck, or says why not`` () =
    Prop.forAll (Arb.fromGen ChanceLaws.lines) (hold ChanceLaws.texts DeckText.Parse)

type ``What games exercise``(output: ITestOutputHelper) =

    let count (names: string list) =
        let counted = List.countBy id names |> Map.ofList

        output.WriteLine(
            counted
            |> Map.toList
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "
        )

        counted

    [<Fact>]
    member _.``every move, event and ending of every game occurs``() =
        let steps =
            Catalogue.All
            |> Seq.collect (fun game -> fixedSample 120 60 (GameTraces.traceOf game))
            |> Seq.collect (runOut 2_000 (domain.On shuffle))
            |> List.ofSeq

        let accepted = steps |> List.filter (fun step -> Result.isOk step.Verdict)

        let named (made: obj) =
            (made.GetType().FullName |> nonNull).Replace("Chat.Domain.Games.", "")

        let seen =
            count
                [
                    for step in accepted do
                        match step.Command with
                        | :? Command.Make as make -> named make.Move
                        | other -> named other

                    for entry in entriesOf steps do
                        match entry.What with
                        | :? Event.Played as played -> named played.What
                        | :? Event.Ended as ended -> $"Ended {ended.Why}"
                        | other -> named other
                ]

        let expected =
            [
                for game in Catalogue.All do
                    yield! Unions.casesOf game.Moves
                    yield! Unions.casesOf game.Events
                yield! Unions.casesOf typeof<Command>
            ]
            |> List.map (fun case -> (case.FullName |> nonNull).Replace("Chat.Domain.Games.", ""))
            |> List.filter (fun name -> not (name.EndsWith "+Make"))

        let endings = [ "Ended Finished"; "Ended TooFew"; "Ended Lapsed" ]

        let never =
            expected @ endings |> List.filter (fun name -> not (seen.ContainsKey name))

        Assert.True(List.isEmpty never, $"never: {never}")

    [<Fact>]
    member _.``runs that differ in what is hidden look alike for long``() =
        let alike =
            fixedSample 150 50 GamePairs.pair
            |> List.map (HidingLaws.hiddenDifferences domain >> fst)
            |> List.filter (fun known -> known > 12)

        output.WriteLine $"{alike.Length} of 150 for more than twelve entries"
        Assert.True(alike.Length > 40, $"only {alike.Length}")

[<Fact>]
let ``every game has an oracle and a deck`` () =
    for game in Catalogue.All do
        Assert.True(oracles.ContainsKey game.Info.Name, game.Info.Name)
        Assert.Contains(GameTraces.shelf.Decks, (fun deck -> deck.Kind = game.Info.Kind))
