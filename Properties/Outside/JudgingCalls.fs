/// Judges what somebody is told of calls, and what their conversations keep of them.
module Chat.Spec.Outside.JudgingCalls

open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Oracle
open Chat.Spec.Outside.InCalls

/// By so much two clocks may differ in how long something took, in milliseconds.
let private slackMs = 100L

type private Happening = Chat.Domain.Calls.Event

/// What of a call can be compared: not when it was.
let private comparable (call: Call) =
    let how = Option.ofNullable call.Over |> Option.map (fun (struct (how, _)) -> how)

    call.Number,
    (call.Caller, call.Callee),
    (call.From, call.IsVideo),
    Option.ofNullable call.On,
    call.AnsweredAt.HasValue,
    how

let private asTold (story: Calls.Story) =
    story.Number,
    (story.Rung.By, story.Rung.Other),
    (story.Rung.Device, story.Rung.IsVideo),
    (story.Taken |> Option.map _.Device),
    Option.isSome story.Taken,
    (story.Over |> Option.map _.How)

let private storyOf who other (moment: Moment) =
    Calls.calls who other moment.Past |> List.tryLast

/// While it rings, and where nobody took it, whoever was called is told only if they hear it.
let private isFor (moment: Moment) (who: PersonId) (story: Calls.Story) =
    story.Rung.By = who
    || Option.isSome story.Taken
    || Calls.hears who story.Rung.By moment.Past

let private wrongCall (exchange: Exchange) who other (call: Call) =
    let isRight moment =
        storyOf who other moment
        |> Option.exists (fun story ->
            asTold story = comparable call
            && (isFor exchange.Now who story || isFor exchange.Before who story))

    if isRight exchange.Now || isRight exchange.Before then
        []
    else
        [ $"{who} was told {call} after {exchange.Now.Latest}" ]

let private wrongPassing (exchange: Exchange) who other (passed: Chat.Protocol.Wire.CallPassed) =
    let isRight (passing: Passing) =
        passing.To = who && passing.What = passed && passed.By = other

    if List.exists isRight exchange.Passings then
        []
    else
        [ $"{who} was passed {passed}, which is not for them" ]

/// What is wrong with what a device is told.
let wrongOf (exchange: Exchange) (who: PersonId) (told: Told) : string list =
    match told with
    | Called(other, call) -> wrongCall exchange who other call
    | Passed(other, passed) -> wrongPassing exchange who other passed
    | Kept _
    | Other -> []

/// A call that is over, and what its conversation says of it: who called, how it ended, between how many and how many
/// milliseconds it was. Whether the two were not closed to each other then.
type private Kept =
    {
        By: PersonId
        IsVideo: bool
        How: Ending
        Least: int64
        Most: int64
        IsOpen: bool
    }

let isClosed one other (moment: Moment) = Rooms.isClosed one other moment.Past

/// What the conversation of two is to keep, oldest first.
let private expected (exchange: Exchange) one other : Kept list =
    let direct = (StreamKey.Of(TenantId.Main, one, other)).Direct
    let moments = List.rev exchange.Moments

    let ofMoment (taken: Moment option, kept) (before: Moment, moment: Moment) =
        moment.Latest
        |> List.fold
            (fun (taken, kept) (stream, happened) ->
                match happened with
                | :? Happening.Rung when stream = Calls.lineOf one other -> None, kept
                | :? Happening.Answered when stream = Calls.lineOf one other -> Some moment, kept
                | :? Line as line when stream = direct ->
                    let least, most =
                        match taken with
                        | Some since ->
                            moment.SentMs - since.AnsweredMs - slackMs, moment.AnsweredMs - since.SentMs + slackMs
                        | None -> 0L, 0L

                    let one =
                        {
                            By = line.By
                            IsVideo = line.IsVideo
                            How = line.How
                            Least = least
                            Most = most
                            IsOpen = not (isClosed one other moment || isClosed one other before)
                        }

                    taken, one :: kept
                | _ -> taken, kept)
            (taken, kept)

    List.pairwise moments |> List.fold ofMoment (None, []) |> snd |> List.rev

let private isOf (kept: Kept) (line: Line) =
    (kept.By, kept.IsVideo, kept.How) = (line.By, line.IsVideo, line.How)
    && max 0L kept.Least <= line.LengthMs
    && line.LengthMs <= kept.Most

