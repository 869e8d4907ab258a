/// The values that traces are made of: few, so that they collide.
module Chat.Spec.Generators.Palette

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Spec

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
                [ "hi"; "hello\nyou"; "x"; "y"; "z"; "hi"; "yes"; "no"; longest 16_384 ]
                |> List.map body
            )
            "ConversationName", boxed ([ "tea"; "work"; longest 256 ] |> List.map conversationName)
            "Topic", boxed ([ ""; "news"; longest 1_024 ] |> List.map (Topic.Create >> valid))
            "Nickname", boxed ([ "chief"; longest 128 ] |> List.map (Nickname.Create >> valid))
            "Emoji", boxed ([ "+1"; "+1"; "❤"; longest 64 ] |> List.map emoji)
            "Reason", boxed ([ "spam"; longest 1_024 ] |> List.map (Reason.Create >> valid))
        ]

/// What is asked more often than the rest; a case that is not named here is asked three times in about forty.
let private weight (case: System.Type) =
    match case.Name with
    | "SendMessage" -> 10
    | "Create" -> 1
    | "Join" -> 5
    | "Invite" -> 4
    | "Leave" -> 1
    | "React"
    | "Unreact" -> 6
    | _ -> 3

let private commandsOf (among: PersonId list) : Gen<Command> =
    Unions.casesOf typeof<Command>
    |> List.map (fun case -> weight case, Unions.case (values among) case)
    |> Gen.frequency
    |> Unions.typed<Command>

let private byCount =
    [ 1 .. people.Length ]
    |> List.map (fun count -> count, lazy (commandsOf (List.truncate count people)))
    |> Map

/// Any command, naming the first so many people. Made once: reflection is slow.
let commands (count: int) : Gen<Command> = byCount[count].Value

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
