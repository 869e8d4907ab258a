/// What has to hold of what is decided at a party, when it is.
module Chat.Spec.Party.Judging

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Notices
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Laws.Law
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Attended
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Party.World
open Chat.Spec.Party.Ledger

let ledgerOf (party: Party) : Ledger =
    Ledger
        {
            AreFriends = fun one other -> party.PairOf(one, other).AreFriends
            IsClosed = fun one other -> party.PairOf(one, other).IsClosed
            Ghosts = fun one other -> (party.PlaceOf one).Ghosted.Contains other
        }

let private isOfHouse (stream: StreamKey) =
    stream.Kind = StreamKind.Room || stream.Kind = StreamKind.Place

let private isPlay (command: AnyCommand) =
    command :? Command.Play || command :? Command.Elapse

/// An event but for when it was: hosts decide at their own moments.
let private timeless (stream: StreamKey, happened: AnyEvent) =
    let what: objnull =
        match happened with
        | :? Event.Entered as entered -> entered.Entry
        | :? Event.Admitted as admitted -> admitted.Person
        | :? Event.Declined as declined -> declined.Person
        | :? Event.Expelled as expelled -> expelled.Person
        | :? Event.Noted as noted -> noted.To
        | :? Event.Lit as lit -> $"{lit.IsLocked} {lit.Capacity} {lit.Guests}"
        | :? Event.GuestsSet as set -> string set.Guests
        | :? Event.KeepSet as set -> string set.Into
        | :? Chat.Domain.Conversations.Event.Partied as partied ->
            $"{[ for one in partied.Party.People -> one.Person ]}"
        | :? Moving.Moved as moved -> string moved.Room
        | :? Moving.Waved as waved -> $"{waved.Room} {waved.IsBuzz}"
        | _ -> null

    stream, happened.GetType().Name, happened.By, what

let private isLasting (happened: AnyEvent) = not (happened :? Event.Played)

/// A moment at which somebody's leases had been over for all hosts: what they said within these milliseconds may not
/// have come to all of them.
let private gossipMs = 100L

let private isIn (party: Party) (who: PersonId) (at: int64) (heardBy: int64) =
    match party.GuestOf who with
    | Some guest ->
        guest.Words.Values
        |> Seq.exists (fun (struct (said, word)) ->
            word <> Goes
            && said <= heardBy
            && at < said + Chat.Domain.Presences.Presence.LengthMs)
    | None -> false

let private isOfHost (recorded: Recorded) =
    recorded.Origin.Device.Value.StartsWith "_"

/// What a request makes is what the oracle says, on all that had been committed before it.
let making (party: Party) (made: Recorded list) =
    match party.Asked.TryGetValue made.Head.Id with
    | true, asked when isOfHouse asked.Wanted.Stream && not (isPlay asked.Wanted.Command) ->
        let wanted, at = asked.Wanted, made.Head.Event.At
        party.Note $"made {wanted.Stream.Kind} {wanted.Command.GetType().Name}"

        let actual =
            made
            |> List.filter (fun recorded -> isLasting recorded.Event)
            |> List.map (fun recorded -> timeless (recorded.Stream, recorded.Event))

        match RoomAnswers.decide wanted.Person at wanted.Stream wanted.Command party.Kept.Past with
        | Happens events when List.map timeless events = actual -> ()
        | other -> party.Wrong $"{wanted} came to {actual}, and was to come to {other}"

        if isOfHost made.Head && isIn party wanted.Person asked.At (asked.At - gossipMs) then
            party.Wrong $"{wanted.Person} was put out, and was in"
    | _ -> ()

/// What was made is taken down, and everybody is in one place.
let made (party: Party) (ledger: Ledger) (made: Recorded list) =
    let touched = HashSet<PersonId>()

    for recorded in made do
        ledger.Take(recorded.Stream, recorded.Event) |> List.iter party.Wrong

        match recorded.Event with
        | :? Event.Entered as entered -> party.Note $"came in by {entered.Entry.Way}"
        | :? Chat.Domain.Conversations.Event.Partied -> party.Note "parties kept"
        | _ -> ()

        match recorded.Event with
        | :? Event.Lit
        | :? Event.Entered
        | :? Event.Left -> touched.Add recorded.Event.By |> ignore
        | :? Event.Expelled as expelled -> touched.Add expelled.Person |> ignore
        | :? Moving.Moved -> touched.Add(PersonId.Of recorded.Stream.Id) |> ignore
        | _ -> ()

    for who in touched do
        ledger.Placed who |> List.iter party.Wrong