let rec private fits (expected: Kept list) (found: Line list) =
    match expected, found with
    | [], [] -> true
    | kept :: more, line :: rest when isOf kept line -> fits more rest || (not kept.IsOpen && fits more found)
    | kept :: more, _ when not kept.IsOpen -> fits more found
    | _ -> false

/// What is wrong with the calls that somebody finds in their conversation with another: each once, in order, and no
/// other. Where the two are closed to each other, some may not be seen.
let wrongLines (exchange: Exchange) (who: PersonId) (other: PersonId) (found: Line list) : string list =
    let all = expected exchange who other

    if fits all found then
        []
    else
        [ $"the calls of {who} and {other} are {all}, and {who} finds {found}" ]

/// The calls that the conversation of two keeps by now.
let countOf (exchange: Exchange) (one: PersonId) (other: PersonId) = (expected exchange one other).Length

/// The same where it is read later, after so many of them at the most: what is seen is seen by how it is now.
let wrongLater (exchange: Exchange) (who: PersonId) (other: PersonId) (known: int) (found: Line list) : string list =
    let isOpen = not (isClosed who other exchange.Now)

    let all =
        expected exchange who other
        |> List.map (fun kept -> { kept with IsOpen = isOpen })

    if [ 0..known ] |> List.exists (fun count -> fits (List.skip count all) found) then
        []
    else
        [
            $"the calls of {who} and {other} are {all}, and {who}, who knows {known} of them, reads {found}"
        ]

/// A message or a call, as it stands in a conversation.
type Stands =
    | Message of seq: int64
    | Call of Line

let messageOf (one: Stands) : int64 option =
    match one with
    | Message seq -> Some seq
    | Call _ -> None

/// In which order messages and calls stand between two: of messages their numbers.
let order (exchange: Exchange) (who: PersonId) (other: PersonId) : int64 option list =
    exchange.Now.Past (StreamKey.Of(TenantId.Main, who, other)).Direct
    |> List.choose (fun happened ->
        match happened with
        | :? Chat.Domain.Conversations.Event.MessageSent as sent -> Some(Some sent.Seq)
        | :? Line -> Some None
        | _ -> None)

/// What is wrong with what somebody reads in their conversation with another, oldest first: calls stand between the
/// messages that they came between.
let wrongHistory (exchange: Exchange) (who: PersonId) (other: PersonId) (found: Stands list) : string list =

    let calls =
        found
        |> List.choose (fun one ->
            match one with
            | Call line -> Some line
            | Message _ -> None)

    Laws.Law.differ
        $"in which order {who} reads messages and calls of {other}"
        (order exchange who other)
        (List.map messageOf found)
    @ wrongLater exchange who other 0 calls

/// How the last call of two was to be told somebody: as it was when it last changed and they were to hear of it.
let private owed (exchange: Exchange) who other =
    exchange.Moments
    |> List.tryPick (fun moment ->
        let isChanged =
            moment.Latest
            |> List.exists (fun (stream, _) -> stream = Calls.lineOf who other)

        storyOf who other moment
        |> Option.filter (fun story -> isChanged && isFor moment who story))

/// What a device does not know yet of all that its person is to be told.
let missing (exchange: Exchange) (phone: Phone) : string list =
    let who = phone.Who

    [
        for other in List.except [ who ] people do
            let held =
                match phone.Calls.TryGetValue other with
                | true, call -> Some(comparable call)
                | false, _ -> None

            let known = owed exchange who other |> Option.map asTold

            if held <> known && held <> (storyOf who other exchange.Now |> Option.map asTold) then
                $"{who} was told {held} of their call with {other}, and was to be told {known}"

            let lines =
                match phone.Lines.TryGetValue(exchange.DirectOf(who, other)) with
                | true, held -> List.ofSeq held.Values
                | false, _ -> []

            yield! wrongLines exchange who other lines

        for passing in exchange.Passings do
            if passing.To = who && not (phone.Passed.Contains passing.What.Data.Value) then
                $"{who} was not passed {passing.What}"
    ]

/// What is wrong with the last call of two, as one of them finds it.
let wrongLast (moment: Moment) who other (found: Call option) =
    Laws.Law.differ
        $"the last call of {who} and {other}"
        (storyOf who other moment |> Option.map asTold)
        (Option.map comparable found)

/// What is wrong with whom somebody is on a call with, as they find it in the house.
let wrongPlace (exchange: Exchange) who (found: PersonId option) =
    Laws.Law.differ
        $"whom {who} is on a call with"
        (Calls.onCallWith people who exchange.Now.Past)
        (Option.toList found)
