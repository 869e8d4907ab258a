/// Commit loops and stores with one mistake each.
module Chat.Spec.Mistakes.LoopMistakes

open System
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Simulation.Subjects
open Chat.Spec.Simulation.World

let private hearing (change: Input -> Input) =
    { domain with
        Step = fun lane input now -> domain.Step lane (change input) now
    }

let private saying (change: Output -> Output list) =
    { domain with
        Step =
            fun lane input now ->
                let next, outputs = domain.Step lane input now
                next, List.collect change outputs
    }

/// Whoever waits for a stream that is let go of hears nothing.
let leavesWaiting =
    { domain with
        Step =
            fun lane input now ->
                let next, outputs = domain.Step lane input now
                next, (if input :? Input.Released then [] else outputs)
    }

let private isUnknown (input: Input) =
    match input with
    | :? Input.Settled as settled when (settled.Outcome :? Outcome.Unknown) -> Some settled
    | _ -> None

let takesUnknownForCommitted =
    hearing (fun input ->
        match isUnknown input with
        | Some settled -> Input.Settled(settled.Batch, Outcome.Committed(seqOf [], seqOf []))
        | None -> input)

/// It does not ask again, and tells everybody that nothing happened.
let takesUnknownForFailed =
    { domain with
        Step =
            fun lane input now ->
                match isUnknown input with
                | Some settled -> domain.Step lane (Input.Settled(settled.Batch, Outcome.Failed())) now
                | None -> domain.Step lane input now
    }

let rec private unasked (lane: Lane) (outputs: Output list) now =
    let asked, others =
        outputs |> List.partition (fun output -> output :? Output.LookUp)

    asked
    |> List.fold
        (fun (lane, said) output ->
            match output with
            | :? Output.LookUp as ask ->
                let nothing = LanguageExt.HashMap<Guid, Recorded>()
                let lane, more = domain.Step lane (Input.Found(nothing, ask.Ask)) now
                let lane, more = unasked lane more now
                lane, said @ more
            | _ -> lane, said)
        (lane, others)

let looksNothingUp =
    { domain with
        Step =
            fun lane input now ->
                let lane, outputs = domain.Step lane input now
                unasked lane outputs now
    }

let publishesBeforeTheCommit =
    saying (fun output ->
        match output with
        | :? Output.Append as append ->
            output
            :: [
                for addition in append.Batch.Additions ->
                    Output.Publish(addition.Stream, addition.Before, addition.After, addition.Events) :> Output
            ]
        | _ -> [ output ])

let publishesNothing =
    saying (fun output ->
        match output with
        | :? Output.Publish -> []
        | _ -> [ output ])

let answersTwice =
    saying (fun output ->
        match output with
        | :? Output.Answer as answer when answer.Ticket % 5L = 0L -> [ output; output ]
        | _ -> [ output ])

let private renamed (recorded: Recorded) =
    let bytes = recorded.Id.ToByteArray()
    bytes[0] <- bytes[0] ^^^ 1uy
    Recorded(recorded.Stream, recorded.Version, Guid bytes, recorded.Event, recorded.Origin, recorded.Guards)

let private rewritten (change: Addition -> Addition) (batch: Batch) =
    let additions = batch.Additions |> Seq.map change |> seqOf
    Batch(batch.Number, batch.Attempt, batch.Epoch, additions, batch.Marks)

let private withEvents (addition: Addition) expected events guards =
    Addition(addition.Stream, expected, events, addition.Further, guards, addition.After)

let retriesUnderNewIds =
    saying (fun output ->
        match output with
        | :? Output.Append as append when append.Batch.Attempt > 0 ->
            let rename (addition: Addition) =
                let events = addition.Events |> Seq.map renamed |> seqOf
                withEvents addition addition.Expected events addition.Guards

            [ Output.Append(rewritten rename append.Batch) ]
        | _ -> [ output ])

let storeForgetsGuards =
    { domain with
        Append =
            fun store batch ->
                let unguarded (addition: Addition) =
                    withEvents addition addition.Expected addition.Events (seqOf [])

                domain.Append store (rewritten unguarded batch)
    }

/// It appends behind whatever is there.
let storeForgetsVersions =
    { domain with
        Append =
            fun store batch ->
                let behind (addition: Addition) =
                    let there = store.VersionOf addition.Stream

                    let events =
                        addition.Events
                        |> Seq.mapi (fun index recorded ->
                            let version = there + int64 index + 1L

                            Recorded(
                                recorded.Stream,
                                version,
                                recorded.Id,
                                recorded.Event,
                                recorded.Origin,
                                recorded.Guards
                            ))

                    withEvents addition there (seqOf events) addition.Guards

                domain.Append store (rewritten behind batch)
    }

/// One that cannot be committed takes its neighbours with it.
let storeFailsNeighbours =
    { domain with
        Append =
            fun store batch ->
                match domain.Append store batch with
                | _, (:? Outcome.Committed as committed) when not committed.Aside.IsEmpty -> store, Outcome.Failed()
                | settled -> settled
    }

/// What falls due in a stream that nobody has loaded is known to nobody.
let storeForgetsWhatIsDue =
    { domain with
        Append =
            fun store batch ->
                let next, outcome = domain.Append store batch

                batch.Additions
                |> Seq.fold
                    (fun (held: MemoryStore) addition ->
                        held.Remind(addition.Stream, addition.After.Version, toOption None))
                    next,
                outcome
    }

let leavesNotesAsTheyAre =
    saying (fun output ->
        match output with
        | :? Output.Remind -> []
        | _ -> [ output ])

/// It says that it decided on what there is after it.
let recordsAnotherVersion =
    saying (fun output ->
        match output with
        | :? Output.Judged as judged ->
            let later = judged.Version + int64 judged.Events

            [
                Output.Judged(
                    judged.Request,
                    later,
                    judged.Now,
                    judged.Seen,
                    judged.Events,
                    judged.Reply,
                    judged.IsTwin
                )
            ]
        | _ -> [ output ])

/// Of what was already so it says nothing.
let recordsOnlyWhatHappens =
    saying (fun output ->
        match output with
        | :? Output.Judged as judged when judged.Events = 0 -> []
        | _ -> [ output ])

/// What a decision writes to another stream is lost.
let forgetsFurtherStreams =
    { domain with
        Append =
            fun store batch ->
                let alone (addition: Addition) =
                    Addition(
                        addition.Stream,
                        addition.Expected,
                        addition.Events,
                        seqOf [],
                        addition.Guards,
                        addition.After
                    )

                let batch =
                    Batch(
                        batch.Number,
                        batch.Attempt,
                        batch.Epoch,
                        batch.Additions |> Seq.map alone |> seqOf,
                        batch.Marks
                    )

                domain.Append store batch
    }
