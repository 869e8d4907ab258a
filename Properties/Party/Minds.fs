/// What guests do: they walk around, light rooms, lock, knock, wave, talk, and hide from some.
module Chat.Spec.Party.Minds

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Attended
open Chat.Spec.Party.Guests
open Chat.Spec.Party.Ledger
open Chat.Spec.Party.World

type private Placing = Chat.Domain.Places.Command
type private Bonding = Chat.Domain.Pairs.Command

let private words =
    [ "hi"; "who is in the kitchen?"; "dance"; "psst" ]
    |> List.map (RoomText.Create >> valid)

let private names =
    [ "porch"; "kitchen"; "attic"; "garden" ] |> List.map (RoomName.Create >> valid)

let private friendOf (party: Party) (guest: Guest) =
    party.Guests[guest.Friends[party.Dice.Below guest.Friends.Length]].Id

let private anybody (party: Party) =
    party.Guests[party.Dice.Below party.Guests.Length].Id

let private light (party: Party) (guest: Guest) =
    let dice = party.Dice
    let client = Asking.nextClient party
    let id = Room.IdOf(TenantId.Main, guest.Id, guest.Device, client)
    let capacity = if dice.Chance 20 then 40 else dice.Between 2 8

    let guests =
        if dice.Chance 120 then
            [ for _ in 1..3 -> friendOf party guest ]
        else
            []

    let command =
        Command.Light(dice.Pick names, dice.Chance 120, listing guests, capacity)

    Asking.askAs party guest client (StreamKey.Of(TenantId.Main, id)) command ignore

/// Walks into a room, and knocks where it is locked.
let private enter (party: Party) (guest: Guest) (id: RoomId) =
    Asking.inRoom party guest id (Command.Enter()) (fun reply ->
        match reply with
        | :? Reply.Refused as refused when ruleOf refused.Refusal = "room.locked" && party.Dice.Chance 700 ->
            guest.Door <- Some id
            Asking.inRoom party guest id (Command.Knock()) ignore
        | _ -> ())

/// Where one of some friends is.
let private walk (party: Party) (ledger: Ledger) (guest: Guest) =
    let friends = [ for _ in 1..8 -> friendOf party guest ]

    match friends |> List.tryPick ledger.WhereIs with
    | Some room -> enter party guest room
    | None -> light party guest

let private wave (party: Party) (guest: Guest) (room: RoomId option) =
    Placing.Wave(Option.toNullable room, party.Dice.Chance 200)
    |> Asking.inPlaceOf party guest (friendOf party guest)

/// Something about others: hiding from them, not hearing of them, blocking them, or making friends again.
let private feel (party: Party) (guest: Guest) =
    let whom = friendOf party guest

    let place command =
        Asking.inPlaceOf party guest guest.Id command

    match party.Dice.Below 12 with
    | 0 -> place (Placing.Ghost whom)
    | 1 -> place (Placing.Unghost whom)
    | 2 -> place (Placing.Mute whom)
    | 3 -> place (Placing.Unmute whom)
    | 4
    | 5 -> place (Placing.SetPrivate(party.Dice.Chance 300))
    | 6 -> Asking.bond party guest whom (Bonding.Block whom)
    | 7 -> Asking.bond party guest whom (Bonding.Unblock whom)
    | 8 -> Asking.bond party guest whom (Bonding.Remove whom)
    | 9 -> Asking.bond party guest whom (Bonding.Accept whom)
    | _ -> Asking.bond party guest whom (Bonding.Request whom)

let private sneak (party: Party) (guest: Guest) =
    guest.Word <- if guest.Word = Sneaks then IsHere else Sneaks
    Asking.say party guest guest.Word

/// Whoever was waved over goes there, or has seen it.
let private answerWaves (party: Party) (guest: Guest) =
    let waves =
        (party.PlaceOf guest.Id).Waves.Values
        |> Seq.filter (fun wave -> not wave.IsSeen)
        |> List.ofSeq

    match waves with
    | [] -> false
    | wave :: _ ->
        Asking.inPlaceOf party guest guest.Id (Placing.SeeWaves())

        match Option.ofNullable wave.Room with
        | Some room when party.Dice.Chance 600 -> enter party guest room
        | _ -> ()

        true

