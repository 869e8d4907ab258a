/// What guests do at a table: they offer games, sit down, play, leave in the middle, and play once more.
module Chat.Spec.Party.Tables

open System
open Chat.Domain.Values
open Chat.Domain.Rooms
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Party.Guests
open Chat.Spec.Party.World

type private Wish = Chat.Domain.Games.Command

let private bits (dice: Simulation.Dice.Dice) =
    Bits256(UInt128(dice.Next(), dice.Next()), UInt128(dice.Next(), dice.Next()))

/// What a device drew for a game.
let private contribution (guest: Guest) (table: Chat.Domain.Games.State) =
    Bits256(UInt128(0UL, uint64 guest.Index), UInt128(0UL, uint64 table.Number))

let private decks =
    [
        "trivia", [ "kitchen-science"; "wide-world" ]
        "heads_up", [ "creatures"; "everyday" ]
        "quick_draw", [ "doings"; "wild-things" ]
        "potluck", [ "potluck" ]
    ]

/// The decks of each kind that come with the package.
let private deckOf (party: Party) (game: string) =
    let kind =
        Catalogue.All |> Seq.find (fun one -> one.Info.Name = game) |> _.Info.Kind

    Playing.Table.Shelf.Decks
    |> Seq.filter (fun deck -> deck.Kind = kind)
    |> Seq.map _.Name
    |> List.ofSeq
    |> party.Dice.Pick

let private offer (party: Party) (room: Chat.Domain.Rooms.State) : Wish =
    let games =
        decks
        |> List.map fst
        |> List.filter (fun game -> game <> "potluck" || room.Occupants.Count >= 3)

    let game = party.Dice.Pick games
    Wish.Offer(game, deckOf party game, party.Dice.Between 1 (if game = "trivia" || game = "potluck" then 3 else 1))

/// A move that is allowed, mostly.
let private move (party: Party) (guest: Guest) (play: AnyPlay) : Wish option =
    let likely = GameSubjects.likely play.State guest.Id

    let allowed =
        likely
        |> List.filter (fun move -> Result.isOk (ofEither (play.Decide(party.Now, guest.Id, move))))

    match allowed, likely with
    | [], some :: _ when party.Dice.Chance 50 -> Some(Wish.Make some)
    | [], _ -> None
    | some, _ -> Some(Wish.Make(party.Dice.Pick some))

/// What somebody wants at the table of the room that they are in, if anything.
let private wish (party: Party) (guest: Guest) (room: Chat.Domain.Rooms.State) : Wish option =
    let table, dice = room.Table, party.Dice
    let isSeated = table.Seats.Contains guest.Id

    let sometimes perMille (wish: Wish) =
        if dice.Chance perMille then Some wish else None

    match table.Phase with
    | Phase.Gathering when not isSeated ->
        sometimes 700 (Wish.Sit(Nullable(Sealing.Seal(table.Place, table.Number, guest.Id, contribution guest table))))
    | Phase.Gathering when table.Seats.Count >= min 4 room.Occupants.Count || dice.Chance 80 ->
        sometimes 500 (Wish.Begin())
    | Phase.Unsealing when isSeated && not (table.Shown.ContainsKey guest.Id) ->
        sometimes 950 (Wish.Unseal(contribution guest table))
    | Phase.Playing when isSeated && dice.Chance 4 -> Some(Wish.GetUp())
    | Phase.Playing when isSeated -> Option.ofObj table.Play |> Option.bind (move party guest)
    | Phase.Playing -> sometimes 80 (Wish.Sit(Nullable()))
    | Phase.Over when room.Occupants.Count >= 2 && dice.Chance 300 -> sometimes 500 (Wish.Again())
    | Phase.Empty
    | Phase.Over when room.Occupants.Count >= 2 -> sometimes 250 (offer party room)
    | _ -> None

/// Does something at the table; whether they did.
let act (party: Party) (guest: Guest) (id: RoomId) (room: Chat.Domain.Rooms.State) : bool =
    match wish party guest room with
    | Some wish ->
        Asking.inRoom party guest id (Command.Play(wish, Secret(bits party.Dice))) ignore
        true
    | None -> false

/// How long until they do something again, in milliseconds.
let pause (party: Party) (guest: Guest) (room: Chat.Domain.Rooms.State) : int =
    let table = room.Table

    match table.Phase with
    | Phase.Unsealing when table.Seats.Contains guest.Id -> party.Dice.Between 300 2_000
    | Phase.Playing when table.Seats.Contains guest.Id -> party.Dice.Between 1_500 6_000
    | Phase.Gathering -> party.Dice.Between 1_000 4_000
    | _ -> party.Dice.Between 4_000 12_000
