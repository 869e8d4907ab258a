/// A cluster that somebody looks at: it goes on bit by bit, things befall it by hand, and what happens is written down.
module Chat.Spec.Cluster.Watched

open System
open System.Collections.Generic
open Chat.Spec.Simulation.Dice
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Network
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Simulator

/// How a host is; of several that are so, what keeps it most from its work.
type Standing =
    | Gone
    | Still
    | Ending
    | Cut
    | Blind
    | Waiting
    | Working

    override standing.ToString() =
        match standing with
        | Gone -> "is gone"
        | Still -> "stands still"
        | Ending -> "ends"
        | Cut -> "is cut off from the server"
        | Blind -> "does not reach the database"
        | Waiting -> "waits for its lease"
        | Working -> "is at work"

let standingOf (cluster: Cluster) (host: Host) : Standing =
    if not host.IsUp then Gone
    elif host.StandsUntil > cluster.Clock.Now then Still
    elif host.IsDraining then Ending
    elif not (host.End.IsConnected && host.End.IsWhole) then Cut
    elif not host.ReachesDatabase then Blind
    elif not (cluster.Holds host) then Waiting
    else Working

/// What something was, that was written down.
type Kind =
    /// Something befell it.
    | Struck
    /// A part of it is otherwise than before.
    | Changed
    /// A law is broken.
    | Wrong

/// Something that was written down, and when.
type Line =
    { At: int64; Kind: Kind; Words: string }

/// What has happened since one last looked.
type News =
    {
        Lines: Line list
        /// Messages that set off, each with its number.
        SetOff: (int * Flight) list
        /// The numbers of those that were lost.
        Lost: int list
    }

/// How finely it is looked at what changed, in milliseconds.
let private grain = 10L

let private stageOf (stage: Stage) =
    match stage with
    | Busy -> "is at it"
    | Resting -> "comes to rest: nothing befalls it any more"
    | Looking -> "was judged, and everybody looks once more"
    | Over -> "was judged for the last time"

type Watched(parts: Parts, seed: uint64) =
    let run = Run(parts, Plan.ofSeed seed)
    let cluster = run.Cluster
    // Chance of its own, so that the rest stays as it would be.
    let dice = Dice(seed ^^^ 0xB10B5UL)
    let lines = List<Line>()
    let setOff = List<int * Flight>()
    let underWay = List<int * Flight>()
    let struck = List<Blow>()
    let before = Dictionary<string, string>()
    let mutable flights = 0
    let mutable wrongs = 0

    let write kind words =
        lines.Add
            {
                At = cluster.Clock.Now
                Kind = kind
                Words = words
            }

    let notice (who: string) (now: string) =
        match before.TryGetValue who with
        | true, was when was = now -> ()
        | true, _ ->
            before[who] <- now
            write Changed $"{who} {now}"
        // That it begins as it begins is no news.
        | false, _ -> before[who] <- now

    let look () =
        for host in cluster.Hosts do
            match standingOf cluster host, host.Held with
            | Working, Some held -> notice host.End.Name $"is at work, epoch {held.Under}"
            | standing, _ -> notice host.End.Name (string standing)

        let answers =
            if cluster.IsDatabaseUp then
                "answers"
            else
                "does not answer"

        notice "the database" answers
        notice "its past" $"is number {cluster.Database.Epoch}"
        notice "the cluster" (stageOf run.Stage)

        for wrong in Seq.skip wrongs cluster.Wrongs do
            write Wrong wrong

        wrongs <- cluster.Wrongs.Count

    let told (flight: Flight) =
        flights <- flights + 1
        setOff.Add((flights, flight))
        underWay.Add((flights, flight))

    do
        cluster.Network.SetsOff <- Some told

        cluster.Watch <-
            { cluster.Watch with
                Struck =
                    fun blow ->
                        struck.Add blow
                        write Struck $"{blow.Fault}: {Blows.whom cluster blow}"
            }

        look ()

    member _.Seed = seed
    member _.Cluster = cluster
    member _.Stage = run.Stage
    /// When it will be over, if nothing else befalls it.
    member _.End = run.End
    /// All that has befallen it.
    member _.Blows = List.ofSeq struck

    /// Goes on for so many milliseconds of its own.
    member _.Forward(ms: int64) =
        let target = cluster.Clock.Now + ms

        while run.Stage <> Over && cluster.Clock.Now < target do
            run.Forward(min target (cluster.Clock.Now + grain))
            look ()

    /// Something befalls it now; chance says whom, and how badly.
    member _.Strike(fault: Fault) =
        run.Strike
            {
                At = cluster.Clock.Now
                Fault = fault
                Chance = dice.Next()
            }

        look ()

    /// What has happened since one last took the news.
    member _.News() : News =
        let news =
            {
                Lines = List.ofSeq lines
                SetOff = List.ofSeq setOff
                Lost =
                    [
                        for number, flight in underWay do
                            if flight.IsLost then
                                number
                    ]
            }

        lines.Clear()
        setOff.Clear()

        underWay.RemoveAll(fun (_, flight) -> flight.IsLost || flight.Comes < cluster.Clock.Now)
        |> ignore

        news
