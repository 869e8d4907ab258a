/// The moments of a scenario at which something may have been answered or told: versions, times, and whom blocks
/// veiled.
module Chat.Spec.Outside.Moments

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness

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

/// Whom a block may have veiled meanwhile for somebody who looks at a past: in a conversation of two nobody.
let veilsAt (witnessed: Witnessed) (who: PersonId) (during: Window) (past: Recorded list) : PersonId list list =
    if Past.isDirect past then
        [ [] ]
    else
        Between.veils witnessed.Played who during
