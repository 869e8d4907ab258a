/// Many clusters, some at the same time.
module Chat.Spec.Cluster.Many

open System
open System.Collections.Concurrent
open System.Threading
open System.Threading.Tasks
open Chat.Spec.Cluster.Cluster

/// What many clusters saw, and the first seeds in which something was wrong.
type Outcome =
    {
        Seen: (string * int) list
        Broken: (uint64 * string list) list
    }

/// Plays the clusters of so many seeds; ends early once some are broken.
let play (parts: Parts) (first: uint64) (count: int) (atOnce: int) (progress: int -> unit) : Outcome =
    let seen = ConcurrentDictionary<string, int>()
    let broken = ConcurrentQueue<uint64 * string list>()
    let mutable played = 0

    let one (index: int) (state: ParallelLoopState) =
        let seed = first + uint64 index
        let cluster = Simulator.play parts (Plan.ofSeed seed)

        for pair in cluster.Seen do
            seen.AddOrUpdate(pair.Key, pair.Value, (fun _ before -> before + pair.Value))
            |> ignore

        if cluster.Wrongs.Count > 0 then
            broken.Enqueue((seed, List.ofSeq cluster.Wrongs))

            if broken.Count >= 5 then
                state.Stop()

        progress (Interlocked.Increment &played)

    let options = ParallelOptions(MaxDegreeOfParallelism = atOnce)
    Parallel.For(0, count, options, Action<int, ParallelLoopState> one) |> ignore

    {
        Seen = seen |> Seq.map (fun pair -> pair.Key, pair.Value) |> Seq.sort |> List.ofSeq
        Broken = broken |> Seq.sortBy fst |> List.ofSeq
    }
