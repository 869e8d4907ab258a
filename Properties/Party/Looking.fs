/// What people at a party are shown, and what games come to; judged now and then, since the oracle looks at everything.
module Chat.Spec.Party.Looking

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.VerifyingLaws
open Chat.Spec.Laws.Law
open Chat.Spec.Oracle
open Chat.Spec.Party.World

type private Happened = Chat.Domain.Rooms.Event
type private AtTable = Chat.Domain.Games.Event

/// What has happened by now: what else the same append made does not count yet.
let private pastOf (party: Party) : Rooms.Past =
    fun stream ->
        if stream.Kind = StreamKind.Room then
            party.Kept.Store.Load stream
            |> Seq.truncate (int (party.Kept.Current stream).Version)
            |> Seq.map _.Event
            |> List.ofSeq
        else
            party.Kept.Past stream

/// The same with nothing played, though something was at each of those versions: games have laws of their own.
let private unplayed (past: Rooms.Past) : Rooms.Past =
    past
    >> List.map (fun happened ->
        match happened with
        | :? Happened.Played as played -> Happened.Withdrew(Stamp(person "_nobody", played.At)) :> AnyEvent
        | other -> other)

let private tieIn (party: Party) (who: PersonId) (other: PersonId) : Tie =
    let pair = party.PairOf(who, other)
    Tie(pair.AreFriends, pair.IsClosed, pair.AreFriends && (party.PlaceOf other).Ghosted.Contains who)

let private withoutTable (view: RoomView) =
    RoomView(
        view.Room,
        view.Version,
        view.Name,
        view.Capacity,
        view.Keeper,
        view.LockedBy,
        view.Occupants,
        view.Knocks,
        view.Guests,
        view.Talk,
        null,
        view.Wish
    )

/// Nothing that is shown of a table before its end tells the host's secret.
let private hides (party: Party) (room: Chat.Domain.Rooms.State) (view: RoomView) who =
    match Option.ofObj view.Table with
    | Some table when room.Table.IsBusy ->
        let shown = (Playing.Table.Views.Write table).ToString() |> string

        if shown.Contains(room.Table.Secret.Value.ToString()) then
            party.Wrong $"{who} is shown the secret of a game in {view.Room}"
    | _ -> ()

/// What one inside and some outside are shown of a room.
let private look (party: Party) (id: RoomId) =
    let room, past = party.RoomOf id, pastOf party
    let dice = party.Dice

    let anybody () =
        party.Guests[dice.Below party.Guests.Length].Id

    let inside = List.ofSeq room.Inside

    let friend (who: PersonId) =
        match party.GuestOf who with
        | Some guest when guest.Friends.Length > 0 -> party.Guests[guest.Friends[dice.Below guest.Friends.Length]].Id
        | _ -> anybody ()

    let viewers = anybody () :: [ for who in List.truncate 4 inside -> friend who ]

    for who in viewers do
        party.Note "cards looked at"

        differ
            $"{who}'s card of {id}"
            (RoomViews.card who id past)
            (party.Parts.House.Card id room who (tieIn party who))
        |> List.iter party.Wrong

    for who in anybody () :: List.truncate 2 inside do
        party.Note "views looked at"
        let isClosed other = (tieIn party who other).IsClosed
        let view = party.Parts.House.View id room who isClosed party.Now
        view |> Option.iter (fun view -> hides party room view who)

        differ
            $"what {who} sees in {id}"
            (RoomViews.view who id party.Now (unplayed past))
            (view |> Option.map withoutTable)
        |> List.iter party.Wrong

/// What was played at each table since a game was last offered.
type Logs = Dictionary<RoomId, List<Entry>>

let private ways =
    [ Drop; Swap; Copy; Cut; Later; Tampering.Secret; Contribution; Link; GoOn ]

/// A log that was played verifies with its scores, and one that was tampered with does not.
let private verify (party: Party) (id: RoomId) (entries: Entry list) (ended: AtTable.Ended) =
    let plan = (entries.Head.What :?> AtTable.Offered).Plan
    party.Note $"games {plan.Game} {ended.Why}"

    match Playing.Table.Log entries |> ofOption with
    | None -> party.Wrong $"the game in {id} has no log after its end"
    | Some log ->
        let log = List.ofSeq log

        differ
            $"what the log of {plan.Game} in {id} proves"
            (Verdict.Sound ended.Scores :> Verdict)
            (party.Parts.Verify log)
        |> List.iter party.Wrong

        differ $"what is kept of {plan.Game} in {id}" entries (List.ofSeq (party.RoomOf id).Log)
        |> List.iter party.Wrong

        let kind = party.Dice.Pick ways
        let forged = tamper kind (party.Dice.Below 999) (party.Dice.Below 999) log

        if forged <> log then
            match party.Parts.Verify forged with
            | :? Verdict.Sound -> party.Wrong $"{plan.Game} in {id} with {kind} is sound"
            | _ -> party.Note "tampered logs found out"

let private played (party: Party) (logs: Logs) (id: RoomId) (happened: Happened.Played) =
    let entry = Entry(happened.By, happened.At, happened.What)

    match happened.What with
    | :? AtTable.Offered -> logs[id] <- List [ entry ]
    | _ -> logs[id].Add entry

    match happened.What with
    | :? AtTable.Ended as ended -> verify party id (List.ofSeq logs[id]) ended
    | _ -> ()

/// After an append: games that ended, who sits where, and now and then what is shown.
let made (party: Party) (logs: Logs) (made: Recorded list) =
    for recorded in made do
        match recorded.Event with
        | :? Happened.Played as happened -> played party logs (RoomId.Of recorded.Stream.Id) happened
        | _ -> ()

    let rooms =
        made
        |> List.filter (fun recorded -> recorded.Stream.Kind = StreamKind.Room)
        |> List.map (fun recorded -> RoomId.Of recorded.Stream.Id)
        |> List.distinct

    for id in rooms do
        let room = party.RoomOf id

        let away =
            room.Table.Seats |> Seq.filter (room.Occupants.ContainsKey >> not) |> List.ofSeq

        if room.Table.IsBusy && not away.IsEmpty then
            party.Wrong $"{away} sit at the table of {id} and are not inside"

        let isTalk =
            made
            |> List.forall (fun one -> one.Event :? Happened.Played || one.Event :? Happened.Said)

        if party.Dice.Chance(if isTalk then 4 else 30) then
            look party id
