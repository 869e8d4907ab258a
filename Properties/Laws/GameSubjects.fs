/// Tables as functions, and what may be done at them.
module Chat.Spec.Laws.GameSubjects

open System
open Chat.Domain.Values
open Chat.Domain.Forms
open Chat.Domain.Deciding
open Chat.Domain.Games
open Chat.Domain.Games.Decks
open Chat.Spec
open Chat.Spec.Generators.GameTraces

/// A table as functions, so that a mistaken one can be put in its place.
type Subject =
    {
        Table: Table
        Decide: State -> Asking -> Command -> Result<Event list, Refusal>
        Evolve: State -> Entry -> State
        View: State -> PersonId option -> TableView
        Show: State -> PersonId option -> Event -> Event option
        Verify: LogEntry list -> Seen list -> Verdict
        Write: Entry -> Datum
        Read: Datum -> Entry option
    }

let private nullable (who: PersonId option) = Option.toNullable who

let ofTable (table: Table) : Subject =
    {
        Table = table
        Decide = fun state asking command -> table.Decide(state, asking, command) |> ofEither |> Result.map List.ofSeq
        Evolve = fun state entry -> table.Evolve(state, entry)
        View = fun state who -> table.View(state, nullable who)
        Show = fun state who happened -> table.Show(state, nullable who, happened) |> ofOption
        Verify = fun log seen -> table.Verify(listing log, ReadOnlySpan(Array.ofList seen))
        Write = fun entry -> table.Entries.Write entry
        Read = fun written -> table.Entries.Read written |> ofOption
    }

type Shuffling = Secret -> string -> int -> Listing<int>

let shuffle: Shuffling =
    fun seed purpose count -> Sealing.Shuffle(seed, purpose, count)

/// A table for each way of shuffling, and for any decks.
type House =
    {
        With: Shelf -> Shuffling -> Subject
    }

    /// With the decks of the package.
    member house.On shuffle = house.With shelf shuffle

/// The table of some games.
let houseOf (games: AnyGame seq) : House =
    {
        With = fun shelf shuffle -> Table(shelf, listing games, Func<_, _, _, _> shuffle) |> ofTable
    }

let domain: House = houseOf Catalogue.All

/// Words that are guessed: the word, nearly the word, and another.
let private said (word: string) =
    [
        word
        word.ToUpperInvariant()
        word + "s"
        word.Substring 1
        "the " + word
        "spoon"
        "umbrella"
        "tigers"
    ]

let private strokes =
    let stroke points goes =
        QuickDraw.Stroke(3, 10, listing points, goes)

    [
        QuickDraw.Move.Draw(stroke [ QuickDraw.Point(1, 2); QuickDraw.Point(4_095, 0) ] false)
        QuickDraw.Move.Draw(stroke [ QuickDraw.Point(5, 5) ] true)
    ]

/// What could be sensible for somebody where a game is; of a game that is not known here, nothing.
let likely (state: obj) (who: PersonId) : Move list =
    match state with
    | :? Trivia.State -> [ 0..3 ] |> List.map (fun choice -> Trivia.Move.Answer choice)
    | :? HeadsUp.State as state ->
        [
            HeadsUp.Move.Ready()
            HeadsUp.Move.Got state.Number
            HeadsUp.Move.Got state.Number
            HeadsUp.Move.Pass state.Number
        ]
    | :? QuickDraw.State as state when state.Drawer = Nullable who ->
        [
            QuickDraw.Move.Choose 0
            QuickDraw.Move.Choose 1
            QuickDraw.Move.Choose 2
            yield! strokes |> List.map (fun draw -> draw :> Move)
            QuickDraw.Move.Undo()
            QuickDraw.Move.Wipe()
        ]
    | :? QuickDraw.State as state ->
        let all = (state.Deal.Deck :?> Deck.Words).All
        let at = 3 * (state.Turn - 1) + state.Choice.GetValueOrDefault 0
        let word = all[state.Words[(max 0 at) % state.Words.Count]].Text
        said word |> List.map (fun text -> QuickDraw.Move.Guess text)
    | :? Potluck.State as state ->
        let hand = state.Hands.Find who |> ofOption

        [
            for card in (hand |> Option.map List.ofSeq |> Option.defaultValue []) -> Potluck.Move.Put card :> Move
            for index in 0..2 -> Potluck.Move.Pick index
        ]
    | _ -> []
