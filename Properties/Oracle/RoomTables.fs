/// Games in a room: what is played there, and what comes of it. The games have oracles of their own.
module Chat.Spec.Oracle.RoomTables

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle.Rooms

/// The table, from all that happened in a room.
let tableOf (room: Event list) : Chat.Domain.Games.State =
    room
    |> List.choose (fun happened ->
        match happened with
        | :? Event.Played as played -> Some(Chat.Domain.Games.Entry(played.By, played.At, played.What))
        | _ -> None)
    |> List.fold (fun state entry -> Playing.Table.Evolve(state, entry)) Chat.Domain.Games.State.Initial

/// The name of the game that was dealt and has not ended.
let played (room: Event list) : string | null =
    room
    |> List.fold
        (fun (offered: string | null, dealt: string | null) happened ->
            match happened with
            | :? Event.Played as played ->
                match played.What with
                | :? Chat.Domain.Games.Event.Offered as one -> one.Plan.Game, null
                | :? Chat.Domain.Games.Event.Dealt -> offered, offered
                | :? Chat.Domain.Games.Event.Ended -> offered, null
                | _ -> offered, dealt
            | _ -> offered, dealt)
        (null, null)
    |> snd

/// What comes at the table of what somebody wants there.
let atTable (stamp: Stamp) (id: RoomId) (dice: Secret) (what: Chat.Domain.Games.Command) (room: Event list) =
    let asking =
        Chat.Domain.Games.Asking(stamp.By, stamp.At, (roomOf id).ToString(), dice)

    Playing.Table.Decide(tableOf room, asking, what)
    |> ofEither
    |> Result.map (
        Seq.map (fun happened -> roomOf id, Event.Played(stamp, happened) :> AnyEvent)
        >> List.ofSeq
    )

/// Whoever goes leaves the table.
let getsUp (stamp: Stamp) (id: RoomId) (room: Event list) =
    atTable stamp id (Secret()) (Chat.Domain.Games.Command.GetUp()) room
    |> Result.defaultValue []
