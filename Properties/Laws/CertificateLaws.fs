/// Digests of what somebody holds, against what they are shown.
module Chat.Spec.Laws.CertificateLaws

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running
open Chat.Spec.Laws.ViewLaws

/// In which parts somebody's view is not what the host begins anew with; a mistaken one can be put in its place.
type Drift = Resumption.Reset -> ConversationView -> ViewPart list

let domain: Drift =
    fun begun view -> List.ofSeq (Certificate.Of(begun, view.Viewer).DriftOf view)

let private conversation = ConversationId.Of "c1"

/// A conversation as a host begins it anew for somebody who is in, behind a veil, with its newest messages.
let begunBehind
    (veiled: PersonId list)
    (newest: int)
    (conversation: ConversationId)
    (who: PersonId)
    (marks: Marks)
    (past: Past.Past)
    =
    let state = stateOf past
    let history = Views.historyBehind veiled who past
    let entry = Views.entryBehind veiled conversation who marks past
    let sight = Sight(listing (Access.accessOf who past), setOf veiled)
    let joined = Past.lastSeq (List.truncate (int (Past.arrival who past).Version) past)

    let members =
        state.Members.AsEnumerable()
        |> Seq.map (fun struct (id, held) -> MemberEntry.Of(id, held, List.contains id veiled))

    let details =
        Details(
            entry,
            state.Topic,
            joined,
            int64 state.Members.Count,
            listing members,
            listing state.Invited.Keys,
            GoverningEntry.Of(state, sight)
        )

    Resumption.Reset(conversation, details, listing (List.skip (max 0 (history.Length - newest)) history))

let begunFor: int -> ConversationId -> PersonId -> Marks -> Past.Past -> Resumption.Reset =
    begunBehind []

/// What is known of who is in, was asked in or knocks.
let membersOf (state: State) =
    [
        for struct (who, held) in state.Members.AsEnumerable() ->
            who.Value, held.Role, held.JoinedAt, held.Nickname, List.ofSeq held.Roles, held.Grant, held.TimedOutUntil
    ],
    [ for who in state.Invited.Keys -> who.Value ],
    [ for who in state.Knocking -> who.Value ]

/// What is known of how it is called and kept.
let detailsOf (state: State) =
    let name = Option.ofObj state.Name |> Option.map _.Value
    let topic = Option.ofObj state.Topic |> Option.map _.Value

    let roles =
        [
            for struct (role, definition) in state.Roles.AsEnumerable() -> role.Value, definition
        ]

    (state.LastSeq, state.Kind, name, topic), roles, state.Settings, [ for pin in state.Pins -> pin.Seq ]

/// In which parts two views of the same version differ, looked at without a digest.
let private apart (newest: int) (right: ConversationView) (held: ConversationView) =
    let lastOf (view: ConversationView) =
        let first =
            messagesOf right.History
            |> List.rev
            |> List.truncate newest
            |> List.tryLast
            |> Option.map _.Seq
            |> Option.defaultValue (right.State.LastSeq + 1L)

        messagesOf view.History |> List.filter (fun message -> message.Seq >= first)

    [
        if detailsOf right.State <> detailsOf held.State then
            ViewPart.Details
        if membersOf right.State <> membersOf held.State then
            ViewPart.Members
        if lastOf right <> lastOf held then
            ViewPart.Messages
        if
            right.Unread.Count <> held.Unread.Count
            || right.Unread.Mentions <> held.Unread.Mentions
        then
            ViewPart.Counts
    ]

let private forMembers (past: Past.Past) (wrongs: PersonId -> string list) =
    Palette.people
    |> List.filter (fun who -> Past.isMember who past)
    |> List.collect wrongs

let private few = 3

