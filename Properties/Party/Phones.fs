/// What guests do with their phones: they call friends, take it or not, give up, hang up, and pass things on.
module Chat.Spec.Party.Phones

open System
open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec.Oracle
open Chat.Spec.Party.Guests
open Chat.Spec.Party.Ledger
open Chat.Spec.Party.World

let private ask (party: Party) (guest: Guest) (other: PersonId) (command: Command) =
    Asking.ask party guest (Calls.lineOf guest.Id other) command ignore

let private ring (party: Party) (guest: Guest) =
    let dice = party.Dice

    let whom =
        if dice.Chance 60 then
            dice.Below party.Guests.Length
        else
            guest.Friends[dice.Below guest.Friends.Length]

    if whom <> guest.Index then
        ask party guest party.Guests[whom].Id (Command.Ring(party.Guests[whom].Id, dice.Chance 300))

/// Some milliseconds later, when it has come to a host; mostly from the device that one is at.
let private pass (party: Party) (guest: Guest) (other: PersonId) (call: Call) =
    let dice = party.Dice

    let device =
        if dice.Chance 900 then
            guest.Device
        else
            DeviceId.Of "watch"

    let number = if dice.Chance 950 then call.Number else call.Number + 1L
    party.Soon 1 12 (fun () -> JudgingCalls.passed party guest.Id device other number)

/// It rings here, or where one calls.
let private whileItRings (party: Party) (guest: Guest) (other: PersonId) (call: Call) =
    let want (command: Command) = ask party guest other command

    let isCalled = call.Callee = guest.Id

    match party.Dice.Below 100 with
    | dice when dice < 45 ->
        if isCalled then
            want (Command.Accept call.Number)
    | dice when dice < 53 ->
        if isCalled then
            want (Command.Decline call.Number)
    | dice when dice < 54 -> Asking.bond party guest other (Chat.Domain.Pairs.Command.Block other)
    | dice when dice < 58 -> want (Command.HangUp(Nullable call.Number))
    // They call, too; or what they have is over by then.
    | dice when dice < 61 -> want (Command.Ring(other, false))
    | dice when dice < 64 -> want (Command.Accept(call.Number + 1L))
    | dice when dice < 68 -> pass party guest other call
    | _ -> ()

let private whileTheyTalk (party: Party) (guest: Guest) (other: PersonId) (call: Call) =
    let want (command: Command) = ask party guest other command

    match party.Dice.Below 100 with
    | dice when dice < 15 -> want (Command.HangUp(Nullable()))
    | dice when dice < 17 ->
        // What is passed on comes after it, mostly.
        want (Command.HangUp(Nullable call.Number))
        pass party guest other call
        party.Clock.After 200L (fun () -> pass party guest other call)
    | dice when dice < 18 -> Asking.bond party guest other (Chat.Domain.Pairs.Command.Block other)
    | dice when dice < 20 -> want (Command.Accept call.Number)
    | dice when dice < 22 -> want (Command.Decline call.Number)
    | dice when dice < 24 -> ring party guest
    | dice when dice < 55 -> pass party guest other call
    | _ -> ()

/// Now and then somebody does something with their phone.
let act (party: Party) (guest: Guest) =
    match Option.ofNullable (party.PlaceOf guest.Id).OnCallWith with
    | Some other ->
        match party.LineOf(guest.Id, other).Current |> Option.ofObj with
        | Some call when call.AnsweredAt.HasValue -> whileTheyTalk party guest other call
        | Some call -> whileItRings party guest other call
        | None -> ()
    | None ->
        if party.Dice.Chance 12 then
            ring party guest

/// What devices in a room pass on to each other; now and then to somebody who is not there.
let signal (party: Party) (ledger: Ledger) (guest: Guest) (id: RoomId) (room: Chat.Domain.Rooms.State) =
    if party.Dice.Chance 80 then
        let whom =
            if party.Dice.Chance 850 then
                party.Dice.Pick(List.ofSeq room.Inside)
            else
                party.Guests[party.Dice.Below party.Guests.Length].Id

        party.Soon 1 400 (fun () -> JudgingCalls.passedInRoom party ledger guest.Id id whom)
