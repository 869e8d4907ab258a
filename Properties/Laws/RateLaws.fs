/// How often something may be done.
module Chat.Spec.Laws.RateLaws

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Limiting
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Laws.Law

/// A bucket as functions, so that a mistaken one can be put in its place.
type Pouring =
    {
        Filled: Rate -> Bucket -> Instant -> Bucket
        WaitMs: Rate -> Bucket -> Instant -> int64
    }

let domain: Pouring =
    {
        Filled = fun rate bucket now -> bucket.Filled(rate, now)
        WaitMs = fun rate bucket now -> bucket.WaitMs(rate, now)
    }

/// A rate, and how many milliseconds pass before each try; a clock may go back.
type Tries = Rate * int64 list

let tries: Gen<Tries> =
    let rate =
        Gen.map2
            (fun (often: int) (burst: int) -> Rate(often, burst))
            (Gen.elements [ 1; 2; 3; 7; 30; 999; 1_000; 20_000 ])
            (Gen.choose (1, 12))

    let wait =
        Gen.frequency
            [
                6, Gen.constant 0
                6, Gen.choose (0, 40)
                3, Gen.choose (0, 1_500)
                1, Gen.choose (-500, -1)
            ]

    Gen.zip rate (Gen.listOf (Gen.map int64 wait))

/// The oracle: a millisecond after the other, each bringing its part of a token, never beyond the burst.
let private poured (rate: Rate) (level: int64) (ms: int64) =
    let most = int64 rate.Burst * Bucket.Token

    Seq.replicate (int (max 0L ms)) (int64 rate.PerSecond * 1_000L)
    |> Seq.fold (fun level more -> min most (level + more)) level

/// Who is let through when, with what is left in the bucket then.
let private run (pouring: Pouring) (rate: Rate, waits: int64 list) =
    let step (bucket: Bucket, now: Instant, done') wait =
        let now = now.Plus wait
        let filled = pouring.Filled rate bucket now

        if pouring.WaitMs rate bucket now = 0L then
            Bucket(filled.Level - Bucket.Token, filled.At), now, (now, true, filled) :: done'
        else
            bucket, now, (now, false, filled) :: done'

    let start = Instant 1_000_000L
    let _, _, done' = waits |> List.fold step (Bucket.Full(rate, start), start, [])
    List.rev done'

let filling: Law<Pouring, Tries> =
    law "a bucket fills millisecond by millisecond" (fun pouring (rate, waits) ->
        let step (level, at: Instant, now: Instant, wrongs) wait =
            let now = now.Plus wait
            let expected = poured rate level (now.Since at)
            let actual = pouring.Filled rate (Bucket(level, at)) now
            let wrongs = wrongs @ differ $"after {wait} ms" expected actual.Level
            let later = Instant.Max(at, now)

            if expected >= Bucket.Token then
                expected - Bucket.Token, later, now, wrongs
            else
                expected, later, now, wrongs

        let start = Instant 1_000_000L

        let _, _, _, wrongs =
            waits |> List.fold step (int64 rate.Burst * Bucket.Token, start, start, [])

        wrongs)

/// In no stretch of time more than the burst and what came in meanwhile.
let bounded: Law<Pouring, Tries> =
    law "in no time more than the rate and a burst" (fun pouring (rate, waits) ->
        let taken =
            run pouring (rate, waits)
            |> List.filter (fun (_, isTaken, _) -> isTaken)
            |> List.map (fun (_, _, filled) -> filled.At)

        [
            for first in 0 .. taken.Length - 1 do
                for last in first .. taken.Length - 1 do
                    let ms = taken[last].Since taken[first]
                    let most = int64 rate.Burst * 1_000L + ms * int64 rate.PerSecond

                    yield!
                        wrongIf
                            (int64 (last - first + 1) * 1_000L > most)
                            $"{last - first + 1} times in {ms} ms at {rate}"
        ])

/// Who waits as long as they are told is let through, and nobody is told to wait longer than they must.
let honest: Law<Pouring, Tries> =
    law "the wait that is told is the wait" (fun pouring (rate, waits) ->
        run pouring (rate, waits)
        |> List.collect (fun (now, isTaken, filled) ->
            if isTaken then
                []
            else
                let now = Instant.Max(now, filled.At)
                let wait = pouring.WaitMs rate filled now

                let isThere ms =
                    (pouring.Filled rate filled (now.Plus ms)).Level >= Bucket.Token

                wrongIf (wait < 1L) "refused without a wait"
                @ wrongIf (not (isThere wait)) $"after {wait} ms still not"
                @ wrongIf (isThere (wait - 1L)) $"{wait} ms, and one less is enough"))

/// Several buckets at once: all or none, and what is swept away makes no difference.
let together: Law<unit, (int * int64) list> =
    law "a refusal takes from no bucket" (fun () asks ->
        let rates = [ Rate(1, 3); Rate(5, 2); Rate(2, 9) ]

        let wanted which =
            rates
            |> List.indexed
            |> List.filter (fun (index, _) -> which &&& (1 <<< index) <> 0)
            |> List.map (fun (index, rate) -> struct (index, rate))

        let rateOf = Func<int, Rate>(fun index -> rates[index])

        let step (buckets: Buckets<int>, now: Instant, wrongs) (which, wait: int64) =
            let now = now.Plus(abs wait % 700L)
            let keys = wanted which
            let struct (after, refused) = buckets.Take(ReadOnlySpan(Array.ofList keys), now)

            let waits =
                keys |> List.map (fun (struct (key, rate)) -> buckets.WaitMs(key, rate, now))

            let struct (swept, refusedSwept) =
                buckets.Swept(rateOf, now).Take(ReadOnlySpan(Array.ofList keys), now)

            let left (some: Buckets<int>) =
                rates |> List.mapi (fun key rate -> some.WaitMs(key, rate, now.Plus 100L))

            let wrongs =
                wrongs
                @ differ "refused" (List.exists (fun ms -> ms > 0L) waits) refused.IsSome
                @ wrongIf (refused.IsSome && left after <> left buckets) "a refusal took something"
                @ differ "swept" (refused.IsSome, left after) (refusedSwept.IsSome, left swept)

            after, now, wrongs

        let _, _, wrongs = asks |> List.fold step (Buckets<int>.Full, Instant 0L, [])
        wrongs)
