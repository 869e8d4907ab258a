/// How guests ask: under an id, again where no answer comes, now and then twice.
module Chat.Spec.Party.Asking

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Simulation
open Chat.Spec.Simulation.World
open Chat.Spec.Oracle.Attended
open Chat.Spec.Party.Guests
open Chat.Spec.Party.World

/// Of a thousand: requests and answers that are lost, and requests that come twice.
let private lost, twice = 4, 10

let private patienceMs = 3_000L

type private Pending =
    {
        Guest: Guest
        Session: int
        Wanted: Wanted
        Digest: Digest
        Heard: Reply -> unit
        mutable IsDone: bool
    }

let private hostFor (party: Party) : Host option =
    let up = party.Hosts |> Array.filter _.IsUp

    if up.Length = 0 then
        None
    else
        Some up[party.Dice.Below up.Length]

/// What was accepted under an id is in the database under it.
let private judge (party: Party) (wanted: Wanted) (reply: Reply) =
    match reply, ofOption (party.Kept.Store.Find wanted.EventId) with
    | (:? Reply.Accepted as accepted), Some recorded ->
        let receipt = accepted.Receipt

        if receipt.Version <> recorded.Version || receipt.At <> recorded.Event.At then
            party.Wrong $"{wanted} was told {receipt}, and made {recorded}"
    | (:? Reply.Accepted as accepted), None ->
        if accepted.Receipt.Version > party.Kept.Store.VersionOf wanted.Stream then
            party.Wrong $"{wanted} was told {accepted.Receipt}, and nothing is there"
    | _ -> ()

let private finish (party: Party) (pending: Pending) (reply: Reply option) =
    if not pending.IsDone then
        pending.IsDone <- true
        party.Waiting <- party.Waiting - 1
        pending.Guest.Waits <- pending.Guest.Waits - 1

        match reply with
        | Some reply when pending.Guest.Session = pending.Session -> pending.Heard reply
        | _ -> ()

let rec private attempt (party: Party) (pending: Pending) (tries: int) =
    if pending.Guest.Session <> pending.Session || not pending.Guest.IsHere then
        finish party pending None
    elif not pending.IsDone then
        if tries > 1 then
            party.Note "asked again"

        if not (party.Dice.Chance lost) then
            party.Soon 1 12 (fun () -> arrive party pending tries)

        party.Clock.After patienceMs (fun () ->
            if not pending.IsDone then
                attempt party pending (tries + 1))

and private arrive (party: Party) (pending: Pending) (tries: int) =
    let wanted = pending.Wanted

    match party.OwnerOf wanted.Stream with
    | None -> party.Note "no host owned it"
    | Some owner ->
        let ticket = party.Number()

        owner.Callers[ticket] <-
            fun reply ->
                if Judge.isRetryable reply then
                    party.Note "told to ask again"
                    party.Clock.After 300L (fun () -> attempt party pending (tries + 1))
                elif not (party.Dice.Chance lost) then
                    judge party wanted reply
                    party.Soon 1 12 (fun () -> finish party pending (Some reply))

        Arrival.Request(
            ticket,
            wanted.Stream,
            wanted.Person,
            wanted.Device,
            wanted.Client,
            pending.Digest,
            wanted.Command
        )
        |> Hosting.submit party

/// Somebody asks something, and hears the answer if they are still there.
let askAs (party: Party) (guest: Guest) client (stream: StreamKey) (command: AnyCommand) (heard: Reply -> unit) =
    party.Note $"asked {stream.Kind} {command.GetType().Name}"

    let wanted: Wanted =
        {
            Stream = stream
            Person = guest.Id
            Device = guest.Device
            Client = client
            Command = command
            OccurredAt = None
            Digest = Digest()
            EventId = Derive.EventId(stream, guest.Id, guest.Device, client, 0)
        }

    let pending =
        {
            Guest = guest
            Session = guest.Session
            Wanted = wanted
            Digest = Digest(UInt128(0UL, uint64 (party.Number())))
            Heard = heard
            IsDone = false
        }

    party.Asked[wanted.EventId] <-
        {
            Wanted = wanted
            At = party.Clock.Now
        }

    guest.Waits <- guest.Waits + 1
    party.Waiting <- party.Waiting + 1
    attempt party pending 1

    if party.Dice.Chance twice then
        party.Note "asked twice"
        attempt party pending 1

let nextClient (party: Party) = ClientId.Of $"q{party.Number()}"

let ask party guest stream command heard =
    askAs party guest (nextClient party) stream command heard

let inRoom party guest (id: RoomId) (command: Chat.Domain.Rooms.Command) heard =
    ask party guest (StreamKey.Of(TenantId.Main, id)) command heard

let inPlaceOf party guest (who: PersonId) (command: Chat.Domain.Places.Command) =
    ask party guest (StreamKey.Place(TenantId.Main, who)) command ignore

let bond party (guest: Guest) (whom: PersonId) (command: Chat.Domain.Pairs.Command) =
    ask party guest (StreamKey.Of(TenantId.Main, guest.Id, whom)) command ignore

/// A device says that it is there, or that it goes; to any host, if what it says is not lost.
let say (party: Party) (guest: Guest) (word: Word) =
    let device = guest.Device

    match hostFor party with
    | Some host when not (party.Dice.Chance lost) ->
        party.Note "leases renewed"
        party.SoonOn host 1 12 (fun () -> Leasing.say party host guest.Id device word)
    | _ -> party.Note "leases not renewed"
