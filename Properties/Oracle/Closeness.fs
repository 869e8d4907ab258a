/// Who is close to somebody, from what went between them.
module Chat.Spec.Oracle.Closeness

open Chat.Domain.Values
open Chat.Domain.Meeting
open Chat.Domain.Closeness
open Chat.Spec.Oracle.Meetings

/// The largest whole number whose square is not above a number.
let private root (square: bigint) : int64 =
    let rec between (low: bigint) (high: bigint) =
        if low >= high then
            low
        else
            let middle = (low + high + 1I) / 2I

            if middle * middle <= square then
                between middle high
            else
                between low (middle - 1I)

    int64 (between 0I (square + 1I))

let private said (times: Instant seq) (now: Instant) =
    times |> Seq.sumBy (fun at -> faded 1_000L at now 21L)

let private together (perMinute: int64) (company: Company) (now: Instant) =
    faded company.Ms company.Until now 28L * perMinute / 60_000L

let pointsOf (one: Exchange) (now: Instant) =
    root (bigint (said one.Given now) * bigint (said one.Got now)),
    together 200L one.Rooms now,
    together 400L one.Calls now

/// Who, their points for words, rooms and calls, how many messages went each way, and when there was anything last.
let closest (facts: ClosenessFacts) (now: Instant) =
    [
        for one in facts.Friends do
            let words, rooms, calls = pointsOf one now

            if
                words + rooms + calls > 0L
                && not (facts.Muted.Contains one.Friend)
                && not (facts.Closed.Contains one.Friend)
            then
                let last =
                    [ yield! one.Given; yield! one.Got; one.Rooms.Until; one.Calls.Until ]
                    |> List.maxBy _.Milliseconds

                one.Friend, (words, rooms, calls), (one.Given.Count, one.Got.Count, last)
    ]
    |> List.sortWith (fun (one, (a, b, c), _) (other, (x, y, z), _) ->
        match compare (x + y + z) (a + b + c) with
        | 0 -> one.CompareTo other
        | order -> order)