/// However one came to what one holds: told all of it, or begun anew at some time with a few messages and then told.
let same: Law<Drift, Trace * int * Marks> =
    law "who holds what they are shown has not drifted" (fun drift (trace, cut, marks) ->
        let past = pastOf fresh trace
        let cut = if past.IsEmpty then 0 else abs cut % past.Length
        let before = List.take cut past
        let marks = marks.Within(Past.lastSeq before)

        forMembers past (fun who ->
            let stayed =
                [ cut .. past.Length ]
                |> List.forall (fun length -> Past.isMember who (List.take length past))

            let begun newest =
                begunFor newest conversation who marks past

            let whole = freshView ViewLaws.domain past who marks

            let later =
                if stayed then
                    let began = Anew.ViewOf(begunFor few conversation who marks before, who)

                    List.skip cut (seenBehind [] ViewLaws.domain past who)
                    |> List.fold (fun (view: ConversationView) seen -> view.Evolve seen) began
                    |> List.singleton
                else
                    []

            [ few; 1_000 ]
            |> List.collect (fun newest ->
                differ $"the drift of {who}, told all" [] (drift (begun newest) whole)
                @ (later
                   |> List.collect (fun view ->
                       differ $"the drift of {who}, begun anew" [] (drift (begun newest) view))))))

/// One thing is not taken in.
let private without (at: int) (seen: Seen list) : Seen list =
    seen
    |> List.mapi (fun index one ->
        if index = at then
            Seen.Hidden(one.Version, one.Until)
        else
            one)

/// One thing is not taken in: that is noticed in the parts where it makes a difference, and in no other.
let noticed: Law<Drift, Trace * int> =
    law "who holds something else has drifted, in those parts" (fun drift (trace, at) ->
        let past = pastOf fresh trace

        forMembers past (fun who ->
            let right = freshView ViewLaws.domain past who Marks.None
            let seen = seenBehind [] ViewLaws.domain past who
            let at = abs at % seen.Length

            let held =
                without at seen
                |> List.fold
                    (fun (view: ConversationView) one -> view.Evolve one)
                    (ConversationView.Of(conversation, who))

            let begun newest =
                begunFor newest conversation who Marks.None past

            // What is before what one holds is not compared.
            let isShort =
                match messagesOf held.History, messagesOf right.History with
                | [], _ :: _ -> true
                | first :: _, right :: _ -> first.Seq > right.Seq
                | _ -> false

            if isShort then
                []
            else
                [ few; 1_000 ]
                |> List.collect (fun newest ->
                    differ
                        $"the drift of {who}, who missed {seen[at]}"
                        (apart newest right held)
                        (drift (begun newest) held))))

/// A device that has drifted begins anew, says in what, and holds what is so.
let repaired: Law<Drift, Trace * int> =
    law "who has drifted begins anew, and has not any more" (fun drift (trace, at) ->
        let past = pastOf fresh trace

        forMembers past (fun who ->
            let seen = seenBehind [] ViewLaws.domain past who
            let at = abs at % seen.Length
            let begun = begunFor 1_000 conversation who Marks.None past
            let certificate = Certificate.Of(begun, who)

            let follow (follower: Follower, _) (signal: Signal) =
                let struct (next, wishes) = follower.Step signal
                next, List.ofSeq wishes

            let page = ResumePage("c", false, listing [], false, listing [ certificate ])

            let (follower, wishes) =
                [
                    for one in without at seen do
                        Signal.Happened(conversation, one) :> Signal
                    Signal.Woken()
                    Signal.Resumed page
                ]
                |> List.fold follow (Follower who, [])

            match ofOption (follower.Views.Find conversation) with
            | None -> []
            | Some held ->
                let parts = drift begun held

                let asked =
                    wishes
                    |> List.tryPick (fun wish ->
                        match wish with
                        | :? Wish.Begin as asked -> Some(List.ofSeq asked.Drifted)
                        | _ -> None)

                let again =
                    [ Signal.Begun begun :> Signal; Signal.Woken(); Signal.Resumed page ]
                    |> List.fold follow (follower, wishes)
                    |> fst

                differ
                    $"what {who} asks for, who missed {seen[at]}"
                    (if parts.IsEmpty then None else Some parts)
                    asked
                @ differ "how often that was found" (if parts.IsEmpty then 0L else 1L) again.Drifts
                @ wrongIf
                    (not parts.IsEmpty
                     && ofOption (again.Views.Find conversation)
                        |> Option.forall (fun view -> not (drift begun view).IsEmpty))
                    $"{who} is still wrong"))
