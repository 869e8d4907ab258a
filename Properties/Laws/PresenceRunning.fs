/// People who come and go, on one host and on several, and what is held of them.
module Chat.Spec.Laws.PresenceRunning

open Chat.Domain.Values
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Generators.Attendances
open Chat.Spec.Oracle.Attended

/// Presence as functions, so that a mistaken one can be put in its place.
type Attending =
    {
        /// With what a device says, and whether that is an opening.
        Say: Presence -> Said -> Presence * bool
        AttendanceOf: Presence -> PersonId -> Instant -> Attendance
        LastSeen: Presence -> PersonId -> Instant -> Instant option
        Changed: Presence -> Instant -> Presence * Change list
        Join: Presence -> Presence -> Presence
        Swept: Presence -> Instant -> Presence
    }

let domain: Attending =
    {
        Say =
            fun presence said ->
                let now = Instant said.At

                match said.Word with
                | Goes -> presence.End(said.Who, said.Device, now), false
                | word ->
                    let struct (after, isOpening) =
                        presence.Renew(said.Who, said.Device, now, (word = Sneaks))

                    after, isOpening
        AttendanceOf = fun presence who now -> presence.AttendanceOf(who, now)
        LastSeen = fun presence who now -> ofOption (presence.LastSeen(who, now))
        Changed =
            fun presence now ->
                let struct (after, changes) = presence.Changed now
                after, List.ofSeq changes
        Join = fun presence other -> presence.Join other.Held
        Swept = fun presence now -> presence.Swept now
    }

/// After a step: when, what was said until then, what is held, and what came of the step.
type After =
    {
        Now: int64
        Step: Step
        Past: Past
        Presence: Presence
        IsOpening: bool
        Changes: Change list
    }

let start =
    {
        Now = 1_000_000L
        Step = Sweeps
        Past = []
        Presence = Presence.Nobody
        IsOpening = false
        Changes = []
    }

let next (attending: Attending) (before: After) (wait, step) : After =
    let now = before.Now + wait

    let after =
        { before with
            Now = now
            Step = step
            IsOpening = false
            Changes = []
        }

    match step with
    | Says(who, device, word) ->
        let said =
            {
                Who = who
                Device = device
                At = now
                Word = word
            }

        let presence, isOpening = attending.Say before.Presence said

        { after with
            Past = before.Past @ [ said ]
            Presence = presence
            IsOpening = isOpening
        }
    | Asks ->
        let presence, changes = attending.Changed before.Presence (Instant now)

        { after with
            Presence = presence
            Changes = changes
        }
    | Sweeps ->
        { after with
            Presence = attending.Swept before.Presence (Instant now)
        }

let run attending (history: History) =
    history |> List.scan (next attending) start |> List.tail

let shown (attending: Attending) (presence: Presence) now =
    [
        for who in people ->
            who.Value,
            attending.AttendanceOf presence who (Instant now),
            attending.LastSeen presence who (Instant now) |> Option.map _.Milliseconds
    ]

let onHosts (attending: Attending) (history: (int64 * Happening) list) =
    let step (now, past: Past, presences: Presence list) (wait, happening) =
        let now = now + wait

        let on host change =
            presences
            |> List.mapi (fun index one -> if index = host then change one else one)

        match happening with
        | Hears(host, other) -> now, past, on host (fun ours -> attending.Join ours presences[other])
        | On(host, step) ->
            let after =
                next
                    attending
                    { start with
                        Presence = presences[host]
                        Now = now
                    }
                    (0L, step)

            now, past @ after.Past, on host (fun _ -> after.Presence)

    history |> List.fold step (start.Now, [], List.replicate hosts Presence.Nobody)
