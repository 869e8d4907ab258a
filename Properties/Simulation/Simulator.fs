/// Runs one world from one seed: clients that retry, lanes that lose their lease or die, a store that is slow and
/// fails.
module Chat.Spec.Simulation.Simulator

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Simulation.Dice
open Chat.Spec.Simulation.World
open Chat.Spec.Simulation.Carrying
open Chat.Spec.Simulation.Moving
open Chat.Spec.Simulation.Wishes

/// Sends some things of one shard in one go to its owner, or now and then to whom it was before.
let private send (world: World) (ears: Ears) (asked: Asked list) =
    for shard, some in asked |> List.groupBy (streamOfAsked >> world.ShardOf) do
        let lane =
            if world.Faults.Takeover > 0 && world.Happens 60 then
                world.Lanes |> List.filter (fun lane -> lane.Shard = shard) |> world.Dice.Pick
            else
                world.Lanes[world.Owners[shard]]

        let sendings =
            some
            |> List.map (fun asked ->
                let sent =
                    {
                        Ticket = int64 world.Sent.Count + 1L
                        Asked = asked
                        Floor = world.FloorOf(streamOfAsked asked)
                        Lane = lane.Index
                        Epoch = -1L
                        Replies = []
                        IsLost = false
                        SentAt = world.Tick
                    }

                world.Sent[sent.Ticket] <- sent
                sent)

        let instance = lane.Instance

        world.Later(fun () ->
            if lane.Instance = instance then
                for sent in sendings do
                    sent.Epoch <-
                        if lane.Lane.Epoch.HasValue then
                            lane.Lane.Epoch.Value
                        else
                            -1L

                step world ears lane (Input.Arrived(sendings |> List.map arrivalOf |> seqOf))
            else
                for sent in sendings do
                    sent.IsLost <- true)

let private work (world: World) =
    let ready () =
        world.Pending
        |> Seq.filter (fun one -> one.NotBefore <= world.Tick)
        |> List.ofSeq

    for _ in 1 .. min (ready ()).Length (1 + world.Dice.Below 6) do
        match ready () with
        | [] -> ()
        | some ->
            let one = world.Dice.Pick some
            world.Pending.Remove one |> ignore
            one.Do()

/// Time goes by in a lane; who owns streams asks its store what falls due.
let private elapse (world: World) (ears: Ears) (lane: Running) =
    if world.Owners[lane.Shard] = lane.Index then
        let isMine (reminder: Reminder) =
            world.ShardOf reminder.Stream = lane.Shard

        let due = world.Store.DueBy(world.NowOf lane) |> Seq.filter isMine |> List.ofSeq

        if not due.IsEmpty then
            world.Note "woken"
            step world ears lane (Input.Woken(seqOf due))

    step world ears lane (Input.Elapsed())

let private disturb (world: World) (ears: Ears) =
    for shard in 0 .. world.Shards - 1 do
        if world.Happens world.Faults.Takeover then
            takeOver world ears shard

        if world.Happens world.Faults.Crash then
            crash world world.Lanes[world.Owners[shard]]
            takeOver world ears shard

    if world.Happens world.Faults.Takeover then
        release world ears

    if world.Happens world.Faults.Jump then
        world.Note "clock jumped"
        let lane = world.Dice.Pick world.Lanes
        lane.Skews <- (world.Tick, int64 (world.Dice.Between -3_600_000 3_600_000)) :: lane.Skews

    if world.Happens 60 then
        elapse world ears (world.Dice.Pick world.Lanes)

/// Whether a request has been told something that stands.
let private isResolved (world: World) =
    let told = System.Collections.Generic.HashSet<struct (System.Guid * Digest)>()
    let open' = System.Collections.Generic.HashSet<struct (System.Guid * Digest)>()

    for sent in world.Sent.Values do
        match sent.Asked with
        | Request wanted ->
            let key = struct (wanted.EventId, wanted.Digest)

            if sent.Replies |> List.exists (Judge.isRetryable >> not) then
                told.Add key |> ignore
            elif sent.Replies.IsEmpty && not sent.IsLost then
                open'.Add key |> ignore
        | Marking _ -> ()

    fun (wanted: Wanted) ->
        let key = struct (wanted.EventId, wanted.Digest)
        told.Contains key, open'.Contains key

let private speak (world: World) (ears: Ears) (wanted: Wanted[]) (next: int) : int =
    let dice = world.Dice
    let count = min (dice.Below 4) (wanted.Length - next)
    send world ears [ for index in next .. next + count - 1 -> Request wanted[index] ]
    let said = next + count

    // Sent again, whatever became of it, also in the same breath.
    if said > 0 && world.Happens 300 then
        let again = wanted[dice.Below said]
        send world ears (List.replicate (dice.Between 1 3) (Request again))

    // The same id with another body.
    if said > 0 && world.Happens 60 then
        let twin, other = wanted[dice.Below said], wanted[dice.Below said]

        if twin.Stream = other.Stream then
            let body = other.Command

            send
                world
                ears
                [
                    Request(want twin.Stream twin.Person twin.Device twin.Client body twin.OccurredAt)
                ]

    if world.Happens 250 then
        let mark = Marks(int64 (dice.Between -1 9), int64 (dice.Between -1 9))
        send world ears [ Marking(streamOf (dice.Pick [ "c1"; "c2" ]), dice.Pick people, mark) ]

    said

/// No more faults: those who were not told ask again, until all is quiet.
let private settle (world: World) (ears: Ears) (wanted: Wanted[]) =
    world.Faults <- calm
    let stop = world.Tick + 2_000
    let mutable quiet = false
    let mutable commits = -1

    for lane in world.Lanes do
        if world.Owners[lane.Shard] <> lane.Index then
            step world ears lane (Input.LeaseLost())

    while not quiet && world.Tick < stop do
        world.Tick <- world.Tick + 1
        work world

        if world.Tick % 8 = 0 then
            for lane in world.Lanes do
                elapse world ears lane

        if world.Pending.Count = 0 then
            let state = isResolved world
            let unresolved = wanted |> Array.filter (state >> fst >> not)
            let silent = unresolved |> Array.filter (state >> snd >> not)

            if silent.Length > 0 then
                send world ears [ Request silent[0] ]
            elif world.Pending.Count = 0 && world.Tick % 8 = 1 then
                // Time has gone by since the last commit: what it made due has been asked.
                quiet <- commits = world.Commits.Count
                commits <- world.Commits.Count

/// Runs a world to its end; it knows what was wrong in it, and what it saw.
let run (subject: Subject) (seed: uint64) : World =
    let dice = Dice(seed ^^^ 0xC0FFEEUL)
    let world = World(subject, seed, optionsOf dice, faultsOf dice)
    let ears = Judge.ears world
    let wanted = wantedOf seed dice |> Array.ofList

    for shard in 0 .. world.Shards - 1 do
        world.Epochs[shard] <- 1L
        step world ears world.Lanes[shard] (Input.LeaseTaken 1L)

    let mutable next = 0

    while next < wanted.Length do
        world.Tick <- world.Tick + 1
        next <- speak world ears wanted next
        disturb world ears
        work world

    settle world ears wanted
    Verdict.all world
    world

/// What was wrong in the world of a seed.
let wrongs (subject: Subject) (seed: uint64) : string list =
    try
        List.ofSeq (run subject seed).Wrongs
    with thrown ->
        [ $"threw {thrown.GetType().Name}: {thrown.Message} at {thrown.StackTrace}" ]
