/// How buckets are shared out among hosts.
module Chat.Spec.Laws.BalanceLaws

open System.Collections.Generic
open FsCheck
open FsCheck.FSharp
open Chat.Protocol
open Chat.Spec
open Chat.Spec.Laws.Law

/// Whose each bucket is, and whether they are about to stop.
type Shares = (string * bool * int list) list

/// What one of them gives away, and to whom.
type Giving = string -> Shares -> (string * int list) list

let domain: Giving =
    fun giver shares ->
        let holders =
            [
                for name, isLeaving, buckets in shares -> Holder(name, isLeaving, List buckets)
            ]

        [
            for struct (to', buckets) in Balance.GiftsOf(giver, List holders) -> to', List.ofSeq buckets
        ]

/// Some hosts, and of some buckets whose each is.
let shares: Gen<Shares> =
    gen {
        let! hosts = Gen.choose (1, 5)

        let! leaving =
            Gen.listOfLength hosts (Gen.frequency [ 4, Gen.constant false; 1, Gen.constant true ])

        let! owners = Gen.listOf (Gen.choose (0, hosts - 1))

        let ofHost host =
            owners
            |> List.indexed
            |> List.filter (fun (_, owner) -> owner = host)
            |> List.map fst

        return
            leaving
            |> List.mapi (fun host isLeaving -> $"host-{host}", isLeaving, ofHost host)
    }

/// All of them give at once.
let private given (giving: Giving) (before: Shares) : Shares =
    let gifts =
        [
            for name, _, _ in before do
                for to', buckets in giving name before do
                    for bucket in buckets -> name, to', bucket
        ]

    [
        for name, isLeaving, buckets in before ->
            let gone =
                gifts
                |> List.filter (fun (from, _, _) -> from = name)
                |> List.map (fun (_, _, one) -> one)

            let come =
                gifts
                |> List.filter (fun (_, to', _) -> to' = name)
                |> List.map (fun (_, _, one) -> one)

            name, isLeaving, List.except gone buckets @ come
    ]

let private countsOf (shares: Shares) =
    [
        for _, isLeaving, buckets in shares do
            if not isLeaving then
                buckets.Length
    ]

/// At once, also where several give: whoever stays has as many as any other, who leaves has nothing.
let even: Law<Giving, Shares> =
    law "buckets are shared evenly among those who stay" (fun giving before ->
        let after = given giving before

        match countsOf after with
        | [] -> differ "where all leave" before after
        | counts ->
            wrongIf (List.max counts - List.min counts > 1) $"{before} came to {after}"
            @ [
                for name, isLeaving, buckets in after do
                    yield! wrongIf (isLeaving && not buckets.IsEmpty) $"{name} leaves with {buckets}"
            ])

/// None is lost, none is two hosts', nobody gives what is not theirs.
let kept: Law<Giving, Shares> =
    law "no bucket is lost or doubled" (fun giving before ->
        let all (shares: Shares) =
            [
                for _, _, buckets in shares do
                    yield! buckets
            ]
            |> List.sort

        [
            for name, _, own in before do
                for to', buckets in giving name before do
                    yield! wrongIf (not (List.except own buckets).IsEmpty) $"{name} gives {buckets} of {own}"
                    yield! wrongIf (to' = name) $"{name} gives to itself"
        ]
        @ differ "all of them" (all before) (all (given giving before)))

/// Nothing moves that need not, and nothing more once all is even.
let still: Law<Giving, Shares> =
    law "no more buckets move than must" (fun giving before ->
        let moved (shares: Shares) =
            List.sum
                [
                    for name, _, _ in shares do
                        for _, buckets in giving name shares -> buckets.Length
                ]

        match countsOf before with
        | [] -> differ "moved where all leave" 0 (moved before)
        | counts ->
            let total = List.sum [ for _, _, buckets in before -> buckets.Length ]
            let each, more = total / counts.Length, total % counts.Length

            // Those who have most keep one more.
            let must =
                List.sortDescending counts
                |> List.mapi (fun index count -> max 0 (each + (if index < more then 1 else 0) - count))
                |> List.sum

            differ "moved" must (moved before)
            @ differ "moved again" 0 (moved (given giving before)))
