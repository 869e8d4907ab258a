/// What the oracles of games look at: all that ever happened in a game, each time.
module Chat.Spec.Oracle.Games.Played

open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Domain.Games.Decks

/// A game so far, the oldest first. People go by their names.
type Played =
    {
        Deck: Deck
        Rounds: int
        Shuffle: string -> int -> int list
        /// Who was dealt to, in order of their names.
        Seats: string list
        Past: (Instant * GameEvent) list
    }

/// Whom a game waits for.
type Waiting = { For: string list; With: string list }

/// A game as the oracle plays it.
type GameOracle =
    {
        /// What everybody has who ever played.
        Scores: Played -> Map<string, int>
        /// Whether somebody's move is allowed now.
        May: Played -> Instant -> string -> Move -> bool
        /// What the beginning tells somebody, or nobody in particular.
        Dealt: Played -> string option -> string list
        /// What the last event tells them.
        Told: Played -> string option -> string list
        /// Whom it waits for, and who must be there meanwhile; nobody where only time has to pass.
        Waits: Played -> Waiting option
        /// What the last event says that it should not.
        Wrongs: Played -> string list
    }

let name (who: PersonId) = who.Value

let events (played: Played) = played.Past |> List.map snd

/// The game before its last event.
let before (played: Played) =
    { played with
        Past = played.Past |> List.truncate (played.Past.Length - 1)
    }

let lastOf (played: Played) = List.last played.Past

/// All that happened from the last event on that begins something, if any has.
let since (isBeginning: GameEvent -> bool) (played: Played) =
    played.Past
    |> List.tryFindIndexBack (snd >> isBeginning)
    |> Option.map (fun at -> List.skip at played.Past)

/// What happened before the last event that begins something.
let until (isBeginning: GameEvent -> bool) (played: Played) =
    match played.Past |> List.tryFindIndexBack (snd >> isBeginning) with
    | Some at ->
        { played with
            Past = List.truncate at played.Past
        }
    | None -> played

/// Every game up to each of its events, the shortest first.
let prefixes (played: Played) =
    [ 1 .. played.Past.Length ]
    |> List.map (fun length ->
        { played with
            Past = List.truncate length played.Past
        })

let isWithin (ms: int64) (start: Instant) (now: Instant) = now.Since start <= ms

let add who points (scores: Map<string, int>) =
    scores.Add(who, points + (scores.TryFind who |> Option.defaultValue 0))

let wrongUnless isRight (played: Played) =
    if isRight then [] else [ $"{snd (lastOf played)}" ]

/// Everybody who ever played, with nothing.
let nothing (played: Played) (entered: string list) =
    played.Seats @ entered |> List.map (fun who -> who, 0) |> Map.ofList

/// Who plays, in the order in which they came: those who were dealt to first, in an order.
let seated (first: string list) (comings: (string * bool) list) =
    comings
    |> List.fold
        (fun seats (who, isComing) ->
            if not isComing then List.filter ((<>) who) seats
            elif List.contains who seats then seats
            else seats @ [ who ])
        first

/// Those who were dealt to, in the order of their turns.
let order (played: Played) =
    played.Shuffle "seats" played.Seats.Length
    |> List.map (fun at -> played.Seats[at])
