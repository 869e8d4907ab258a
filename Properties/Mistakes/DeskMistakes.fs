/// Desks with one mistake each.
module Chat.Spec.Mistakes.DeskMistakes

open System
open Chat.Domain.Deciding
open Chat.Domain.Desks
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.DeskLaws

let right = Desk.Decider

/// Whom it is about is not noted, so they are shown it.
let forgetsWhomItIsAbout =
    decidingBy right (fun context command state facts ->
        let decided = right.Decide.Invoke(context, command, state, facts)

        match command, ofEither decided with
        | (:? Command.File as file), Ok decision when not decision.Events.IsEmpty ->
            let filed =
                Event.Filed(context.Stamp, file.Subject, Nullable(), file.Why, file.Words)

            Chat.Spec.Prelude.right (Decision(seqOf [ filed :> AnyEvent ], seqOf [], seqOf []))
        | _ -> decided)

/// What is not known of a conversation is not asked.
let tellsOfAnything =
    decidingBy right (fun context command state facts ->
        match command with
        | :? Command.File as file ->
            let filed =
                Event.Filed(context.Stamp, file.Subject, Nullable(), file.Why, file.Words)

            Chat.Spec.Prelude.right (Decision(seqOf [ filed :> AnyEvent ], seqOf [], seqOf []))
        | _ -> right.Decide.Invoke(context, command, state, facts))

/// What a rule flags is not told.
let overhears =
    decidingBy right (fun context command state facts ->
        match command with
        | :? Command.Flag -> Chat.Spec.Prelude.right Decision.AlreadySo
        | _ -> right.Decide.Invoke(context, command, state, facts))

/// A report that was settled waits all the same.
let neverSettles =
    evolvingBy right (fun state happened ->
        match happened with
        | :? Event.Settled -> state
        | _ -> right.Evolve.Invoke(state, happened))

let all: Mistake list =
    let onTraces name law mistaken =
        let traces = lazy (Seeds.fixedSample 200 60 Chat.Spec.Generators.DeskTraces.trace)
        mistake name law traces right mistaken

    let onLooks name mistaken =
        let traces = lazy (Seeds.fixedSample 200 60 Chat.Spec.Generators.DeskTraces.trace)
        mistake name DeskLaws.looks traces DeskLaws.reading mistaken

    let forgetsWhatEnded (desk: AnyStream) : AnyStream =
        match (SnapshotLaws.restored desk).State with
        | :? State as state ->
            let held = State(state.Open, LanguageExt.Map<int64, Report>.Empty, state.Filed)
            Stream<State, Command, Event>(right, held, desk.Version, desk.LastAt)
        | other -> failwith $"{other}"

    [
        mistake
            "a snapshot forgets what was settled"
            SnapshotLaws.desks
            (lazy (Seeds.fixedSample 200 60 Chat.Spec.Generators.DeskTraces.trace))
            SnapshotLaws.restored
            forgetsWhatEnded
        onLooks
            "who handles reports reads without a word"
            { DeskLaws.reading with
                May =
                    fun place desk who report _ ->
                        Desk.IsHandler(place, who)
                        && ofOption (desk.Find report)
                           |> Option.exists (fun one -> one.About <> Nullable who && (one.Subject :? Subject.Message))
            }
        onLooks
            "who looked reads for ever"
            { DeskLaws.reading with
                May =
                    fun place desk who report _ ->
                        DeskLaws.reading.May place desk who report (Chat.Domain.Values.Instant 0L)
            }
        onLooks
            "what was said first is shown"
            { DeskLaws.reading with
                Shown =
                    fun message past ->
                        past
                        |> List.filter (fun recorded -> recorded.Event :? Chat.Domain.Conversations.Event.MessageSent)
                        |> DeskLaws.reading.Shown message
            }
        onTraces "whom it is about is shown a report" DeskLaws.shown forgetsWhomItIsAbout
        onTraces "anybody tells of anything" DeskLaws.reports tellsOfAnything
        onTraces "what a rule flags is not told" DeskLaws.flags overhears
        onTraces "nothing is settled" DeskLaws.reports neverSettles
    ]
