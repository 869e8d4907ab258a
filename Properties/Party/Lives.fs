/// How guests come and go.
module Chat.Spec.Party.Lives

open Chat.Domain.Values
open Chat.Domain.Rooms
open Chat.Spec.Oracle.Attended
open Chat.Spec.Party.Guests
open Chat.Spec.Party.Ledger
open Chat.Spec.Party.World

let private renewMs = 15_000L

let private renew (party: Party) (guest: Guest) =
    let session = guest.Session

    let rec again () =
        if guest.Session = session && guest.IsHere then
            Asking.say party guest guest.Word
            party.Clock.After renewMs again

    again ()

/// Somebody goes: in order, by closing what they have open, or without a word.
let private go (party: Party) (guest: Guest) (room: RoomId option) =
    let leaves () =
        guest.IsHere <- false
        guest.Door <- None
        guest.Session <- guest.Session + 1

    match party.Dice.Below 4 with
    | 0 ->
        party.Note "vanished"
        leaves ()
    | 1 ->
        Asking.say party guest Goes
        leaves ()
    | _ ->
        let bye _ =
            Asking.say party guest Goes
            leaves ()

        match room with
        | Some id -> Asking.inRoom party guest id (Command.Leave()) bye
        | None -> bye ()

let rec private live (party: Party) (ledger: Ledger) (guest: Guest) (session: int) =
    if guest.Session = session && guest.IsHere then
        let place = ledger.WhereIs guest.Id

        match place with
        | Some id when party.RoomOf(id).Occupants.ContainsKey guest.Id ->
            let room = party.RoomOf id

            if
                party.Clock.Now > guest.LeavesAt
                && not (Minds.isPlaying room guest.Id && party.Dice.Chance 900)
            then
                go party guest place
            elif guest.Waits < 2 then
                Phones.act party guest
                Phones.signal party ledger guest id room
                Minds.inRoom party ledger guest id room

            next party ledger guest session (Tables.pause party guest room)
        | _ ->
            if party.Clock.Now > guest.LeavesAt then
                go party guest None
            elif guest.Waits < 2 then
                Phones.act party guest
                Minds.inHall party ledger guest

            next party ledger guest session (party.Dice.Between 3_000 9_000)

and private next party ledger guest session wait =
    party.Soon wait wait (fun () ->
        if guest.Session <> session || not guest.IsHere then
            // They may come again.
            party.Soon 15_000 90_000 (fun () -> come party ledger guest)
        else
            live party ledger guest session)

/// Somebody comes, on one of their devices, for some minutes.
and come (party: Party) (ledger: Ledger) (guest: Guest) =
    if not party.IsOver && not guest.IsHere then
        let dice = party.Dice
        party.Note "came"
        guest.IsHere <- true
        guest.Session <- guest.Session + 1
        guest.Device <- DeviceId.Of(if dice.Chance 700 then "phone" else "laptop")
        guest.Word <- if dice.Chance 60 then Sneaks else IsHere
        guest.LeavesAt <- party.Clock.Now + int64 (dice.Between 60_000 400_000)
        renew party guest
        next party ledger guest guest.Session (dice.Between 500 3_000)

/// All go: half of them say so.
let goHome (party: Party) =
    party.IsOver <- true

    for guest in party.Guests do
        if guest.IsHere then
            if party.Dice.Chance 500 then
                Asking.say party guest Goes

            guest.IsHere <- false
            guest.Session <- guest.Session + 1
