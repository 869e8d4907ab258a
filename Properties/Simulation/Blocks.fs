/// What is judged of friends and blocks when a simulated world has come to rest.
module Chat.Spec.Simulation.Blocks

open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Simulation.World

/// A conversation of two is closed by whom of them has blocked the other, in the same transaction, and nothing is said
/// in it meanwhile.
let judge (world: World) =
    let streams =
        world.Commits |> Seq.collect _.Added |> Seq.map _.Stream |> Seq.distinct

    for stream in streams do
        if stream.Kind = StreamKind.Pair then
            let bonds =
                [
                    for recorded in world.Store.Load stream -> recorded.Event :?> Chat.Domain.Pairs.Event
                ]

            let blockers =
                bonds
                |> List.map _.By
                |> List.distinct
                |> List.filter (fun who -> Pairs.hasBlocked who bonds)

            let talk = List.ofSeq (world.Store.Load stream.Direct)

            if Past.exists talk then
                let closers = Powers.closers talk

                if not (List.isEmpty closers) then
                    world.Note "closed conversation"

                if List.sortBy string closers <> List.sortBy string blockers then
                    world.Wrong $"{stream.Direct} is closed by {closers}, and {blockers} block"

            for recorded in talk do
                let before = talk |> List.truncate (int recorded.Version - 1)

                match recorded.Event with
                | :? Event.Closed
                | :? Event.Reopened
                | :? Event.MessageRedacted -> ()
                | happened ->
                    if not (List.isEmpty (Powers.closers before)) then
                        world.Wrong $"{happened} in a conversation that was closed"
