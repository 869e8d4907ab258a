/// Clusters with one mistake each: of a host, of a device, or of what is between them.
module Chat.Spec.Mistakes.ClusterMistakes

open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Following
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws.Law
open Chat.Spec.Cluster
open Chat.Spec.Cluster.Cluster

/// Everybody knows everything at last, nothing is shown to whom it is not for, and what was acknowledged is kept.
let keeps: Law<Parts, uint64> =
    law "a cluster keeps its promises" (fun parts seed -> List.ofSeq (Simulator.play parts (Plan.ofSeed seed)).Wrongs)

let private saying (change: Output -> Output list) =
    { domain with
        Step =
            fun lane input now ->
                let next, outputs = domain.Step lane input now
                next, List.collect change outputs
    }

let private followingAfter (change: Signal -> Signal list) =
    { domain with
        Follow =
            fun follower signal ->
                change signal
                |> List.fold
                    (fun (held, wishes) one ->
                        let next, more = domain.Follow held one
                        next, wishes @ more)
                    (follower, [])
    }

/// It does not look whether anything is missing when it is connected again.
let private ignoresConnections =
    followingAfter (fun signal ->
        match signal with
        | :? Signal.Woken -> []
        | other -> [ other ])

let private ignoresHeads =
    followingAfter (fun signal ->
        match signal with
        | :? Signal.Announced -> []
        | other -> [ other ])

/// What of a page comes first is thrown away.
let private losesOfPages =
    followingAfter (fun signal ->
        match signal with
        | :? Signal.Resumed as resumed ->
            let page = resumed.Page

            let rest =
                page.Conversations |> Seq.truncate (page.Conversations.Count - 1) |> listing

            [
                Signal.Resumed(ResumePage(page.Cursor, page.IsReset, rest, page.More, page.Certificates))
            ]
        | other -> [ other ])

/// It does not ask again for what did not join on to what it held.
let private givesUp =
    { domain with
        Follow =
            fun follower signal ->
                match signal with
                | :? Signal.Unanswered -> follower, []
                | _ -> domain.Follow follower signal
    }

let private tellsEverything =
    { domain with
        Tells = fun _ _ version happened -> Some(Seen.Shown(version, happened))
    }

/// Whoever is put out is not told.
let private tellsOnlyMembers =
    { domain with
        Tells =
            fun after who version happened ->
                if after.Members.ContainsKey who then
                    domain.Tells after who version happened
                else
                    None
    }

let private tellsNoMarks =
    saying (fun output ->
        match output with
        | :? Output.PublishMarks -> []
        | other -> [ other ])

let private takesSentForCommitted =
    { domain with
        Step =
            fun lane input now ->
                match input with
                | :? Input.Settled as settled when (settled.Outcome :? Outcome.Unknown) ->
                    domain.Step lane (Input.Settled(settled.Batch, Outcome.Committed(seqOf [], seqOf []))) now
                | _ -> domain.Step lane input now
    }

let private takesUnknownForFailed =
    { domain with
        Step =
            fun lane input now ->
                match input with
                | :? Input.Settled as settled when (settled.Outcome :? Outcome.Unknown) ->
                    domain.Step lane (Input.Settled(settled.Batch, Outcome.Failed())) now
                | _ -> domain.Step lane input now
    }

let private missesEvents =
    saying (fun output ->
        match output with
        | :? Output.Publish as publish when publish.After.Version % 5L = 0L -> []
        | other -> [ other ])

let all: (string * Parts) list =
    [
        "a device does not look when it is connected again", ignoresConnections
        "a device does not hear how far things have got", ignoresHeads
        "a device loses some of a page", losesOfPages
        "a device gives up what it could not get", givesUp
        "a host tells everybody everything", tellsEverything
        "a host tells only who is in", tellsOnlyMembers
        "a host tells no marks", tellsNoMarks
        "a host takes what is unknown for committed", takesSentForCommitted
        "a host takes what is unknown for failed", takesUnknownForFailed
        "a host tells things now and then", missesEvents
        "a host announces nothing when it takes over", { domain with Announces = false }
        "a cursor leads past what is under way",
        { domain with
            LeadsTo = fun _ next -> next
        }
    ]
