/// A page that looks on: a cluster of its own, what is asked of it, and the pictures that it is sent.
module Chat.Spec.Cluster.Session

open System
open System.Collections.Concurrent
open System.Diagnostics
open System.IO
open System.Text
open System.Threading
open System.Threading.Tasks
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Simulator
open Chat.Spec.Cluster.Watched

type Order =
    | Play
    | Pause
    /// Milliseconds of the cluster in one of ours.
    | Speed of float
    /// So many milliseconds; then it stands.
    | Step of int64
    | Strike of Fault
    | Begin of uint64

/// What an address asks for.
type Wanted =
    {
        Seed: uint64
        Speed: float
        /// The moment at which it is looked at first, and stands; none where it goes from the start.
        At: int64 option
    }

/// Between two pictures.
let private pace = TimeSpan.FromMilliseconds 50.

/// Of that, what may be spent on going on; where it is not enough, the cluster goes slower than was asked.
let private budget = TimeSpan.FromMilliseconds 35.

/// After so long without a picture it is looked whether anybody is there.
let private silence = TimeSpan.FromSeconds 1.

type Session(parts: Parts, wanted: Wanted) =
    let id = Guid.NewGuid().ToString "N"
    let orders = ConcurrentQueue<Order>()
    let mutable watched = Watched(parts, wanted.Seed)
    let mutable speed = wanted.Speed
    let mutable isPlaying = wanted.At.IsNone
    let mutable isNew = true
    // Less than a millisecond that it has yet to go on.
    let mutable owed = 0.

    let follow (order: Order) =
        match order with
        | Play -> isPlaying <- true
        | Pause -> isPlaying <- false
        | Speed wanted -> speed <- wanted
        | Step ms ->
            isPlaying <- false
            watched.Forward ms
        | Strike fault -> watched.Strike fault
        | Begin seed ->
            watched <- Watched(parts, seed)
            isNew <- true

    let rec followAll (count: int) =
        match orders.TryDequeue() with
        | true, order ->
            follow order
            followAll (count + 1)
        | false, _ -> count > 0

    let goOn (elapsed: TimeSpan) =
        let spent = Stopwatch.StartNew()
        owed <- owed + elapsed.TotalMilliseconds * speed
        let mutable left = int64 owed
        owed <- owed - float left

        while left > 0L && spent.Elapsed < budget do
            watched.Forward(min left 20L)
            left <- left - 20L

    let write (stream: Stream) (text: string) =
        task {
            do! stream.WriteAsync(ReadOnlyMemory(Encoding.UTF8.GetBytes text))
            do! stream.FlushAsync()
        }

    let show (stream: Stream) =
        task {
            if isNew then
                isNew <- false
                do! write stream $"event: plan\ndata: {Picture.json (Drawing.plan id watched)}\n\n"

            do! write stream $"data: {Picture.json (Drawing.take watched speed isPlaying)}\n\n"
        }

    member _.Id = id

    /// Is done before the next picture.
    member _.Ask(order: Order) = orders.Enqueue order

    /// Sends pictures until that is ended, or nobody takes them any more.
    member _.RunAsync (stream: Stream) (ended: CancellationToken) : Task =
        task {
            let clock = Stopwatch.StartNew()
            let mutable last = TimeSpan.Zero
            let mutable shown = TimeSpan.Zero
            wanted.At |> Option.iter watched.Forward
            do! show stream

            while not ended.IsCancellationRequested do
                do! Task.Delay(pace, ended)
                let wasAsked = followAll 0
                let isMoving = isPlaying && watched.Stage <> Over
                let now = clock.Elapsed

                if isMoving then
                    goOn (now - last)

                last <- now

                if wasAsked || isMoving then
                    shown <- now
                    do! show stream
                elif now - shown > silence then
                    shown <- now
                    do! write stream ": nothing new\n\n"
        }
