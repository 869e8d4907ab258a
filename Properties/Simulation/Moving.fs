/// What moves from one lane to another, or is gone with it.
module Chat.Spec.Simulation.Moving

open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec.Simulation.World
open Chat.Spec.Simulation.Carrying

/// Whoever is sent to a lane that dies hears nothing.
let crash (world: World) (lane: Running) =
    world.Note "crashed"
    lane.Instance <- lane.Instance + 1
    lane.Lane <- Lane.Create world.Options
    lane.WasMoved <- true

    for sent in world.Sent.Values do
        if sent.Lane = lane.Index && sent.Replies.IsEmpty then
            sent.IsLost <- true

/// The lease of a shard goes to some lane: after the old one gave it up, or behind its back.
let takeOver (world: World) (ears: Ears) (shard: int) =
    world.Note "taken over"
    let old = world.Lanes[world.Owners[shard]]

    let next =
        world.Lanes |> List.filter (fun lane -> lane.Shard = shard) |> world.Dice.Pick

    old.WasMoved <- true
    next.WasMoved <- true

    if next.Index = old.Index || world.Happens 500 then
        step world ears old (Input.LeaseLost())
    else
        let instance = old.Instance

        world.Later(fun () ->
            if old.Instance = instance && world.Owners[shard] <> old.Index then
                step world ears old (Input.LeaseLost()))

    world.Epochs[shard] <- world.Epochs[shard] + 1L
    world.Owners[shard] <- next.Index
    step world ears next (Input.LeaseTaken world.Epochs[shard])

/// Some streams are let go of, as if they were another's from now on; and come back, since nobody else has them.
let release (world: World) (ears: Ears) =
    world.Note "released"
    let odd = world.Dice.Below 2

    let which (stream: StreamKey) =
        int stream.Id[stream.Id.Length - 1] % 2 = odd

    step world ears (world.Dice.Pick world.Lanes) (Input.Released which)
