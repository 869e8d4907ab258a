/// Buckets shared out with one mistake each.
module Chat.Spec.Mistakes.BalanceMistakes

open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.BalanceLaws

let private staying (shares: Shares) : Shares =
    shares |> List.map (fun (name, _, buckets) -> name, false, buckets)

/// As if nobody else gave anything at the same time.
let private alone (giver: string) (shares: Shares) : Shares =
    shares
    |> List.map (fun (name, isLeaving, buckets) ->
        name,
        isLeaving,
        (if name = giver then
             buckets
         else
             List.truncate (buckets.Length / 2) buckets))

let all: Mistake list =
    let right = BalanceLaws.domain
    let cases = lazy (Seeds.fixedSample 200 40 BalanceLaws.shares)
    let onShares name law mistaken = mistake name law cases right mistaken

    [
        onShares "who leaves keeps what is theirs" BalanceLaws.even (fun giver shares -> right giver (staying shares))
        onShares "each gives as if it were the only one" BalanceLaws.even (fun giver shares ->
            right giver (alone giver shares))
        onShares "a bucket is given to two" BalanceLaws.kept (fun giver shares ->
            [
                for to', buckets in right giver shares do
                    yield to', buckets

                    yield!
                        shares
                        |> List.tryHead
                        |> Option.map (fun (name, _, _) -> name, buckets)
                        |> Option.toList
            ])
        onShares "all is given away" BalanceLaws.still (fun giver shares ->
            match shares |> List.tryFind (fun (name, _, _) -> name <> giver) with
            | Some(other, _, _) ->
                [
                    for name, _, own in shares do
                        if name = giver then
                            other, own
                ]
            | None -> [])
    ]
