/// Runs a party from its seed, and says what was wrong with it.
module Chat.Spec.Party.Partying

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Laws.Law
open Chat.Spec.Party.World
open Chat.Spec.Party.Judging

/// So long after all have gone it is looked at whether their leases are over, in seconds.
let private afterwards = 150

let private every (party: Party) (ms: int64) (act: unit -> unit) =
    let rec again () =
        act ()
        party.Clock.After ms again

    party.Clock.After ms again

let private onEach (party: Party) (act: Host -> unit) =
    for host in party.Hosts do
        if host.IsUp then
            act host

/// Since when each is where they are.
let private arrivals (party: Party) (since: Dictionary<PersonId, int64>) (made: Recorded list) =
    for recorded in made do
        match recorded.Event with
        | :? Oracle.Rooms.Moving.Moved -> since[PersonId.Of recorded.Stream.Id] <- party.Clock.Now
        | _ -> ()

let private atRest (party: Party) (calls: CallLedger.CallLedger) =
    for call in calls.Lines.Values do
        party.Wrong $"{call} is not over, and all have gone"

    let lit =
        party.Guests
        |> Array.filter (fun guest -> (party.PlaceOf guest.Id).Room.HasValue)
        |> Array.map (fun guest -> guest.Id)

    if lit.Length > 0 then
        party.Wrong $"{lit.Length} are still in a room, {lit[0]} among them"

    if party.Waiting > 0 then
        party.Wrong $"{party.Waiting} requests were never answered"

    for host in party.Hosts do
        for lane in host.Lanes do
            if lane.Waiting > 0 then
                party.Wrong $"{lane.Waiting} wait in a lane of host {host.Index}"

/// Plays a party to its end, or until something is wrong.
let play (parts: Parts) (plan: Plan) (progress: Party -> unit) : Party =
    let party = Party(plan, parts)
    let ledger, calls = ledgerOf party, CallLedger.CallLedger()

    let logs, tellings, since =
        Looking.Logs(), Tellings(), Dictionary<PersonId, int64>()

    party.Making <-
        fun made ->
            making party made
            JudgingCalls.making party made

    party.Judged <-
        fun one ->
            judged party one
            JudgingCalls.judged party one

    party.Told <- told party tellings

    party.Made <-
        fun made ->
            Judging.made party ledger made
            JudgingCalls.made party calls made
            arrivals party since made
            Looking.made party logs made

    for host in party.Hosts do
        Hosting.begin' party host

    every party 500L (fun () -> onEach party (Leasing.watch party))
    every party 1_000L (fun () -> onEach party (Hosting.elapse party))
    every party 1_000L (fun () -> leases party since)
    every party 1_000L (fun () -> JudgingCalls.lasting party calls)
    every party 15_000L (fun () -> onEach party (Leasing.sweep party))

    for second in plan.Deaths do
        party.Clock.At (int64 second * 1_000L) (fun () -> Hosting.die party (Leasing.greet party))

    // Most come in the first third, within some minutes at most.
    let arriving = min 180_000 (plan.Seconds * 300)

    for guest in party.Guests do
        party.Soon 0 arriving (fun () -> Lives.come party ledger guest)

    party.Clock.At (int64 plan.Seconds * 1_000L) (fun () -> Lives.goHome party)
    let mutable second = 0

    while second < plan.Seconds + afterwards && party.Wrongs.Count = 0 do
        second <- second + 1
        party.Clock.Run(int64 second * 1_000L)
        progress party

    if party.Wrongs.Count = 0 then
        atRest party calls

    party

/// The promises of the house, among many.
let keeps: Law<Parts, Plan> =
    law "a party keeps the promises of the house" (fun parts plan -> List.ofSeq (play parts plan ignore).Wrongs)
