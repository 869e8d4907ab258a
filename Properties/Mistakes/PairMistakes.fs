/// Friendship and block with one mistake each.
module Chat.Spec.Mistakes.PairMistakes

open System
open Chat.Domain.Deciding
open Chat.Domain.Pairs
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.PairRunning

let right = Pair.Decider

let private accepted (decision: Decision) = Chat.Spec.Prelude.right decision

/// What is asked in spite of a block is shown to who blocked.
let hearsThroughABlock =
    evolvingBy right (fun state happened ->
        let after = right.Evolve.Invoke(state, happened)

        match happened with
        | :? Event.Requested when state.IsClosed ->
            let open' =
                State(
                    state.People,
                    state.AreFriends,
                    state.Asked,
                    state.Unheard,
                    LanguageExt.Set<_>(),
                    state.Views,
                    state.Version,
                    state.ToldAt
                )

            let heard = right.Evolve.Invoke(open', happened)

            State(
                heard.People,
                heard.AreFriends,
                heard.Asked,
                heard.Unheard,
                state.Blockers,
                heard.Views,
                heard.Version,
                heard.ToldAt
            )
        | _ -> after)

/// Who declined a request is told of nothing, and who asked is.
let tellsOfADecline =
    evolvingBy right (fun state happened ->
        match happened with
        | :? Event.Declined ->
            right.Evolve.Invoke(state, Event.Cancelled(Stamp(happened.Other, happened.At), happened.By))
        | _ -> right.Evolve.Invoke(state, happened))

/// A block that forgets the conversation of the two.
let leavesItOpen =
    decidingBy right (fun context command state facts ->
        let decided = right.Decide.Invoke(context, command, state, facts)

        match command, ofEither decided with
        | (:? Command.Block), Ok decision -> accepted (Decision(decision.Events, seqOf [], seqOf []))
        | _ -> decided)

let all: Mistake list =
    let onTraces name law mistaken =
        let traces = lazy (Seeds.fixedSample 300 60 Chat.Spec.Generators.PairTraces.trace)
        mistake name law traces right mistaken

    [
        onTraces "a request comes through a block" PairLaws.silence hearsThroughABlock
        onTraces "a request comes through a block" PairLaws.views hearsThroughABlock
        onTraces "who asked is told of a no" PairLaws.views tellsOfADecline
        onTraces "a block leaves the conversation open" PairLaws.closed leavesItOpen
    ]
