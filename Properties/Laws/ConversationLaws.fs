/// The fast conversation against the oracle, on traces.
module Chat.Spec.Laws.ConversationLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

/// What the domain answered, in the oracle's words.
let verdictOf (answer: Result<Decision, Refusal>) : Verdict =
    match answer with
    | Error refusal -> Refuse(refusal.Code, ruleOf refusal)
    | Ok decision when decision.Events.IsEmpty -> AlreadySo
    | Ok decision when decision.Events.Count = 1 -> Accept(decision.Events[0] :?> Event)
    | Ok decision -> decision.Events |> Seq.map (fun one -> one :?> Event) |> List.ofSeq |> AcceptAll

let decisions: Law<AnyStream, Trace> =
    law "every decision is the oracle's" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let expected = Verdicts.decide step.Context (step.Ask.Command :?> Command) step.Past

            differ $"{step.Ask} at {step.Past.Length}" expected (verdictOf step.Answer)))

/// One decision on a past that need not be reachable: for bounds that no trace reaches.
let decisionOn: Law<AnyStream, Recorded list * Ask> =
    law "a decision at a bound is the oracle's" (fun fresh (past, ask) ->
        let stream = foldOf fresh past
        let context = contextOf ask start
        let facts = factsOf fresh (stream.Needs(context, ask.Command)) past
        let expected = Verdicts.decide context (ask.Command :?> Command) past
        let actual = verdictOf (ofEither (stream.Decide(context, ask.Command, facts)))
        wrongIf (expected <> actual) $"at {past.Length}: the oracle and the domain differ in {ask}")

let private memberDiffers (past: Past.Past) (state: State) (who: PersonId) =
    match ofOption (state.Members.Find who) with
    | None -> differ $"{who} is in" false (Past.isMember who past)
    | Some held ->
        let arrived = Past.arrival who past

        let role =
            if Past.owner past = Some who then
                Role.Owner
            else
                Role.Member

        let before =
            past |> List.filter (fun recorded -> recorded.Version < arrived.Version)

        differ $"{who} is in" true (Past.isMember who past)
        @ differ $"role of {who}" role held.Role
        @ differ $"when {who} joined" arrived.Version held.JoinedAt
        @ differ $"what was said before {who} joined" (Past.lastSeq before) held.JoinedSeq
        @ differ $"access of {who}" (listing (Access.accessOf who past)) held.Access
        @ differ $"nickname of {who}" (Past.nickname who past) (Option.ofObj held.Nickname)
        @ differ $"roles of {who}" (Powers.rolesOf who past) (List.ofSeq held.Roles)
        @ differ $"grant of {who}" (Powers.grantOf who past) held.Grant
        @ differ $"silence of {who}" (Powers.timedOutUntil who past) (Option.ofNullable held.TimedOutUntil)
        @ differ $"when {who} spoke" (Powers.lastSentAt who past) (Option.ofNullable held.LastSentAt)

/// After every event the state says what the past says.
let states: Law<AnyStream, Trace> =
    law "the state is what the past says" (fun fresh trace ->
        let past = pastOf fresh trace

        [ 1 .. past.Length ]
        |> List.collect (fun length ->
            let past = List.take length past
            let state = (foldOf fresh past).State :?> State

            differ "kind" (Past.kind past) (Option.ofNullable state.Kind)
            @ differ "who closed it" (Powers.closers past |> List.sortBy _.Value) (List.ofSeq state.ClosedBy)
            @ differ "name" (Past.name past) (Option.ofObj state.Name)
            @ differ
                "topic"
                (Past.topic past)
                (state.Topic |> Option.ofObj |> Option.map _.Value |> Option.defaultValue "")
            @ differ "version" (Past.version past) state.Version
            @ differ
                "rules about words"
                (past
                 |> List.tryFindBack (fun recorded -> Past.event recorded :? Event.WordsSet)
                 |> Option.map (fun recorded -> (Past.event recorded :?> Event.WordsSet).Rules)
                 |> Option.defaultValue (listing []))
                state.Words
            @ differ "last seq" (Past.lastSeq past) state.LastSeq
            @ differ "how many are in" (Past.members past).Length state.Members.Count
            @ differ "how many are invited" (Past.invited past).Length state.Invited.Count
            @ (Generators.Palette.people
               |> List.collect (fun who ->
                   differ $"{who} is invited" (Past.isInvited who past) (state.Invited.ContainsKey who)
                   @ memberDiffers past state who))))

