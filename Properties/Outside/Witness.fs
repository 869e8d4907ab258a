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

let private idOf (sending: Sending) =
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
    | [] -> 0L, 0L
    | some ->
        let least, most = some |> List.map fst |> List.max, some |> List.map snd |> List.min

        min least most, max least most

let private contextOf (sending: Sending) (at: Instant) = Running.contextOf sending.Ask at

let decide (sending: Sending) (at: Instant) (past: Recorded list) =
    Verdicts.decide (contextOf sending at) (sending.Ask.Command :?> Command) past

/// What a request would have done at that moment.
let private wouldDo (sending: Sending) (at: Instant) (past: Recorded list) : Event list =
    match sending.Malformed, decide sending at past with
    | Some _, _ -> []
    | None, Accept one -> [ one ]
    | None, AcceptAll several -> several
    | None, _ -> []

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
        match wouldDo sending at past with
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

let witness (played: Played) : Witnessed =
    let told = toldOf played

    let rec grow (taken: Set<string>) (effects: Effect list) past =
        match next played told taken past with
        | None -> effects, past
        | Some(sending, events) ->
            let made =
                Running.recordedOf Running.key sending.Ask past (events |> Seq.map (fun one -> one :> AnyEvent))

            let effect =
                {
                    Sending = sending
                    First = Past.version past + 1L
                    Last = Past.version past + int64 made.Length
                }

            grow (Set.add (idOf sending) taken) (effect :: effects) (past @ made)

    let effects, past = grow Set.empty [] []

    {
        Played = played
        Past = past
        Effects = List.rev effects
        Told = told
        Skew = skewOf played
    }

let effectOf (witnessed: Witnessed) (sending: Sending) =
    witnessed.Effects
    |> List.tryFind (fun effect -> idOf effect.Sending = idOf sending)

/// The sendings that were told of an effect; before it the same request may have been refused, or been so already.
let private sendingsOf (witnessed: Witnessed) (effect: Effect) =
    let isTold (sending: Sending) =
        idOf sending = idOf effect.Sending
        && sending.Ask.Command = effect.Sending.Ask.Command
        && (match sending.Reply with
            | Ok receipt -> receipt.Version = effect.First
            | Error _ -> false)

    effect.Sending :: List.filter isTold witnessed.Played.Sendings

/// The versions at which something asked then may have been answered: all that was acknowledged before is there, and
/// nothing that was asked for later.
let range (witnessed: Witnessed) (during: Window) : int64 list =
    let first pick effect =
        sendingsOf witnessed effect |> List.map pick |> List.min

    let least =
        witnessed.Effects
        |> List.filter (fun effect -> first _.During.Answered effect < during.Sent)
        |> List.fold (fun most effect -> max most effect.Last) 0L

    let most =
        witnessed.Effects
        |> List.filter (fun effect -> first _.During.Sent effect < during.Answered)
        |> List.fold (fun most effect -> max most effect.Last) least

    [ least..most ]

let at (witnessed: Witnessed) (version: int64) =
    witnessed.Past |> List.truncate (int version)

/// What the host's clock may have said meanwhile: each millisecond, or some of many.
let times (witnessed: Witnessed) (during: Window) (past: Recorded list) : Instant list =
    let from = during.SentMs + fst witnessed.Skew - 1L
    let until = during.AnsweredMs + snd witnessed.Skew + 1L
    let step = max 1L ((until - from) / 80L)

    let last =
        past
        |> List.tryLast
        |> Option.map _.Event.At
        |> Option.defaultValue (Instant 0L)

    [ from..step..until ]
    |> List.map (fun ms -> Instant.Max(Instant ms, last))
    |> List.distinct
