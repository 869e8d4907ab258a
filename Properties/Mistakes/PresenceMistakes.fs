/// Presence with one mistake each.
module Chat.Spec.Mistakes.PresenceMistakes

open Chat.Domain.Values
open Chat.Domain.Presences
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.PresenceRunning
open Chat.Spec.Oracle.Attended

let private right = PresenceRunning.domain
let private histories = lazy (Seeds.fixedSample 300 60 Attendances.history)

let private hostsHistories =
    lazy (Seeds.fixedSample 300 60 Attendances.hostsHistory)

/// What is held of others is taken as it is.
let private lastHeardCounts (presence: Presence) (other: Presence) =
    let ours =
        presence.Held
        |> Seq.filter (fun (struct (who, _)) -> not (other.Held.ContainsKey who))
        |> Seq.map (fun (struct (who, _)) -> who)

    Presence.Nobody.Join(other.Held).Join(presence.Part ours)

/// Only of who is in is anything kept.
let private keepsWhoIsIn (presence: Presence) (now: Instant) =
    presence.Held
    |> Seq.map (fun (struct (who, _)) -> who)
    |> Seq.filter (fun who -> presence.IsIn(who, now))
    |> presence.Part
    |> Presence.Nobody.Join

let private onHistories name law mistaken =
    mistake name law histories right mistaken

let private saying say =
    { right with
        Say = fun presence said -> say presence said (right.Say presence said)
    }

let private ofWhoIsIn: Mistake list =
    [
        onHistories
            "a lease lasts a moment too long"
            PresenceLaws.attendance
            { right with
                AttendanceOf = fun presence who now -> presence.AttendanceOf(who, now.Plus -1L)
            }
        onHistories
            "sneaking is seen"
            PresenceLaws.attendance
            { right with
                LastSeen =
                    fun presence who now ->
                        if presence.IsIn(who, now) then
                            Some now
                        else
                            right.LastSeen presence who now
            }
        onHistories
            "who sneaked has been seen"
            PresenceLaws.sneaking
            (saying (fun presence said (after, isOpening) ->
                after, isOpening && not (presence.IsIn(said.Who, Instant said.At))))
        onHistories
            "a lease lasts until another is asked for"
            PresenceLaws.ending
            { right with
                AttendanceOf = fun presence who _ -> presence.AttendanceOf(who, Instant 0L)
            }
        onHistories
            "a blip opens"
            PresenceLaws.openings
            (saying (fun presence said (after, isOpening) ->
                after,
                isOpening
                || (said.Word = IsHere && not (presence.IsVisible(said.Who, Instant said.At)))))
        onHistories
            "who ceases to sneak does not open"
            PresenceLaws.openings
            (saying (fun presence said (after, isOpening) ->
                after, isOpening && not (presence.IsIn(said.Who, Instant said.At))))
    ]

let private ofChanges: Mistake list =
    [
        onHistories
            "it is told again"
            PresenceLaws.changes
            { right with
                Changed = fun presence now -> presence, snd (right.Changed presence now)
            }
        onHistories
            "only words change anything"
            PresenceLaws.changes
            { right with
                Changed =
                    fun presence now ->
                        let after, changes = right.Changed presence now
                        after, changes |> List.filter (fun change -> change.After <> Attendance.Away)
            }
    ]

let private ofHosts: Mistake list =
    let joining name mistaken =
        mistake name PresenceLaws.joining hostsHistories right mistaken

    [
        onHistories "sweeping forgets who was in" PresenceLaws.swept { right with Swept = keepsWhoIsIn }
        onHistories
            "nothing is swept"
            PresenceLaws.swept
            { right with
                Swept = fun presence _ -> presence
            }
        joining "what is heard last counts" { right with Join = lastHeardCounts }
        joining
            "hosts hear nothing of each other"
            { right with
                Join = fun presence _ -> presence
            }
    ]

let all: Mistake list = ofWhoIsIn @ ofChanges @ ofHosts
