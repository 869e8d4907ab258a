/// Who is in, as the hosts know it and tell each other, and who is put out. As the host does it.
module Chat.Spec.Party.Leasing

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Attended
open Chat.Spec.Simulation.World
open Chat.Spec.Party.World
open Chat.Spec.Party.Telling

let private isOwn (party: Party) (host: Host) (stream: StreamKey) =
    party.Owners[party.BucketOf stream] = host.Index

let private placeOf (who: PersonId) = StreamKey.Place(TenantId.Main, who)

/// A host asks something for somebody who has gone, of a stream that it owns.
let private askFor (party: Party) (who: PersonId) (stream: StreamKey) (command: AnyCommand) =
    let client = ClientId.Of $"gone-{ms party}"
    let wanted = want stream who (DeviceId.Of "_house") client command None

    party.Asked[wanted.EventId] <-
        {
            Wanted = wanted
            At = party.Clock.Now
        }

    Hosting.submit party (Arrival.Request(0L, stream, who, wanted.Device, client, Digest(), wanted.Command))

/// Somebody is put out of a room that this host owns.
let private putOut (party: Party) (host: Host) (who: PersonId) (room: RoomId) =
    let stream = StreamKey.Of(TenantId.Main, room)

    if isOwn party host stream then
        party.Note "put out"
        askFor party who stream (Chat.Domain.Rooms.Command.Leave())

/// Somebody hangs up on a line that this host owns; whoever is only being called may yet come to take it.
let private hangUp (party: Party) (host: Host) (who: PersonId) (other: PersonId) =
    let stream = Calls.lineOf who other

    match (party.LineOf(who, other)).Current |> Option.ofObj with
    | Some call when isOwn party host stream && (call.AnsweredAt.HasValue || call.Caller = who) ->
        party.Note "hung up for who has gone"
        askFor party who stream (Chat.Domain.Calls.Command.HangUp(System.Nullable call.Number))
    | _ -> ()

/// Out of the room that one is in, and off the call.
let private away (party: Party) (host: Host) (who: PersonId) =
    let place = party.PlaceOf who
    Option.ofNullable place.Room |> Option.iter (putOut party host who)
    Option.ofNullable place.OnCallWith |> Option.iter (hangUp party host who)

let private opened (party: Party) (host: Host) (who: PersonId) =
    match party.GuestOf who with
    | Some guest ->
        for index in guest.Friends do
            let friend = party.Guests[index].Id

            if isOwn party host (placeOf friend) && party.PairOf(who, friend).AreFriends then
                decide party host friend [ who, ms party ]
    | None -> ()

let private hear (party: Party) (host: Host) (part: Presence) (opening: PersonId option) =
    let isFresh = opening |> Option.exists (isIn party host >> not)
    host.Presence <- party.Parts.Attending.Join host.Presence part

    if isFresh then
        opened party host opening.Value

let private partOf (host: Host) (people: PersonId seq) : Presence =
    Presence.Nobody.Join(host.Presence.Part people)

/// A device says something to a host, which tells the others.
let say (party: Party) (host: Host) (who: PersonId) (device: DeviceId) (word: Word) =
    let said =
        {
            Who = who
            Device = device
            At = ms party
            Word = word
        }

    let after, isOpening = party.Parts.Attending.Say host.Presence said
    host.Presence <- after

    party.GuestOf who
    |> Option.iter (fun guest -> guest.Words[device] <- struct (party.Clock.Now, word))

    let part = partOf host [ who ]

    for other in others party host do
        party.SoonOn other 1 10 (fun () -> hear party other part (if isOpening then Some who else None))

    if isOpening then
        party.Note "came to be seen"
        opened party host who

/// A process that has just begun asks the others who is in, and who was told of whom.
let greet (party: Party) (host: Host) =
    for other in others party host do
        party.SoonOn other 1 10 (fun () ->
            let people = other.Presence.Held |> Seq.map (fun (struct (who, _)) -> who)
            let part = partOf other people

            let told = toldBy party other

            party.SoonOn host 1 10 (fun () ->
                hear party host part None

                for who, told in told do
                    hearTold party host who told))

/// Twice a second: who has gone, and who is to be told of somebody.
let watch (party: Party) (host: Host) =
    let after, changes = party.Parts.Attending.Changed host.Presence party.Now
    host.Presence <- after

    for change in changes |> List.sortBy _.Who.Value do
        if change.After = Attendance.Away then
            away party host change.Who

    let now = ms party

    let ready =
        [
            for pair in host.Due do
                if pair.Value <= now then
                    pair.Key
        ]

    for who in ready do
        decide party host who []

/// For so long a process puts out nobody who is not known to have gone: it does not know yet who is in.
let settledMs = 2L * Presence.LengthMs

/// Now and then: those whose going nobody noticed, since their host died with it.
let sweep (party: Party) (host: Host) =
    if party.Clock.Now - host.Began >= settledMs then
        for guest in party.Guests do
            let place = party.PlaceOf guest.Id

            if
                (place.Room.HasValue || place.OnCallWith.HasValue)
                && not (isIn party host guest.Id)
            then
                away party host guest.Id
