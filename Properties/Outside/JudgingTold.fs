/// Judges what was told as it happened.
module Chat.Spec.Outside.JudgingTold

open Chat.Domain.Values
open Chat.Domain.Views
open Chat.Spec.Oracle
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Moments
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

/// Whether an event is for somebody, as things stood at a version: at its own, or later where several came at once.
let private isFor (witnessed: Witnessed) (veiled: PersonId list) (who: PersonId) (version: int64) (asOf: int64) =
    let happened = Past.event witnessed.Past[int version - 1]

    Access.isAddressed who witnessed.Past version happened
    || Access.seesEventBehind veiled who (at witnessed asOf) version happened

/// The states by which an event may have been told: what was committed with it is there already.
let private statesOf (witnessed: Witnessed) (version: int64) =
    if witnessed.Played.Scenario.IsConcurrent then
        [ version .. Past.version witnessed.Past ]
    else
        [ version ]

/// Whom a block may have veiled for somebody when an event was told, which may be some time after it was asked for.
let private veilsOf (witnessed: Witnessed) (who: PersonId) (version: int64) =
    let during =
        witnessed.Effects
        |> List.find (fun effect -> effect.First <= version && version <= effect.Last)
        |> _.Sending.During

    let during =
        if witnessed.Played.Scenario.IsConcurrent then
            { during with
                Answered = System.Int64.MaxValue
            }
        else
            during

    veilsAt witnessed who during witnessed.Past

let private shown (findings: Findings) (witnessed: Witnessed) (who: PersonId) (shown: Seen.Shown) =
    let happened = Past.event witnessed.Past[int shown.Version - 1]

    let isRight veiled asOf =
        isFor witnessed veiled who shown.Version asOf
        && shown.Event = asTold (Views.asShown veiled who (at witnessed asOf) happened)

    holdBehind
        findings
        live
        (veilsOf witnessed who shown.Version)
        (fun veiled -> statesOf witnessed shown.Version |> List.exists (isRight veiled))
        (fun () -> $"{who} was told {shown}; it is {happened}")

/// Nobody who has been there all the time misses anything.
let private missing (findings: Findings) (witnessed: Witnessed) (heard: Hearing) (version: int64) =
    let who, states = heard.Who, statesOf witnessed version

    let isShown =
        heard.Seen
        |> List.exists (fun seen -> seen.Version = version && seen :? Seen.Shown)

    let isThere =
        heard.Seen
        |> List.exists (fun seen -> seen.Version <= version && version <= seen.Until)

    let isAlways veiled =
        states |> List.forall (isFor witnessed veiled who version)

    let veils = veilsOf witnessed who version
    let mustHear = veils |> List.forall isAlways

    if isAlways [] && not (veils |> List.exists isAlways) then
        findings.Count "veiled"

    let mustCount =
        states |> List.forall (fun asOf -> Past.isMember who (at witnessed asOf))

    findings.Hold live (isShown || not (mustHear && mustCount)) (fun () ->
        $"{who} was not told version {version}: {witnessed.Past[int version - 1].Event}")

    findings.Hold live (isThere || not mustCount) (fun () -> $"{who} finds a hole at {version}")

let hearing (findings: Findings) (witnessed: Witnessed) (heard: Hearing) =
    let who, last = heard.Who, Past.version witnessed.Past
    let versions = heard.Seen |> List.map _.Version
    findings.Hold live (versions = List.sort versions) (fun () -> $"{who} was told out of order: {versions}")

    for seen in heard.Seen do
        match seen with
        | :? Seen.Shown as one when one.Version <= last -> shown findings witnessed who one
        | _ -> ()

    if not heard.WasAway then
        for version in 1L .. last do
            missing findings witnessed heard version
