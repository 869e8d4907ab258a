/// What is asked of the house, of rooms, of the line between two and of what was reported: where it goes, and its body.
module Chat.Spec.Laws.HouseAsks

open Chat.Domain.Values
open Chat.Protocol
open Chat.Protocol.Wire

let asked (ask: Ask) : string * string * string * byte[] =
    match ask with
    | :? Ask.ChangeRoom as room ->
        let id =
            if room.Room.HasValue then
                room.Room.Value.Value
            else
                Subjects.Nothing

        "room", id, RoomRequests.VerbOf room.Command, RoomRequests.Of(room.Command, room.Client)
    | :? Ask.Play as play -> "room", play.Room.Value, "play", TableData.Of(play.What, play.Client)
    | :? Ask.GameLog as log -> "room", log.Room.Value, "log", [||]
    | :? Ask.ChangePlace as place ->
        let of' =
            if place.Of.HasValue then
                place.Of.Value
            else
                PersonId.Of "nobody"

        let struct (id, verb) = HouseRequests.AddressOf(place.Command, of')
        "house", id, verb, HouseRequests.Of(place.Command, place.Client)
    | :? Ask.ChangeLine as line ->
        "call", line.Other.Value, CallRequests.VerbOf line.Command, CallRequests.Of(line.Command, line.Client)
    | :? Ask.CallWith as call -> "call", call.Other.Value, "get", [||]
    | :? Ask.PassOn as pass -> "call", pass.Other.Value, "signal", CallRequests.Signal(pass.Number, pass.Data)
    | :? Ask.Relays -> "call", Subjects.Nothing, "relays", [||]
    | :? Ask.Look as look -> "room", look.Room.Value, "get", [||]
    | :? Ask.House -> "house", Subjects.Nothing, "get", [||]
    | :? Ask.Find as find -> "person", Subjects.Nothing, "find", PeopleRequests.Find(find.Called, find.Limit)
    | :? Ask.Meet as meet -> "person", Subjects.Nothing, "meet", PeopleRequests.Limit meet.Limit
    | :? Ask.Closest as closest -> "house", Subjects.Nothing, "closest", PeopleRequests.Limit closest.Limit
    | :? Ask.Here as here -> "house", Subjects.Nothing, "here", HouseRequests.Here(here.IsSneaking, here.IsAway)
    | :? Ask.Fling as fling -> "room", fling.Room.Value, "react", RoomRequests.React fling.Emoji
    | :? Ask.Pass as pass -> "room", pass.Room.Value, "signal", RoomRequests.Signal(pass.To, pass.Device, pass.Data)
    | :? Ask.Reported as reported -> "report", reported.Place.Value, "message", ReportRequests.About reported.Report
    | :? Ask.FetchReported as fetch ->
        "report", fetch.Place.Value, "fetch", ReportRequests.About(fetch.Report, System.Nullable fetch.File)
    | :? Ask.ReportAudit as audit -> "report", audit.Place.Value, "audit", AuditAnswers.Of(audit.Before, audit.Limit)
    | other -> failwith $"no client writes {other}"
