/// Parties with one mistake each.
module Chat.Spec.Mistakes.PartyMistakes

open System
open Chat.Domain.Games
open Chat.Domain.Notices
open Chat.Domain.Presences
open Chat.Domain.Rooms
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.RoomWorlds
open Chat.Spec.Party
open Chat.Spec.Party.World

type private Wish = Chat.Domain.Rooms.Command

let private right = World.domain
let private rooms = right.House.Rooms

let private housed house : Parts = { right with House = house }

/// It decides on a room as it is not.
let private seeing edit : Parts =
    housed
        { right.House with
            Rooms =
                decidingBy rooms (fun context command held facts ->
                    rooms.Decide.Invoke(context, command, edit command held, facts))
        }

let oneTooMany =
    seeing (fun _ held -> Otherwise.Room(held, capacity = held.Capacity + 1))

let ignoresLocks =
    seeing (fun command held ->
        if command :? Wish.Enter then
            Otherwise.Room(held, lockedBy = Nullable())
        else
            held)

let private forgetsWhoIsOut =
    seeing (fun _ held -> Otherwise.Room(held, expelled = LanguageExt.Set<PersonId>()))

/// A lease holds for ever, and nobody is ever told that somebody has gone.
let private leasesNeverEnd: Parts =
    let attending = right.Attending

    { right with
        Attending =
            { attending with
                AttendanceOf = fun presence who _ -> attending.AttendanceOf presence who (Instant 0L)
                Changed =
                    fun presence now ->
                        let after, changes = attending.Changed presence now
                        after, changes |> List.filter (fun change -> change.After <> Attendance.Away)
            }
    }

let private tellsTwice: Parts =
    { right with
        Notice =
            fun state facts now ->
                let forgetful =
                    NoticeState(LanguageExt.Map<_, _>(), state.Waiting, state.Recent, state.DigestAt)

                right.Notice forgetful facts now
    }

/// Who ghosts somebody, is muted or blocked is told of all the same.
let private tellsOfAnybody: Parts =
    { right with
        Notice =
            fun state facts now ->
                let friends =
                    facts.Friends.Keys
                    |> Seq.fold
                        (fun (map: LanguageExt.HashMap<PersonId, Bars>) who -> map.AddOrUpdate(who, Bars.None))
                        (LanguageExt.HashMap<PersonId, Bars>())

                right.Notice state (NoticeFacts(facts.Openings, friends, facts.Quiet, facts.IsIn)) now
    }

/// Whatever ends is taken for what was played.
let private believesLogs: Parts =
    { right with
        Verify =
            fun log ->
                match right.Verify log with
                | :? Verdict.Broken -> Verdict.Sound(listing [])
                | verdict -> verdict
    }

let private showsLockedRooms: Parts =
    housed
        { right.House with
            Card = fun id state who tie -> right.House.Card id (Otherwise.Room(state, lockedBy = Nullable())) who tie
        }

/// Notes are shown to whoever is inside.
let private showsNotes: Parts =
    let toAll who (line: Line) =
        match line.Event with
        | :? Event.Noted as noted -> Line(line.Version, Event.Noted(noted.Stamp, who, noted.Text))
        | _ -> line

    housed
        { right.House with
            View =
                fun id state who isClosed now ->
                    let talk = state.Talk |> Seq.map (toAll who) |> listing
                    right.House.View id (Otherwise.Room(state, talk = talk)) who isClosed now
        }

let private calling (mistaken: CallRunning.Exchange) = { right with Calls = mistaken }

/// Something goes in a room to whoever it is for, wherever they are.
let private passesToAnybody: Parts =
    { right with
        Goes =
            fun room from whom areParted ->
                match right.Goes room from whom areParted with
                | Error _ when room.Occupants.ContainsKey from -> Ok true
                | goes -> goes
    }


/// Parties large and long enough for each of them to show.
let private parties = lazy [ for seed in 1UL .. 6UL -> planOf seed 70 120 ]

/// In which people come a second time, after the first digests, and no host dies, which forgets whom it told of whom.
let private returning =
    lazy [ for seed in 1UL .. 3UL -> { planOf seed 30 900 with Deaths = [] } ]

/// In which they do, and hosts die.
let private dying =
    lazy
        [
            for seed in 1UL .. 3UL ->
                { planOf seed 60 900 with
                    Deaths = [ 200; 400; 600 ]
                }
        ]

/// In which somebody waits long enough for it to ring in vain.
let private staying = lazy [ for seed in 1UL .. 4UL -> planOf seed 100 240 ]

let all: Mistake list =
    let on name mistaken =
        mistake name Partying.keeps parties right mistaken

    [
        on "one comes in too many" oneTooMany
        on "a lock is ignored" ignoresLocks
        on "who was put out comes back" forgetsWhoIsOut
        on "one stays in the room that one left" (housed RoomMistakes.staysWhereOneWas)
        on "a lease never ends" leasesNeverEnd
        mistake "a friend is told of twice" Partying.keeps returning right tellsTwice
        mistake
            "a friend is told of again by who takes over"
            Partying.keeps
            dying
            right
            { right with
                Hear = fun state _ -> state
            }
        on "anybody is told of" tellsOfAnybody
        on "a log is believed" believesLogs
        on "who is in a locked room is shown" showsLockedRooms
        on "notes are shown to all" showsNotes
        on "a party is kept that not all want kept" (housed KeepsakeMistakes.takesAllForAgreed)
        on "people are on two calls" (calling CallMistakes.neverBusy)
        on "a call is not kept" (calling CallMistakes.leavesNoLine)
        on "a call is kept twice" (calling CallMistakes.keepsTwice)
        mistake "it rings for ever" Partying.keeps staying right (calling CallMistakes.ringsOn)
        on "who was blocked talks on" (calling CallMistakes.talksOn)
        on "something is passed on after a call" (calling CallMistakes.passesAfterwards)
        on "something is passed on to anybody" passesToAnybody
    ]
