/// What people see, read and count, against the oracle.
module Chat.Spec.Laws.ViewLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

/// The views as functions, so that a mistaken one can be put in their place.
type Looking =
    {
        Show: Sight -> int64 -> Event -> Seen
        Hears: State -> PersonId -> int64 -> Event -> Listing<Interval>
        Unread: Unread -> Seen -> Unread
        History: History -> Seen -> History
    }

let domain: Looking =
    {
        Show = fun sight version happened -> Visibility.Show(sight, version, happened)
        Hears = fun after who version happened -> Visibility.AccessOf(after, who, version, happened)
        Unread = fun unread seen -> unread.Evolve seen
        History = fun history seen -> history.Evolve seen
    }

let fresh = freshOf Conversation.Decider
let stateOf past = (foldOf fresh past).State :?> State

let private accessOf (past: Past.Past) (who: PersonId) =
    match ofOption ((stateOf past).Members.Find who) with
    | Some held -> held.Access
    | None -> listing []

/// What somebody is shown now of all that happened, as it is stored, with the veiled left out.
let seenBehind (veiled: PersonId list) (looking: Looking) (past: Past.Past) (who: PersonId) : Seen list =
    let sight = Sight(accessOf past who, setOf veiled)

    Access.asStored past
    |> List.map (fun recorded -> looking.Show sight recorded.Version (Past.event recorded))

let private seenBy: Looking -> Past.Past -> PersonId -> Seen list = seenBehind []

let shownOf (seen: Seen list) =
    seen
    |> List.choose (fun one ->
        match one with
        | :? Seen.Shown as shown -> Some(shown.Version, shown.Event)
        | _ -> None)

let historyOf (looking: Looking) seen =
    seen |> List.fold looking.History History.Empty

let messagesOf (history: History) = List.ofSeq history.Messages.Values

/// A law for everybody, at the end of a trace.
let forAll name (wrongs: Looking -> Past.Past -> PersonId -> string list) : Law<Looking, Trace> =
    law name (fun looking trace ->
        let past = pastOf fresh trace
        Palette.people |> List.collect (wrongs looking past))

let visibility: Law<Looking, Trace> =
    forAll "who sees what is the oracle's" (fun looking past who ->
        differ $"what {who} sees" (Views.shown who past) (shownOf (seenBy looking past who)))

/// Ranges stand for the same as one by one, and nobody's versions have a hole.
let ranges: Law<Looking, Trace> =
    forAll "hidden versions are ranges without a gap" (fun looking past who ->
        let access = accessOf past who

        let all =
            List.ofSeq (Visibility.ShowAll(Sight.Of access, seqOf (Access.asStored past)))

        let covered = all |> List.collect (fun seen -> [ seen.Version .. seen.Until ])

        differ $"versions of {who}" [ 1L .. int64 past.Length ] covered
        @ differ $"what {who} sees" (shownOf (seenBy looking past who)) (shownOf all)
        @ (List.pairwise all
           |> List.collect (fun (one, next) ->
               wrongIf (one :? Seen.Hidden && next :? Seen.Hidden) "two ranges in a row")))

/// Live, an event goes to who may see it as it happens: members, whoever just left or was just asked in.
let live: Law<Looking, Trace> =
    forAll "what is heard live is the oracle's" (fun looking past who ->
        [ 1 .. past.Length ]
        |> List.collect (fun length ->
            let soFar = List.take length past
            let latest = List.last soFar
            let happened = Past.event latest
            let heard = looking.Hears (stateOf soFar) who latest.Version happened

            let expected =
                Access.isAddressed who past latest.Version happened
                || Access.seesEvent who soFar latest.Version happened

            let actual = looking.Show (Sight.Of heard) latest.Version happened :? Seen.Shown
            differ $"whether {who} hears {happened}" expected actual))

let histories: Law<Looking, Trace> =
    forAll "a history is the oracle's, folded" (fun looking past who ->
        differ $"history of {who}" (Views.history who past) (messagesOf (historyOf looking (seenBy looking past who))))

let pages: Law<Looking, Trace * (int * int)> =
    law "a page is a slice of the history" (fun looking (trace, (at, limit)) ->
        let past = pastOf fresh trace
        let seq, limit = int64 at, max 0 limit

        Palette.people
        |> List.collect (fun who ->
            let history = historyOf looking (seenBy looking past who)
            let expected = Views.history who past

            differ "before" (Views.before seq limit expected) (List.ofSeq (history.Before(seq, limit)))
            @ differ "after" (Views.after seq limit expected) (List.ofSeq (history.After(seq, limit)))
            @ differ "around" (Views.around seq limit expected) (List.ofSeq (history.Around(seq, limit)))))

