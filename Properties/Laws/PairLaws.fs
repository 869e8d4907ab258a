/// Friendship and block: against the oracle, and what one may learn of the other.
module Chat.Spec.Laws.PairLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Generators.PairTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running
open Chat.Spec.Laws.PairRunning

type private Bonding = Chat.Domain.Pairs.Command
type private PairState = Chat.Domain.Pairs.State

/// Each wish of a pair comes to what the oracle says.
let bonds: Law<PairDecider, Trace> =
    law "friendship is the oracle's" (fun decider trace ->
        run decider trace
        |> List.collect (fun one ->
            match one.Wish.Command with
            | :? Bonding as command ->
                let expected =
                    Pairs.decide one.Wish.Who command (bondsOf one.Before one.Wish.Stream)

                differ $"{one.Wish}" expected (answerOf one)
            | _ -> []))

/// What each of two people knows after each event.
let views: Law<PairDecider, Trace> =
    law "what each knows of the other is the oracle's" (fun decider trace ->
        run decider trace
        |> List.collect (fun one ->
            one.Published
            |> List.collect (fun publish ->
                match publish.After.State with
                | :? PairState as state ->
                    let past = bondsOf one.After publish.Stream

                    let before = List.truncate (past.Length - publish.Events.Count) past

                    let told = state.ToldSince publish.Events[0].Version

                    [ one.Wish.Who, one.Wish.Whom; one.Wish.Whom, one.Wish.Who ]
                    |> List.collect (fun (who, other) ->
                        let expected = Pairs.view who other past
                        let isNews = expected <> Pairs.view who other before

                        differ $"what {who} knows after {one.Wish}" expected (state.ViewOf who)
                        @ differ $"whether {who} is told of {one.Wish}" isNews (Seq.contains who told))
                | _ -> [])))

/// A conversation of two is closed by whom of them has blocked the other, and nothing is said in it then; nobody is
/// asked in anywhere by whom they have closed out, or who closed them out.
let closed: Law<PairDecider, Trace> =
    law "who is closed out reaches nobody" (fun decider trace ->
        let isClosed store one other =
            Pairs.isClosed (bondsOf store (pairOf one other))

        let direct (one: Done) =
            let pair = pairOf one.Wish.Who one.Wish.Whom
            let past = pastOfStream one.After pair.Direct

            let expected =
                people
                |> List.filter (fun who -> Pairs.hasBlocked who (bondsOf one.After pair))
                |> List.filter (fun who -> who = one.Wish.Who || who = one.Wish.Whom)

            let closers = Powers.closers past |> List.sortBy string
            let isWrong = Past.exists past && closers <> List.sortBy string expected
            wrongIf isWrong $"{one.Wish}: closed by {closers}"

        let reached (one: Done) =
            let isOut = isClosed one.Before one.Wish.Who one.Wish.Whom
            let made = added one one.Wish.Stream |> List.map _.Event

            made
            |> List.collect (fun happened ->
                match happened with
                | :? Event.MessageRedacted -> []
                | :? Event.Created
                | :? Event.Invited -> wrongIf isOut $"{one.Wish}: {happened}"
                | :? Event -> wrongIf (isOut && one.Wish.Stream.Id <> "g1") $"{one.Wish}: {happened}"
                | _ -> [])

        run decider trace
        |> List.collect (fun one -> (if one.Wish.Who = one.Wish.Whom then [] else direct one) @ reached one))

