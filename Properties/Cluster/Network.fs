/// Time, and the server that carries messages in a cluster: in order between two ends, late, and not at all over a
/// connection that is cut.
module Chat.Spec.Cluster.Network

open System.Collections.Generic
open Chat.Spec.Simulation.Dice

/// Everything that happens, in the order of its time.
type Clock(dice: Dice) =
    let queue = PriorityQueue<unit -> unit, struct (int64 * int64)>()
    let mutable now = 0L
    let mutable count = 0L

    member _.Now = now
    member _.Dice = dice

    member _.At (time: int64) (act: unit -> unit) =
        count <- count + 1L
        queue.Enqueue(act, struct (max now time, count))

    member clock.After (wait: int64) (act: unit -> unit) = clock.At (now + wait) act

    /// Goes on until then, or until nothing is left.
    member _.Run(until: int64) =
        let mutable isOver = false

        while not isOver do
            match queue.TryPeek() with
            | true, _, struct (time, _) when time <= until ->
                let act = queue.Dequeue()
                now <- max now time
                act ()
            | _ -> isOver <- true

        now <- max now until

/// One end: a host or a device.
[<AllowNullLiteral>]
type End(name: string) =
    member _.Name = name
    /// Whether the server has its connection.
    member val IsConnected = false with get, set
    /// Whether what is sent over it arrives: a cut is noticed later, on either side.
    member val IsWhole = true with get, set
    /// Counts its connections.
    member val Connection = 0 with get, set

/// A message on its way: between whom, when it set off and when it comes, unless it is lost.
type Flight =
    {
        From: string
        Destination: string
        Sent: int64
        Comes: int64
        mutable IsLost: bool
    }

/// What is under way goes down with the connection of either end; from one end to another nothing overtakes.
type Network(clock: Clock, delay: int) =
    let lastBetween = Dictionary<struct (string * string), int64>()
    let hop () = 1L + int64 (clock.Dice.Below delay)

    /// Whoever looks on is told of each message that sets off; mostly nobody does.
    member val SetsOff: (Flight -> unit) option = None with get, set

    member private network.Seen (from: End) (destination: End) (time: int64) : Flight option =
        network.SetsOff
        |> Option.map (fun told ->
            let flight =
                {
                    From = from.Name
                    Destination = destination.Name
                    Sent = clock.Now
                    Comes = time
                    IsLost = false
                }

            told flight
            flight)

    member network.Carry (from: End) (destination: End) (arrive: unit -> unit) =
        if from.IsConnected && from.IsWhole then
            let sent, awaited = from.Connection, destination.Connection
            let between = struct (from.Name, destination.Name)

            let earliest =
                match lastBetween.TryGetValue between with
                | true, last -> last
                | false, _ -> 0L

            let time = max (clock.Now + hop ()) earliest
            lastBetween[between] <- time
            let flight = network.Seen from destination time

            clock.At time (fun () ->
                // What the server has taken it hands on, though the sender is gone by then.
                if
                    destination.IsConnected
                    && destination.IsWhole
                    && destination.Connection = awaited
                    && (from.IsWhole || from.Connection <> sent)
                then
                    arrive ()
                else
                    flight |> Option.iter (fun lost -> lost.IsLost <- true))
