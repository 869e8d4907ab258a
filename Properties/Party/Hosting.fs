/// Hosts at a party: lanes and what they want, who owns what, and hosts that die.
module Chat.Spec.Party.Hosting

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Simulation
open Chat.Spec.Party.World

let private options = LaneOptions(IsRecorded = true)

/// Of a thousand: transactions that fail, and those of which nobody hears what became.
let private failing, unheard = 2, 4

let private laneOf (party: Party) (stream: StreamKey) = party.BucketOf stream / 3 % 2

let private gathered (party: Party) (gather: Output.Gather) : Facts =
    let kept = party.Kept

    let own =
        if gather.Keys |> Seq.forall (fun key -> key :? StreamFactKey) then
            Facts.Empty
        else
            factsOf (kept.Current gather.Stream) gather.Keys (List.ofSeq (kept.Store.Load gather.Stream))

    gather.Keys
    |> Seq.fold
        (fun (facts: Facts) key ->
            match key with
            | :? StreamFactKey as whole ->
                facts.With(key, toOption (Some(StreamFact(kept.Current whole.Stream) :> AnyFact)))
            | _ -> facts)
        own

let rec step (party: Party) (host: Host) (lane: int) (input: Input) =
    let next, outputs = Subjects.domain.Step host.Lanes[lane] input party.Now
    host.Lanes[lane] <- next

    for output in outputs do
        carry party host lane output

/// Something that the database is asked, and its answer some milliseconds later.
and private ask (party: Party) (host: Host) (lane: int) (work: unit -> Input) =
    party.Soon 1 4 (fun () ->
        let input = work ()
        party.SoonOn host 1 3 (fun () -> step party host lane input))

and private carry party host lane (output: Output) =
    match output with
    | :? Output.Load as load ->
        ask party host lane (fun () ->
            // Now and then there is no snapshot.
            let held =
                if party.Dice.Chance 20 then
                    party.Kept.Anew load.Stream
                else
                    party.Kept.Current load.Stream

            Input.Loaded(load.Stream, held, held.Version, load.Ask))
    | :? Output.Gather as gather ->
        ask party host lane (fun () ->
            let version = party.Kept.Store.VersionOf gather.Stream
            Input.Gathered(gather.Stream, version, gathered party gather, gather.Ask))
    | :? Output.LookUp as look ->
        ask party host lane (fun () ->
            let found = look.Ids |> Seq.choose (party.Kept.Store.Find >> ofOption)
            Input.Found(byId found, look.Ask))
    | :? Output.Append as append -> commit party host lane append.Batch
    | :? Output.Answer as answer ->
        match host.Callers.TryGetValue answer.Ticket with
        | true, caller ->
            host.Callers.Remove answer.Ticket |> ignore
            caller answer.Reply
        | false, _ -> ()
    | :? Output.Judged as judged -> party.Judged judged
    | :? Output.Tell as changed ->
        party.OwnerOf changed.Stream
        |> Option.iter (fun owner ->
            let lane = laneOf party changed.Stream
            party.SoonOn owner 0 4 (fun () -> step party owner lane (Input.Changed changed.Stream)))
    | :? Output.Forward as forward -> submit party (forward.Request :> Arrival)
    | :? Output.Remind as remind -> party.Kept.Remind remind
    | _ -> ()

/// Hands something to whoever owns its stream; nobody hears of it where there is none.
and submit (party: Party) (arrival: Arrival) =
    match party.OwnerOf arrival.Stream with
    | Some owner ->
        let lane = laneOf party arrival.Stream
        party.SoonOn owner 0 3 (fun () -> step party owner lane (Input.Arrived(seqOf [ arrival ])))
    | None -> party.Note "no host owned it"

and private commit party host lane (batch: Batch) =
    let append () : Outcome =
        party.Kept.Append(batch, party.Making, party.Made)

    let settled outcome =
        step party host lane (Input.Settled(batch.Number, outcome))

    let mine = host.Process
    let isLive () = host.IsUp && host.Process = mine

    let pause = 20 * min batch.Attempt 5

    party.Soon (2 + pause) (9 + pause) (fun () ->
        // What was under way when its host died may have committed.
        if not (isLive ()) then
            if party.Dice.Chance 500 then
                party.Note "committed after its host had died"
                append () |> ignore
        elif batch.Attempt = 0 && party.Dice.Chance failing then
            party.Note "failed"
            party.SoonOn host 1 3 (fun () -> settled (Outcome.Failed()))
        elif party.Dice.Chance unheard then
            party.Note "outcome unknown"

            match party.Dice.Below 3 with
            | 0 -> append () |> ignore
            | 1 -> party.Soon 1 30 (fun () -> append () |> ignore)
            | _ -> ()

            party.SoonOn host 10 20 (fun () -> settled (Outcome.Unknown()))
        else
            let outcome = append ()

            match outcome with
            | :? Outcome.Committed as committed when not committed.Aside.IsEmpty -> party.Note "set aside"
            | _ -> party.Note "committed"

            party.SoonOn host 1 3 (fun () -> settled outcome))

/// Time goes by on a host: what falls due is asked.
let elapse (party: Party) (host: Host) =
    let isMine (reminder: Reminder) =
        party.Owners[party.BucketOf reminder.Stream] = host.Index

    let due = party.Kept.Store.DueBy party.Now |> Seq.filter isMine |> List.ofSeq

    for lane, some in due |> List.groupBy (fun reminder -> laneOf party reminder.Stream) do
        step party host lane (Input.Woken(seqOf some))

    for lane in 0..1 do
        step party host lane (Input.Elapsed())

/// A process begins, and knows of nobody.
let begin' (party: Party) (host: Host) =
    party.Epoch <- party.Epoch + 1L
    host.Process <- host.Process + 1
    host.IsUp <- true
    host.Began <- party.Clock.Now
    host.Callers <- Dictionary()
    host.Presence <- Presence.Nobody
    host.States <- Dictionary()
    host.Due <- Dictionary()
    host.Noticed <- Dictionary()
    host.Lanes <- Array.init 2 (fun _ -> Lane.Create options)

    for lane in 0..1 do
        step party host lane (Input.LeaseTaken party.Epoch)

/// Buckets go to whoever is up, in turn; who had them lets go.
let private share (party: Party) =
    let up = party.Hosts |> Array.filter _.IsUp |> Array.map _.Index

    for bucket in 0 .. buckets - 1 do
        let owner = party.Owners[bucket]
        let next = up[bucket % up.Length]

        if owner <> next then
            if owner >= 0 && party.Hosts[owner].IsUp then
                for lane in 0..1 do
                    let which (stream: StreamKey) = party.BucketOf stream = bucket
                    step party party.Hosts[owner] lane (Input.Released which)

            party.Owners[bucket] <- next

/// A host dies with all that it knew; the others take over what it owned once its lease is over, and later it is back.
let die (party: Party) (greet: Host -> unit) =
    let host = party.Hosts[party.Dice.Below party.Hosts.Length]
    party.Note "a host died"
    host.IsUp <- false

    for bucket in 0 .. buckets - 1 do
        if party.Owners[bucket] = host.Index then
            party.Owners[bucket] <- -1

    party.Clock.After 4_000L (fun () -> share party)

    party.Clock.After 15_000L (fun () ->
        begin' party host
        greet host
        share party)