let numbers: Law<AnyStream, Trace> =
    law "version and seq count 1, 2, 3 without a gap" (fun fresh trace ->
        let past = pastOf fresh trace

        let seqs =
            past
            |> List.choose (fun recorded -> Option.ofNullable recorded.Event.MessageSeq)

        differ "versions" [ 1L .. int64 past.Length ] (past |> List.map _.Version)
        @ differ "seqs" [ 1L .. int64 seqs.Length ] seqs)

let ownership: Law<AnyStream, Trace> =
    law "a conversation with members has an owner" (fun fresh trace ->
        let past = pastOf fresh trace

        [ 0 .. past.Length ]
        |> List.collect (fun length ->
            let state = (foldOf fresh (List.take length past)).State :?> State
            let owners = state.Members.Values |> Seq.filter (fun held -> held.Role = Role.Owner)

            wrongIf (not state.Members.IsEmpty && Seq.length owners <> 1) $"{Seq.length owners} owners after {length}"))

/// Said without the oracle: who is not in changes nothing but by coming in where they may.
let outsiders: Law<AnyStream, Trace> =
    law "who is not in changes nothing" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let state = step.Stream.State :?> State
            let isIn = state.Members.ContainsKey step.Ask.Person

            let mayCome =
                match step.Ask.Command with
                | :? Command.Create -> not state.Exists
                | :? Command.Join as join when join.Link.HasValue -> state.Links.ContainsKey join.Link.Value
                | :? Command.Join -> state.Settings.Join = JoinRule.Open || state.Invited.ContainsKey step.Ask.Person
                | :? Command.Knock -> state.Settings.Join = JoinRule.Knock
                | :? Command.Uninvite as uninvite ->
                    uninvite.Person = step.Ask.Person && state.Knocking.Contains step.Ask.Person
                | _ -> false

            wrongIf (not (isIn || mayCome || List.isEmpty step.Made)) $"{step.Ask} made {step.Made}"))

/// Saying more makes the state no larger: only its counters move.
let bounded: Law<AnyStream, Trace> =
    law "the state is bounded by members" (fun fresh trace ->
        let before = foldOf fresh (pastOf fresh trace)
        let state = before.State :?> State
        let stamp = Stamp(person "somebody", before.LastAt)
        let content = Content.Present(body "more")

        let more: AnyEvent list =
            [
                for index in 1L .. 40L do
                    let seq = state.LastSeq + index
                    let place = MessageRef(seq, state.Version + index)
                    Event.MessageSent(stamp, seq, content, System.Nullable(), listing [], false)
                    Event.MessageEdited(stamp, place, content, listing [])
                    Event.Reacted(stamp, place, emoji "+1")
                    Event.MessageRedacted(stamp, place, stamp.By, null)
            ]

        let expected =
            State(
                state.Version + int64 more.Length,
                state.LastSeq + 40L,
                state.Kind,
                state.Name,
                state.Topic,
                state.Members,
                state.Invited,
                Settings = state.Settings,
                Roles = state.Roles,
                Banned = state.Banned,
                Knocking = state.Knocking,
                Pins = state.Pins,
                ClosedBy = state.ClosedBy,
                Links = state.Links,
                Words = state.Words
            )

        differ "state" expected ((before.Fold more).State :?> State))

let marks: Law<AnyStream, Trace * Marks> =
    law "marks are the oracle's, within what was said" (fun fresh (trace, wanted) ->
        let past = pastOf fresh trace
        let stream = foldOf fresh past

        Generators.Palette.people
        |> List.collect (fun who ->
            match ofEither (stream.Mark(who, wanted)), Verdicts.mark who wanted past with
            | Ok actual, Ok expected ->
                differ $"marks of {who}" expected actual
                @ wrongIf
                    (actual.Read < 0L
                     || actual.Delivered < actual.Read
                     || Past.lastSeq past < actual.Delivered)
                    $"{actual} beyond {Past.lastSeq past}"
            | Error refusal, Error expected ->
                differ $"marks of {who}" expected (Refuse(refusal.Code, ruleOf refusal))
            | actual, expected -> [ $"marks of {who}: expected {expected}, was {actual}" ]))