/// The oracle's answer on what a lane had seen.
let private answerOf (party: Party) (judged: Output.Judged) =
    let request = judged.Request

    // Of a game the refusal is the game's; only whether whoever asks is there at all is the room's.
    let command: AnyCommand =
        if request.Command :? Command.Play then
            Command.Lock()
        else
            request.Command

    RoomAnswers.decide request.Person judged.Now request.Stream command (party.Kept.PastSeen judged)

/// What is refused, or is so already, is what the oracle says of it.
let judged (party: Party) (judged: Output.Judged) =
    let request = judged.Request

    match judged.Reply with
    | :? Reply.Refused as refused ->
        party.Note $"refused {ruleOf refused.Refusal}"

        if isOfHouse request.Stream && not judged.IsTwin then
            let rule = ruleOf refused.Refusal

            match answerOf party judged with
            | Refused(code, because) when code = refused.Refusal.Code && because = rule -> ()
            | Refused _ as other when isPlay request.Command ->
                party.Wrong $"{request.Person}: {request.Command} was refused for {rule}, and was to be {other}"
            | _ when isPlay request.Command -> ()
            | other -> party.Wrong $"{request.Person}: {request.Command} was refused for {rule}, and was to be {other}"
    | _ when
        judged.Events = 0
        && isOfHouse request.Stream
        && not judged.IsTwin
        && not (isPlay request.Command)
        ->
        party.Note "already so"

        match answerOf party judged with
        | AlreadySo -> ()
        | other -> party.Wrong $"{request.Person}: {request.Command} was so already, and was to be {other}"
    | _ -> ()

/// Who is told of whom, and when; by which process.
type Tellings = Dictionary<struct (PersonId * PersonId), struct (int64 * string)>

/// While so long a process does not know yet what others told, nor who has just taken over.
let private learning = 1_000L

/// Of each friend at most once in half an hour, and never of whom one may not be told.
let told (party: Party) (tellings: Tellings) (host: Host) (who: PersonId) (notice: Notice) =
    party.Note "notices"
    let by = $"{host.Index} {host.Process}"

    for friend in notice.People do
        let pair, place = party.PairOf(who, friend), party.PlaceOf friend
        let mine = party.PlaceOf who

        let isBarred =
            place.Ghosted.Contains who || mine.Muted.Contains friend || pair.IsClosed

        if isBarred || not pair.AreFriends then
            party.Wrong $"{who} was told of {friend}, of whom they may not be told"

        match tellings.TryGetValue(struct (who, friend)) with
        | true, struct (at, before) when party.Clock.Now - at < Noticing.WindowMs ->
            let isLearning =
                before <> by
                && (party.Clock.Now - at < learning || party.Clock.Now - host.Began < learning)

            if isLearning then
                party.Note "told again by a process that had just taken over"
            else
                party.Wrong $"{who} was told of {friend} twice"
        | _ -> ()

        tellings[struct (who, friend)] <- struct (party.Clock.Now, by)

/// When somebody was last in, as far as a host could have known; they were never there if that is never.
let lastIn (party: Party) (who: PersonId) : int64 =
    match party.GuestOf who with
    | Some guest when guest.Words.Count > 0 ->
        guest.Words.Values
        |> Seq.map (fun (struct (at, word)) ->
            if word = Goes then
                at
            else
                at + Chat.Domain.Presences.Presence.LengthMs)
        |> Seq.max
    | _ -> 0L

/// Nobody stays in a room who has long gone; with hosts that do not know yet who is in, it takes until they do.
let leases (party: Party) (since: Dictionary<PersonId, int64>) =
    let slack = 25_000L

    let settled =
        party.Hosts
        |> Array.map (fun host -> host.Began + Leasing.settledMs)
        |> Array.max

    for guest in party.Guests do
        match Option.ofNullable (party.PlaceOf guest.Id).Room with
        | Some room ->
            let came =
                match since.TryGetValue guest.Id with
                | true, at -> at
                | false, _ -> 0L

            let gone = max (lastIn party guest.Id) came
            let isDue = party.Clock.Now > max gone settled + slack

            if isDue then
                party.Wrong $"{guest.Id} is still in {room}, and was gone at {gone} ms"
        | None -> ()
