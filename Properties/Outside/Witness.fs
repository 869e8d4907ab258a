/// What must have happened, for the answers to be what they were: versions are the witness. Each request that was
/// accepted has its version, and what it did then is what the oracle makes of it after all before.
module Chat.Spec.Outside.Witness

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Laws
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played

/// A request that took effect, with the versions of what it did.
type Effect =
    {
        Sending: Sending
        First: int64
        Last: int64
    }

type Witnessed =
    {
        Played: Played
        Past: Recorded list
        Effects: Effect list
        /// What each version was, as somebody was told first.
        Told: Map<int64, Event>
        /// By how much the host's clock may be ahead of ours, at least and at most, in milliseconds.
        Skew: int64 * int64
    }

let idOf (sending: Sending) =
    $"{sending.Ask.Person}/{sending.Ask.Device}/{sending.Ask.Client}"

/// What others are told of an event: nobody's access.
let asTold (happened: Event) : Event =
    match happened with
    | :? Event.Joined as joined -> Event.Joined(joined.Stamp, listing [])
    | other -> other

let private toldOf (played: Played) =
    played.Heard
    |> Seq.collect _.Seen
    |> Seq.choose (fun seen ->
        match seen with
        | :? Seen.Shown as shown -> Some(shown.Version, shown.Event)
        | _ -> None)
    |> Seq.fold (fun told (version, happened) -> Map.add version happened told) Map.empty

/// What is allowed for where nobody said anything, and so nothing shows how the clocks stand to each other.
let private unknownSkew = 50L

let private skewOf (played: Played) =
    let bounds =
        played.Sendings
        |> List.choose (fun sending ->
            match sending.Reply with
            | Ok receipt when not receipt.Replayed && receipt.Seq.HasValue ->
                Some(
                    receipt.At.Milliseconds - sending.During.AnsweredMs,
                    receipt.At.Milliseconds - sending.During.SentMs
                )
            | _ -> None)

    match bounds with
    | [] -> -unknownSkew, unknownSkew
    | some ->
        let least, most = some |> List.map fst |> List.max, some |> List.map snd |> List.min

        min least most, max least most

let private contextOf (sending: Sending) (at: Instant) = Running.contextOf sending.Ask at

/// Whom a request names who may not take it from whoever asks.
let private named (command: Command) : PersonId seq =
    match command with
    | :? Command.Create as create -> create.Members
    | :? Command.Invite as invite -> invite.People
    | _ -> []

/// Each way in which people may have refused to be named by somebody in a request.
let refusings (played: Played) (who: PersonId) (command: Command) (during: Window) : Welcome.Refusing list =
    Between.refusals played who (named command) during
    |> List.map (fun isRefused _ _ -> isRefused)

/// What a request may have come to at a moment: more than one thing where somebody was blocked meanwhile.
let decisions (played: Played) (sending: Sending) (at: Instant) (past: Recorded list) : Verdict list =
    let command = sending.Ask.Command :?> Command

    refusings played sending.Ask.Person command sending.During
    |> List.map (fun isRefused -> Welcome.decide isRefused (contextOf sending at) command past)
    |> List.distinct

/// What a request would have done at that moment.
let private wouldDo (played: Played) (sending: Sending) (at: Instant) (past: Recorded list) : Event list =
    let events verdict =
        match verdict with
        | Accept one -> [ one ]
        | AcceptAll several -> several
        | _ -> []

    match sending.Malformed with
    | Some _ -> []
    | None ->
        decisions played sending at past
        |> List.map events
        |> List.tryFind (not << List.isEmpty)
        |> Option.defaultValue []

let private isToldSo (told: Map<int64, Event>) (version: int64) (happened: Event) =
    match told.TryFind version with
    | None -> true
    | Some heard ->
        heard.GetType() = happened.GetType()
        && heard.By = happened.By
        && heard.At = happened.At

/// The request that made the next version, and what it did.
let private next (played: Played) told (taken: Set<string>) (past: Recorded list) =
    let version = Past.version past + 1L

    let doing (sending: Sending) at =
        match wouldDo played sending at past with
        | first :: _ as all when isToldSo told version first -> Some(sending, all)
        | _ -> None

    let isFree sending = not (taken.Contains(idOf sending))

    let acknowledged =
        played.Sendings
        |> List.tryPick (fun sending ->
            match sending.Reply with
            | Ok receipt when receipt.Version = version && isFree sending -> doing sending receipt.At
            | _ -> None)

    // A rule that takes the word away happens in the place of what was refused.
    let instead () =
        told.TryFind version
        |> Option.bind (fun heard ->
            played.Sendings
            |> List.tryPick (fun sending ->
                match sending.Reply with
                | Error _ when isFree sending && sending.Ask.Person = heard.By -> doing sending heard.At
                | _ -> None))

    acknowledged |> Option.orElseWith instead

/// What a block, or its end, does to the conversation, if it is that of the two.
let private closes (played: Played) (closing: Between.Closing) (past: Recorded list) =
    let at =
        past
        |> List.tryLast
        |> Option.map _.Event.At
        |> Option.defaultValue (Instant 0L)

    if Past.isDirect past && Past.isMember closing.Other past then
        wouldDo played closing.Sending at past
    else
        []

let witness (played: Played) : Witnessed =
    let told = toldOf played

    let made (sending: Sending) (past: Recorded list) (events: Event list) =
        let recorded =
            Running.recordedOf Running.key sending.Ask past (events |> Seq.map (fun one -> one :> AnyEvent))

        let effect =
            {
                Sending = sending
                First = Past.version past + 1L
                Last = Past.version past + int64 recorded.Length
            }

        effect, past @ recorded

    let rec grow (taken: Set<string>) (closings: Between.Closing list) (effects: Effect list) past =
        match next played told taken past, closings with
        | Some(sending, events), closing :: _ when closing.Sending.During.Answered >= sending.During.Sent ->
            happens taken closings effects past sending events
        | Some(sending, events), [] -> happens taken closings effects past sending events
        // What nobody is told has its place before what was asked for later, and at the end.
        | _, closing :: rest ->
            match closes played closing past with
            | [] -> grow taken rest effects past
            | events ->
                let effect, past = made closing.Sending past events
                grow taken rest (effect :: effects) past
        | None, [] -> effects, past

    and happens taken closings effects past sending events =
        let effect, past = made sending past events
        grow (Set.add (idOf sending) taken) closings (effect :: effects) past

    let effects, past = grow Set.empty (Between.closings played) [] []

    {
        Played = played
        Past = past
        Effects = List.rev effects
        Told = told
        Skew = skewOf played
    }
