/// What could be seen after any version, of anybody, for whoever asks.
module Chat.Spec.Laws.HindsightLaws

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
open Chat.Spec.Laws.ViewLaws

type private Oracle = Hindsight.Asker

/// What of a past, after which version, whose, with which marks, and for whom with which sight.
type LookingBack =
    Recorded list -> int64 -> PersonId -> Marks -> PersonId -> Sight -> Chat.Domain.Views.Hindsight option

let back: LookingBack =
    fun past version who marks asker sight ->
        ofOption (Chat.Domain.Views.Hindsight.Of(seqOf past, version, who, marks, asker, sight))

/// Somebody asks, and how far whoever they ask about has read; which of the others asks, and is veiled, is by a number.
type Case = Trace * Marks * int

let private askerOf (past: Past.Past) (asker: Oracle) =
    let access = listing (Access.accessOf asker.Who past)
    Sight(access, setOf asker.Veiled)

/// Each version, and one that is not there yet, of everybody, asked by themselves and by one of the others.
let private forEach (wrongs: Past.Past -> int64 -> PersonId -> Oracle -> string list) (trace: Trace) (turn: int) =
    let past = pastOf fresh trace

    [
        for version in 1L .. Past.version past + 1L do
            for index, who in List.indexed Palette.people do
                let one turn =
                    Palette.people[abs (turn % Palette.people.Length)]

                let other = one (turn + index + int version)

                let veiled =
                    if turn % 2 = 0 then
                        []
                    else
                        List.except [ other ] [ one (turn + 1) ]

                yield!
                    wrongs
                        past
                        version
                        who
                        {
                            Who = who
                            Veiled = List.except [ who ] veiled
                        }

                yield! wrongs past version who { Who = other; Veiled = veiled }
    ]

let private known (past: Past.Past) (standing: Standing option) =
    match standing with
    | Some Standing.Member -> told (stateOf past)
    | Some _ ->
        let state = stateOf past
        State(0L, 0L, state.Kind, state.Name, null, State.Initial.Members, State.Initial.Invited)
    | None -> State.Initial

let private withoutInvited (state: State) =
    let said = told state

    State(
        said.Version,
        said.LastSeq,
        said.Kind,
        said.Name,
        said.Topic,
        said.Members,
        State.Initial.Invited,
        Settings = said.Settings,
        Roles = said.Roles,
        Banned = said.Banned,
        Knocking = said.Knocking,
        Pins = said.Pins
    )

/// As the oracle has it: messages, who was in, how it was kept, and what was unread.
let answered: Law<LookingBack, Case> =
    law "what could be seen is the oracle's" (fun look (trace, marks, turn) ->
        (trace, turn)
        ||> forEach (fun past version who asker ->
            let at = $"{who} at {version} for {asker.Who}"
            let expected = Hindsight.told asker who marks version past

            match expected, look (Access.asStored past) version who marks asker.Who (askerOf past asker) with
            | None, None -> []
            | Some told, Some found ->
                let view = found.View
                let state = known (Hindsight.until version past) told.Standing

                differ $"standing of {at}" told.Standing (ofOption view.Entry |> Option.map _.Standing)
                @ differ $"state for {at}" (withoutInvited state) (withoutInvited view.State)
                @ differ $"messages for {at}" told.History (messagesOf view.History)
                @ differ $"hidden from {at}" told.Hidden (List.ofSeq found.Hidden)
                @ differ $"unread of {at}" (told.Unread |> List.map _.Seq) (List.ofSeq view.Unread.Messages.Keys)
                @ differ $"mentions of {at}" told.Mentions.Length view.Unread.Mentions
            | _ -> [ $"{at}: whether it is told should be {expected.IsSome}" ]))

/// At the head it is what is seen now: the same people, messages and counts.
let present: Law<LookingBack, Case> =
    law "after the last version it is as it is now" (fun look (trace, marks, _) ->
        let past = pastOf fresh trace
        let marks = marks.Within(Past.lastSeq past)

        Palette.people
        |> List.filter (fun who -> Past.isMember who past)
        |> List.collect (fun who ->
            let asker: Oracle = { Who = who; Veiled = [] }
            let now = freshView domain past who marks

            match look (Access.asStored past) (Past.version past) who marks asker.Who (askerOf past asker) with
            | None -> [ $"{who} is told nothing" ]
            | Some found ->
                differ $"state for {who}" now.State (told found.View.State)
                @ differ $"messages for {who}" (messagesOf now.History) (messagesOf found.View.History)
                @ differ $"unread of {who}" now.Unread found.View.Unread
                @ differ $"line of {who}" (ofOption now.Entry) (ofOption found.View.Entry)
                @ differ $"hidden from {who}" [] (List.ofSeq found.Hidden)))

let private saidIn (happened: Event) =
    match happened with
    | :? Event.MessageSent as sent -> Some sent.Content
    | :? Event.MessageEdited as edited -> Some edited.Content
    | _ -> None

let private wordsOf (content: Content) =
    match content with
    | :? Content.Present as present -> Some present.Body
    | _ -> None

/// Whoever asks reads nothing that they cannot read anyway, of whomever, whenever.
let nothingMore: Law<LookingBack, Case> =
    law "nobody sees more by looking back" (fun look (trace, marks, turn) ->
        (trace, turn)
        ||> forEach (fun past version who asker ->
            let own = Views.shownBehind asker.Veiled asker.Who past |> List.map snd
            let words = own |> List.choose saidIn |> List.choose wordsOf

            let seqs =
                own
                |> List.choose (fun happened -> Option.ofNullable happened.MessageSeq)
                |> set

            match look (Access.asStored past) version who marks asker.Who (askerOf past asker) with
            | None -> []
            | Some found ->
                messagesOf found.View.History
                |> List.collect (fun message ->
                    wrongIf (not (seqs.Contains message.Seq)) $"{asker.Who} sees {message.Seq}"
                    @ (wordsOf message.Content
                       |> Option.map (fun said ->
                           wrongIf (not (List.contains said words)) $"{asker.Who} reads {message.Seq}")
                       |> Option.defaultValue []))))

/// How a sight is held to what a conversation was after a version.
type Holding = Sight -> int64 -> Sight

let asOf: Holding = fun sight version -> sight.AsOf version

/// Where it is read more may have come than when it was decided who sees what: shown is what was shown then, less what
/// was taken back since.
let held: Law<Holding, Trace> =
    law "what has come since is not seen by a sight of before" (fun hold trace ->
        let past = pastOf fresh trace
        let stored = Access.asStored past

        [
            for version in 1L .. Past.version past do
                let before = Hindsight.until version past

                for who in Palette.people |> List.filter (fun who -> Past.isMember who before) do
                    let shownThen (recorded: Recorded) =
                        let happened = Past.event recorded

                        if Access.seesEvent who before recorded.Version happened then
                            Some(recorded.Version, Views.asShown [] who before happened)
                        else
                            None

                    let sight = hold (Sight.Of(listing (Access.accessOf who before))) version

                    yield!
                        differ
                            $"what {who} sees as of {version}"
                            (List.truncate (int version) stored |> List.choose shownThen)
                            (shownOf (List.ofSeq (Visibility.ShowAll(sight, seqOf stored))))
        ])
