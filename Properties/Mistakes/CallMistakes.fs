/// Lines with one mistake each.
module Chat.Spec.Mistakes.CallMistakes

open System
open FsCheck.FSharp
open Chat.Domain.Calls
open Chat.Domain.Deciding
open Chat.Domain.Notices
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.CallRunning

let private accepted (decision: Decision) = Chat.Spec.Prelude.right decision

let private right = domain

let private decides decide =
    { right with
        Lines = decidingBy right.Lines decide
    }

let private changed (change: Decision -> Decision) (decided: LanguageExt.Either<Refusal, Decision>) =
    match ofEither decided with
    | Ok decision -> accepted (change decision)
    | Error _ -> decided

let private isOf (kind: StreamKind) (struct (stream: StreamKey, _: AnyEvent)) = stream.Kind = kind

let private without kind (decision: Decision) =
    Decision(decision.Events, decision.Further |> Seq.filter (isOf kind >> not) |> seqOf, decision.Guards)

/// Nobody is ever busy.
let neverBusy =
    decides (fun context command state facts ->
        match command with
        | :? Command.Ring as ring ->
            let place = StreamKey.Place(context.Tenant, ring.Other)

            let free =
                match ofOption (facts.Stream place) with
                | Some seen ->
                    facts.With(
                        StreamFactKey place,
                        toOption (
                            Some(
                                StreamFact(
                                    Stream<_, _, _>(
                                        Chat.Domain.Places.Place.Decider,
                                        Chat.Domain.Places.State.Initial,
                                        seen.Version,
                                        seen.LastAt
                                    )
                                )
                                :> AnyFact
                            )
                        )
                    )
                | None -> facts

            right.Lines.Decide.Invoke(context, command, state, free)
        | _ -> right.Lines.Decide.Invoke(context, command, state, facts))

/// Whoever called takes it.
let private takesOwn =
    decides (fun context command state facts ->
        match command, state.Current with
        | (:? Command.Accept as accept), NonNull call when
            call.Caller = context.Person
            && not call.AnsweredAt.HasValue
            && accept.Number = call.Number
            ->
            accepted (
                Decision(seqOf [ Event.Answered(context.Stamp, context.Device) :> AnyEvent ], seqOf [], seqOf [])
            )
        | _ -> right.Lines.Decide.Invoke(context, command, state, facts))

/// Who hung up is on the call as before.
let private leavesPlaces =
    decides (fun context command state facts ->
        let decided = right.Lines.Decide.Invoke(context, command, state, facts)

        match command with
        | :? Command.HangUp -> changed (without StreamKind.Place) decided
        | _ -> decided)

/// What was missed stands nowhere.
let keepsNothing =
    decides (fun context command state facts ->
        right.Lines.Decide.Invoke(context, command, state, facts)
        |> changed (fun decision ->
            let isMissed =
                decision.Events
                |> Seq.exists (fun happened ->
                    match happened with
                    | :? Event.Ended as ended -> ended.How = Ending.Missed
                    | _ -> false)

            if isMissed then
                without StreamKind.Conversation decision
            else
                decision))

let private changesHangUp change =
    decides (fun context command state facts ->
        let decided = right.Lines.Decide.Invoke(context, command, state, facts)

        match command with
        | :? Command.HangUp -> changed change decided
        | _ -> decided)

/// Of what was hung up nothing stands in the conversation.
let leavesNoLine = changesHangUp (without StreamKind.Conversation)

/// What was hung up stands there twice.
let keepsTwice =
    changesHangUp (fun decision ->
        let again =
            decision.Further
            |> Seq.filter (fun (struct (_, happened)) -> happened :? Chat.Domain.Conversations.Event.Called)

        Decision(decision.Events, Seq.append decision.Further again |> seqOf, decision.Guards))

/// A second device takes a call that was taken.
let takesTwice =
    decides (fun context command state facts ->
        match command, state.Current with
        | (:? Command.Accept as accept), NonNull call when
            call.Callee = context.Person
            && call.AnsweredAt.HasValue
            && accept.Number = call.Number
            ->
            accepted (
                Decision(seqOf [ Event.Answered(context.Stamp, context.Device) :> AnyEvent ], seqOf [], seqOf [])
            )
        | _ -> right.Lines.Decide.Invoke(context, command, state, facts))

/// A ring never ends.
let ringsOn =
    let lines = right.Lines

    { right with
        Lines =
            Decider<State, Command, Event>(
                lines.Initial,
                lines.Needs,
                lines.Decide,
                lines.Evolve,
                lines.EvolveFacts,
                Func<_, _>(fun _ -> toOption None),
                lines.Mark,
                lines.React,
                Behind = lines.Behind
            )
    }

/// A block leaves the line as it is.
let talksOn =
    { right with
        Pairs =
            decidingBy right.Pairs (fun context command state facts ->
                right.Pairs.Decide.Invoke(context, command, state, facts)
                |> changed (fun decision -> decision |> without StreamKind.Line |> without StreamKind.Place))
    }

/// What comes after the end is passed on all the same.
let passesAfterwards =
    { right with
        NotPassed =
            fun line who device number ->
                match line.Last with
                | NonNull call when call.Over.HasValue && call.AnsweredAt.HasValue ->
                    let before =
                        Call(
                            call.Number,
                            call.Caller,
                            call.Callee,
                            call.From,
                            call.IsVideo,
                            call.At,
                            AnsweredAt = call.AnsweredAt,
                            On = call.On
                        )

                    right.NotPassed (State before) who device number
                | _ -> right.NotPassed line who device number
    }

let private hearsTheMuted =
    { right with
        IsHeard = fun place _ now -> right.IsHeard place (PersonId.Of "nobody-at-all") now
    }

let all: Mistake list =
    let traces = lazy (Seeds.fixedSample 300 60 CallTraces.trace)
    let moments = lazy (Seeds.fixedSample 300 60 CallTraces.moments)
    let onTraces name law mistaken = mistake name law traces right mistaken

    [
        onTraces "nobody is busy" CallLaws.oneCall neverBusy
        onTraces "nobody is busy" CallLaws.answers neverBusy
        onTraces "the caller takes the call" CallLaws.taken takesOwn
        onTraces "who hung up is on the call" CallLaws.oneCall leavesPlaces
        onTraces "a missed call is not kept" CallLaws.kept keepsNothing
        onTraces "what is hung up is not kept" CallLaws.kept leavesNoLine
        onTraces "what is hung up is kept twice" CallLaws.kept keepsTwice
        onTraces "a call is taken twice" CallLaws.taken takesTwice
        onTraces "a ring never ends" CallLaws.ends ringsOn
        onTraces "a block ends no call" CallLaws.blocks talksOn
        onTraces "something is passed on after the end" CallLaws.passes passesAfterwards
        mistake "the muted are heard" CallLaws.heard moments right hearsTheMuted
    ]
