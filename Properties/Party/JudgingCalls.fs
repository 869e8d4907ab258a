/// What has to hold of calls at a party, and of what devices pass on.
module Chat.Spec.Party.JudgingCalls

open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Laws.Law
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Party.World
open Chat.Spec.Party.CallLedger

type private Line = Chat.Domain.Conversations.Event.Called
type private Moving = Chat.Domain.Places.Event

/// An event but for when it was: hosts decide at their own moments.
let private timeless (stream: StreamKey, happened: AnyEvent) =
    let what: objnull =
        match happened with
        | :? Event.Rung as rung -> $"{rung.Other} {rung.Device} {rung.IsVideo}"
        | :? Event.Answered as answered -> answered.Device
        | :? Event.Ended as ended -> ended.How
        | :? Moving.OnCall as moved -> string moved.Other
        | :? Line as line -> $"{line.IsVideo} {line.How} {line.LengthMs}"
        | _ -> null

    stream, happened.GetType().Name, happened.By, what

/// Whether somebody is on a call, as their place says it.
let private isOnCall (past: Rooms.Past) (who: PersonId) =
    past (Rooms.placeOf who)
    |> List.choose (fun happened ->
        match happened with
        | :? Moving.OnCall as moved -> Some moved.Other.HasValue
        | _ -> None)
    |> List.tryLast
    |> Option.defaultValue false

/// The other of the two, by what was asked and what was before.
let private otherOf (party: Party) (who: PersonId) (stream: StreamKey) (command: Command) =
    match command with
    | :? Command.Ring as ring -> Some ring.Other
    | _ ->
        (party.Kept.Current stream).State :?> State
        |> _.Last
        |> Option.ofObj
        |> Option.map (fun call -> call.OtherThan who)

/// What the oracle makes of something that was asked of a line.
let private decide (party: Party) who device now stream (command: Command) past =
    match otherOf party who stream command with
    | Some other -> Some(Calls.decideWhere (isOnCall past) who other device now command past)
    // Nobody has ever called there.
    | None -> None

/// What a request makes is what the oracle says, on all that had been committed before it.
let making (party: Party) (made: Recorded list) =
    match party.Asked.TryGetValue made.Head.Id with
    | true, asked when asked.Wanted.Stream.Kind = StreamKind.Line ->
        let wanted = asked.Wanted
        let command = wanted.Command :?> Command

        let actual =
            made |> List.map (fun recorded -> timeless (recorded.Stream, recorded.Event))

        match decide party wanted.Person wanted.Device made.Head.Event.At wanted.Stream command party.Kept.Past with
        | Some(Happens events) when List.map timeless events = actual -> ()
        | other -> party.Wrong $"{wanted} came to {actual}, and was to come to {other}"
    | _ -> ()

/// What was made is taken down.
let made (party: Party) (ledger: CallLedger) (made: Recorded list) =
    ledger.Take made |> List.iter party.Wrong

    for recorded in made do
        match recorded.Event with
        | :? Event.Rung -> party.Note "calls rung"
        | :? Event.Answered -> party.Note "calls taken"
        | :? Event.Ended as ended -> party.Note $"calls {ended.How}"
        | _ -> ()

/// What is refused, or is so already, is what the oracle says of it, on the versions that were looked at.
let judged (party: Party) (judged: Output.Judged) =
    let request = judged.Request

    match request.Command, judged.Reply with
    | (:? Command as command), reply when not judged.IsTwin ->
        let expected () =
            party.Kept.PastSeen judged
            |> decide party request.Person request.Device judged.Now request.Stream command

        match reply with
        | :? Reply.Refused as refused ->
            let rule = ruleOf refused.Refusal

            match expected () with
            | Some(Refused(code, because)) when code = refused.Refusal.Code && because = rule -> ()
            | None when rule = "call.unknown" -> ()
            | other -> party.Wrong $"{request.Person}: {command} was refused for {rule}, and was to be {other}"
        | _ when judged.Events = 0 ->
            match expected () with
            | Some AlreadySo
            | None -> ()
            | other -> party.Wrong $"{request.Person}: {command} was so already, and was to be {other}"
        | _ -> ()
    | _ -> ()

/// Nobody rings for ever, nor is on a call who has long gone; hosts that die take some seconds, and those that have
/// just begun do not know yet who is in.
let lasting (party: Party) (ledger: CallLedger) =
    let now, slack = party.Now.Milliseconds, 25_000L
    let ringing = Chat.Domain.Calls.Line.RingMs + 10_000L

    let settled =
        party.Hosts
        |> Array.map (fun host -> host.Began + Leasing.settledMs)
        |> Array.max

    for call in ledger.Lines.Values do
        match call.TakenAt with
        | None when now > call.RungAt + ringing -> party.Wrong $"{call} rings for ever"
        | Some since ->
            for who in [ call.Caller; call.Callee ] do
                let gone = max (Judging.lastIn party who) (since - now + party.Clock.Now)

                if party.Clock.Now > max gone settled + slack then
                    party.Wrong $"{who} is still on {call}, and was gone at {gone} ms"
        | None -> ()

/// What somebody passes on to the other of a call goes from the device that is on it, while it goes on.
let passed (party: Party) (who: PersonId) (device: DeviceId) (other: PersonId) (number: int64) =
    let found =
        party.Parts.Calls.NotPassed (party.LineOf(who, other)) who device number
        |> Option.map (fun refusal -> refusal.Code, ruleOf refusal)

    let expected = Calls.notPassed who device other number party.Kept.Past

    party.Note(
        if found.IsNone then
            "signals of a call"
        else
            "signals of a call refused"
    )

    differ $"what {who} passes on to {other} on call {number}" expected found
    |> List.iter party.Wrong

/// What somebody passes on in a room goes to whoever is inside, if they are, and to nobody who is closed out.
let passedInRoom (party: Party) (ledger: Ledger.Ledger) (who: PersonId) (id: RoomId) (whom: PersonId) =
    let areParted = Rooms.isClosed who whom party.Kept.Past

    let found =
        party.Parts.Goes (party.RoomOf id) who whom (party.PairOf(who, whom).IsClosed)
        |> Result.mapError ruleOf

    let isInside one = ledger.WhereIs one = Some id

    let expected =
        if not (isInside who) then Error "room.not_inside"
        elif not (isInside whom) then Error "occupant.unknown"
        else Ok(not areParted)

    party.Note(
        match found with
        | Ok _ -> "signals in a room"
        | Error _ -> "signals in a room refused"
    )

    differ $"what {who} passes on to {whom} in {id}" expected found
    |> List.iter party.Wrong