let nothingOutside: Law<Looking, Trace> =
    forAll "who is not in sees nothing" (fun looking past who ->
        wrongIf
            (not (Past.isMember who past)
             && not (List.isEmpty (shownOf (seenBy looking past who))))
            $"{who} sees something")

let redacted: Law<Looking, Trace> =
    forAll "a redacted body appears in no view" (fun looking past who ->
        messagesOf (historyOf looking (seenBy looking past who))
        |> List.collect (fun message ->
            wrongIf
                (Past.isRedacted message.Seq past && message.Content :? Content.Present)
                $"{who} reads {message.Seq}"))

/// Somebody's unread messages as they have kept them: each event as it was shown then, their marks between them.
let private kept (looking: Looking) (past: Past.Past) (marks: (int * Marks) list) (who: PersonId) =
    [ 1 .. past.Length ]
    |> List.fold
        (fun (unread: Unread) length ->
            let soFar = List.take length past
            let latest = List.last soFar
            let access = looking.Hears (stateOf soFar) who latest.Version (Past.event latest)

            let next =
                looking.Unread unread (looking.Show (Sight.Of access) latest.Version (Past.event latest))

            marks
            |> List.filter (fun (at, _) -> at = length)
            |> List.fold (fun (unread: Unread) (_, marks) -> unread.Mark(marks.Within(Past.lastSeq soFar))) next)
        (Unread.Of who)

let unread: Law<Looking, Trace * (int * Marks) list> =
    law "unread kept = unread counted" (fun looking (trace, marks) ->
        let past = pastOf fresh trace

        Palette.people
        |> List.filter (fun who -> Past.isMember who past)
        |> List.collect (fun who ->
            let kept = kept looking past marks who

            let again =
                seenBy looking past who
                |> List.fold looking.Unread ((Unread.Of who).Mark kept.Marks)

            let counted = Views.unread who kept.Marks past

            differ $"unread of {who}" (counted |> List.map _.Seq) (List.ofSeq kept.Messages.Keys)
            @ differ $"mentions of {who}" (Views.mentions who kept.Marks past).Length kept.Mentions
            @ differ $"unread of {who}, afresh" (counted |> List.map _.Seq) (List.ofSeq again.Messages.Keys)
            @ differ $"mentions of {who}, afresh" kept.Mentions again.Mentions))

let private conversation = ConversationId.Of "c1"

/// A view as a server would give it afresh: the state as it is, and what may be seen folded.
let freshView (looking: Looking) past who (marks: Marks) =
    let seen = seenBy looking past who

    ConversationView(
        conversation,
        who,
        told (stateOf past),
        historyOf looking seen,
        seen |> List.fold looking.Unread ((Unread.Of who).Mark marks)
    )

/// A view that was fresh at some version, and was then told the rest, is as good as a fresh one. It holds for who
/// stayed in: whoever leaves gets a tombstone and begins anew.
let staleIsFresh: Law<Looking, Trace * int * Marks> =
    law "stale + events = fresh" (fun looking (trace, cut, marks) ->
        let past = pastOf fresh trace
        let cut = if past.IsEmpty then 0 else abs cut % past.Length
        let before = List.take cut past
        let marks = marks.Within(Past.lastSeq before)

        let stayed who =
            [ cut .. past.Length ]
            |> List.forall (fun length -> Past.isMember who (List.take length past))

        Palette.people
        |> List.filter stayed
        |> List.collect (fun who ->
            let suffix = List.skip cut (seenBy looking past who)
            let stale = freshView looking before who marks

            let caughtUp =
                suffix
                |> List.fold (fun (view: ConversationView) seen -> view.Evolve seen) stale

            let fresh = freshView looking past who marks

            let repeated =
                suffix
                |> List.fold (fun (view: ConversationView) seen -> view.Evolve seen) caughtUp

            differ $"state of {who}" fresh.State caughtUp.State
            @ differ $"history of {who}" (messagesOf fresh.History) (messagesOf caughtUp.History)
            @ differ $"unread of {who}" fresh.Unread caughtUp.Unread
            @ wrongIf (repeated <> caughtUp) $"{who} was told twice, and it changed something"
            @ (suffix
               |> List.truncate 1
               |> List.collect (fun seen -> wrongIf (not (stale.IsNext seen)) "the next is not taken for the next"))))

let inbox: Law<Looking, Trace * Marks> =
    law "a line of the inbox is the oracle's" (fun looking (trace, marks) ->
        let past = pastOf fresh trace
        let marks = marks.Within(Past.lastSeq past)

        Palette.people
        |> List.filter (fun who -> Past.isMember who past)
        |> List.collect (fun who ->
            let actual = ofOption (freshView looking past who marks).Entry
            differ $"line of {who}" (Some(Views.entry conversation who marks past)) actual))
