/// Plays a scenario of calls, one step after another or two at once, and judges each: what is answered, what every
/// device is told of it, and what is kept.
module Chat.Spec.Outside.CallPlaying

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Generators.CallScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.InCalls
open Chat.Spec.Outside.AskingCalls
open Chat.Spec.Outside.JudgingCalls
open Chat.Spec.Outside.Hearing

/// After so many steps everybody says again that they are there, lest their calls end.
let private renewEvery = 12

let private askedAsync (findings: Findings) (exchange: Exchange) (index: int) (asked: Asked) : Task =
    task {
        let asked = exchange.Meant asked
        let expected = expected exchange.Now asked
        let! during, answer = askAsync exchange $"k{index}" asked

        hold
            findings
            (if isAsExpected expected answer then
                 []
             else
                 [ $"{asked} was answered {answer}, and was to be {expected}" ])

        count findings expected
        exchange.Happen(next exchange.Now during (eventsOf expected))
        do! settleAsync findings exchange
        do! lookAsync findings exchange asked.Who asked.Whom
        do! lookAsync findings exchange asked.Whom asked.Who
    }

/// Which of two came first shows in the answers, or in the calls that there are then.
let private atOnceAsync (findings: Findings) (exchange: Exchange) (index: int) (one: Asked) (other: Asked) : Task =
    task {
        let one, other = exchange.Meant one, exchange.Meant other
        let asking = askAsync exchange $"k{index}" one
        let! otherDuring, otherAnswer = askAsync exchange $"l{index}" other
        let! oneDuring, oneAnswer = asking

        let inOrder (first, firstDuring, firstAnswer) (second, secondDuring, secondAnswer) =
            let came = expected exchange.Now first
            let between = next exchange.Now firstDuring (eventsOf came)
            let follows = expected between second

            if isAsExpected came firstAnswer && isAsExpected follows secondAnswer then
                Some([ came; follows ], between, next between secondDuring (eventsOf follows))
            else
                None

        let this, that = (one, oneDuring, oneAnswer), (other, otherDuring, otherAnswer)
        let! ofOne = lastAsync exchange one.Who one.Whom
        let! ofOther = lastAsync exchange other.Who other.Whom

        let isSo (asked: Asked) found (moment: Moment) =
            match found with
            | Ok call -> List.isEmpty (wrongLast moment asked.Who asked.Whom call)
            | Error _ -> false

        let order =
            [ inOrder this that; inOrder that this ]
            |> List.choose id
            |> List.tryFind (fun (_, _, after) -> isSo one ofOne after && isSo other ofOther after)

        match order with
        | None ->
            hold
                findings
                [
                    $"{one} and {other} at once were answered {oneAnswer} and {otherAnswer}; then there was {ofOne}"
                ]
        | Some(came, between, after) ->
            findings.Count "calls_at_once"
            List.iter (count findings) came
            exchange.Happen between
            exchange.Happen after
            do! settleAsync findings exchange
    }

let private passAsync (findings: Findings) (exchange: Exchange) (index: int) who device whom number : Task =
    task {
        let number = exchange.Numbered(who, whom, number)
        let expected = Calls.notPassed who device whom number exchange.Now.Past
        let data = valid (CallSignal.Create $"offer {index}")
        let ask = Ask.PassOn(whom, number, data)

        let! _, answer =
            Asking.queryAsync (exchange.PhoneOf(who, device)).Device ask (fun _ -> true)

        let isRight =
            match expected, answer with
            | None, Ok _ -> true
            | Some(code, rule), Error refusal -> refusal.Code = code && ruleOf refusal = rule
            | _ -> false

        hold
            findings
            (if isRight then
                 []
             else
                 [
                     $"{who} passed something on from {device} to {whom} and was answered {answer}, to be {expected}"
                 ])

        match expected with
        | None ->
            findings.Count "call.passed"

            let passing =
                {
                    To = whom
                    What = CallPassed(number, who, device, data)
                }

            exchange.Passings <- passing :: exchange.Passings
        | Some(_, rule) -> findings.Count rule

        do! settleAsync findings exchange
    }

let private stepAsync findings (exchange: Exchange) (index: int) (turn: Turn) : Task =
    match turn with
    | Asks asked -> askedAsync findings exchange index asked
    | AtOnce(one, other) -> atOnceAsync findings exchange index one other
    | Says(who, whom) -> Reading.sayAsync exchange index who whom
    | RingsOut _ -> ringOutAsync findings exchange
    | Passes(who, device, whom, number) -> passAsync findings exchange index who device whom number

/// In the end everybody finds the calls in their conversations, each once.
let private findAsync (findings: Findings) (exchange: Exchange) (marks: Bookmark list) : Task =
    task {
        for mark in marks do
            let! found = readAsync exchange mark

            for other, known in mark.Known do
                do! lookAsync findings exchange mark.Who other
                let! wrongs = Reading.wrongPagesAsync exchange mark.Who other
                hold findings wrongs

                match found.TryFind (exchange.DirectOf(mark.Who, other)).Value with
                | Some lines -> hold findings (wrongLater exchange mark.Who other known lines)
                | None -> ()
    }

/// Plays what people do with their phones, and judges it: what was found, and how many requests it took.
let judgedAsync (place: Place) (turns: Turn list) : Task<Findings * int> =
    task {
        let findings = Findings()
        let names = Renaming.Names(Guid.NewGuid().ToString("N").[..9])

        let phones =
            List.allPairs people [ phone; desk ]
            |> List.map (fun (who, device) -> Phone(Device(place, names, who, device)))

        let exchange = Exchange(phones, names)

        try
            for phone in phones do
                do! phone.Device.ConnectAsync()

            let mutable marks = []

            for index, turn in List.indexed turns do
                if findings.Wrongs.IsEmpty then
                    if index % renewEvery = 0 then
                        do! hereAsync exchange

                    if index = turns.Length / 2 then
                        let! here = bookmarksAsync exchange
                        marks <- here

                    do! stepAsync findings exchange index turn

            if findings.Wrongs.IsEmpty then
                do! findAsync findings exchange marks

            return findings, turns.Length
        finally
            for phone in phones do
                phone.Device.CloseAsync().Wait()
    }
