/// What clients ask, of every sort.
module Chat.Spec.Generators.Asks

open System
open FsCheck.FSharp
open FsCheck
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators.Wires

type private Reporting = Chat.Domain.Desks.Command
type private Subject = Chat.Domain.Desks.Subject

let private housed (ask: Ask) : Ask =
    match ask with
    // What is lit has no id yet, and all else has one; only a wave goes to another's place.
    | :? Ask.ChangeRoom as room when (room.Command :? Chat.Domain.Rooms.Command.Light) ->
        Ask.ChangeRoom(Nullable(), room.Client, room.Command)
    // What is played is asked of the table, and nobody asks for what is due there.
    | :? Ask.ChangeRoom as room when
        (room.Command :? Chat.Domain.Rooms.Command.Play)
        || (room.Command :? Chat.Domain.Rooms.Command.Elapse)
        ->
        Ask.GameLog(RoomId.Of "r1")
    | :? Ask.ChangeRoom as room when not room.Room.HasValue ->
        Ask.ChangeRoom(Nullable(RoomId.Of "r1"), room.Client, room.Command)
    | :? Ask.ChangePlace as place when (place.Command :? Chat.Domain.Places.Command.Wave) ->
        if place.Of.HasValue then
            place
        else
            Ask.ChangePlace(Nullable(PersonId.Of "ann"), place.Client, place.Command)
    | :? Ask.ChangePlace as place -> Ask.ChangePlace(Nullable(), place.Client, place.Command)
    // Whom one calls is whose line it is, and its time is up by itself.
    | :? Ask.ChangeLine as line ->
        match line.Command with
        | :? Chat.Domain.Calls.Command.Ring as ring ->
            Ask.ChangeLine(line.Other, line.Client, Chat.Domain.Calls.Command.Ring(line.Other, ring.IsVideo))
        | :? Chat.Domain.Calls.Command.Elapse ->
            Ask.ChangeLine(line.Other, line.Client, Chat.Domain.Calls.Command.HangUp(Nullable()))
        | _ -> line
    | :? Ask.Find as find -> Ask.Find(find.Called, min find.Limit Chat.Domain.People.Finding.Most)
    | :? Ask.Meet as meet -> Ask.Meet(min meet.Limit Chat.Domain.Meeting.Suggesting.Most)
    | :? Ask.Closest as closest -> Ask.Closest(min closest.Limit Chat.Domain.Closeness.Ranking.Most)
    | other -> other

// What comes with something else, or has another way.
let private isUnasked (command: Command) =
    command :? Command.Create
    || command :? Command.Close
    || command :? Command.Reopen
    || command :? Command.Record
    || command :? Command.KeepParty

/// One mark of a request is given, the other is not.
let all: Gen<Ask> =
    let mark =
        Gen.map2
            (fun seq isRead -> Marks((if isRead then seq else 0L), (if isRead then 0L else seq)) |> box)
            numbers
            (Gen.elements [ true; false ])

    let told (command: Reporting) : Reporting =
        match command with
        | :? Reporting.File as file when file.To.HasValue ->
            let own: Subject =
                match file.Subject with
                | :? Subject.Message as message -> Subject.Message(file.To.Value, message.Seq)
                | :? Subject.Place -> Subject.Place file.To.Value
                | other -> other

            Reporting.File(file.To, own, file.Why, file.Words)
        // Nobody asks for a flag; it comes with what is said.
        | :? Reporting.Flag as flag -> Reporting.Assign(flag.Place, 1L, Nullable())
        | other -> other

    let named (ask: Ask) : Ask =
        match ask with
        | :? Ask.Change as change when (change.Command :? Command.Create) ->
            Ask.Change(Nullable(), change.Client, change.Command)
        // Nobody asks a conversation to be closed; it comes with a block.
        | :? Ask.Change as change when isUnasked change.Command ->
            Ask.Change(Nullable(ConversationId.Of "c1"), change.Client, Command.Join())
        | :? Ask.Change as change when not change.Conversation.HasValue ->
            Ask.Change(Nullable(ConversationId.Of "c1"), change.Client, change.Command)
        | :? Ask.Begin as begin' -> Ask.Begin(begin'.Conversation, begin'.Drifted |> Seq.truncate 4 |> listing)
        | :? Ask.Resume as resume ->
            Ask.Resume(resume.Cursor, resume.Certify |> Seq.truncate Certificate.Most |> listing)
        // In the place of an id, - says that there is none.
        | :? Ask.Search as search when search.Conversation.HasValue && search.Conversation.Value.Value = "-" ->
            Ask.Search(Nullable(), search.Query, search.Cursor, search.Limit)
        // What was made cannot be made, so nobody asks whether it may be.
        | :? Ask.Explain as explain when isUnasked explain.Command -> Ask.Explain(explain.Conversation, Command.Join())
        | :? Ask.WhatIf as whatIf when isUnasked whatIf.Command -> Ask.WhatIf(whatIf.Conversation, Command.Leave())
        | :? Ask.Suspend as suspend when suspend.ForMs.HasValue ->
            let length = 1L + abs suspend.ForMs.Value % Limits.LongestMs
            Ask.Suspend(suspend.Client, suspend.Who, Nullable length, suspend.Why)
        // Nobody closes themselves out.
        | :? Ask.ChangeSelf as self when
            (self.Command :? Chat.Domain.People.Command.Suspend)
            || (self.Command :? Chat.Domain.People.Command.Restore)
            ->
            Ask.Restore(self.Client, PersonId.Of "ann")
        // Moderators are told of what is in their own conversation.
        | :? Ask.ChangeDesk as desk -> Ask.ChangeDesk(desk.Client, told desk.Command)
        | other -> housed other

    // Changes as often as their commands are many.
    Gen.frequency
        [
            4, anyWith<Ask> "Marks" mark
            4, any<Ask.Change> |> Gen.map (fun change -> change :> Ask)
            1, any<Ask.ChangeDesk> |> Gen.map (fun change -> change :> Ask)
            1, any<Ask.ChangePair> |> Gen.map (fun change -> change :> Ask)
            1, any<Ask.ChangeRoom> |> Gen.map (fun change -> change :> Ask)
            1, any<Ask.ChangePlace> |> Gen.map (fun change -> change :> Ask)
            1, any<Ask.ChangeLine> |> Gen.map (fun change -> change :> Ask)
            1, any<Ask.ChangeSelf> |> Gen.map (fun change -> change :> Ask)
        ]
    |> Gen.map named
