/// Holds a host to its laws: scenario after scenario, until it breaks one or there are enough.
module Chat.Spec.Outside.Running

open System
open System.Diagnostics
open System.Threading.Tasks
open FsCheck
open FsCheck.FSharp
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Scenario
open Chat.Spec.Outside.Dwelling
open Chat.Spec.Outside.Dialling
open Chat.Spec.Outside.Playing
open Chat.Spec.Outside.Findings

type Options =
    {
        Seed: uint64
        /// The number of the first scenario.
        From: int
        /// Scenarios in all.
        Scenarios: int
        /// Scenarios at the same time.
        AtOnce: int
        /// How long a broken law is looked at for the shortest scenario that breaks it.
        Shrinking: TimeSpan
    }

let usual =
    {
        Seed = 1UL
        From = 0
        Scenarios = 300
        AtOnce = 8
        Shrinking = TimeSpan.FromSeconds 60.
    }

/// A law that a host broke.
type Broken =
    {
        Law: HostLaw
        What: string
        Scenario: Scenario
        /// The scenario in which it was found, of those of the seed.
        Number: int
        Found: TimeSpan
        Steps: int
    }

type Outcome =
    {
        Findings: Findings
        Scenarios: int
        Requests: int
        Broken: Broken option
    }

/// From this number on each fifth scenario is in a house, and from the other each tenth is of calls.
let private firstInHouse = 50

/// And of each ten this one is of what people keep to themselves.
let private isDiscreet number =
    number >= firstInHouse && number % 10 = 2

let private firstOfCalls = 57

/// And one of each ten is of what else there is to do.
let private firstOfErrands = 59

/// And this one is of calls that nobody takes.
let private ofMissed = 49

/// The scenario of a number under a seed: those that were thought out come first.
let scenarioOf (seed: uint64) (number: int) : Scenario =
    let inHouse = (number - firstInHouse) / 5 - 2
    let ofCalls = (number - firstOfCalls) / 10
    let isOfCalls = number >= firstOfCalls && (number - firstOfCalls) % 10 = 0
    let ofErrands = (number - firstOfErrands) / 10
    let isOfErrands = number >= firstOfErrands && (number - firstOfErrands) % 10 = 0

    let drawn size =
        Gen.sampleWithSeed (Rnd(seed, uint64 (2 * number + 1))) size 1

    match List.tryItem number planned with
    | Some one -> one
    | None when number = ofMissed -> missedCalls
    | None when isOfCalls && ofCalls < plannedCalls.Length -> plannedCalls[ofCalls]
    | None when isOfCalls -> drawn 10 calls |> Array.head
    | None when isOfErrands && ofErrands < plannedErrands.Length -> plannedErrands[ofErrands]
    | None when isOfErrands -> drawn 10 errands |> Array.head
    | None when
        number >= firstInHouse
        && number % 5 = 0
        && inHouse >= 0
        && inHouse < plannedInHouse.Length
        ->
        plannedInHouse[inHouse]
    | None when number >= firstInHouse && number % 5 = 0 -> drawn (8 + number % 30) house |> Array.head
    | None when isDiscreet number -> drawn (20 + number % 30) discreet |> Array.head
    | None -> drawn (8 + number % 60) scenario |> Array.head

/// Plays a scenario, and judges it: what was found, and how many requests it took.
let judgedAsync (place: Place) (scenario: Scenario) : Task<Findings * int> =
    task {
        try
            match inHouse scenario, kept scenario, ofCalls scenario, ofErrand scenario with
            | Some asks, _, _, _ -> return! HousePlaying.judgedAsync place asks
            | _, Some deeds, _, _ -> return! Discreet.judgedAsync place deeds
            | _, _, Some turns, _ -> return! CallPlaying.judgedAsync place turns
            | _, _, _, Some errands -> return! RunningErrands.judgedAsync place errands
            | None, None, None, None ->
                let! played = playAsync place scenario
                return Judging.judge played, played.Sendings.Length + played.Readings.Length
        with NoAnswer subject ->
            let findings = Findings()
            findings.Hold HostLaws.answered false (fun () -> $"no answer to {subject}")
            return findings, 1
    }

/// The first smaller scenario that breaks the same law, and so on, as long as there is time.
let rec private shrunkAsync
    place
    (law: HostLaw)
    (until: unit -> bool)
    (scenario: Scenario)
    what
    : Task<Scenario * string> =
    task {
        let smaller = (shrink scenario).GetEnumerator()
        let mutable found = None

        while Option.isNone found && not (until ()) && smaller.MoveNext() do
            let! findings, _ = judgedAsync place smaller.Current

            found <-
                findings.Wrongs
                |> List.tryFind (fun (broken, _) -> broken = law)
                |> Option.map (fun (_, what) -> smaller.Current, what)

        match found with
        | Some(next, what) -> return! shrunkAsync place law until next what
        | None -> return scenario, what
    }

/// A scenario that is played.
type private Playing =
    {
        Number: int
        Scenario: Scenario
        Judging: Task<Findings * int>
    }

let private playingOf place seed number : Playing =
    let scenario = scenarioOf seed number

    {
        Number = number
        Scenario = scenario
        Judging = judgedAsync place scenario
    }

/// The first law that was broken in a scenario, found after so long.
let private brokenIn (found: TimeSpan) (one: Playing) (findings: Findings) : Broken option =
    findings.Wrongs
    |> List.tryHead
    |> Option.map (fun (law, what) ->
        {
            Law = law
            What = what
            Scenario = one.Scenario
            Number = one.Number
            Found = found
            Steps = one.Scenario.Steps.Length
        })

/// Runs until a law is broken; then the shortest scenario that shows it is sought. A scenario that lingers is begun in
/// its turn, and judged when it is over: others are played meanwhile.
let runAsync (place: Place) (options: Options) (progress: Action<int>) : Task<Outcome> =
    task {
        let findings = Findings()
        let clock = Stopwatch.StartNew()
        let until = options.From + options.Scenarios
        let mutable broken = None
        let mutable number = options.From
        let mutable requests = 0
        let mutable playing = []

        while Option.isNone broken && (number < until || not (List.isEmpty playing)) do
            let batch =
                [ number .. min until (number + options.AtOnce) - 1 ]
                |> List.map (playingOf place options.Seed)

            let over, others =
                playing @ batch
                |> List.partition (fun one -> batch.IsEmpty || not (lingers one.Scenario) || one.Judging.IsCompleted)

            playing <- others

            for one in over do
                let! found, asked = one.Judging
                findings.Add found
                requests <- requests + asked
                broken <- broken |> Option.orElse (brokenIn clock.Elapsed one found)

            number <- number + batch.Length
            progress.Invoke(number - options.From)

        match broken with
        | Some found ->
            let until = Stopwatch.StartNew()

            let! scenario, what =
                shrunkAsync place found.Law (fun () -> until.Elapsed > options.Shrinking) found.Scenario found.What

            broken <-
                Some
                    { found with
                        Scenario = scenario
                        What = what
                    }
        | None -> ()

        return
            {
                Findings = findings
                Scenarios = number - options.From
                Requests = requests
                Broken = broken
            }
    }
