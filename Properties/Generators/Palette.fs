/// The values that traces are made of: few, so that they collide.
module Chat.Spec.Generators.Palette

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Generators.Carried

let people: PersonId list =
    [ "ann"; "bob"; "cid"; "dee"; "eve"; "fay" ] |> List.map person

let devices: DeviceId list = [ "phone"; "desk" ] |> List.map DeviceId.Of

let private boxed (values: 'a list) : Gen<objnull> =
    values |> List.map (fun value -> value :> objnull) |> Gen.elements

/// Numbers aimed at what is there and beside it, and now and then far away.
let private seq: Gen<objnull> =
    Gen.frequency
        [
            20, Gen.choose (1, 3) |> Gen.map int64
            8, Gen.choose (1, 8) |> Gen.map int64
            3, Gen.choose (0, 20) |> Gen.map int64
            1, Gen.elements [ -1L; System.Int64.MinValue; System.Int64.MaxValue ]
        ]
    |> Gen.map box

let private stretches: Gen<objnull> =
    Gen.map2 (fun from length -> Interval(int64 from, int64 (from + length))) (Gen.choose (-1, 9)) (Gen.choose (-1, 9))
    |> Gen.map box

/// A text that needs two bytes a letter, to the bound of its type.
let private longest bytes = String.replicate (bytes / 2) "é"

let instants: Gen<Instant> =
    Gen.choose (0, 100_000)
    |> Gen.map (fun ms -> Instant(1_800_000_000_000L + int64 ms))

/// Few permissions, mostly: what is granted and denied meets then.
let private powers: Gen<objnull> =
    let some count =
        Gen.elements (System.Enum.GetValues<Permission>() |> List.ofSeq)
        |> Gen.listOfLength count

    Gen.frequency [ 4, some 0; 4, some 1; 3, some 3; 1, some 20 ]
    |> Gen.map (fun permissions -> box (powersOf permissions))

/// One or two things are to be different, mostly as they can be; small windows, so that they are met.
let private changes: Gen<objnull> =
    let change =
        Gen.oneof
            [
                Gen.elements [ JoinRule.Open; JoinRule.Invite; JoinRule.Knock; enum 9 ]
                |> Gen.map (fun join -> SettingsChange(Join = join))
                Gen.elements [ HistoryRule.All; HistoryRule.Join; HistoryRule.Invite; enum 9 ]
                |> Gen.map (fun history -> SettingsChange(History = history))
                Gen.elements [ 0; 1; 2; 2; 3; 1_000; 1_001 ]
                |> Gen.map (fun last -> SettingsChange(History = HistoryRule.Last, HistoryLast = last))
                Gen.elements [ true; false; false ]
                |> Gen.map (fun announce -> SettingsChange(AnnounceOnly = announce))
                Gen.elements [ true; false; false ]
                |> Gen.map (fun locked -> SettingsChange(Locked = locked))
                Gen.elements [ 0L; 20L; 60L; 5_000L; Settings.MaxSlowModeMs + 1L ]
                |> Gen.map (fun slow -> SettingsChange(SlowModeMs = slow))
                Gen.elements [ 0L; 30L; 100L; 5_000L; -1L ]
                |> Gen.map (fun window -> SettingsChange(EditWindowMs = window))
                Gen.elements [ 0; 1; 4; 16_384; 16_384 ]
                |> Gen.map (fun bytes -> SettingsChange(MessageBytes = bytes))
            ]

    Gen.map box change

/// A generator for each value type by its name, over these people.
let values (among: PersonId list) : Map<string, Gen<objnull>> =
    Map
        [
            "PersonId", boxed among
            "Int64", seq
            "Boolean", Gen.elements [ box true; box false ]
            "String", boxed [ ""; "x" ]
            "Instant", Gen.map box instants
            "Interval", stretches
            "Body",
            boxed (
                Body.None
                :: ([ "hi"; "hello\nyou"; "x"; "y"; "z"; "hi"; "yes"; "no"; longest 16_384 ]
                    |> List.map body)
            )
            "Attachment", files
            "Party", Parties.any (Gen.constant (valid (RoomName.Create "porch"))) instants (Gen.elements among)
            "ConversationName", boxed ([ "tea"; "work"; longest 256 ] |> List.map conversationName)
            "Topic", boxed ([ ""; "news"; longest 1_024 ] |> List.map (Topic.Create >> valid))
            "Nickname", boxed ([ "chief"; longest 128 ] |> List.map (Nickname.Create >> valid))
            "RoleId", boxed ([ "everyone"; "mods"; "helpers"; "guests" ] |> List.map RoleId.Of)
            "LinkId", boxed ([ "tea-and-biscuits"; "tea-and-biscuits-2"; "short" ] |> List.map LinkId.Of)
            "WordRule", wordRules
            "WordRuleId", boxed ([ "r1"; "r2" ] |> List.map WordRuleId.Of)
            "RoleName", boxed ([ "Moderators"; longest 64 ] |> List.map (RoleName.Create >> valid))
            "Powers", powers
            "SettingsChange", changes
            "Int32", Gen.elements [ 0; 0; 1; 2; 3; 10; 1_000; 1_001; 16_384; -1 ] |> Gen.map box
            "Emoji", boxed ([ "+1"; "+1"; "❤"; longest 64 ] |> List.map emoji)
            "Reason", boxed ([ "spam"; longest 1_024 ] |> List.map (Reason.Create >> valid))
        ]

/// Roles, settings and who is let in.
let private governing =
    [
        "Pin"
        "Unpin"
        "ChangeSettings"
        "SetWords"
        "SetRole"
        "DropRole"
        "AssignRoles"
        "TransferOwnership"
        "Kick"
        "Ban"
        "Unban"
        "Timeout"
        "Knock"
        "MakeLink"
        "DropLink"
        "Uninvite"
        "Close"
        "Reopen"
    ]

/// What is asked more often than the rest; a case that is not named here is asked three times in about forty.
let private weight (case: System.Type) =
    match case.Name with
    | "SendMessage" -> 10
    | "Join" -> 5
    | "Invite" -> 4
    | "Leave" -> 1
    | "React"
    | "Unreact" -> 6
    | "Create" -> 1
    | name when List.contains name governing -> 1
    | _ -> 3

// What comes with a party has scenes of its own.
let private commandsOf (among: PersonId list) : Gen<Command> =
    Unions.casesOf typeof<Command>
    |> List.filter (fun case -> case.Name <> "KeepParty")
    |> List.map (fun case -> weight case, Unions.case (values among) case)
    |> Gen.frequency
    |> Unions.typed<Command>

let private byCount =
    [ 1 .. people.Length ]
    |> List.map (fun count -> count, lazy (commandsOf (List.truncate count people)))
    |> Map

/// Any command, naming the first so many people. Made once: reflection is slow.
let commands (count: int) : Gen<Command> = byCount[count].Value

/// Saying something, and what is done about what was said: a message's first numbers, over and over.
let private talkAmong (among: PersonId list) : Gen<Command> =
    let early = Gen.choose (1, 4) |> Gen.map (int64 >> box)
    let values = (values among).Add("Int64", early)

    let isTalk (case: System.Type) =
        case.Name = "SendMessage" || not (isNull (case.GetProperty "Seq"))

    Unions.casesOf typeof<Command>
    |> List.filter isTalk
    |> List.map (fun case -> weight case, Unions.case values case)
    |> Gen.frequency
    |> Unions.typed<Command>

let private talkByCount =
    [ 1 .. people.Length ]
    |> List.map (fun count -> count, lazy (talkAmong (List.truncate count people)))
    |> Map

/// Any command about messages, naming the first so many people.
let talk (count: int) : Gen<Command> = talkByCount[count].Value

let private governingByCount =
    let among count =
        let values = values (List.truncate count people)

        Unions.casesOf typeof<Command>
        |> List.filter (fun case -> List.contains case.Name governing)
        |> List.map (fun case ->
            (match case.Name with
             | "ChangeSettings" -> 4
             | "SetRole"
             | "AssignRoles" -> 6
             | "TransferOwnership"
             | "DropRole" -> 1
             | _ -> 2),
            Unions.case values case)
        |> Gen.frequency
        |> Unions.typed<Command>

    [ 1 .. people.Length ]
    |> List.map (fun count -> count, lazy (among count))
    |> Map

/// Any command about roles, settings and who is let in, naming the first so many people.
let govern (count: int) : Gen<Command> = governingByCount[count].Value

let private anyEvent =
    lazy (Unions.gen (values people) typeof<Event> |> Unions.typed<Event>)

/// Raw events in any order with anything in them: what no decision would ever make.
let hostileEvents: Gen<Event list> =
    Gen.choose (0, 40)
    |> Gen.bind (fun count -> Gen.listOfLength count anyEvent.Value)

/// Marks as clients send them: any two numbers.
let marks: Gen<Marks> =
    let number =
        Gen.frequency
            [
                8, Gen.choose (-1, 12) |> Gen.map int64
                1, Gen.elements [ System.Int64.MinValue; System.Int64.MaxValue ]
            ]

    Gen.map2 (fun read delivered -> Marks(read, delivered)) number number
