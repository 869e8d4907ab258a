/// Who is in the house: against the oracle, on one host and on several.
module Chat.Spec.Laws.PresenceLaws

open Chat.Domain.Values
open Chat.Domain.Presences
open Chat.Spec.Generators.Attendances
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Attended
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.PresenceRunning

let attendance: Law<Attending, History> =
    law "who is in, and was last seen when, is the oracle's" (fun attending history ->
        run attending history
        |> List.collect (fun after ->
            let expected =
                [
                    for who in people ->
                        who.Value,
                        Attended.attendance who after.Now after.Past,
                        Attended.lastSeen who after.Now after.Past
                ]

            differ $"at {after.Now} after {after.Step}" expected (shown attending after.Presence after.Now)))

let openings: Law<Attending, History> =
    law "who comes to be seen opens, and a blip does not" (fun attending history ->
        run attending history
        |> List.collect (fun after ->
            match after.Step, List.tryLast after.Past with
            | Says _, Some said ->
                let before = List.truncate (after.Past.Length - 1) after.Past
                differ $"{said}" (Attended.isOpening said before) after.IsOpening
            | _ -> []))

/// Whoever sneaks is to others as if they were gone.
let sneaking: Law<Attending, History> =
    law "who sneaks leaves no trace" (fun attending history ->
        // Of two words at the same moment the second is later by a millisecond, unless both are the same.
        let history = history |> List.map (fun (wait, step) -> max 1L wait, step)

        let gone =
            history
            |> List.map (fun (wait, step) ->
                match step with
                | Says(who, device, Sneaks) -> wait, Says(who, device, Goes)
                | other -> wait, other)

        let isSeen attendance = (attendance = Attendance.Visible)

        let told after =
            [
                for who, attendance, lastSeen in shown attending after.Presence after.Now ->
                    who, isSeen attendance, lastSeen
            ],
            after.IsOpening,
            [
                for change in after.Changes do
                    if isSeen change.Before <> isSeen change.After then
                        change.Who.Value, isSeen change.After
            ]
            |> List.sort

        List.zip (run attending history) (run attending gone)
        |> List.collect (fun (one, other) -> differ $"at {one.Now} after {one.Step}" (told other) (told one)))

/// Without the oracle: up to the last moment they are in, and then no more, whatever was before.
let ending: Law<Attending, History> =
    law "a lease that is not renewed ends" (fun attending history ->
        match run attending history |> List.tryLast with
        | None -> []
        | Some last ->
            [
                for who in people do
                    let words = last.Past |> List.filter (fun said -> said.Who = who)

                    for said in List.tryLast words |> Option.toList do
                        let isInAt ms =
                            attending.AttendanceOf last.Presence who (Instant ms) <> Attendance.Away

                        let isLast =
                            not (said.Word = Goes)
                            && said.At + Presence.LengthMs > last.Now
                            // A word at the same moment is a millisecond later.
                            && words |> List.forall (fun one -> one = said || one.At < said.At)

                        yield! wrongIf (isLast && not (isInAt (said.At + Presence.LengthMs - 1L))) $"{said}: out early"

                        yield! wrongIf (isInAt (said.At + Presence.LengthMs + 60L)) $"{said}: in without end"
            ])

/// What is told of each is what holds each time that it is asked, and nothing is told twice.
let changes: Law<Attending, History> =
    law "who comes and goes is told once" (fun attending history ->
        let asked =
            run attending (history @ (0L, Asks) :: List.replicate 10 (5_000L, Asks))
            |> List.filter (fun after -> after.Step = Asks)

        let toldOf told (who: PersonId) =
            Map.tryFind who.Value told |> Option.defaultValue Attendance.Away

        let step (told, wrongs) after =
            let expected =
                [
                    for who in people do
                        let holds = Attended.attendance who after.Now after.Past

                        if holds <> toldOf told who then
                            who.Value, toldOf told who, holds
                ]

            let actual =
                after.Changes
                |> List.map (fun change -> change.Who.Value, change.Before, change.After)
                |> List.sort

            let told =
                expected |> List.fold (fun told (who, _, holds) -> Map.add who holds told) told

            told, wrongs @ differ $"at {after.Now}" (List.sort expected) actual

        asked |> List.fold step (Map.empty, []) |> snd)

/// What is swept away makes no difference, and in the end nothing is left.
let swept: Law<Attending, History> =
    law "what is swept away is missed by nobody" (fun attending history ->
        let sweeping (after: After) =
            { after with
                Presence = attending.Swept after.Presence (Instant after.Now)
            }

        // The same moments, with a sweep after each and without any.
        let follow isSweeping =
            history
            |> List.scan
                (fun before (wait, step) ->
                    match step with
                    | Sweeps -> { before with Now = before.Now + wait }
                    | _ when isSweeping -> sweeping (next attending before (wait, step))
                    | _ -> next attending before (wait, step))
                start

        let wrongs =
            List.zip (follow false) (follow true)
            |> List.collect (fun (one, other) ->
                let told after =
                    shown attending after.Presence after.Now,
                    after.IsOpening,
                    after.Changes
                    |> List.map (fun change -> change.Who.Value, change.After)
                    |> List.sort

                differ $"at {one.Now} after {one.Step}" (told one) (told other))

        let last = List.last (follow true)
        let later = last.Now + Presence.RememberedMs + Presence.LengthMs + 60L
        let left = attending.Swept last.Presence (Instant later)

        wrongs
        @ wrongIf (left.Held.Count > 0) $"a day later {left.Held} is left"
        @ [
            for leases in last.Presence.Held.Values do
                yield! wrongIf (leases.ByDevice.Count > Presence.MaxDevices) $"{leases.ByDevice.Count} devices"
        ])

/// Of a device that changes hosts before these heard of each other, when it was seen may be wrong by a lease.
let joining: Law<Attending, (int64 * Happening) list> =
    law "hosts that hear of each other agree, in any order" (fun attending history ->
        let now, past, presences = onHosts attending history
        let join, held = attending.Join, (fun (presence: Presence) -> presence.Held)
        let a, b, c = presences[0], presences[1], presences[2]
        let all = join (join a b) c
        let tidied = presences |> List.map (fun one -> attending.Swept one (Instant now))

        let near (one: int64 option) (other: int64 option) =
            match one, other with
            | Some one, Some other -> abs (one - other) <= Presence.LengthMs
            | _ -> one = other

        wrongIf (held (join a b) <> held (join b a)) "who hears of whom makes a difference"
        @ wrongIf (held (join (join c b) a) <> held all) "the order makes a difference"
        @ wrongIf (held (join a (join b c)) <> held all) "hearing of others through others makes a difference"
        @ wrongIf (held (join all a) <> held all) "hearing of it again makes a difference"
        @ [
            for leases in (held all).Values do
                yield! wrongIf (leases.ByDevice.Count > Presence.MaxDevices) $"{leases.ByDevice.Count} devices"

            for who in people do
                let seen = attending.LastSeen all who (Instant now) |> Option.map _.Milliseconds
                let expected = Attended.lastSeen who now past

                yield!
                    differ
                        $"{who} at {now}"
                        (Attended.attendance who now past)
                        (attending.AttendanceOf all who (Instant now))

                yield!
                    differ
                        $"{who} at {now}, when all have swept"
                        (Attended.attendance who now past)
                        (attending.AttendanceOf (List.reduce join tidied) who (Instant now))

                yield! wrongIf (not (near expected seen)) $"{who} was seen {seen}, but {expected}"
        ])
