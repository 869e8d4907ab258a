/// Buckets with one mistake each.
module Chat.Spec.Mistakes.RateMistakes

open Chat.Domain.Limiting
open Chat.Spec
open Chat.Spec.Laws

let all: Mistake list =
    let right = RateLaws.domain
    let tries = lazy (Seeds.fixedSample 200 60 RateLaws.tries)
    let onTries name law mistaken = mistake name law tries right mistaken

    [
        onTries
            "a clock that goes back fills a bucket"
            RateLaws.filling
            { right with
                Filled = fun rate bucket now -> bucket.Filled(rate, bucket.At.Plus(abs (now.Since bucket.At)))
            }
        onTries
            "a bucket runs over"
            RateLaws.bounded
            { right with
                Filled =
                    fun rate bucket now ->
                        Bucket(bucket.Level + now.Since bucket.At * int64 rate.PerSecond * 1_000L, now)
            }
        onTries
            "a wait is told too short"
            RateLaws.honest
            { right with
                WaitMs = fun rate bucket now -> max 0L (bucket.WaitMs(rate, now) - 1L)
            }
    ]
