/// Who is in the house, from all that their devices ever said.
module Chat.Spec.Oracle.Attended

open Chat.Domain.Values
open Chat.Domain.Presences

/// What a device says of itself.
type Word =
    | IsHere
    | Sneaks
    | Goes

type Said =
    {
        Who: PersonId
        Device: DeviceId
        At: int64
        Word: Word
    }

/// All that was said, the first first.
type Past = Said list

let private length = 45_000L
let private grace = 20_000L
let private remembered = 24L * 3_600_000L
let private mostDevices = 20

/// What a device says at the very moment of its last word, and that is another, it says a millisecond later.
let private moments (past: Past) : Past =
    let later (before: Past) (said: Said) =
        match before |> List.tryFindBack (fun one -> one.Device = said.Device) with
        | Some last when said.At <= last.At ->
            if last.Word = said.Word then
                before
            else
                before @ [ { said with At = last.At + 1L } ]
        | _ -> before @ [ said ]

    past |> List.fold later []

/// How long a word holds, given those after it: until its device says another, or so many others have spoken that it is
/// held no longer.
let private untilOf (said: Said) (after: Past) =
    let next =
        after |> List.tryFind (fun one -> one.Device = said.Device) |> Option.map _.At

    let pushed =
        after
        |> List.filter (fun one -> one.Device <> said.Device)
        |> List.distinctBy _.Device
        |> List.tryItem (mostDevices - 1)
        |> Option.map _.At

    let own = if said.Word = Goes then said.At else said.At + length
    List.min (own :: Option.toList next @ Option.toList pushed)

/// The words of somebody's devices, with how long each of them held.
let private spans (who: PersonId) (past: Past) : (Said * int64) list =
    let rec each past =
        match past with
        | [] -> []
        | said :: after -> (said, untilOf said after) :: each after

    past |> List.filter (fun said -> said.Who = who) |> moments |> each

let attendance (who: PersonId) (now: int64) (past: Past) : Attendance =
    let words =
        spans who past
        |> List.rev
        |> List.distinctBy (fun (said, _) -> said.Device)
        |> List.filter (fun (_, until) -> now < until)
        |> List.map (fun (said, _) -> said.Word)

    if List.contains IsHere words then Attendance.Visible
    elif List.contains Sneaks words then Attendance.Sneaking
    else Attendance.Away

let lastSeen (who: PersonId) (now: int64) (past: Past) : int64 option =
    spans who past
    |> List.filter (fun (said, _) -> said.Word = IsHere)
    |> List.map (fun (_, until) -> min until now)
    |> List.sortDescending
    |> List.tryHead
    |> Option.filter (fun at -> now - at < remembered)

/// Whether what somebody says opens: they are seen who were not for longer than a blip.
let isOpening (said: Said) (past: Past) : bool =
    said.Word = IsHere
    && lastSeen said.Who said.At past |> Option.forall (fun at -> said.At - at > grace)
