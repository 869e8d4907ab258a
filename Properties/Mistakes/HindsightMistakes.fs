/// Looking back with one mistake each.
module Chat.Spec.Mistakes.HindsightMistakes

open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.HindsightLaws

let private cases =
    lazy
        (Gen.map3 (fun trace marks turn -> trace, marks, turn) Traces.trace Palette.marks (Gen.choose (0, 60))
         |> Seeds.fixedSample 300 40)

let private everywhere = listing [ Interval.OpenFrom 1L ]

let private with' (found: Hindsight) state history unread : Hindsight =
    let view = found.View
    Hindsight(ConversationView(view.Conversation, view.Viewer, state, history, unread), found.Hidden)

let private changing (change: LookingBack -> LookingBack) : LookingBack = change back

let private showsToAnybody =
    changing (fun look past version who marks by asker ->
        look past version who marks by (Sight(everywhere, asker.Veiled)))

let private forgetsVeils =
    changing (fun look past version who marks by asker -> look past version who marks by (Sight.Of asker.Access))

let private showsWhatWasNotTheirs: LookingBack =
    fun past version who marks by asker ->
        back past version who marks by asker
        |> Option.map (fun found ->
            let seen = Visibility.ShowAll(asker, seqOf (List.truncate (int version) past))
            with' found found.View.State (History.Fold seen) found.View.Unread)

let private showsLaterEdits: LookingBack =
    fun past version who marks by asker ->
        back past version who marks by asker
        |> Option.map (fun found ->
            let later = past |> List.skip (int version)

            let history =
                later
                |> List.fold
                    (fun (history: History) recorded ->
                        match recorded.Event with
                        | :? Event.MessageEdited as edited -> history.Evolve(Seen.Shown(recorded.Version, edited))
                        | _ -> history)
                    found.View.History

            with' found found.View.State history found.View.Unread)

let private countsWhatWasBefore: LookingBack =
    fun past version who marks by asker ->
        back past version who marks by asker
        |> Option.map (fun found ->
            let unread =
                found.View.History.Messages.Values
                |> Seq.filter (fun message -> message.By <> who && message.Content :? Content.Present)
                |> Seq.fold
                    (fun (unread: Unread) message ->
                        if message.Seq <= unread.Marks.Read then
                            unread
                        else
                            Unread(
                                who,
                                unread.Marks,
                                unread.Messages.AddOrUpdate(message.Seq, message.Calls who),
                                unread.Earlier
                            ))
                    found.View.Unread

            with' found found.View.State found.View.History unread)

let private forgetsMarks =
    changing (fun look past version who _ by asker -> look past version who Marks.None by asker)

let private knowsWhatWasNotTheirs: LookingBack =
    fun past version who marks by asker ->
        back past version who marks by asker
        |> Option.map (fun found ->
            let state = ViewLaws.stateOf (List.truncate (int version) past)
            with' found state found.View.History found.View.Unread)

let private knowsThePresent: LookingBack =
    fun past version who marks by asker ->
        back past version who marks by asker
        |> Option.map (fun found -> with' found (ViewLaws.stateOf past) found.View.History found.View.Unread)

let private hidesNothing: LookingBack =
    fun past version who marks by asker ->
        back past version who marks by asker
        |> Option.map (fun found -> Hindsight(found.View, listing []))

let private traces = lazy (Traces.trace |> Seeds.fixedSample 300 40)

let all: Mistake list =
    let on name law mistaken = mistake name law cases back mistaken

    let holding name (mistaken: Holding) = mistake name held traces asOf mistaken

    [
        on "looking back shows anything to anybody" nothingMore showsToAnybody
        on "looking back is for anybody" answered showsToAnybody
        on "looking back forgets blocks" nothingMore forgetsVeils
        on "looking back shows what was not theirs" answered showsWhatWasNotTheirs
        on "looking back shows later edits" answered showsLaterEdits
        on "looking back counts what was before they came" answered countsWhatWasBefore
        on "looking back forgets what was read" present forgetsMarks
        on "looking back tells all to who was not in" answered knowsWhatWasNotTheirs
        on "looking back tells who is in now" answered knowsThePresent
        on "looking back hides that something is hidden" answered hidesNothing
        holding "a standby that is ahead shows all that it has" (fun sight _ -> sight)
        holding "a standby that is ahead shows one version more" (fun sight version -> sight.AsOf(version + 1L))
        holding "a standby holds the last version back" (fun sight version -> sight.AsOf(version - 1L))
    ]
