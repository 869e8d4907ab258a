/// Who is told of whom, and what hosts tell each other of it. As the host does it.
module Chat.Spec.Party.Telling

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Party.World

let ms (party: Party) = party.Now.Milliseconds

let isIn (party: Party) (host: Host) (who: PersonId) =
    party.Parts.Attending.AttendanceOf host.Presence who party.Now
    <> Attendance.Away

let others (party: Party) (host: Host) =
    party.Hosts
    |> Array.filter (fun other -> other.IsUp && other.Index <> host.Index)

/// What is to be known of one who may be told, of those whom it concerns.
let private factsOf (party: Party) (host: Host) (who: PersonId) openings (state: NoticeState) =
    let place = party.PlaceOf who

    let concerned =
        Seq.append (openings |> Seq.map fst) (state.Waiting |> Seq.map (fun one -> one.Opening.Who))
        |> Seq.distinct
        |> List.ofSeq

    let bars =
        concerned
        |> List.filter (fun friend -> party.PairOf(who, friend).AreFriends)
        |> List.map (fun friend ->
            let isClosed = party.PairOf(who, friend).IsClosed
            let open', ghosted = Chat.Domain.People.Privacy.Open, (party.PlaceOf friend).Ghosted
            friend, Noticing.Between(friend, open', ghosted, who, place.Muted, isClosed))

    let friends =
        bars
        |> List.fold
            (fun (map: LanguageExt.HashMap<PersonId, Bars>) (friend, bar) -> map.AddOrUpdate(friend, bar))
            (LanguageExt.HashMap<PersonId, Bars>())

    let opened =
        openings |> List.map (fun (friend, at: int64) -> Opening(friend, Instant at))

    concerned, NoticeFacts(listing opened, friends, place.Quiet, isIn party host who)

/// The same as the oracle is to know it.
let private askedOf (party: Party) (host: Host) (who: PersonId) openings concerned : Noticed.Asked =
    let past = party.Kept.Past

    let bars friend =
        if Rooms.isClosed who friend past then Bars.Blocked
        elif Rooms.ghosts friend who past then Bars.Ghosted
        elif Rooms.mutes who friend past then Bars.Muted
        else Bars.None

    {
        At = ms party
        Openings = openings
        Friends =
            concerned
            |> List.filter (fun friend -> Rooms.areFriends who friend past)
            |> List.map (fun friend -> friend.Value, bars friend)
            |> Map
        Quiet = None
        IsIn = isIn party host who
    }

let private named (people: PersonId seq) =
    people |> Seq.map _.Value |> String.concat " "

/// A host hears what another told somebody.
let hearTold (party: Party) (host: Host) (who: PersonId) (told: Noticed.Told) =
    host.States[who] <- party.Parts.Hear (host.States.GetValueOrDefault(who, NoticeState.Blank)) told

    host.Noticed[who] <- host.Noticed.GetValueOrDefault(who, Noticed.nothing) |> Noticed.hear told

/// What somebody is told now, and whether the oracle tells them the same.
let private decideNow (party: Party) (host: Host) (who: PersonId) (openings: (PersonId * int64) list) =
    let state = host.States.GetValueOrDefault(who, NoticeState.Blank)
    let concerned, facts = factsOf party host who openings state
    let after, notice, due = party.Parts.Notice state facts party.Now

    if after.IsBlank party.Now then
        host.States.Remove who |> ignore
    else
        host.States[who] <- after

    match due with
    | Some at -> host.Due[who] <- at.Milliseconds
    | None -> host.Due.Remove who |> ignore

    let before = host.Noticed.GetValueOrDefault(who, Noticed.nothing)

    let past, expected = Noticed.tell (askedOf party host who openings concerned) before

    host.Noticed[who] <- past
    let told = notice |> Option.map (fun one -> named one.People, one.IsDigest)
    let wanted = expected |> Option.map (fun one -> named one.People, one.IsDigest)

    if told <> wanted then
        party.Wrong $"{who} was told of {told}, and was to be told of {wanted}"

    for told in Option.toList notice do
        for other in others party host do
            let told: Noticed.Told =
                {
                    At = ms party
                    People = List.ofSeq told.People
                    IsDigest = told.IsDigest
                }

            party.SoonOn other 1 10 (fun () -> hearTold party other who told)

        party.Told host who told

/// For the oracle each question has a millisecond of its own.
let rec decide (party: Party) (host: Host) (who: PersonId) (openings: (PersonId * int64) list) =
    match host.Noticed.TryGetValue who with
    | true, { Asks = last :: _ } when last.At >= ms party ->
        party.SoonOn host 1 1 (fun () -> decide party host who openings)
    | _ -> decideNow party host who openings

/// What a host knows of whom others were told, as far as it still matters.
let toldBy (party: Party) (host: Host) =
    [
        for held in host.Noticed do
            for told in held.Value.Tellings @ held.Value.Elsewhere do
                if ms party - told.At < Noticing.WindowMs then
                    held.Key, told
    ]
