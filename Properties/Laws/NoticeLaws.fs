/// What somebody is told of friends who come in: against the oracle, and without it.
module Chat.Spec.Laws.NoticeLaws

open System
open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Spec.Generators
open Chat.Spec.Generators.Comings
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Noticed
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.NoticeRunning

let oracle: Law<Telling, Story> =
    law "who is told what, and when, is the oracle's" (fun noticing story ->
        let step (past, wrongs) answered =
            let past, told = Noticed.tell answered.Asked past
            let what = $"at {answered.Asked.At}"

            let wrongs =
                wrongs
                @ differ what told answered.Told
                @ differ $"{what} due" (Noticed.due answered.Asked.IsIn past) answered.Due

            past, wrongs

        run noticing story |> List.fold step (Noticed.nothing, []) |> snd)

let private again (told: Told list) =
    [
        for who in told |> List.collect _.People |> List.distinct do
            let times =
                told |> List.filter (fun one -> List.contains who one.People) |> List.map _.At

            for one, other in List.pairwise times do
                yield! wrongIf (other - one < Noticing.WindowMs) $"of {who} at {one} and {other}"
    ]

/// The host that told somebody dies in the middle, and another goes on that heard of what was told.
let takenOver: Law<Telling, Story> =
    law "whoever takes over tells of nobody again within half an hour" (fun noticing story ->
        let before, after = story.Asks |> List.splitAt (story.Asks.Length / 2)

        let told =
            tellings (
                run
                    noticing
                    { story with
                        Asks = before
                        IsPunctual = false
                    }
            )

        let hear = List.fold noticing.Hear NoticeState.Blank
        let heard = hear told
        let later = follow noticing story.IsPunctual heard after

        again (told @ tellings later)
        // In which order it was heard, and how often, makes no difference.
        @ differ "in another order" heard (hear (told @ List.rev told))
        @ wrongIf (heard.Told.Count > Noticing.MaxKept) $"{heard.Told.Count} are kept")

let once: Law<Telling, Story> =
    law "of each friend there is at most one notice in half an hour, and one for each opening" (fun noticing story ->
        let answers = run noticing story
        let told = tellings answers

        [
            yield! again told

            for who in told |> List.collect _.People |> List.distinct do
                let times =
                    told |> List.filter (fun one -> List.contains who one.People) |> List.map _.At

                for index, at in List.indexed times do
                    let came =
                        answers
                        |> List.filter (fun one -> one.Asked.At <= at)
                        |> List.sumBy (fun one -> one.Asked.Openings |> List.filter (fst >> (=) who) |> List.length)

                    yield! wrongIf (index >= came) $"of {who} {index + 1} times, who came {came} times"

            for one in told do
                yield! differ $"at {one.At}" (List.distinct one.People) one.People
        ])

/// Whoever is told of has come, and since then there was nothing against it.
let never: Law<Telling, Story> =
    law "nobody is told of whom they may not be told" (fun noticing story ->
        let answers = run noticing story

        [
            for told in tellings answers do
                for who in told.People do
                    let isFree =
                        answers
                        |> List.filter (fun one -> one.Asked.At <= told.At)
                        |> List.rev
                        |> List.takeWhile (fun one -> not (Noticed.isBarred who one.Asked))
                        |> List.exists (fun one -> List.exists (fst >> (=) who) one.Asked.Openings)

                    yield! wrongIf (not isFree) $"at {told.At} of {who}"
        ])

let quiet: Law<Telling, Story> =
    law "quiet hours are quiet, and what happens then is not told afterwards" (fun noticing story ->
        let answers = run noticing story

        [
            for told in tellings answers do
                let awake =
                    answers
                    |> List.filter (fun one -> one.Asked.At <= told.At)
                    |> List.rev
                    |> List.takeWhile (fun one -> not (Noticed.isSilent one.Asked))

                yield! wrongIf awake.IsEmpty $"at {told.At}, when it is quiet"

                for who in told.People do
                    let isSince =
                        awake
                        |> List.exists (fun one -> List.exists (fst >> (=) who) one.Asked.Openings)

                    yield! wrongIf (not isSince) $"at {told.At} of {who}, who came when it was quiet"
        ])

