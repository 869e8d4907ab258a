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
    let next, played = ref -1, ref 0

    let one (index: int) =
        let seed = first + uint64 index
        let cluster = Simulator.play parts (Plan.ofSeed seed)

        for pair in cluster.Seen do
            seen.AddOrUpdate(pair.Key, pair.Value, (fun _ before -> before + pair.Value))
            |> ignore

        if cluster.Wrongs.Count > 0 then
            broken.Enqueue((seed, List.ofSeq cluster.Wrongs))

        progress (Interlocked.Increment played)

    let rec work () =
        let index = Interlocked.Increment next

        if index < count && broken.Count < 5 then
            one index
            work ()

    // On threads of their own: they would leave none of the pool's to anything else.
    let worker _ =
        Task.Factory.StartNew(work, TaskCreationOptions.LongRunning)

    Task.WaitAll(Array.init atOnce worker)

    {
        Seen = seen |> Seq.map (fun pair -> pair.Key, pair.Value) |> Seq.sort |> List.ofSeq
        Broken = broken |> Seq.sortBy fst |> List.ofSeq
    }
