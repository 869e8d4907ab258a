/// Judges what was told as it happened.
module Chat.Spec.Outside.JudgingTold

open Chat.Domain.Values
open Chat.Domain.Views
open Chat.Spec.Oracle
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Witness
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

/// Whether an event is for somebody, as things stood at a version: at its own, or later where several came at once.
let private isFor (witnessed: Witnessed) (who: PersonId) (version: int64) (asOf: int64) =
    let happened = Past.event witnessed.Past[int version - 1]

    Access.isAddressed who witnessed.Past version happened
    || Access.seesEvent who (at witnessed asOf) version happened

/// The states by which an event may have been told: what was committed with it is there already.
let private statesOf (witnessed: Witnessed) (version: int64) =
    if witnessed.Played.Scenario.IsConcurrent then
        [ version .. Past.version witnessed.Past ]
    else
        [ version ]

let hearing (findings: Findings) (witnessed: Witnessed) (heard: Hearing) =
    let who, last = heard.Who, Past.version witnessed.Past
    let versions = heard.Seen |> List.map _.Version
    findings.Hold live (versions = List.sort versions) (fun () -> $"{who} was told out of order: {versions}")

    for seen in heard.Seen do
        match seen with
        | :? Seen.Shown as shown when shown.Version <= last ->
            let happened = Past.event witnessed.Past[int shown.Version - 1]

            let isRight asOf =
                isFor witnessed who shown.Version asOf
                && shown.Event = asTold (Views.asShown [] who (at witnessed asOf) happened)

            findings.Hold live (statesOf witnessed shown.Version |> List.exists isRight) (fun () ->
                $"{who} was told {shown}; it is {happened}")
        | _ -> ()

    if not heard.WasAway then
        for version in 1L .. last do
            let states = statesOf witnessed version

            let isShown =
                heard.Seen
                |> List.exists (fun seen -> seen.Version = version && seen :? Seen.Shown)

            let isThere =
                heard.Seen
                |> List.exists (fun seen -> seen.Version <= version && version <= seen.Until)

            let mustHear = states |> List.forall (isFor witnessed who version)

            let mustCount =
                states |> List.forall (fun asOf -> Past.isMember who (at witnessed asOf))

            findings.Hold live (isShown || not (mustHear && mustCount)) (fun () ->
                $"{who} was not told version {version}: {witnessed.Past[int version - 1].Event}")

            findings.Hold live (isThere || not mustCount) (fun () -> $"{who} finds a hole at {version}")