/// When somebody came who then could be told of, since the notice of them before this one.
let private cameSince (answers: Answered list) (told: Told) (who: PersonId) =
    answers
    |> List.rev
    |> List.filter (fun one -> one.Asked.At <= told.At)
    |> List.takeWhile (fun one ->
        one.Asked.At = told.At
        || not (one.Told |> Option.exists (fun one -> List.contains who one.People)))
    |> List.filter (fun one -> Noticed.mayTell who one.Asked)
    |> List.collect _.Asked.Openings
    |> List.filter (fst >> (=) who)
    |> List.map snd

/// While nothing is against it: never before its time, and not long after it. Few enough people for all to be kept.
let complete: Law<Telling, Story> =
    law "no opening is told of too early, and none is lost without a reason" (fun noticing story ->
        let answers = run noticing { story with IsPunctual = true }
        let told = tellings answers

        [
            for index, asked in List.indexed (List.map _.Asked answers) do
                let later = answers |> List.skip index |> List.map _.Asked

                for who, at in asked.Openings do
                    let isMeant = story.IsOfFew && later |> List.forall (Noticed.mayTell who)

                    let until = max asked.At (at + Noticing.GatherMs) + Noticing.DigestEveryMs

                    let isTold =
                        told
                        |> List.exists (fun one ->
                            one.At > asked.At - Noticing.WindowMs
                            && one.At <= until
                            && List.contains who one.People)

                    yield! wrongIf (isMeant && not isTold) $"nothing of {who}, who came at {at}"

            for answered in answers do
                for told in Option.toList answered.Told do
                    let came = told.People |> List.collect (cameSince answers told)
                    let wait = if answered.Asked.IsIn then 0L else Noticing.GatherMs
                    yield! wrongIf (List.min (Int64.MaxValue :: came) + wait > told.At) $"too early at {told.At}"
        ])

/// As if nothing ever changed but who comes, and they were told as soon as they can be.
let private steady (story: Story) =
    let first = List.tryHead story.Asks

    { story with
        IsPunctual = true
        Asks =
            [
                for asked in story.Asks do
                    for first in Option.toList first do
                        { asked with
                            Friends = first.Friends
                            Quiet = first.Quiet
                        }
            ]
    }

let many: Law<Telling, Story> =
    law "many come in digests, and these are far apart" (fun noticing story ->
        let told = tellings (run noticing (steady story))
        let digests, others = told |> List.partition _.IsDigest
        // Up to the time for which they are gathered may lie between the coming and the telling.
        let within = Noticing.ManyWithinMs - Noticing.GatherMs - Comings.ahead

        [
            for one, other in List.pairwise digests do
                yield! wrongIf (other.At - one.At < Noticing.DigestEveryMs) $"digests at {one.At} and {other.At}"

            for first in others do
                let count =
                    others
                    |> List.filter (fun one -> one.At >= first.At && one.At - first.At < within)
                    |> List.sumBy _.People.Length

                yield! wrongIf (count > Noticing.Many) $"{count} one by one from {first.At}"
        ])

/// However much happens, little is kept, and what says nothing need not be.
let bounded: Law<Telling, Story> =
    law "little is kept, and what says nothing can be forgotten" (fun noticing story ->
        let forgetting =
            { noticing with
                Decide =
                    fun before facts now ->
                        let kept =
                            if noticing.IsBlank before now then
                                NoticeState.Blank
                            else
                                before

                        noticing.Decide kept facts now
            }

        let told answers =
            answers |> List.map (fun one -> one.Told, one.Due)

        let answers = run noticing story

        [
            for answered in answers do
                let kept = answered.State

                yield!
                    wrongIf
                        (kept.Told.Count + kept.Waiting.Count > Noticing.MaxKept
                         || kept.Recent.Count > Noticing.Many)
                        $"{kept.Told.Count}, {kept.Waiting.Count} and {kept.Recent.Count} are kept"
        ]
        @ differ "forgotten" (told answers) (told (run forgetting story)))