/// A conversation's own rules know of blocks and of who may reach whom: its decisions are the oracle's, once that is
/// asked.
let conversations: Law<PairDecider, Trace> =
    law "conversations keep to blocks" (fun decider trace ->
        run decider trace
        |> List.collect (fun one ->
            let isRefused kind (named: PersonId seq) =
                named
                |> Seq.exists (fun whom ->
                    let own =
                        pastOfStream one.Before (StreamKey.Of(TenantId.Main, whom))
                        |> List.map (fun recorded -> recorded.Event :?> Chat.Domain.People.Event)

                    let privacy = Pairs.privacy own

                    let openness =
                        if kind = ConversationKind.Direct then
                            privacy.Messages
                        else
                            privacy.Invites

                    let between = bondsOf one.Before (pairOf one.Wish.Who whom)
                    whom <> one.Wish.Who && not (Pairs.takes openness between))

            let past = pastOfStream one.Before one.Wish.Stream
            let asking = Context(one.Wish.Who, DeviceId.Of "phone", start.Plus 1_000_000_000L)

            match one.Wish.Command with
            | :? Command as command ->
                let expected = Welcome.decide isRefused asking command past

                match expected, one.Reply with
                | Refuse(code, rule), (:? Reply.Refused as refused) ->
                    differ $"{one.Wish}" (code, rule) (refused.Refusal.Code, ruleOf refused.Refusal)
                | Refuse _, reply -> [ $"{one.Wish}: {expected}, and {reply}" ]
                | _, (:? Reply.Refused as refused) -> [ $"{one.Wish}: refused {refused.Refusal}" ]
                | (Accept _ | AcceptAll _), _ ->
                    wrongIf (List.isEmpty (added one one.Wish.Stream)) $"{one.Wish}: nothing happened"
                | AlreadySo, _ -> wrongIf (not (List.isEmpty (added one one.Wish.Stream))) $"{one.Wish}: it happened"
            | _ -> []))

/// All that somebody learns of another: the answers to their own wishes, what they know of the pair, what they are
/// shown of the conversation. Versions of a conversation and when things were done are declared to tell more.
let private learns (who: PersonId) (other: PersonId) (runs: Done list) =
    let pair = pairOf who other

    let replies =
        runs
        |> List.filter (fun one -> one.Wish.Who = who)
        |> List.map (fun one ->
            match one.Reply with
            | :? Reply.Refused as refused -> $"{one.Wish}: {refused.Refusal}"
            | _ -> $"{one.Wish}: ok")

    let told =
        runs
        |> List.collect _.Published
        |> List.choose (fun publish ->
            match publish.After.State with
            | :? PairState as state when publish.Stream = pair ->
                state.ToldSince publish.Events[0].Version
                |> Seq.tryFind (fun told -> told = who)
                |> Option.map state.ViewOf
            | _ -> None)

    let shown =
        match List.tryLast runs with
        | Some last -> Views.shown who (pastOfStream last.After pair.Direct) |> List.map snd
        | None -> []

    replies, told, shown

/// From a block on, until it is undone, whatever the other does towards whoever blocked them, or they towards the
/// other, changes nothing for either. Only words of one's own that one takes back are seen to be gone.
let silence: Law<PairDecider, Trace> =
    law "a block is silence" (fun decider trace ->
        let runs = run decider trace |> List.indexed

        let pairs =
            [
                for one in people do
                    for other in people do
                        if one <> other then
                            one, other
            ]

        pairs
        |> List.collect (fun (blocker, other) ->
            // Towards the other of the two; who comes into a group comes to all who are in it, and who may reach one is
            // said to all.
            let isBy (who: PersonId) (wish: Wish) =
                wish.Who = who
                && wish.Whom = (if who = blocker then other else blocker)
                && wish.Stream.Kind <> StreamKind.Person
                && not (wish.Command :? Command.Join)
                && not (wish.Command :? Command.RedactMessage)

            let isBlock (one: Done) =
                one.Wish.Who = blocker
                && one.Wish.Command :? Bonding.Block
                && one.Wish.Whom = other
                && answerOf one = Pairs.Happens "Blocked"

            match runs |> List.tryFindBack (fun (_, one) -> isBlock one) with
            | None -> []
            | Some(at, _) ->
                let isUndone =
                    runs
                    |> List.exists (fun (index, one) ->
                        index > at
                        && one.Wish.Who = blocker
                        && one.Wish.Whom = other
                        && one.Wish.Command :? Bonding.Unblock)

                let without who =
                    runs
                    |> List.filter (fun (index, one) -> index <= at || not (isBy who one.Wish))
                    |> List.map (fun (index, one) -> index, one.Wish)
                    |> runSome decider

                if isUndone then
                    []
                else
                    let all = List.map snd runs

                    differ
                        $"what {blocker} learns of {other} after blocking them"
                        (learns blocker other (without other))
                        (learns blocker other all)
                    @ differ
                        $"what {other} learns of {blocker} who blocked them"
                        (learns other blocker (without blocker))
                        (learns other blocker all)))
