/// Who calls whom, from all that happened in all streams. There is no state.
module Chat.Spec.Oracle.Calls

open System
open Chat.Domain.Calls
open Chat.Domain.Conversations
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Oracle.Rooms
open Chat.Spec.Oracle.RoomMoves

type private Calling = Chat.Domain.Calls.Command
type private Happening = Chat.Domain.Calls.Event

let lineOf (one: PersonId) (other: PersonId) =
    StreamKey.Line(TenantId.Main, one, other)

/// A call: who rang, whether and when it was taken, whether it is over.
type Story =
    {
        Number: int64
        Rung: Happening.Rung
        Taken: Happening.Answered option
        Over: Happening.Ended option
    }

    member story.IsOf(who: PersonId) =
        story.Rung.By = who || story.Rung.Other = who

let private pick (choose: Happening -> 'a option) (events: Happening list) = List.tryPick choose events

/// Every call of two, the first first.
let calls (one: PersonId) (other: PersonId) (past: Past) : Story list =
    let events =
        past (lineOf one other) |> List.map (fun happened -> happened :?> Happening)

    events
    |> List.indexed
    |> List.choose (fun (at, happened) ->
        match happened with
        | :? Happening.Rung as rung -> Some(at, rung)
        | _ -> None)
    |> List.mapi (fun index (at, rung) ->
        let rest =
            events
            |> List.skip (at + 1)
            |> List.takeWhile (fun later -> not (later :? Happening.Rung))

        {
            Number = int64 index + 1L
            Rung = rung
            Taken =
                rest
                |> pick (fun later ->
                    match later with
                    | :? Happening.Answered as taken -> Some taken
                    | _ -> None)
            Over =
                rest
                |> pick (fun later ->
                    match later with
                    | :? Happening.Ended as ended -> Some ended
                    | _ -> None)
        })

/// The last call, if it is the one of this number.
let private numbered one other (number: int64) past =
    calls one other past
    |> List.tryLast
    |> Option.filter (fun call -> call.Number = number)

/// The call that rings or goes on.
let current one other past =
    calls one other past
    |> List.tryLast
    |> Option.filter (fun call -> Option.isNone call.Over)

/// With whom of these somebody is on a call, or one rings.
let onCallWith (people: PersonId list) (who: PersonId) (past: Past) : PersonId list =
    people
    |> List.filter (fun other -> other <> who && Option.isSome (current who other past))

let private endsAt (call: Story) =
    match call.Taken with
    | Some taken -> taken.At.Milliseconds + Line.MaxMs
    | None -> call.Rung.At.Milliseconds + Line.RingMs

let private privacy (who: PersonId) (past: Past) =
    past (StreamKey.Of(TenantId.Main, who))
    |> List.map (fun happened -> happened :?> Chat.Domain.People.Event)
    |> Pairs.privacy

let private between (one: PersonId) (other: PersonId) (past: Past) : Pairs.Past =
    past (StreamKey.Of(TenantId.Main, one, other))
    |> List.map (fun happened -> happened :?> Chat.Domain.Pairs.Event)

/// What an ending changes besides the line: the places of the two, but where one was busy; their conversation, which
/// begins with it unless whoever was called takes nothing of the caller.
let ending (by: PersonId) (now: Instant) (rung: Happening.Rung) (taken: Happening.Answered option) how (past: Past) =
    let caller, callee = rung.By, rung.Other
    let direct = (StreamKey.Of(TenantId.Main, caller, callee)).Direct
    let stamp = Stamp(caller, now)

    let length =
        match taken with
        | Some answered -> now.Milliseconds - answered.At.Milliseconds
        | None -> 0L

    let begins =
        if not (List.isEmpty (past direct)) then
            Some []
        elif Pairs.takes (privacy callee past).Messages (between caller callee past) then
            Some
                [
                    Event.Created(stamp, ConversationKind.Direct, listing [ caller; callee ], null) :> AnyEvent
                ]
        else
            None

    let kept =
        match begins with
        | Some first -> first @ [ Event.Called(stamp, rung.IsVideo, how, length) ]
        | None -> []

    [
        yield lineOf caller callee, Happening.Ended(Stamp(by, now), how) :> AnyEvent

        if how <> Ending.Busy then
            for who in [ caller; callee ] do
                yield placeOf who, Moving.OnCall(Stamp(by, now), Nullable()) :> AnyEvent

        for happened in kept do
            yield direct, happened
    ]

let private answered who device now one other =
    Happens [ lineOf one other, Happening.Answered(Stamp(who, now), device) :> AnyEvent ]

let private ring (isOnCall: PersonId -> bool) who device now (command: Calling.Ring) (past: Past) : Answer =
    let other = command.Other

    match (if who = other then None else current who other past) with
    | _ when who = other -> Refused("malformed", "id: somebody else")
    | Some call when Option.isNone call.Taken && call.Rung.Other = who -> answered who device now who other
    | Some _ -> AlreadySo
    | None when not (areFriends who other past) -> Refused("not_found", "friend.unknown")
    | None when isOnCall who -> Refused("forbidden", "call.on_another")
    | None ->
        let rung = Happening.Rung(Stamp(who, now), other, device, command.IsVideo)
        let first = lineOf who other, rung :> AnyEvent

        if isOnCall other then
            Happens(first :: ending who now rung None Ending.Busy past)
        else
            Happens
                [
                    first
                    placeOf who, Moving.OnCall(Stamp(who, now), Nullable other)
                    placeOf other, Moving.OnCall(Stamp(who, now), Nullable who)
                ]

/// What somebody's wish about the line to another comes to, where one knows who is on a call.
let decideWhere isOnCall (who: PersonId) (other: PersonId) device now (command: Calling) (past: Past) : Answer =
    let ends (call: Story) how =
        Happens(ending who now call.Rung call.Taken how past)

    let last number = numbered who other number past

    match command with
    | :? Calling.Ring as command -> ring isOnCall who device now command past
    | :? Calling.Accept as accept ->
        match last accept.Number with
        | None -> Refused("not_found", "call.unknown")
        | Some call when call.Rung.Other <> who -> Refused("forbidden", "call.not_yours")
        | Some call when Option.isSome call.Over -> Refused("too_late", "call.over")
        | Some { Taken = None } -> answered who device now who other
        | Some { Taken = Some taken } when taken.Device = device -> AlreadySo
        | Some _ -> Refused("too_late", "call.taken")
    | :? Calling.Decline as decline ->
        match last decline.Number with
        | None -> Refused("not_found", "call.unknown")
        | Some call when call.Rung.Other <> who -> Refused("forbidden", "call.not_yours")
        | Some call when Option.isSome call.Over -> AlreadySo
        | Some { Taken = Some _ } -> Refused("too_late", "call.taken")
        | Some call -> ends call Ending.Declined
    | :? Calling.HangUp as hangUp when hangUp.Number.HasValue && Option.isNone (last hangUp.Number.Value) ->
        Refused("not_found", "call.unknown")
    | :? Calling.HangUp ->
        match current who other past with
        | Some call when call.IsOf who ->
            ends
                call
                (match call.Taken with
                 | Some _ -> Ending.HungUp
                 | None when call.Rung.By = who -> Ending.Cancelled
                 | None -> Ending.Declined)
        | _ -> AlreadySo
    | _ ->
        match current who other past with
        | Some call when endsAt call <= now.Milliseconds ->
            ends
                call
                (if Option.isSome call.Taken then
                     Ending.HungUp
                 else
                     Ending.Missed)
        | _ -> AlreadySo

/// What somebody's wish about the line to another comes to.
let decide people who other device now command (past: Past) : Answer =
    let isOnCall one =
        not (List.isEmpty (onCallWith people one past))

    decideWhere isOnCall who other device now command past

/// What a block does to the call that there is between the two.
let blocked (who: PersonId) (other: PersonId) (now: Instant) (past: Past) =
    match decide [] who other (DeviceId.Of "any") now (Calling.HangUp(Nullable())) past with
    | Happens events -> events
    | _ -> []

/// Whether whoever is called hears it ring, but for their quiet hours.
let hears (callee: PersonId) (caller: PersonId) past = not (mutes callee caller past)

/// Why something is not passed on from a device to the other of a call.
let notPassed who (device: DeviceId) other number past : (string * string) option =
    match numbered who other number past with
    | None -> Some("not_found", "call.unknown")
    | Some { Over = Some _ } -> Some("too_late", "call.over")
    | Some { Taken = None } -> Some("forbidden", "call.not_taken")
    | Some { Taken = Some taken; Rung = rung } ->
        if device = (if rung.By = who then rung.Device else taken.Device) then
            None
        else
            Some("forbidden", "call.other_device")
