/// How often something may be done: the laws.
module Chat.Spec.Tests.RateTests

open FsCheck
open FsCheck.FSharp
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Seeds


let private onTries law =
    Prop.forAll (Arb.fromGen RateLaws.tries) (hold law RateLaws.domain)

[<Law>]
let ``a bucket fills millisecond by millisecond`` () = onTries RateLaws.filling

[<Law>]
let ``in no time more than the rate and a burst`` () = onTries RateLaws.bounded

[<Law>]
let ``the wait that is told is the wait`` () = onTries RateLaws.honest

[<Law>]
let ``a refusal takes from no bucket`` (asks: (int * int64) list) = hold RateLaws.together () asks
