/// What everybody is told of calls, as they change and where nobody takes one.
module Chat.Spec.Outside.Hearing

open System
open System.Threading.Tasks
open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Generators.CallScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.InCalls
open Chat.Spec.Outside.AskingCalls
open Chat.Spec.Outside.JudgingCalls

let private take (findings: Findings) (exchange: Exchange) (phone: Phone) (told: Told) =
    hold findings (wrongOf exchange phone.Who told)

    match told with
    | Called(other, call) -> phone.Calls[other] <- call
    | Passed(_, passed) -> phone.Passed.Add passed.Data.Value |> ignore
    | Kept(conversation, version, line) -> phone.Keep(conversation, version, line)
    | Other -> ()

/// Waits until every device knows of each call what its person is to be told; what is told meanwhile is judged.
let settleAsync (findings: Findings) (exchange: Exchange) : Task =
    task {
        let mutable left = []
        let isOver () = findings.Wrongs.Length > 0

        let look () =
            for phone in exchange.Phones do
                let heard = phone.Device.Heard()

                for one in List.skip phone.Taken heard do
                    take findings exchange phone (toldOf one)

                phone.Taken <- heard.Length

            left <- exchange.Phones |> List.collect (missing exchange)
            Task.FromResult(left.IsEmpty || isOver ())

        let! _ = untilAsync (exchange.Phones |> List.map _.Device) look

        if not (isOver ()) then
            hold findings left
    }

/// When it is looked whether a call still rings, in milliseconds: long enough before it is missed that no slow machine
/// is taken for a host that gives up early.
let private halfwayMs = 30_000L

let private wallMs () =
    DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()

let private sleepUntilAsync (ms: int64) : Task =
    Task.Delay(int (max 0L (ms - wallMs ())))

/// The calls that nobody has taken yet, and the moments at which they began to ring.
let private ringing (exchange: Exchange) : ((PersonId * PersonId) * Moment) list =
    [
        for one, other in List.allPairs people people do
            match Calls.current one other exchange.Now.Past with
            | Some({ Taken = None } as call) when call.Rung.By = one ->
                let isOf (stream, happened: AnyEvent) =
                    stream = Calls.lineOf one other && happened :? Event.Rung

                (one, other), exchange.Moments |> List.find (fun moment -> List.exists isOf moment.Latest)
            | _ -> ()
    ]

/// Nobody takes what rings: it rings on, and then it is missed, which every device of both is told.
let ringOutAsync (findings: Findings) (exchange: Exchange) : Task =
    task {
        let calls = ringing exchange

        let allLookAsync () : Task =
            task {
                do! settleAsync findings exchange

                for (one, other), _ in calls do
                    do! lookAsync findings exchange one other
                    do! lookAsync findings exchange other one
            }

        if not calls.IsEmpty then
            let moments = List.map snd calls
            do! sleepUntilAsync ((moments |> List.map _.SentMs |> List.min) + halfwayMs)
            do! hereAsync exchange
            do! allLookAsync ()
            do! sleepUntilAsync ((moments |> List.map _.AnsweredMs |> List.max) + Line.RingMs)
            let at = exchange.Now.At.Plus Line.RingMs

            let missed =
                calls
                |> List.collect (fun ((one, other), _) ->
                    eventsOf (Calls.decide people one other phone at (Command.Elapse()) exchange.Now.Past))

            count findings (Happens missed)
            let ms = wallMs ()

            let during =
                {
                    Sent = 0L
                    Answered = 0L
                    SentMs = ms
                    AnsweredMs = ms
                }

            exchange.Happen
                { next exchange.Now during missed with
                    At = at
                }

            do! allLookAsync ()
    }
