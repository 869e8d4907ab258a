/// How buckets are shared out among hosts: the laws.
module Chat.Spec.Tests.BalanceTests

open FsCheck
open FsCheck.FSharp
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Seeds

let private onShares law =
    Prop.forAll (Arb.fromGen BalanceLaws.shares) (hold law BalanceLaws.domain)

[<Law>]
let ``buckets are shared evenly`` () = onShares BalanceLaws.even

[<Law>]
let ``no bucket is lost or doubled`` () = onShares BalanceLaws.kept

[<Law>]
let ``no more buckets move than must`` () = onShares BalanceLaws.still