/// Whoever knocked goes in once they may, or gives it up.
let private atDoor (party: Party) (ledger: Ledger) (guest: Guest) (id: RoomId) =
    match ledger.Rooms.TryGetValue id with
    | true, room when room.Admitted.ContainsKey guest.Id ->
        guest.Door <- None
        enter party guest id
    | true, room when room.IsDark || party.Dice.Chance 50 ->
        guest.Door <- None
        Asking.inRoom party guest id (Command.Withdraw()) ignore
    | _ -> ()

let inHall (party: Party) (ledger: Ledger) (guest: Guest) =
    match guest.Door with
    | Some door when party.Dice.Chance 800 -> atDoor party ledger guest door
    | _ when answerWaves party guest -> ()
    | _ ->
        match party.Dice.Below 100 with
        | dice when dice < 55 -> walk party ledger guest
        | dice when dice < 65 -> light party guest
        | dice when dice < 72 -> wave party guest None
        | dice when dice < 75 ->
            // A stranger's, or one that is dark by now.
            match ledger.WhereIs(anybody party) with
            | Some room when party.Dice.Chance 300 ->
                Asking.inRoom party guest room (Command.Say(party.Dice.Pick words)) ignore
            | Some room -> enter party guest room
            | None -> ()
        | dice when dice < 79 -> feel party guest
        | dice when dice < 81 -> sneak party guest
        | _ -> ()

let private atKnocks (party: Party) (guest: Guest) (id: RoomId) (room: State) =
    match List.ofSeq room.Knocks.Keys with
    | who :: _ when party.Dice.Chance 600 ->
        let answer: Command =
            if party.Dice.Chance 750 then
                Command.Admit who
            else
                Command.Decline who

        Asking.inRoom party guest id answer ignore
        true
    | _ -> false

/// Whoever is asked whether there is to be a record wants it, too, or not yet.
let private atWish (party: Party) (guest: Guest) (id: RoomId) (room: State) =
    match room.Wish with
    | null -> false
    | wish when
        wish.Asked.Contains guest.Id
        && not (wish.Agreed.Contains guest.Id)
        && party.Dice.Chance 400
        ->
        Asking.inRoom party guest id (Command.Keep(Nullable wish.Into)) ignore
        true
    | _ -> false

let private talk (party: Party) (ledger: Ledger) (guest: Guest) (id: RoomId) (room: State) =
    let dice = party.Dice
    let other () = dice.Pick(List.ofSeq room.Inside)

    let want (command: Command) =
        Asking.inRoom party guest id command ignore

    match dice.Below 100 with
    | one when one < 40 -> want (Command.Say(dice.Pick words))
    | one when one < 46 -> want (Command.Note(other (), dice.Pick words))
    | one when one < 49 -> want (Command.Lock())
    | one when one < 55 -> want (Command.Unlock())
    | one when one < 56 -> want (Command.SetGuests(listing [ friendOf party guest ]))
    | one when one < 57 -> want (Command.SetGuests(listing []))
    | one when one < 61 -> want (Command.Expel(other ()))
    | one when one < 62 -> want (Command.Admit(anybody party))
    | one when one < 72 -> wave party guest (Some id)
    | one when one < 75 -> want (Command.Leave())
    | one when one < 78 -> walk party ledger guest
    | one when one < 79 -> light party guest
    | one when one < 81 -> feel party guest
    | one when one < 85 -> want (Command.Keep(Nullable(groupOf guest.Index)))
    | one when one < 86 -> want (Command.Keep(Nullable()))
    | _ -> ()

let isPlaying (room: State) (who: PersonId) =
    room.Table.IsBusy && room.Table.Seats.Contains who

let inRoom (party: Party) (ledger: Ledger) (guest: Guest) (id: RoomId) (room: State) =
    if not (atKnocks party guest id room || atWish party guest id room) then
        if isPlaying room guest.Id && party.Dice.Chance 900 then
            if not (Tables.act party guest id room) && party.Dice.Chance 100 then
                Asking.inRoom party guest id (Command.Say(party.Dice.Pick words)) ignore
        elif not (party.Dice.Chance 600 && Tables.act party guest id room) then
            talk party ledger guest id room
