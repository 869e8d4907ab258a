/// Judges what people did to each other, and what each of two was told and lists of it.
module Chat.Spec.Outside.JudgingBonds

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Pairs
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Between
open Chat.Spec.Outside.Orders
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

let private isSame (view: View) (entry: FriendEntry) =
    (entry.View.Bond, entry.View.HasBlocked, entry.View.Version) = (view.Bond, view.HasBlocked, view.Version)

/// What a device was told of another: each change once and in order; of two at the same time perhaps the second only.
let private toldWrong (order: Step list) isConcurrent (other: PersonId) (heard: Hearing) : string list =
    let past = order |> List.tryLast |> Option.map snd |> Option.defaultValue []

    let views =
        [ 1 .. past.Length ]
        |> List.map (fun length -> Pairs.view heard.Who other (List.truncate length past))
        |> List.filter (fun view -> view.Version > 0L)
        |> List.distinctBy _.Version

    let told =
        heard.Bonds
        |> List.filter (fun (_, entry) -> entry.Person = other)
        |> List.map snd

    let versions = told |> List.map _.View.Version

    let isRight =
        told
        |> List.forall (fun entry -> views |> List.exists (fun view -> isSame view entry))
        && versions = List.sort (List.distinct versions)
        && (heard.WasAway
            || (isConcurrent
                && List.tryLast versions = (views |> List.tryLast |> Option.map _.Version))
            || versions = (views |> List.map _.Version))

    if isRight then
        []
    else
        [ $"{heard.Who} was told {told} of {other}, and knows {views}" ]

/// What somebody lists of another, where a page goes so far, at one of the moments at which it may have been.
let private listedWrong (order: Step list) (other: PersonId) (reading: Reading) =
    match reading.Read with
    | Befriended(after, Ok page) ->
        let isBefore (one: PersonId) (two: PersonId) = one.CompareTo two < 0

        let isCovered =
            Option.forall (fun one -> isBefore one other) after
            && (not page.More || not (isBefore (Seq.last page.Friends).Person other))

        let isRight past =
            let view = Pairs.view reading.Who other past

            match page.Friends |> Seq.tryFind (fun entry -> entry.Person = other) with
            | Some entry -> isCovered && view.IsSomething && isSame view entry
            | None -> not isCovered || not view.IsSomething

        if pasts order reading.During |> List.exists isRight then
            []
        else
            [
                $"{reading.Who} lists {List.ofSeq page.Friends} after {after}; of {other} that is wrong"
            ]
    | _ -> []

/// What two people did to each other, and all that each of them learnt of it.
let private pair (findings: Findings) (played: Played) (two: PersonId list) =
    let isOfThem (who: PersonId) (other: PersonId) =
        List.contains who two
        && List.contains other two
        && (who <> other || two.Length = 1)

    let bondings =
        played.Bondings
        |> List.filter (fun bonding -> isOfThem bonding.Ask.Person (otherOf bonding))
        |> List.sortBy _.During.Sent

    let otherThan who =
        two |> List.find (fun other -> other <> who || two.Length = 1)

    let wrongs order =
        [
            for heard in played.Heard do
                if List.contains heard.Who two then
                    yield! toldWrong order played.Scenario.IsConcurrent (otherThan heard.Who) heard
            for reading in played.Readings do
                if List.contains reading.Who two then
                    yield! listedWrong order (otherThan reading.Who) reading
        ]

    let possible = orders bondings |> Seq.truncate mostOrders |> Seq.cache

    let right = possible |> Seq.tryFind (wrongs >> List.isEmpty)

    let isOpen = Option.isNone right && Seq.length possible = mostOrders

    findings.Hold friends (Option.isSome right || isOpen) (fun () ->
        let asked = bondings |> List.map (fun bonding -> $"{bonding.Ask}: {bonding.Reply}")

        match Seq.tryHead possible with
        | Some order -> $"{asked}: {wrongs order}"
        | None -> $"in no order is this right: {asked}")

    for happened in right |> Option.bind List.tryLast |> Option.map snd |> Option.defaultValue [] do
        findings.Count(happened.GetType().Name)

/// How each of two stands to the other is nobody else's, and of one version is told and listed at one time.
let private entries (findings: Findings) (played: Played) =
    let heard =
        [
            for heard in played.Heard do
                for of', entry in heard.Bonds do
                    findings.Hold friends (of' = entry.Person.Value) (fun () ->
                        $"{heard.Who} was told of {entry.Person} where {of'} is told of")

                    heard.Who, entry
        ]

    let listed =
        [
            for reading in played.Readings do
                match reading.Read with
                | Befriended(_, Ok page) ->
                    let people = page.Friends |> Seq.map _.Person |> List.ofSeq

                    findings.Hold
                        friends
                        (people = (people |> List.distinct |> List.sortWith (fun one two -> one.CompareTo two)))
                        (fun () -> $"{reading.Who} lists {people}")

                    for entry in page.Friends -> reading.Who, entry
                | Befriended(_, Error refusal) ->
                    findings.Hold friends false (fun () ->
                        $"{reading.Who} was {told (Error refusal)} for their friends")
                | _ -> ()
        ]

    let ofOne =
        heard @ listed
        |> List.groupBy (fun (who, entry) -> who.Value, entry.Person.Value, entry.View.Version)

    for (who, other, version), all in ofOne do
        let times = all |> List.map (fun (_, entry) -> entry.View.At) |> List.distinct

        findings.Hold friends (times.Length = 1) (fun () ->
            $"{who} came to stand to {other} as in version {version} at {times}")

        findings.Hold
            friends
            (played.Bondings
             |> List.exists (fun bonding ->
                 set [ bonding.Ask.Person.Value; (otherOf bonding).Value ] = set [ who; other ]))
            (fun () -> $"{who} is told of {other}, with whom nothing was")

let judge (findings: Findings) (played: Played) =
    for bonding in played.Bondings do
        findings.Hold friends bonding.IsBare (fun () -> $"{bonding.Ask} was answered with more than that it is taken")

    let pairs =
        played.Bondings
        |> List.map (fun bonding -> [ bonding.Ask.Person; otherOf bonding ] |> List.distinct |> List.sortBy _.Value)
        |> List.distinct

    pairs |> List.iter (pair findings played)
    entries findings played
